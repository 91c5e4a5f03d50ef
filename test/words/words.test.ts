import { expect, test } from 'vitest';
import { NodeError, toFailure } from '../../src/core/errors.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { dollars } from '../../src/core/money.ts';
import { formCount } from '../../src/core/plural.ts';
import { say } from '../../src/core/say.ts';
import type { ModelRef, WorkKind } from '../../src/core/take.ts';
import { plan } from '../../src/engine/plan.ts';
import { openTill } from '../../src/ledger/till.ts';
import { BUILT_IN, EMPTY_CATALOG } from '../../src/routing/catalog.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { problemsOf } from '../../src/routing/routing-table.ts';
import de from '../../src/words/de.ts';
import { LANGUAGES, nameOfLanguage, wordsIn } from '../../src/words/languages.ts';
import { speak, t, tell, tellAll, tNumbered } from '../../src/words/t.ts';
import { graphOf, toys } from '../rig/graphs.ts';
import { everyText, faultsIn, formsOf, literal, saidIn, sayingFiles, speakingFiles, syntaxOf } from '../rig/words.ts';

const texts = everyText();

test('every text that can be shown has its German', () => {
  expect(texts.size).toBeGreaterThan(800);
  expect([...texts].filter((text) => !(text in de))).toEqual([]);
});

const tables = await Promise.all(
  LANGUAGES.slice(1).map(async (tag) => ({ tag, name: nameOfLanguage(tag), words: await wordsIn(tag) })),
);

test('languages are the tables that lie in the folder, and each is called what its speakers call it', () => {
  expect(tables.map(({ tag, name }) => [tag, name])).toContainEqual(['de', 'Deutsch']);
});

/** By what the English says: the German words that would be a second name for it. */
const SECOND_NAMES: readonly (readonly [english: RegExp, german: RegExp])[] = [
  [/\bnodes?\b/i, /Knoten/],
  [/\bwires?\b/i, /Verbindung|Kabel|Leitung/],
  [/\bjobs?\b/i, /\bJobs?\b/],
  [/\bfailed\b/i, /gescheitert|misslungen/i],
  [/\btiers?\b/i, /\b(Tiers?|cinematic|character)\b/],
  [/\bset aside\b/i, /beiseite|zurückgelegt|reserviert/i],
  [/\breserved\b/i, /beiseite|zurückgelegt|pausiert/i],
  [/^(cinematic|speed|budget|character)$/, /^(cinematic|speed|budget|character)$/],
];
test('in German each thing has one name', () => {
  const second = Object.entries<string>(de).filter(([english, german]) =>
    SECOND_NAMES.some(([thing, other]) => thing.test(english) && other.test(german)),
  );
  expect(second).toEqual([]);
});

// German is kept whole. Another language may lack words, which stay English.
test.each(tables)('$name: nothing is left over, and its sentences take the same values and forms', ({ tag, words }) => {
  expect(faultsIn(tag, words, texts)).toEqual([]);
});

test('a table that is left over, takes other values or lacks forms is found out', () => {
  const words = { 'No such text': 'x', '{0} of {1}': '{0}', '{0} {0|node|nodes}': '{0} {0|Knoten}' };
  expect(faultsIn('de', words, new Set(['{0} of {1}', '{0} {0|node|nodes}']))).toEqual([
    'de: “No such text” is said nowhere.',
    'de: “{0} of {1}” takes other values.',
    'de: “{0} {0|node|nodes}” has 1 forms of 2.',
  ]);
});

test('every count has the two forms of English, and no noun after a count has one form for all', () => {
  for (const english of texts) for (const count of formsOf(english)) expect(count, english).toBe(formCount('en'));
  // Words in s that are no nouns.
  const others = new Set('is was has does belongs carries looks names allows takes as ms'.split(' '));
  const afterCount = (text: string) =>
    [...text.matchAll(/(?<!× )\{\d\} (?:further )?([a-z]+s)\b/g)].map(([, word]) => word!);
  const withoutForms = [...texts]
    .map((text) => text.replace(/\{\d\|(?:[^{}]|\{\d\})*\}/g, ''))
    .filter((text) => afterCount(text).some((word) => !others.has(word)));
  // Titles of nodes in a template, where the number is part of the name.
  expect(withoutForms).toEqual(['{0} megapixels']);
});

/** What stands between the values of a template literal. */
const pieces = (node: unknown): string[] =>
  ((node as { quasis?: { value: { raw: string } }[] } | undefined)?.quasis ?? []).map(({ value }) => value.raw);

