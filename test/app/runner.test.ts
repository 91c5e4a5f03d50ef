/** The queue at work: what begins when, what the page is told, and what becomes of a batch that cannot go on. */
import { expect, test } from 'vitest';
import { createRunner } from '../../src/app/runner.ts';
import type { FreshSeed } from '../../src/engine/fresh-seeds.ts';
import { fail, NodeError, ok, type Failure, type Result } from '../../src/core/errors.ts';
import type { ColumnId, GraphId, NodeId, RowId, RunId } from '../../src/core/ids.ts';
import type { RunEvent, RunSummary } from '../../src/engine/events.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { registry } from '../../src/registry.ts';
import type { SessionRequest } from '../../src/session/planning.ts';
import type { Ran, RunEvents } from '../../src/session/session.ts';
import { createDesk } from '../../src/state/desk.ts';
import { createDocument } from '../../src/state/document.ts';
import { createQueue } from '../../src/state/queue.ts';
import { createRuns } from '../../src/state/runs.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import { graphOf } from '../rig/graphs.ts';
import { takeOf } from '../rig/takes.ts';

const [G, RUN] = ['g1' as GraphId, 'r' as RunId];
const [SEED, IMAGE] = ['s', 'i'] as NodeId[];
const graph: Graph = {
  ...graphOf({ s: ['seed', { seed: { mode: 'increment', value: 1 } }], p: 'prompt', i: 'image' }, [
    's.seed > i.seed',
    'p.prompt > i.prompt',
  ]),
  batch: {
    columns: [{ id: 'c' as ColumnId, node: 'p' as NodeId, param: 'text' }],
    rows: ['one', 'two', 'three'].map((text) => ({ id: text as RowId, cells: { ['c' as ColumnId]: text } })),
  },
};
const summaryOf = (outcome: RunSummary['outcome'], failure?: Failure): RunSummary => ({
  outcome,
  ran: 1,
  cached: 0,
  failed: 0,
  skipped: 0,
  ...(failure ? { failure } : {}),
});

interface Asked {
  readonly request: SessionRequest;
  /** Says what happened in it. */
  tell(...events: RunEvent[]): void;
  end(result: Result<Ran>): void;
  die(): void;
}

/** A desk over a thread that does what the test says. `fresh`: seeds that move before a run. */
function desktop(fresh: readonly FreshSeed[] = [], askBeforeRun = async () => {}) {
  const [document, runs, desk, workspace, queue] = [
    createDocument(),
    createRuns(),
    createDesk(),
    createWorkspace(),
    createQueue(),
  ];
  document.load(G, graph, undefined);
  const asked: Asked[] = [];
  const state = { isDead: false, cancels: 0 };
  const start = (request: SessionRequest, port: MessagePort) =>
    new Promise<Result<Ran>>((resolve, reject) =>
      asked.push({
        request,
        tell: (...events) =>
          port.postMessage({ runId: RUN, events: events.map((event) => ({ ...event, at: 5 })) } satisfies RunEvents),
        end: resolve,
        die: () => reject(new NodeError('worker-died', 'It died.')),
      }),
    );
  const thread = () => ({ call: { start, cancel: async () => void state.cancels++ }, isDead: state.isDead });
  const request = (
    graphId: GraphId,
    of: Graph,
    targets: readonly NodeId[] | undefined,
    mode: 'draft' | 'delivery',
  ) => ({
    graphId,
    graph: of,
    options: { mode, ...(targets ? { targets } : {}) },
  });
  const services = {
    registry,
    document,
    runs,
    desk,
    workspace,
    queue,
    thread,
    request,
    askBeforeRun,
    graphs: {},
  };
  const runner = createRunner(
    services as unknown as Parameters<typeof createRunner>[0],
    { next: () => [...fresh], lock() {} },
    async () => {},
  );
  const notices = () => workspace.getState().notices.map(({ text }) => text);
  /** The nth run that was asked of the thread, once it is. */
  async function nth(number: number): Promise<Asked> {
    await expect.poll(() => asked.length, { interval: 1 }).toBe(number);
    return asked[number - 1]!;
  }
  return { runner, document, runs, desk, workspace, queue, asked, state, notices, nth };
}
/** Ends a run as the thread does: the last event, then the answer. */
function finish(run: Asked, summary: RunSummary = summaryOf('done')): void {
  run.tell({ type: 'ended', summary });
  run.end(ok({ ...summary, runId: RUN }));
}

