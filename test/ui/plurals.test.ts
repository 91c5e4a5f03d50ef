/** Words that go by a count, in English, German and a language with more forms than these. */
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, test } from 'vitest';
import { parted } from '../../src/core/figures.ts';
import { formCount } from '../../src/core/plural.ts';
import { inWords, say } from '../../src/core/say.ts';
import de from '../../src/words/de.ts';
import { sentence } from '../../src/words/sentence.tsx';
import { speak, t, tell } from '../../src/words/t.ts';

afterEach(() => speak('en'));
const counted = (english: string) => [0, 1, 2].map((count) => t(english, count));

test('none, one and two in English and in German', () => {
  expect(counted('{0} {0|node|nodes}')).toEqual(['0 nodes', '1 node', '2 nodes']);
  expect(counted('{0} {0|row was|rows were} read.')).toEqual([
    '0 rows were read.',
    '1 row was read.',
    '2 rows were read.',
  ]);
  speak('de', de);
  expect(counted('{0} {0|node|nodes}')).toEqual(['0 Nodes', '1 Node', '2 Nodes']);
  expect(counted('{0} {0|row was|rows were} read.')).toEqual([
    '0 Zeilen wurden gelesen.',
    '1 Zeile wurde gelesen.',
    '2 Zeilen wurden gelesen.',
  ]);
});

test('a sentence at the end of another has one full stop', () => {
  const why = say('fal is set aside: {0}', say('The account at {0} has no money left.', 'fal'));
  expect(inWords(say('Offline: {0}.', why))).toBe('Offline: fal is set aside: The account at fal has no money left.');
  expect(inWords(say('Offline: {0}.', say('not found')))).toBe('Offline: not found.');
  expect(inWords(say('Saved as {0}.', 'etc.'))).toBe('Saved as etc..');
});

test('each count has its own form, and a form may hold a value', () => {
  const wired = (nodes: number, wires: number) =>
    t('{0} {0|node|nodes}, {1} {1|wire|wires}. Choose a node to change it.', nodes, wires);
  expect(wired(2, 1)).toBe('2 nodes, 1 wire. Choose a node to change it.');
  expect(wired(1, 2)).toBe('1 node, 2 wires. Choose a node to change it.');
  const inside = (count: number) => t('What is inside its {0|subgraph|{0} subgraphs} is drawn below.', count);
  expect(inside(1)).toBe('What is inside its subgraph is drawn below.');
  expect(inside(3)).toBe('What is inside its 3 subgraphs is drawn below.');
  const limit = (nodes: number) =>
    say('This graph has {0} {0|node|nodes}; up to {1} can be opened.', parted(nodes), parted(20_000));
  expect(inWords(limit(1))).toBe('This graph has 1 node; up to 20,000 can be opened.');
  speak('de', de);
  expect(inside(3)).toBe('Was in seinen 3 Subgraphen liegt, ist darunter gezeichnet.');
  expect(tell(limit(30_000))).toBe('Dieser Graph hat 30.000 Nodes; bis zu 20.000 lassen sich öffnen.');
});

test('a language lists its own forms; what it does not translate keeps those of English', () => {
  expect([formCount('en'), formCount('de'), formCount('pl'), formCount('ja')]).toEqual([2, 2, 4, 1]);
  const polish = { locale: 'pl', words: { '{0} {0|row|rows}': '{0} {0|wiersz|wiersze|wierszy|wiersza}' } };
  const rows = (count: number) => inWords(say('{0} {0|row|rows}', count), polish);
  expect([1, 2, 5, 22, 1.5].map(rows)).toEqual(['1 wiersz', '2 wiersze', '5 wierszy', '22 wiersze', '1,5 wiersza']);
  // Japanese has one form for all.
  expect(inWords(say('{0} {0|node|nodes}', 5), { locale: 'ja', words: {} })).toBe('5 nodes');
});

test('names with braces and bars are shown as they are', () => {
  expect(t('{0} is not connected.', '{0|a|b} {1}')).toBe('{0|a|b} {1} is not connected.');
});

test('a sentence with elements in it has forms too', () => {
  const made = (cap: number) => renderToStaticMarkup(sentence('{0} {1|take|takes}', '1', cap));
  expect([made(1), made(4)]).toEqual(['1 take', '1 takes']);
});
