import { beforeEach, expect, test } from 'vitest';
import type { CacheKey, GraphId } from '../../src/core/ids.ts';
import { dollars } from '../../src/core/money.ts';
import type { TakeRecord, Verdict } from '../../src/core/take.ts';
import type { Outputs } from '../../src/core/values.ts';
import { Database } from '../../src/storage/db.ts';
import { takeStore } from '../../src/storage/take-store.ts';
import { createTakeCache, type TakeCache } from '../../src/session/take-cache.ts';
import { takeOf } from '../rig/takes.ts';

const GRAPH = 'g1' as GraphId;
const NOTHING: ReadonlyMap<CacheKey, Outputs> = new Map();
/** What structured clone cannot store: a real refusal by the database. */
const UNSTORABLE = { why: (() => {}) as unknown as string };
const said = (state: Verdict['state'], at: number): Pick<TakeRecord, 'verdict'> => ({
  verdict: { state, by: 'person', at, reviewMs: 0 },
});

let db: Database;
let ledger: TakeCache;
beforeEach(async () => {
  db = new Database(`books-${Math.random()}`);
  ledger = createTakeCache(takeStore(db));
  await ledger.load(GRAPH);
});
const stored = async () =>
  Object.fromEntries((await takeStore(db).all()).map(({ id, verdict }) => [id, verdict.state]));
const counted = () => ledger.takesOf(GRAPH, 's').map(({ id, verdict }) => [id, verdict.state]);

test('verdicts are written all together or not at all, and count only when they are written', async () => {
  await takeStore(db).put([takeOf('old', said('accepted', 1)), takeOf('new')]);
  ledger = createTakeCache(takeStore(db));
  await ledger.load(GRAPH);
  await expect(
    ledger.judge([takeOf('old', said('open', 1)), takeOf('new', { ...said('accepted', 2), ...UNSTORABLE })], NOTHING),
  ).rejects.toThrow();
  expect(await stored()).toEqual({ old: 'accepted', new: 'open' });
  expect(counted()).toEqual([
    ['new', 'open'],
    ['old', 'accepted'],
  ]);
  await ledger.judge([takeOf('old', said('open', 1)), takeOf('new', said('accepted', 2))], NOTHING);
  expect(await stored()).toEqual({ old: 'open', new: 'accepted' });
  expect(counted()).toEqual([
    ['new', 'accepted'],
    ['old', 'open'],
  ]);
});

test('what its criteria reject goes with the result in one write; what a person rejects may be kept by another node', async () => {
  const take = takeOf('a');
  const { results } = await ledger.record(take, NOTHING);
  expect(await db.results.count()).toBe(1);
  const found = new Map(results.keep.map(({ key, outputs }) => [key, outputs]));
  expect((await ledger.judge([{ ...take, ...said('rejected', 2) }], found)).forget).toEqual([]);
  expect(await db.results.count()).toBe(1);
  const missed = { ...take, verdict: { ...said('rejected', 3).verdict, by: 'criteria' as const } };
  await expect(ledger.record({ ...missed, ...UNSTORABLE }, found)).rejects.toThrow();
  expect(await db.results.count()).toBe(1);
  expect((await ledger.judge([missed], found)).forget).toEqual([take.key]);
  expect(await db.results.count()).toBe(0);
});

test('a run that knew a take before it was judged does not take the verdict back', async () => {
  await ledger.record(takeOf('a'), NOTHING);
  await ledger.judge([takeOf('a', said('rejected', 5))], NOTHING);
  const { take } = await ledger.record(takeOf('a', { number: 1 }), NOTHING);
  expect([take.verdict.state, take.number]).toEqual(['rejected', 1]);
  expect(await stored()).toEqual({ a: 'rejected' });
});

test('a take that could not be written is written with the next one', async () => {
  const paid = takeOf('paid', { charged: dollars(2) });
  db.close();
  await expect(ledger.record(paid, NOTHING)).rejects.toThrow();
  await db.open();
  expect(counted()).toEqual([['paid', 'open']]);
  await ledger.record(takeOf('next'), NOTHING);
  expect(await stored()).toEqual({ paid: 'open', next: 'open' });
});

test('the money of this month is read again after a read that failed', async () => {
  await takeStore(db).put([takeOf('a', { at: Date.UTC(2026, 10, 3), charged: dollars(2) })]);
  db.close();
  await expect(ledger.spentThisMonth(Date.UTC(2026, 10, 5))).rejects.toThrow();
  await db.open();
  expect(await ledger.spentThisMonth(Date.UTC(2026, 10, 5))).toBe(dollars(2));
});
