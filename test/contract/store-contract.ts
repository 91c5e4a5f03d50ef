/** What every form of a session's stores does alike. */
import { beforeEach, expect, test } from 'vitest';
import type { ArtifactHash, CacheKey, GraphId, NodeId, RunId } from '../../src/core/ids.ts';
import { dollars, FREE } from '../../src/core/money.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import type { Outputs } from '../../src/core/values.ts';
import type { TimedEvent } from '../../src/session/stores.ts';
import { emptyGraph } from '../../src/graph/graph.ts';
import type { Stores } from '../../src/headless/memory-stores.ts';
import { takeOf } from '../rig/takes.ts';

const [GRAPH, OTHER] = ['g1', 'g2'] as GraphId[];
const key = (name: string) => name as CacheKey;
const number = (value: number): Outputs => ({ value: { kind: 'number', value } as never });
const picture = (hash: string): Outputs => ({
  image: { kind: 'image', hash: hash as ArtifactHash, width: 1, height: 1 },
});
/** What structured clone cannot store: a real refusal by whatever keeps it. */
const UNSTORABLE = { why: (() => {}) as unknown as string };

export interface Kept extends Stores {
  /** Stores an artifact, so that results that hold it are whole. */
  putArtifact(hash: ArtifactHash): Promise<void>;
}

/** `make`: stores with nothing in them, that read the clock they are given. */
export function storeContract(form: string, make: (now: () => number) => Promise<Kept>): void {
  let kept: Kept;
  let now: number;
  beforeEach(async () => {
    now = Date.parse('2026-11-20T12:00:00Z');
    kept = await make(() => now);
  });

  test(`${form}: runs are listed newest first, each with its graph and how it ended`, async () => {
    const { runs } = kept;
    const first = await runs.begin(GRAPH!, emptyGraph('One'), 'draft');
    now += 1000;
    const second = await runs.begin(GRAPH!, emptyGraph('Two'), 'delivery');
    await runs.begin(OTHER!, emptyGraph('Three'), 'draft');
    const summary = { outcome: 'done', ran: 1, cached: 0, failed: 0, skipped: 0 } as never;
    await runs.end(first, summary);
    expect((await runs.list(GRAPH!)).map(({ id, graph, mode }) => [id, graph.title, mode])).toEqual([
      [second, 'Two', 'delivery'],
      [first, 'One', 'draft'],
    ]);
    expect((await runs.list(GRAPH!, 1)).map(({ id }) => id)).toEqual([second]);
    expect(await runs.run(first)).toMatchObject({ summary, endedAt: now, startedAt: now - 1000 });
    expect(await runs.run('nobody' as RunId)).toBe(undefined);
  });

  test(`${form}: events come back in the order of their batches, whichever was written first`, async () => {
    const { runs } = kept;
    const id = await runs.begin(GRAPH!, emptyGraph('One'), 'draft');
    const event = (at: number) => ({ type: 'started', node: 'n' as NodeId, at }) as unknown as TimedEvent;
    await runs.append(id, 1, [event(3)]);
    await runs.append(id, 0, [event(1), event(2)]);
    expect((await runs.events(id)).map(({ at }) => at)).toEqual([1, 2, 3]);
    expect(await runs.events('nobody' as RunId)).toEqual([]);
  });

  test(`${form}: a result is found while all its pictures are stored, under its newest value`, async () => {
    const { runs, putArtifact } = kept;
    await putArtifact('stored' as ArtifactHash);
    await runs.keep([
      { key: key('a'), outputs: number(1) },
      { key: key('b'), outputs: picture('stored') },
      { key: key('c'), outputs: picture('gone') },
    ]);
    await runs.keep([{ key: key('a'), outputs: number(2) }]);
    const { found, isAll } = await runs.results();
    expect(isAll).toBe(true);
    expect([...found].sort()).toEqual([
      ['a', number(2)],
      ['b', picture('stored')],
    ]);
    expect([...(await runs.resultsOf(['b', 'c', 'd'].map(key))).keys()]).toEqual(['b']);
  });

  test(`${form}: what a node last made replaces what it made before`, async () => {
    const { runs } = kept;
    const state = (graphId: GraphId, value: number) => ({ graphId, node: 'n' as NodeId, outputs: number(value) });
    await runs.keepNodeStates([state(GRAPH!, 1), state(OTHER!, 2)]);
    await runs.keepNodeStates([state(GRAPH!, 3)]);
    const states = await runs.nodeStates(GRAPH!);
    expect([...states].map(([node, { outputs }]) => [node, outputs])).toEqual([['n', number(3)]]);
  });

  test(`${form}: takes and the results they change are written together or not at all`, async () => {
    const { takes, runs } = kept;
    await runs.keep([{ key: key('old'), outputs: number(1) }]);
    const change = { keep: [{ key: key('new'), outputs: number(2) }], forget: [key('old')] };
    await expect(takes.put([takeOf('a'), { ...takeOf('b'), ...UNSTORABLE }], change)).rejects.toThrow();
    expect([(await takes.all()).length, ...(await runs.results()).found.keys()]).toEqual([0, 'old']);
    await takes.put([takeOf('a'), takeOf('b')], change);
    expect([(await takes.all()).length, ...(await runs.results()).found.keys()]).toEqual([2, 'new']);
  });

  test(`${form}: takes are given oldest first, by graph and since a moment; a new state replaces the old one`, async () => {
    const { takes } = kept;
    const made = (id: string, at: number, more: Partial<TakeRecord> = {}) => takeOf(id, { at, ...more });
    await takes.put([made('late', 30), made('early', 10), made('other', 20, { graphId: OTHER! })]);
    await takes.put([made('early', 10, { number: 7 })]);
    const ids = (found: readonly TakeRecord[]) => found.map(({ id }) => id);
    expect(ids(await takes.all())).toEqual(['early', 'other', 'late']);
    expect(ids(await takes.ofGraph(takeOf('x').graphId))).toEqual(['early', 'late']);
    expect(ids(await takes.since(20)).sort()).toEqual(['late', 'other']);
    expect((await takes.all())[0]!.number).toBe(7);
  });

  test(`${form}: what is set aside from a month is not there for another until it is given back or charged`, async () => {
    const { month, takes } = kept;
    const [budget, price] = [dollars(1), dollars('0.6')];
    const first = await month.reserve(price, budget);
    expect(first).toMatchObject({ id: expect.any(String) });
    expect(await month.reserve(price, budget)).toEqual({ left: dollars('0.4') });
    if ('id' in first) await month.release(first.id);
    expect(await month.reserve(price, budget)).toMatchObject({ id: expect.any(String) });
    await takes.put([takeOf('paid', { at: now, charged: dollars('0.9') })]);
    expect(await month.reserve(price, budget)).toEqual({ left: FREE });
  });

  test(`${form}: what is set aside for a take counts once, also when the take is written down`, async () => {
    const { month, takes } = kept;
    const budget = dollars(1);
    const sent = takeOf('sent', { at: now, state: 'pending', charged: null, estimated: dollars('0.4') });
    await month.reserve(dollars('0.4'), budget, sent.id);
    expect(await month.reserve(dollars('0.7'), budget)).toEqual({ left: dollars('0.6') });
    await takes.put([sent]);
    expect(await month.reserve(dollars('0.7'), budget)).toEqual({ left: dollars('0.6') });
    expect(await month.reserve(dollars('0.6'), budget)).toMatchObject({ id: expect.any(String) });
  });
}
