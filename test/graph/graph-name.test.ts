/** What graphs are called that nobody named. */
import { expect, test } from 'vitest';
import { emptyGraph, type Graph } from '../../src/graph/graph.ts';
import { graphName } from '../../src/graph/graph-name.ts';

const withNodes = (...nodes: readonly object[]): Graph => ({
  ...emptyGraph(),
  nodes: Object.fromEntries(nodes.map((node, nth) => [`n${nth}`, node])) as Graph['nodes'],
});
const prompt = (text: string, x = 0) => ({ type: 'prompt', version: 1, params: { text }, position: { x, y: 0 } });

test('a title that was given is kept', () => {
  expect(graphName({ ...withNodes(prompt('a fox')), title: 'Spring' })).toBe('Spring');
});

test('without one, the prompt where the graph begins says it, up to its first pause', () => {
  expect(graphName(withNodes(prompt('an owl', 300), prompt('a red {{animal}}, soft light')))).toBe('A red animal');
  expect(graphName(withNodes(prompt('  ', 0), prompt('ähren im  wind', 300)))).toBe('Ähren im wind');
});

test('long words end where a word ends, and no letter is taken apart', () => {
  const long = 'a very small lighthouse on a very large and rocky coast at golden hour';
  expect(graphName(withNodes(prompt(long)))).toBe('A very small lighthouse on a very large and…');
  expect(graphName(withNodes(prompt('🦊'.repeat(60))))).toBe(`${'🦊'.repeat(48)}…`);
});

test('without words, the file it works on; without either it stays untitled', () => {
  const file = { hash: 'h', mime: 'image/png', name: 'beach walk.png' };
  const imported = { type: 'import', version: 1, params: { file }, position: { x: 0, y: 0 } };
  expect(graphName(withNodes(imported))).toBe('beach walk');
  expect(graphName(emptyGraph())).toBe('Untitled');
});
