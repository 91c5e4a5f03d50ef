import { expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { differenceOf, isEqual } from '../../src/graph/diff.ts';
import type { Graph, GraphNode } from '../../src/graph/graph.ts';
import { graphOf } from '../rig/graphs.ts';

const id = (name: string) => name as NodeId;
const start = graphOf({ a: ['n', { value: 1 }], b: 'sum', c: 'step' }, ['a.out > b.terms', 'b.out > c.in']);
const withNode = (node: string, change: Partial<GraphNode>): Graph => ({
  ...start,
  nodes: { ...start.nodes, [id(node)]: { ...start.nodes[id(node)]!, ...change } },
});

test('where nodes lie does not count', () => {
  const difference = differenceOf(start, withNode('a', { position: { x: 300, y: 20 } }));
  expect(isEqual(difference)).toBe(true);
});

test('nodes that came and went are named, and not said to have changed', () => {
  const { a: _, ...rest } = start.nodes as Record<string, GraphNode>;
  const after = graphOf({ ...rest, d: 'floor' }, ['b.out > c.in']);
  expect(differenceOf(start, after)).toMatchObject({ added: ['d'], removed: ['a'] });
  expect(differenceOf(start, after).changed.map(({ node }) => node)).toEqual(['b']);
});

test('a param is told with what it was and what it is, also where it was not set or is no longer', () => {
  const other = withNode('a', { params: { value: 2, unit: 'm' } });
  const [value, unit] = [
    { param: 'value', from: 1, to: 2 },
    { param: 'unit', from: undefined, to: 'm' },
  ];
  expect(differenceOf(start, other).changed).toEqual([
    { node: 'a', params: [value, unit], settings: [], connected: [], disconnected: [] },
  ]);
  expect(differenceOf(other, start).changed[0]!.params).toEqual([
    { param: 'value', from: 2, to: 1 },
    { param: 'unit', from: 'm', to: undefined },
  ]);
});

test('wires are told at the node they lead to; the same wire under another name is the same', () => {
  const after = graphOf({ a: ['n', { value: 1 }], b: 'sum', c: 'step' }, ['b.out > c.in', 'c.out > b.terms']);
  expect(differenceOf(start, after).changed).toEqual([
    { node: 'b', params: [], settings: [], connected: ['c.out → terms'], disconnected: ['a.out → terms'] },
  ]);
});

test.each<readonly [string, Partial<GraphNode>, string]>([
  ['named “Sky”', { title: 'Sky' }, 'lost its name'],
  ['muted', { muted: true }, 'no longer muted'],
  ['switched off', { off: true }, 'switched on'],
  ['frozen', { frozen: 'k' as NonNullable<GraphNode['frozen']> }, 'no longer frozen'],
  ['pinned to flux', { pinned: { provider: 'p', model: 'flux' } }, 'unpinned'],
  ['shows another take', { take: { slot: 's', number: 2 } as NonNullable<GraphNode['take']> }, 'shows another take'],
  ['is another node', { type: 'floor' }, 'is another node'],
])('a node that is %s says so, and so does going back', (words, change, back) => {
  const said = (before: Graph, after: Graph) =>
    differenceOf(before, after).changed.map(({ node, settings }) => [node, ...settings.map((one) => inWords(one))]);
  expect(said(start, withNode('b', change))).toEqual([['b', words]]);
  expect(said(withNode('b', change), start)).toEqual([['b', back]]);
});

test('a pin is told in the words of whoever reads it', () => {
  const pinned = withNode('b', { pinned: { provider: 'p', model: 'flux' } });
  const { changed } = differenceOf(start, pinned, ({ provider, model }) => `${model} at ${provider}`);
  expect(changed[0]!.settings.map((one) => inWords(one))).toEqual(['pinned to flux at p']);
});

test('components whose inside differs, and what is around the nodes', () => {
  const component = { title: 'C', nodes: {}, wires: {}, inputs: {}, outputs: {}, params: {} };
  const withComponents = (titles: Readonly<Record<string, string>>): Graph => ({
    ...start,
    components: Object.fromEntries(
      Object.entries(titles).map(([name, title]) => [name, { ...component, title }]),
    ) as Graph['components'],
  });
  const [before, after] = [
    withComponents({ same: 'S', other: 'O', gone: 'G' }),
    withComponents({ same: 'S', other: 'P', fresh: 'F' }),
  ];
  expect([...differenceOf(before, after).components].sort()).toEqual(['fresh', 'gone', 'other']);
  const around = differenceOf(start, { ...start, title: 'Other', description: 'New' }).around;
  expect(around.map((one) => inWords(one))).toEqual(['Title', 'Description']);
});
