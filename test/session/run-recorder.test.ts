/** What is written of a run, when, and what becomes of it when the disk is full. */
import { expect, test } from 'vitest';
import type { CacheKey, GraphId, NodeId } from '../../src/core/ids.ts';
import type { Registry } from '../../src/core/node.ts';
import type { NodeEvent, RunSummary } from '../../src/engine/events.ts';
import type { KeyParts } from '../../src/engine/key.ts';
import { memoryStores } from '../../src/headless/memory-stores.ts';
import { runRecorder } from '../../src/session/run-recorder.ts';
import type { RunStore, StoredResult, TimedEvent } from '../../src/session/stores.ts';
import { graphOf, toys } from '../rig/graphs.ts';
import { handClock } from '../rig/hand-clock.ts';

const NODE = 'a' as NodeId;
const G = 'g' as GraphId;
const graph = graphOf({ a: 'n' }, []);
const parts: KeyParts = { type: 'n', version: 1, params: { value: 2 }, inputs: {} };
const outputs = { out: { kind: 'number', number: 2 } } as const;
const finished = (from: 'run' | 'cache' | 'frozen', key = `key ${from}`): NodeEvent => ({
  type: 'finished',
  node: NODE,
  from,
  key: key as CacheKey,
  parts,
  outputs,
  ms: 7,
});
const started: NodeEvent = { type: 'started', node: NODE };
const progress: NodeEvent = { type: 'progress', node: NODE, fraction: 0.5 };
const summary: RunSummary = { outcome: 'done', ran: 1, cached: 0, failed: 0, skipped: 0 };

interface Circumstances {
  /** It is a row of a batch. */
  readonly isRow?: boolean;
  /** Calls of the run store that fail. */
  readonly broken?: readonly (keyof RunStore)[];
  readonly registry?: Registry;
}
async function recording({ isRow = false, broken = [], registry = toys }: Circumstances = {}) {
  const clock = handClock(1000);
  const { runs, takes } = memoryStores(clock.now, () => true);
  const runId = await runs.begin(G, graph, 'draft');
  for (const call of broken)
    Object.assign(runs, { [call]: () => Promise.reject(new DOMException('no room', 'QuotaExceededError')) });
  const sent: (readonly TimedEvent[])[] = [];
  const used: StoredResult[] = [];
  const previous = new Map<NodeId, KeyParts>();
  const recorder = runRecorder({
    runId,
    graphId: G,
    graph,
    registry,
    runs,
    takes,
    clock,
    previous: isRow ? undefined : previous,
    used: (found) => used.push(...found),
    send: (events) => sent.push(events),
  });
  /** Lets what was begun be written. */
  const written = () => new Promise(setImmediate);
  const history = async () => (await runs.events(runId)).map(({ type, at }) => [type, at]);
  return { recorder, clock, runs, takes, runId, sent, used, previous, written, history };
}
const types = (batches: readonly (readonly TimedEvent[])[]) => batches.map((batch) => batch.map(({ type }) => type));

test('the page hears what happened at most once a frame, each with its time', async () => {
  const { recorder, clock, sent } = await recording();
  recorder.write(started);
  clock.turn(10);
  recorder.write(progress);
  expect(sent).toEqual([]);
  clock.turn(6);
  expect(sent.map((batch) => batch.map(({ type, at }) => [type, at]))).toEqual([
    [
      ['started', 1000],
      ['progress', 1010],
    ],
  ]);
  recorder.write(finished('run'));
  clock.turn(15);
  expect(sent).toHaveLength(1);
  clock.turn(1);
  expect(types(sent)).toEqual([['started', 'progress'], ['finished']]);
});

test('history is written in batches, without progress', async () => {
  const { recorder, clock, written, history } = await recording();
  recorder.write(started);
  recorder.write(progress);
  clock.turn(249);
  await written();
  expect(await history()).toEqual([]);
  clock.turn(1);
  await written();
  expect(await history()).toEqual([['started', 1000]]);
  recorder.write(finished('run'));
  await recorder.close(summary);
  expect(await history()).toEqual([
    ['started', 1000],
    ['finished', 1250],
  ]);
});

test('when a run ends nothing is left waiting: results, history, how it ended, and then the page', async () => {
  const { recorder, runs, runId, sent, history } = await recording();
  recorder.write(started);
  recorder.keep({ key: 'k' as CacheKey, outputs });
  const endedBeforeSent: unknown[] = [];
  const end = runs.end.bind(runs);
  Object.assign(runs, {
    end: (...given: Parameters<typeof end>) => {
      endedBeforeSent.push(sent.length);
      return end(...given);
    },
  });
  expect(await recorder.close(summary)).toBeUndefined();
  expect(endedBeforeSent).toEqual([0]);
  expect(types(sent)).toEqual([['started']]);
  expect(await history()).toEqual([['started', 1000]]);
  expect([...(await runs.results()).found.keys()]).toEqual(['k']);
  expect(await runs.run(runId)).toMatchObject({ summary, endedAt: 1000 });
});

test('what a node was made of is kept for the next plan; what was found again counts as used', async () => {
  const { recorder, runs, used, previous } = await recording();
  recorder.write(finished('cache'));
  recorder.write(finished('run'));
  await recorder.close(summary);
  expect([...previous]).toEqual([[NODE, parts]]);
  expect([...(await runs.nodeStates(G))]).toEqual([[NODE, { parts, outputs }]]);
  expect(used).toEqual([{ key: 'key cache', outputs }]);
});

test('a frozen node says nothing of how it was made, and a row is not what the graph shows', async () => {
  const frozen = await recording();
  frozen.recorder.write(finished('frozen'));
  await frozen.recorder.close(summary);
  const row = await recording({ isRow: true });
  row.recorder.write(finished('run'));
  await row.recorder.close(summary);
  for (const { runs, previous } of [frozen, row])
    expect([[...previous], [...(await runs.nodeStates(G))]]).toEqual([[], []]);
  expect(frozen.used).toEqual([]);
});

test('a run in which nothing happened sends nothing', async () => {
  const { recorder, sent, history } = await recording();
  await recorder.close(summary);
  expect([sent, await history()]).toEqual([[], []]);
});

test('only refinement that was really made is a cost', async () => {
  const refining: Registry = new Map([['n', { ...toys.get('n')!, layer: 'refinement' }]]);
  const { recorder, takes } = await recording({ registry: refining });
  recorder.write(finished('cache'));
  recorder.write(finished('run'));
  await recorder.close(summary);
  expect((await takes.refinements()).map(({ node, ms }) => [node, ms])).toEqual([[NODE, 7]]);
});

test('history that cannot be written is lost, the rest is not; why is said once', async () => {
  const { recorder, runs, runId, sent } = await recording({ broken: ['append', 'keepNodeStates'] });
  recorder.write(started);
  recorder.keep({ key: 'k' as CacheKey, outputs });
  expect(await recorder.close(summary)).toMatchObject({ code: 'storage-full' });
  expect(await runs.run(runId)).toMatchObject({ summary });
  expect([...(await runs.results()).found.keys()]).toEqual(['k']);
  expect(types(sent)).toEqual([['started']]);
});
