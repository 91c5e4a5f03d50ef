/**
 * A session over memory: two of them in one process, runs, rows, verdicts, replays, and what happens around a run that
 * ends.
 */
import { expect, test } from 'vitest';
import { fail, ok, type Result } from '../../src/core/errors.ts';
import type { ArtifactHash, ColumnId, GraphId, NodeId, RowId, TakeId } from '../../src/core/ids.ts';
import { dollars, FREE } from '../../src/core/money.ts';
import type { TakeRecord, Verdict } from '../../src/core/take.ts';
import type { ImageValue } from '../../src/core/values.ts';
import type { Executed, Task } from '../../src/engine/run.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { memoryStores } from '../../src/headless/memory-stores.ts';
import { costed } from '../../src/ledger/costs.ts';
import { forecast } from '../../src/ledger/forecast.ts';
import { DEFAULT_SETTINGS } from '../../src/ledger/money-settings.ts';
import { sketchProvider } from '../../src/providers/sketch-provider.ts';
import { registry } from '../../src/registry.ts';
import { HOUSE } from '../../src/routing/house.ts';
import type { RunAccount } from '../../src/routing/produce.ts';
import type { Clock } from '../../src/session/clock.ts';
import { runTask } from '../../src/session/run-task.ts';
import type { SessionRequest } from '../../src/session/planning.ts';
import { createSession, type RunEvents } from '../../src/session/session.ts';
import { graphOf } from '../rig/graphs.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const picture = graphOf({ p: ['prompt', { text: 'a lake' }], i: ['image', { megapixels: '0.5' }] }, [
  'p.prompt > i.prompt',
]);
const providers = new Map([[sketchProvider.id, sketchProvider]]);
const NOW = Date.parse('2026-11-20T12:00:00Z');

/** Time stands still, and what is to be done later is done when the run ends. */
const clock: Clock = { now: () => NOW, after: () => () => {} };

/**
 * A desk of its own. `onTask`: called before a node runs, with the account of its run; a failure it gives is the node's.
 */
function desk(onTask: (task: Task, account: RunAccount) => Promise<Result<Executed> | void> = async () => {}) {
  const artifacts = testArtifacts();
  const stores = memoryStores(() => NOW, artifacts.has);
  const isStored = async (hash: ArtifactHash) => artifacts.has(hash);
  const ran: string[] = [];
  const session = createSession({
    ...stores,
    registry,
    artifacts,
    clock,
    isStored,
    used() {},
    booked: () => [],
    whileInUse: (work) => work(),
    async execute(task, signal, watcher, account) {
      watcher.started();
      const answer = await onTask(task, account);
      if (answer) return answer;
      ran.push(task.parts.type);
      const host = { registry, artifacts, providers, clock, account, signal, queuedMs: 0, progress: async () => {} };
      const result = await runTask(task, { ...host, isStored });
      return result.ok ? ok({ ...result.value, ms: 1 }) : result;
    },
  });
  const heard: RunEvents['events'][number][] = [];
  const ask = (graph: Graph, more: Partial<SessionRequest> = {}): SessionRequest => ({
    graphId: 'g' as GraphId,
    graph,
    options: { mode: 'draft' },
    table: HOUSE,
    settings: DEFAULT_SETTINGS,
    ...more,
  });
  const start = (graph: Graph, more: Partial<SessionRequest> = {}) =>
    session.start(ask(graph, more), ({ events }) => heard.push(...events));
  return { session, stores, ran, heard, ask, start };
}
test('what a clip of a still that is not made yet will cost is said to be more, where it goes by its size', async () => {
  const { session, ask } = desk();
  const graph = graphOf(
    { p: ['prompt', { text: 'a lake' }], a: ['aspect', { frame: '16:9' }], i: 'image', v: 'animate' },
    ['p.prompt > i.prompt', 'a.aspect > i.aspect', 'i.image > v.image'],
  );
  const forecastAt = async (unit: 'megapixel' | 'video') => {
    const override = { provider: 'sketch', model: 'triptych/sketch', amount: dollars('0.09'), unit, at: 1 };
    const settings = { ...DEFAULT_SETTINGS, book: { overrides: [override], creditRates: {} } };
    const plan = await session.plan(ask(graph, { settings, options: { mode: 'delivery' } }));
    return forecast(plan, []).nodes['v' as NodeId]!.certainty;
  };
  expect([await forecastAt('megapixel'), await forecastAt('video')]).toEqual(['≥', '≈']);
});