test('a run begins at once and ends with its run; what is asked for meanwhile waits behind it', async () => {
  const { runner, runs, queue, notices, nth, asked } = desktop();
  const ended: string[] = [];
  const first = runner.startRun([IMAGE!]).then(() => ended.push('first'));
  const second = runner.startRun().then(() => ended.push('second'));
  const run = await nth(1);
  expect(run.request).toMatchObject({ graphId: G, options: { targets: [IMAGE] } });
  expect([runs.getState().running, queue.getState().waiting.length]).toEqual([true, 1]);
  expect(notices()).toEqual(['Added to the queue: 1 before it.']);
  finish(run);
  await first;
  expect(ended).toEqual(['first']);
  finish(await nth(2));
  await second;
  expect([asked.length, runs.getState().running, queue.getState().running]).toEqual([2, false, undefined]);
});

test('what happens in a run is shown, its takes are noted, and its share done is that of its steps', async () => {
  const { runner, runs, desk, queue, nth } = desktop();
  const over = runner.startRun();
  const run = await nth(1);
  const node = SEED!;
  const took = takeOf('t', { graphId: G });
  run.tell({ type: 'started', node }, { type: 'taken', node: IMAGE!, take: took });
  run.tell({ type: 'skipped', node, because: 'not taken' });
  await expect.poll(() => queue.getState().fraction, { interval: 1 }).toBeCloseTo(1 / 3);
  expect(runs.getState().nodes[node]).toMatchObject({ status: 'skipped' });
  expect(desk.getState().takes.map(({ id }) => id)).toEqual(['t']);
  finish(run);
  await over;
  expect(runs.getState().summary).toMatchObject({ outcome: 'done' });
});

test('of a graph that is not open any more nothing is shown', async () => {
  const { runner, document, runs, desk, nth } = desktop();
  const over = runner.startRun();
  const run = await nth(1);
  document.load('other' as GraphId, graph, undefined);
  runs.reset();
  run.tell({ type: 'started', node: SEED! }, { type: 'taken', node: IMAGE!, take: takeOf('t') });
  finish(run);
  await over;
  expect([runs.getState().nodes, desk.getState().takes]).toEqual([{}, []]);
});

test('rows run one after another as one batch, as the graph was then; the canvas shows none of it', async () => {
  const { runner, document, runs, desk, nth } = desktop();
  runner.runRows(['one', 'three'] as RowId[]);
  const first = await nth(1);
  document.edit('Title', (_, whole) => (whole.title = 'Changed'));
  first.tell({ type: 'started', node: SEED! }, { type: 'taken', node: IMAGE!, take: takeOf('t') });
  finish(first, summaryOf('failed', { code: 'bug', message: 'It broke.' }));
  const second = await nth(2);
  finish(second);
  expect([first, second].map(({ request }) => [request.row, request.graph.title])).toEqual([
    ['one', 'Test'],
    ['three', 'Test'],
  ]);
  expect(first.request.batch).toBe(second.request.batch);
  expect([runs.getState().nodes, desk.getState().takes.length]).toEqual([{}, 1]);
});

