/** Takes of open graphs in memory: what is written, what a person said stays, and what becomes of results. */
import { expect, test } from 'vitest';
import type { CacheKey, GraphId, NodeId } from '../../src/core/ids.ts';
import { dollars } from '../../src/core/money.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import type { Outputs } from '../../src/core/values.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { memoryStores } from '../../src/headless/memory-stores.ts';
import { createTakeCache, isShownUnder, sourcesOf } from '../../src/session/take-cache.ts';
import { takeOf } from '../rig/takes.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const GRAPH = 'g1' as GraphId;
const NOTHING = new Map<CacheKey, Outputs>();
const verdict = (state: 'accepted' | 'rejected', by: 'person' | 'criteria', at: number): TakeRecord['verdict'] => ({
  state,
  by,
  at,
  reviewMs: 0,
});
function desk() {
  const { takes } = memoryStores(
    () => NOW,
    () => true,
  );
  const state = { isFull: false, reads: 0, puts: [] as string[][] };
  const store: typeof takes = {
    ...takes,
    put: (...given) => {
      state.puts.push(given[0].map(({ id }) => id));
      return state.isFull ? Promise.reject(new TypeError('Full.')) : takes.put(...given);
    },
    since: (at) => (state.reads++, state.isFull ? Promise.reject(new TypeError('Full.')) : takes.since(at)),
  };
  return { cache: createTakeCache(store), takes, state };
}
const idsIn = async ({ takes }: ReturnType<typeof desk>) => (await takes.all()).map(({ id }) => id as string);

test('takes are read once for each graph, are kept in their order, and a newer state takes the place of an older', async () => {
  const { cache, takes } = desk();
  await takes.put([takeOf('a'), takeOf('b', { slot: 'other' }), takeOf('c', { graphId: 'g2' as GraphId })]);
  expect(cache.takesOf(GRAPH, 's')).toEqual([]);
  await cache.load(GRAPH);
  await cache.record(takeOf('d'), NOTHING);
  await cache.load(GRAPH);
  await cache.judge([takeOf('a', { verdict: verdict('accepted', 'person', 2) })], NOTHING);
  const there = cache.takesOf(GRAPH, 's');
  expect(there.map(({ id, verdict: { state } }) => [id, state])).toEqual([
    ['a', 'accepted'],
    ['d', 'open'],
  ]);
  expect(cache.keysOf(GRAPH)).toEqual(['key of a', 'key of d', 'key of b']);
  expect(cache.keysOf('g2' as GraphId)).toEqual([]);
});

test('a take that cannot be written counts all the same, and is written with the next', async () => {
  const all = desk();
  const { cache, state } = all;
  await cache.load(GRAPH);
  state.isFull = true;
  await expect(cache.record(takeOf('a'), NOTHING)).rejects.toThrow('Full.');
  // Nor does opening its graph again take it away.
  await cache.load(GRAPH);
  expect(cache.takesOf(GRAPH, 's')).toHaveLength(1);
  await expect(cache.judge([takeOf('a', { verdict: verdict('accepted', 'person', 2) })], NOTHING)).rejects.toThrow();
  expect(cache.takesOf(GRAPH, 's')[0]!.verdict.state).toBe('open');
  expect(await idsIn(all)).toEqual([]);
  state.isFull = false;
  await cache.record(takeOf('b'), NOTHING);
  expect((await idsIn(all)).sort()).toEqual(['a', 'b']);
  // What was written is not written again: it may have been judged, or deleted, elsewhere since.
  await cache.record(takeOf('c'), NOTHING);
  expect(all.state.puts.at(-1)).toEqual(['c']);
});

test('of a picture that several takes share counts what was decided last, among the nodes that are asked for', async () => {
  const { cache } = desk();
  await cache.load(GRAPH);
  const { artifact } = takeOf('a');
  const shared = (id: string, node: string, state: 'accepted' | 'rejected', at: number) =>
    takeOf(id, { artifact: artifact!, node: node as NodeId, verdict: verdict(state, 'person', at) });
  const decided = (isAsked: (node: NodeId) => boolean = () => true) => cache.verdictOf(GRAPH, isAsked, artifact!.hash);
  expect(decided()).toBe('open');
  await cache.judge([shared('a', 'one', 'rejected', 7), shared('b', 'two', 'accepted', 5)], NOTHING);
  // Another take of the same picture, of which nothing was said, or no longer.
  const open = { ...takeOf('c').verdict, at: 9 };
  await cache.record(takeOf('c', { artifact: artifact!, node: 'one' as NodeId, verdict: open }), NOTHING);
  expect(decided()).toBe('rejected');
  expect(decided((node) => node === 'two')).toBe('accepted');
  expect(decided(() => false)).toBe('open');
});