test('refinement is a cost of the take it refined: an earlier one that is shown, or one that another graph made', async () => {
  const { stores, start } = desk();
  const finished = (exposure: number) =>
    graphOf({ p: ['prompt', { text: 'a lake' }], i: ['image', { megapixels: '0.5' }], r: ['grade', { exposure }] }, [
      'p.prompt > i.prompt',
      'i.image > r.image',
    ]);
  await start(finished(0.1));
  await start(finished(0.2), { graphId: 'copy' as GraphId });
  const [take] = await stores.takes.all();
  // A newer take of the same node, whose picture nobody refined.
  const newer = { ...take!, id: 'newer' as TakeId, artifact: { ...take!.artifact!, hash: 'other' as ArtifactHash } };
  const refinements = await stores.takes.refinements();
  const costs = costed([take!, newer], refinements, { machinePerHour: dollars(3600), personPerHour: FREE });
  expect(refinements.map(({ graphId, ms }) => [graphId, ms])).toEqual([
    ['g', 1],
    ['copy', 1],
  ]);
  expect(costs.map(({ cost }) => cost.refinement)).toEqual([2000, 0]);
});

test('a picture that was there before its graph asked for it is a take of that graph: free, once, and to be judged', async () => {
  const { session, stores, ran, heard, start } = desk();
  await start(picture);
  const copy = { graphId: 'copy' as GraphId };
  await start(picture, copy);
  await start(picture, copy);
  expect(ran).toEqual(['prompt', 'image']);
  const [first] = await stores.takes.ofGraph('g' as GraphId);
  const takes = await stores.takes.ofGraph('copy' as GraphId);
  expect(takes.map(({ node, number, charged, artifact }) => [node, number, charged, artifact?.hash])).toEqual([
    ['i', 0, FREE, first!.artifact!.hash],
  ]);
  expect(heard.filter(({ type }) => type === 'taken')).toHaveLength(2);
  await session.judge([{ ...takes[0]!, verdict: { state: 'accepted', by: 'person', at: NOW, reviewMs: 0 } }]);
  expect((await stores.takes.ofGraph('g' as GraphId)).map(({ verdict }) => verdict.state)).toEqual(['open']);
});