test.each<readonly [string, (run: Asked, state: { isDead: boolean }) => void]>([
  ['it was cancelled', (run) => finish(run, summaryOf('cancelled'))],
  ['its money is spent', (run) => finish(run, summaryOf('failed', { code: 'over-budget', message: 'Too dear.' }))],
  ['it cannot begin', (run) => run.end(fail('bad-input', 'It cannot.'))],
  ['the thread is gone for good', (run, state) => ((state.isDead = true), run.die())],
])('further rows of a batch are not run when %s, and other runs still are', async (_, end) => {
  const { runner, notices, nth, state, queue } = desktop();
  runner.runRows(['one', 'two', 'three'] as RowId[]);
  void runner.startRun();
  end(await nth(1), state);
  const next = await nth(2);
  expect(next.request.row).toBeUndefined();
  expect(notices().at(-1)).toBe('2 rows of the batch were not run.');
  finish(next);
  await expect.poll(() => queue.getState().running, { interval: 1 }).toBeUndefined();
});

test('a row whose thread died goes on with the next, by the thread that replaced it', async () => {
  const { runner, queue, nth } = desktop();
  runner.runRows(['one', 'two'] as RowId[]);
  (await nth(1)).die();
  expect((await nth(2)).request.row).toBe('two');
  expect(Object.values(queue.getState().fates)).toMatchObject([{ state: 'failed', failure: { code: 'worker-died' } }]);
});

test('a held queue starts nothing by itself; what a person asks for begins all the same', async () => {
  const { runner, queue, nth, asked } = desktop();
  runner.holdQueue(true);
  runner.runRows(['one'] as RowId[]);
  expect(asked).toEqual([]);
  void runner.startRun();
  const run = await nth(1);
  expect(run.request.row).toBeUndefined();
  finish(run);
  await expect.poll(() => queue.getState().running, { interval: 1 }).toBeUndefined();
  expect(asked).toHaveLength(1);
  runner.holdQueue(false);
  expect((await nth(2)).request.row).toBe('one');
});

test('who waits for a run that is taken from the queue waits no longer', async () => {
  const { runner, queue, nth, asked } = desktop();
  void runner.startRun();
  const waiting = runner.startRun();
  runner.dropFromQueue(queue.getState().waiting.map(({ id }) => id));
  await waiting;
  finish(await nth(1));
  await expect.poll(() => queue.getState().running, { interval: 1 }).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test('seeds that move do so before a run, in one step, unless they are to stay', async () => {
  const { runner, document, nth } = desktop([{ node: SEED!, param: 'seed', value: { mode: 'increment', value: 2 } }]);
  const seedIn = ({ nodes }: Graph) => nodes[SEED!]!.params['seed'];
  const still = runner.startRun([IMAGE!], 'as they are');
  const first = await nth(1);
  expect(seedIn(first.request.graph)).toEqual({ mode: 'increment', value: 1 });
  finish(first);
  await still;
  void runner.startRun();
  const second = await nth(2);
  expect(seedIn(second.request.graph)).toEqual({ mode: 'increment', value: 2 });
  expect(seedIn(document.getState().graph)).toEqual({ mode: 'increment', value: 2 });
  finish(second);
});

test('a tab that only looks on runs nothing, and says where to run it', async () => {
  const { runner, document, notices, asked, queue } = desktop();
  document.load(G, graph, undefined, true);
  await runner.startRun();
  runner.runRows(['one'] as RowId[]);
  expect([asked.length, queue.getState().waiting.length, notices()]).toEqual([
    0,
    0,
    ['This graph is being edited in another tab.'],
  ]);
});

test('a run waits for prices that are asked for; one that is cancelled meanwhile does not begin', async () => {
  let told = () => {};
  const { runner, runs, asked, nth } = desktop([], () => new Promise((resolve) => (told = resolve)));
  const first = runner.startRun();
  await expect.poll(() => runs.getState().running).toBe(true);
  expect(asked).toHaveLength(0);
  told();
  finish(await nth(1));
  await first;
  const second = runner.startRun();
  runner.cancelRun();
  told();
  await second;
  expect([asked.length, runs.getState().running]).toEqual([1, false]);
});