test('what a person said while a run went on is not undone by the run; what they said before it is', async () => {
  const { cache } = desk();
  await cache.load(GRAPH);
  await cache.judge([takeOf('a', { verdict: verdict('accepted', 'person', 5) })], NOTHING);
  const now = async (made: TakeRecord) => (await cache.record(made, NOTHING)).take.verdict;
  expect(await now(takeOf('a', { verdict: verdict('rejected', 'criteria', 5) }))).toMatchObject({ state: 'accepted' });
  expect(await now(takeOf('a', { verdict: verdict('rejected', 'criteria', 6) }))).toMatchObject({ by: 'criteria' });
  expect(await now(takeOf('a', { verdict: verdict('accepted', 'person', 4) }))).toMatchObject({ state: 'accepted' });
});

test('a take is a result unless its criteria rejected it; then it is forgotten where it still is the result', async () => {
  const { cache } = desk();
  const resultsOf = async (take: TakeRecord, found = NOTHING) => (await cache.record(take, found)).results;
  const one = takeOf('a');
  const kept = { keep: [{ key: one.key, outputs: { image: one.artifact } }], forget: [] };
  const shown = new Map([[one.key, { image: one.artifact! }]]);
  const { artifact: _, ...failed } = takeOf('b');
  expect(await resultsOf(one)).toEqual(kept);
  expect(await resultsOf(failed)).toEqual({ keep: [], forget: [] });
  const rejected = (by: 'person' | 'criteria') => ({ ...one, verdict: verdict('rejected', by, 1) });
  expect(await resultsOf(rejected('criteria'), shown)).toEqual({ keep: [], forget: [one.key] });
  expect(await resultsOf(rejected('criteria'))).toEqual({ keep: [], forget: [] });
  expect(await resultsOf(rejected('criteria'), new Map([[one.key, { image: takeOf('c').artifact! }]]))).toEqual({
    keep: [],
    forget: [],
  });
  // Another node with the same key may keep what a person rejected for this one.
  expect(await resultsOf(rejected('person'), shown)).toEqual({ keep: [], forget: [] });
  expect([isShownUnder(one, shown.get(one.key)), isShownUnder(one, undefined)]).toEqual([true, false]);
});

test('what the month came to is read once, again after a take, in a new month, and after a read that failed', async () => {
  const { cache, state } = desk();
  await cache.record(takeOf('a', { at: NOW, charged: dollars('0.5') }), NOTHING);
  expect([await cache.spentThisMonth(NOW), await cache.spentThisMonth(NOW)]).toEqual([500_000, 500_000]);
  expect(state.reads).toBe(1);
  await cache.record(takeOf('b', { at: NOW, charged: null, estimated: dollars('0.2') }), NOTHING);
  expect(await cache.spentThisMonth(NOW)).toBe(700_000);
  expect(await cache.spentThisMonth(Date.parse('2026-12-01T00:00:00Z'))).toBe(0);
  state.isFull = true;
  await expect(cache.spentThisMonth(NOW)).rejects.toThrow('Full.');
  state.isFull = false;
  expect(await cache.spentThisMonth(NOW)).toBe(700_000);
});

test('whose takes a refinement finishes: the nearest that generate, along every wire, once, also in circles', () => {
  const registry = new Map([['image', { request: () => ({}) }]]) as never;
  const wire = (from: string, to: string) => ({ from: { node: from, socket: 'x' }, to: { node: to, socket: 'x' } });
  const graph = {
    nodes: { far: { type: 'image' }, one: { type: 'image' }, two: { type: 'image' }, grade: { type: 'grade' } },
    wires: {
      a: wire('far', 'one'),
      b: wire('one', 'grade'),
      c: wire('grade', 'sharpen'),
      d: wire('two', 'sharpen'),
      e: wire('sharpen', 'grade'),
      f: wire('gone', 'sharpen'),
    },
  } as unknown as Graph;
  expect(sourcesOf(graph, registry, 'sharpen' as NodeId).sort()).toEqual(['one', 'two']);
  expect(sourcesOf(graph, registry, 'far' as NodeId)).toEqual([]);
});