test('rows that differ only in their seed are each a deliverable: none takes a place under the cap of another', async () => {
  const { stores, start } = desk();
  const column = { id: 'c' as ColumnId, node: 's' as NodeId, param: 'seed' };
  const rows = Array.from({ length: 8 }, (_, at) => ({
    id: `r${at}` as RowId,
    cells: { [column.id]: String(at + 1) },
  }));
  const graph: Graph = {
    ...graphOf({ p: ['prompt', { text: 'a lake' }], s: 'seed', i: ['image', { megapixels: '0.5' }] }, [
      'p.prompt > i.prompt',
      's.seed > i.seed',
    ]),
    batch: { columns: [column], rows },
  };
  for (const { id } of rows) {
    const ran = await start(graph, { row: id, batch: 'b' });
    expect(ran).toMatchObject({ ok: true, value: { outcome: 'done' } });
  }
  const takes = await stores.takes.all();
  expect(new Set(takes.map(({ slot }) => slot)).size).toBe(8);
  expect(takes.map(({ seed }) => seed)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('rows whose seed counts on without a cell that says it are each a deliverable, however many there are', async () => {
  for (const mode of ['increment', 'random'] as const) {
    const { stores, start } = desk();
    const rows = Array.from({ length: 8 }, (_, at) => ({ id: `r${at}` as RowId, cells: {} }));
    const graph: Graph = {
      ...graphOf(
        {
          p: ['prompt', { text: 'a lake' }],
          s: ['seed', { seed: { mode, value: 4 } }],
          i: ['image', { megapixels: '0.5' }],
        },
        ['p.prompt > i.prompt', 's.seed > i.seed'],
      ),
      batch: { columns: [], rows },
    };
    for (const { id } of rows)
      expect(await start(graph, { row: id, batch: 'b' })).toMatchObject({ ok: true, value: { outcome: 'done' } });
    const takes = await stores.takes.all();
    expect(new Set(takes.map(({ slot }) => slot)).size).toBe(8);
    expect(new Set(takes.map(({ seed }) => seed)).size).toBe(8);
    // The same again makes nothing more.
    expect(await start(graph, { row: rows[7]!.id, batch: 'b' })).toMatchObject({ ok: true, value: { ran: 0 } });
  }
});

const judged = (take: TakeRecord, state: Verdict['state']): TakeRecord => ({
  ...take,
  verdict: { state, by: 'person', at: NOW, reviewMs: 0 },
});

test('two sessions in one process run at the same time and know nothing of each other', async () => {
  const [one, other] = [desk(), desk()];
  const runs = await Promise.all([one.start(picture), other.start(picture)]);
  expect(runs.map((run) => run.ok && [run.value.outcome, run.value.ran])).toEqual([
    ['done', 2],
    ['done', 2],
  ]);
  const [a, b] = [await one.stores.takes.all(), await other.stores.takes.all()];
  expect([a.length, b.length]).toEqual([1, 1]);
  expect(a[0]!.artifact!.hash).toBe(b[0]!.artifact!.hash);
  expect(a[0]!.id).not.toBe(b[0]!.id);
});

test('a run is written down as it was heard, and is found again by the next plan and the next run', async () => {
  const { session, stores, heard, ask, start, ran } = desk();
  const run = await start(picture);
  if (!run.ok) throw new Error('The run was refused.');
  expect(heard.map(({ type }) => type)).toContain('taken');
  expect((await stores.runs.events(run.value.runId)).map(({ type }) => type)).toEqual(
    heard.flatMap(({ type }) => (type === 'progress' ? [] : [type])),
  );
  expect(await stores.runs.run(run.value.runId)).toMatchObject({ summary: { outcome: 'done' } });
  expect((await session.plan(ask(picture))).toRun).toBe(0);
  expect(await start(picture)).toMatchObject({ value: { ran: 0, cached: 2 } });
  expect(ran).toEqual(['prompt', 'image']);
});

test('one run at a time, and one that is cancelled leaves nothing at work', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const { session, start } = desk(() => held);
  const first = start(picture);
  expect(session.isBusy).toBe(true);
  expect(await start(picture)).toMatchObject({ ok: false, error: { code: 'rejected' } });
  session.cancel();
  release();
  expect(await first).toMatchObject({ ok: true, value: { outcome: 'cancelled' } });
  expect(session.isBusy).toBe(false);
  expect(await start(picture)).toMatchObject({ value: { outcome: 'done' } });
});

test('what a person rejects is made anew, what they accept is used; the plan counts both at once', async () => {
  const { session, stores, ask, start } = desk();
  await start(picture);
  const [take] = await stores.takes.all();
  await session.judge([judged(take!, 'rejected')]);
  expect((await session.plan(ask(picture))).toRun).toBe(1);
  await start(picture);
  const [, second] = await stores.takes.all();
  await session.judge([judged(second!, 'accepted')]);
  expect((await session.plan(ask(picture))).toRun).toBe(0);
});

test('when a run has ended its account pays for nothing more, and a take that comes late is still written down', async () => {
  let account: RunAccount | undefined;
  const { stores, start, heard } = desk(async (_, given) => void (account = given));
  await start(picture);
  const before = heard.length;
  expect(await account!.reserve(FREE)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  const [take] = await stores.takes.all();
  await account!.record({ ...take!, id: 'late' as TakeRecord['id'] });
  expect((await stores.takes.all()).map(({ id }) => id)).toContain('late');
  expect(heard.length).toBe(before);
});

test('the rows of a batch run one by one, and together stay below what one run may spend', async () => {
  const reserved: number[] = [];
  const { session, ask, start } = desk(async ({ parts }, account) => {
    if (parts.type !== 'image') return;
    const asked = await account.reserve(dollars('0.4'));
    if (!asked.ok) return asked;
    reserved.push(asked.value.amount);
    await account.settle(asked.value, dollars('0.4'));
  });
  const rows = ['one', 'two', 'three'].map((text, at) => ({ id: `r${at}`, cells: { c: `a ${text}` } }));
  const batch = { columns: [{ id: 'c', node: 'p' as NodeId, param: 'text' }], rows } as unknown as Graph['batch'];
  const graph = { ...picture, batch } as Graph;
  const settings = { ...DEFAULT_SETTINGS, runCap: dollars(1) };
  expect((await session.planRows(ask(graph))).length).toBe(3);
  const outcomes = [];
  for (const { id } of rows) {
    const run = await start(graph, { row: id as SessionRequest['row'] & string, batch: 'b', settings });
    outcomes.push(run.ok && run.value.outcome);
  }
  expect(outcomes).toEqual(['done', 'done', 'failed']);
  expect(reserved).toEqual([400_000, 400_000]);
});

test('a row goes on from what it is told that the row above made, without asking what rows above would make', async () => {
  const { stores, start } = desk();
  const graph: Graph = {
    ...graphOf({ p: ['prompt', { text: 'a lake' }], r: 'reference', i: ['image', { megapixels: '0.5' }] }, [
      'p.prompt > i.prompt',
      'r.reference > i.references',
    ]),
    batch: {
      columns: [{ id: 'c' as ColumnId, node: 'r' as NodeId, param: 'file', above: 'i' as NodeId }],
      rows: [
        { id: 'r1' as RowId, cells: {} },
        { id: 'r2' as RowId, cells: {} },
      ],
    },
  };
  await start(picture);
  const [take] = await stores.takes.all();
  const made = take!.artifact as ImageValue;
  const second = { row: 'r2' as RowId };
  const refused = { ok: false, error: { code: 'bad-input' } };
  expect(await start(graph, second)).toMatchObject(refused);
  expect(await start(graph, { ...second, above: new Map() })).toMatchObject(refused);
  const above = new Map([['i' as NodeId, { image: made }]]);
  expect(await start(graph, { ...second, above })).toMatchObject({ ok: true, value: { outcome: 'done' } });
  const [, next] = await stores.takes.all();
  expect(next!.request.references.map(({ image }) => image.hash)).toEqual([made.hash]);
});

test('history that cannot be written does not keep a graph from running, and that is said', async () => {
  const { stores, start } = desk();
  const full = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
  Object.assign(stores.runs, { begin: full, append: full });
  expect(await start(picture)).toMatchObject({
    ok: true,
    value: { outcome: 'done', unkept: { code: 'storage-full' } },
  });
});

test('a past run is made again from what was recorded, and comes out the same; that enters no book', async () => {
  const { session, stores, start } = desk();
  const run = await start(picture);
  if (!run.ok) throw new Error('The run was refused.');
  const report = await session.replay(run.value.runId);
  if (!report.ok) throw new Error('It was not made again.');
  expect(report.value.map(({ node, outcome }) => [node, outcome.state])).toEqual([
    ['p', 'identical'],
    ['i', 'identical'],
  ]);
  expect((await stores.takes.all()).length).toBe(1);
  expect(await session.replay('gone' as typeof run.value.runId)).toMatchObject(
    fail('bad-input', 'This run is no longer stored.'),
  );
});

const gated = graphOf(
  {
    p: ['prompt', { text: 'a lake' }],
    i: ['image', { megapixels: '0.5' }],
    g: 'gate',
    r: ['grade', { exposure: 0.1 }],
  },
  ['p.prompt > i.prompt', 'i.image > g.image', 'g.image > r.image'],
);
const decided = (take: TakeRecord, state: Verdict['state'], at = NOW): TakeRecord => ({
  ...take,
  verdict: { state, by: 'person', at, reviewMs: 0 },
});

test('a verdict opens a gate for the take it is about, and the next run goes on from there', async () => {
  const { session, stores, start, ask, ran } = desk();
  expect(await start(gated)).toMatchObject({ ok: true, value: { outcome: 'waiting', verdicts: 1, ran: 2 } });
  const [take] = await stores.takes.all();
  expect(await session.plan(ask(gated))).toMatchObject({ toRun: 0, later: 1, verdicts: 1 });
  await session.judge([decided(take!, 'accepted')]);
  ran.length = 0;
  expect(await start(gated)).toMatchObject({ ok: true, value: { outcome: 'done' } });
  expect(ran).toEqual(['gate', 'grade']);
  await session.judge([decided(take!, 'rejected', NOW + 1)]);
  // The rejected take is made anew, and that one waits.
  expect(await start(gated)).toMatchObject({ ok: true, value: { outcome: 'waiting' } });
  expect((await stores.takes.all()).map(({ verdict }) => verdict.state)).toEqual(['rejected', 'open']);
});

test('of two takes with one picture, the verdict that was given last counts', async () => {
  const { session, stores, start } = desk();
  await start(gated);
  const [take] = await stores.takes.all();
  const twin: TakeRecord = { ...take!, id: 'twin' as TakeId, slot: 'another' };
  await session.judge([decided(take!, 'accepted', NOW + 2), decided(twin, 'rejected', NOW + 1)]);
  expect(await start(gated)).toMatchObject({ ok: true, value: { outcome: 'done' } });
  await session.judge([decided(twin, 'rejected', NOW + 3)]);
  expect(await start(gated)).toMatchObject({ ok: true, value: { outcome: 'waiting', ran: 0 } });
});

test('what another graph accepted is not accepted here, though its picture is found', async () => {
  const { session, stores, start } = desk();
  await start(gated);
  const [take] = await stores.takes.all();
  await session.judge([decided(take!, 'accepted')]);
  const copy = { graphId: 'copy' as GraphId };
  expect(await start(gated, copy)).toMatchObject({ ok: true, value: { outcome: 'waiting', ran: 0, cached: 2 } });
  // Somebody claims it as a take of the copy, and accepts it.
  await session.judge([decided({ ...take!, ...copy, id: 'claimed' as TakeId }, 'accepted')]);
  expect(await start(gated, copy)).toMatchObject({ ok: true, value: { outcome: 'done' } });
});

test('a gate in a component asks about the take outside; each row of a batch waits for its own', async () => {
  const { session, stores, start, ask } = desk();
  const component = {
    title: 'Checked',
    nodes: { g: gated.nodes['g' as NodeId]! },
    wires: {},
    frames: {},
    notes: {},
    inputs: { image: { label: 'Image', to: [{ node: 'g' as NodeId, socket: 'image' }] } },
    outputs: { image: { label: 'Image', from: { node: 'g' as NodeId, socket: 'image' } } },
    params: {},
  };
  const column = { id: 'c' as ColumnId, node: 'p' as NodeId, param: 'text' };
  const rows = ['a lake', 'a hill'].map((text) => ({ id: text as RowId, cells: { [column.id]: text } }));
  const graph = {
    ...graphOf(
      { p: ['prompt', {}], i: ['image', { megapixels: '0.5' }], x: 'component/c', r: ['grade', { exposure: 0.1 }] },
      ['p.prompt > i.prompt', 'i.image > x.image', 'x.image > r.image'],
    ),
    components: { c: component },
    batch: { columns: [column], rows },
  } as unknown as Graph;
  for (const { id } of rows)
    expect(await start(graph, { row: id })).toMatchObject({ ok: true, value: { outcome: 'waiting' } });
  const [lake] = await stores.takes.all();
  await session.judge([decided(lake!, 'accepted')]);
  expect(await session.planRows(ask(graph))).toMatchObject([
    { toRun: 1, mayRun: 1, verdicts: 0 },
    { toRun: 0, mayRun: 0, later: 1, verdicts: 1 },
  ]);
});

test('a run that nobody watches may be told what counts as accepted; what was rejected never does', async () => {
  const { session, stores, start } = desk();
  await start(gated);
  const [take] = await stores.takes.all();
  const beginning = take!.artifact!.hash.slice(0, 12);
  expect(await start(gated, { accepts: ['0123456789ab'] })).toMatchObject({ value: { outcome: 'waiting' } });
  expect(await start(gated, { accepts: [beginning] })).toMatchObject({ value: { outcome: 'done' } });
  expect(await start(gated, { accepts: 'all' })).toMatchObject({ value: { outcome: 'done' } });
  // A frozen still is not taken anew.
  const frozen = { ...gated.nodes['i' as NodeId]!, frozen: take!.key };
  const kept = { ...gated, nodes: { ...gated.nodes, ['i' as NodeId]: frozen } };
  await session.judge([decided(take!, 'rejected')]);
  expect(await start(kept, { accepts: 'all' })).toMatchObject({ value: { outcome: 'waiting' } });
});