test('no text on a page is written past the table', () => {
  const past: string[] = [];
  const spoken = new Set(['aria-label', 'placeholder', 'alt']);
  const tips = new Set(['tip', 'named', 'tipToStopAt']);
  for (const path of speakingFiles) {
    for (const node of syntaxOf(path)) {
      if (node.type === 'JSXElement') {
        const name = ((node['openingElement'] as { name: { name?: string } }).name.name ?? '') as string;
        if (name === 'kbd') continue;
        for (const child of node['children'] as { type: string; value?: string; expression?: unknown }[]) {
          for (const text of [...literal(child.expression), ...pieces(child.expression)])
            if (/\p{L}{2}/u.test(text)) past.push(`${path}: ${text}`);
          if (child.type === 'JSXText' && /\p{L}{2}/u.test(child.value ?? ''))
            past.push(`${path}: ${child.value!.trim()}`);
        }
      }
      const called = node.type === 'CallExpression' ? String((node['callee'] as { name?: string }).name) : '';
      if (tips.has(called))
        for (const text of literal((node['arguments'] as unknown[])[0])) past.push(`${path}: ${text}`);
      if (node.type === 'JSXAttribute' && spoken.has(String((node['name'] as { name: unknown }).name))) {
        const value = node['value'] as { type: string; value?: unknown } | null;
        if (value?.type === 'Literal' && /\p{L}{2}/u.test(String(value.value)))
          past.push(`${path}: ${String(value.value)}`);
      }
    }
  }
  expect(past).toEqual([]);
});

test('values go where they are named; nothing is written for what is not there', () => {
  expect(t('{0} of {1}', 2, 3)).toBe('2 of 3');
  expect(t('Version {0}{1}', 1, false)).toBe('Version 1');
  speak('de', de);
  expect(t('{0} of {1}', 2, 3)).toBe('2 von 3');
  expect(t('Something no table knows')).toBe('Something no table knows');
  speak('en');
});

test('what is said to people is never pieced together past the table', () => {
  const pieced: string[] = [];
  for (const path of [...sayingFiles, ...speakingFiles])
    for (const node of saidIn(path))
      if (
        node.type === 'TemplateLiteral' &&
        (node['quasis'] as { value: { raw: string } }[]).some(({ value }) => /\p{L}/u.test(value.raw))
      )
        pieced.push(`${path}: ${JSON.stringify(node['quasis'])}`);
  expect(pieced).toEqual([]);
});

test('sentences of the engine, the router and the books are said in German, with what they hold', () => {
  speak('de', de);
  const graph = graphOf({ a: ['n', { value: 'much' }], b: 'step', c: ['n', { value: 2 }] }, ['a.out > b.in']);
  const planned = plan(
    graph,
    toys,
    { mode: 'delivery' },
    () => undefined,
    new Map([['c' as NodeId, { type: 'n', version: 1, params: { value: 1 }, inputs: {} }]]),
    () => undefined,
  );
  const told = (id: string) => {
    const node = planned.nodes[id as NodeId]!;
    return 'problems' in node ? tellAll(node.problems, ' ') : 'why' in node ? tellAll(node.why) : '';
  };
  expect(told('a')).toBe('Wert muss eine Zahl sein, nicht "much".');
  expect(told('b')).toBe('Wartet auf „N“, und das kann nicht laufen.');
  expect(told('c')).toBe('Wert 1 → 2');
  const refused = openTill(dollars('0.05')).reserve(dollars('0.2'));
  expect(!refused.ok && tell(refused.error.message)).toBe(
    'Der nächste Take würde etwa 0,20\u00a0$ kosten, und von dem, was ausgegeben werden darf, sind 0,05\u00a0$ übrig. Es wurde nichts gesendet.',
  );
  expect(tell(toFailure(new NodeError('bad-input', say('frame {0} of {1}', 2, 9))).message)).toBe('Bild 2 von 9');
  // What earlier releases stored is plain English.
  expect(tell('No picture was chosen.')).toBe('Es ist kein Bild gewählt.');
  expect(tNumbered('Shot 3')).toBe('Einstellung 3');
  speak('en');
});

test('tiers, kinds of work and the built-in engine are said in German inside what the router says', () => {
  const row = { ...HOUSE.rows[0]!, tier: 'draft' as const };
  const told = (candidates: readonly ModelRef[], work: WorkKind) => {
    const table = { ...HOUSE, rows: [{ ...row, work, candidates }] };
    const catalog = { ...EMPTY_CATALOG, find: (ref: ModelRef) => withoutWork(EMPTY_CATALOG.find(ref)) };
    return tellAll(problemsOf(table, catalog));
  };
  const withoutWork = (found: ReturnType<typeof EMPTY_CATALOG.find>) =>
    found && { ...found, model: { ...found.model, work: [] } };
  speak('de', de);
  expect(told([], 'text to image')).toBe('Text zu Bild, Entwurf: Die Zeile hat keine Kandidaten.');
  expect(told([BUILT_IN], 'upscale')).toBe('Hochskalieren, Entwurf: Eingebaute Engine kann nicht: Hochskalieren.');
  speak('en');
  expect(told([BUILT_IN], 'upscale')).toBe('upscale, draft: Built-in engine cannot do upscale.');
});
