/** Owns the engine: plans, runs, keeps results and history. The page only hears what happened. */
import { fail, ok, toFailure, type Result } from '../core/errors.ts';
import { batchOf, graphOfRow, nameOfRow } from '../graph/batch.ts';
import { expanded, flatTargets, isHomeOf, registryWith } from '../graph/component.ts';
import { leadsToOf } from '../graph/ends.ts';
import type { Graph } from '../graph/graph.ts';
import { newId, type CacheKey, type GraphId, type NodeId, type RunId } from '../core/ids.ts';
import { FREE, sumOf, type Micros } from '../core/money.ts';
import { artifactsOfOutputs, type Outputs } from '../core/values.ts';
import { hashOf, type KeyParts, type Lookup } from '../engine/key.ts';
import { usable } from '../engine/dispatch.ts';
import { foresee } from '../engine/foresee.ts';
import { plan, type Plan, type RunOptions } from '../engine/plan.ts';
import type { Results } from '../engine/results.ts';
import { run, type Ports, type Task } from '../engine/run.ts';
import { schedule } from '../engine/schedule.ts';
import { upgradeWith } from '../file/upgrade.ts';
import { budgetLeft } from '../ledger/money-settings.ts';
import type { RowPlan } from '../ledger/row-plan.ts';
import { openTill } from '../ledger/till.ts';
import { HEAD_BYTES, kindOf } from '../file/kind.ts';
import { bytesHash, imageHash } from '../media/identity.ts';
import { decodeImage, pngOf } from '../media/image.ts';
import { registry } from '../registry.ts';
import { ALWAYS_READY, catalogOf, EMPTY_CATALOG } from '../routing/catalog.ts';
import { dispatcher, type TakePlan, type RouteContext } from '../routing/take-plan.ts';
import { monthBudget } from '../storage/month-budget.ts';
import { openStorage } from '../storage/open.ts';
import { runStore, type Kept } from '../storage/run-store.ts';
import { takeStore, type ResultChange } from '../storage/take-store.ts';
import { artifactsOver } from './thread-artifacts.ts';
import { answer, serve } from './bridge.ts';
import { isShownUnder, ledgerOver } from './ledger.ts';
import { foundResults } from './found.ts';
import { unpacker } from './graph-transfer.ts';
import { threadPool } from './pool.ts';
import type { Books, Ran, RunRequest, RunThread } from './protocol.ts';
import { replayRun } from './replay-run.ts';
import { rowPlanner, type PlannedRow } from './row-plans.ts';
import { runRecorder } from './run-recorder.ts';
import { spaceKeeper } from './space-keeper.ts';
import { spending } from './spending.ts';

const MEGABYTES = 1500;
/** Whoever looks at pictures for so long has stopped running graphs for now. */
const REST_MS = 60_000;

const { db, artifacts, notKept } = await openStorage();
const runs = runStore(db, Date.now, upgradeWith(registry));
const takes = takeStore(db);
const ledger = ledgerOver(takes);
const month = monthBudget(db);
const threads = Math.max(1, (navigator.hardwareConcurrency || 2) - 1);
const arrivals = new WeakMap<Task, number>();
/** What the run that goes on now spends and writes down. */
let books: Books | undefined;
const CLOSED: Books = {
  reserve: async () => fail('cancelled', 'The run has ended.'),
  settle: async () => {},
  record: async (take) => void (await ledger.record(take, await found.load())),
};
/** A replay makes takes to compare them; they are nobody's deliverable and enter no book. */
const REPLAYING: Books = { reserve: async () => ok(undefined), settle: async () => {}, record: async () => {} };
const pool = threadPool(
  threads,
  (name) => new Worker(new URL('./task.worker.ts', import.meta.url), { type: 'module', name }),
  (task) => ({ ...serve(books ?? CLOSED), queuedMs: Math.max(0, Date.now() - (arrivals.get(task) ?? Date.now())) }),
  // Where nothing is kept, pictures live in the threads that made them.
  notKept ? undefined : REST_MS,
);
const scheduled = schedule({ lanes: { cpu: pool.size, network: 8 }, megabytes: MEGABYTES }, pool.execute);
const execute: Ports['execute'] = (task, signal, watcher) => {
  arrivals.set(task, Date.now());
  return scheduled(task, signal, watcher);
};

let catalog = EMPTY_CATALOG;
let catalogVersion = 0;

function routeContextFor(
  request: RunRequest,
  flat: Graph,
  runId: RunId,
  budget: Micros | undefined,
  lookup: Lookup,
  takesOf = (slot: string) => ledger.takesOf(request.graphId, slot),
): RouteContext {
  return {
    table: request.table,
    market: {
      catalog,
      book: request.settings.book,
      ready: ALWAYS_READY,
      ...(budget === undefined ? {} : { budgetLeft: budget }),
    },
    mode: request.options.mode,
    graphId: request.graphId,
    runId,
    nodes: flat.nodes,
    takesOf: (node, slot) => takesOf(slot).filter((take) => isHomeOf(flat, node, take.node)),
    isStored: (take) => isShownUnder(take, lookup(take.key)),
  };
}

const optionsFor = ({ options: { targets, ...options } }: RunRequest, flat: Graph): RunOptions => ({
  ...options,
  ...(targets ? { targets: flatTargets(flat, targets) } : {}),
});

const found = foundResults(runs);
const space = spaceKeeper(db, found.drop);
const previous = new Map<GraphId, Map<NodeId, KeyParts>>();
async function previousOf(graphId: GraphId): Promise<Map<NodeId, KeyParts>> {
  let known = previous.get(graphId);
  if (!known) {
    const states = await runs.nodeStates(graphId);
    known = new Map([...states].flatMap(([node, { parts }]) => (parts ? [[node, parts] as const] : [])));
    previous.set(graphId, known);
  }
  return known;
}
function apply({ keep, forget }: ResultChange, results: Results): void {
  for (const key of forget) results.delete(key);
  for (const { key, outputs } of keep) results.set(key, outputs);
}

const asFailure = (thrown: unknown): Result<never> => ({ ok: false, error: toFailure(thrown) });
/** Whatever is thrown becomes a `Failure` here: on its way to another thread it would lose what caused it. */
async function asResult<T>(work: () => Promise<T>): Promise<Result<T>> {
  return work().then(ok, asFailure);
}

/** What the graph shows without having to be made again is used now, and swept last. */
function noteUsed(outputs: readonly Outputs[]): void {
  artifacts.used(outputs.flatMap(artifactsOfOutputs));
}

async function planOf(
  request: RunRequest,
  flat: Graph,
  before: ReadonlyMap<NodeId, KeyParts>,
  spent: Micros,
): Promise<Plan<TakePlan>> {
  const budget = budgetLeft(request.settings, spent, FREE);
  return found.withAll((lookup) =>
    planWith(request, flat, before, routeContextFor(request, flat, '' as RunId, budget, lookup), lookup),
  );
}
async function planWith(
  request: RunRequest,
  flat: Graph,
  before: ReadonlyMap<NodeId, KeyParts>,
  routeContext: RouteContext,
  lookup: Lookup,
): Promise<Plan<TakePlan>> {
  if (foreseen.size > MOST_FORESEEN) foreseen.clear();
  const outputs = await foresee(flat, registry, lookup, foreseen, NEVER);
  return plan(flat, registry, optionsFor(request, flat), lookup, before, dispatcher(routeContext), outputs);
}

/** What control nodes say, by key; small values only. */
const foreseen = new Map<CacheKey, Outputs>();
const MOST_FORESEEN = 5000;
const NEVER = new AbortController().signal;
let current: AbortController | undefined;
/** What earlier rows of a batch spent. */
const spentInBatch = new Map<string, Micros>();
const unpack = unpacker();

const rowPlans = rowPlanner();
/** The rows of a batch from the top, each with its plan: what one made is there for the one below. */
async function rowsInOrder(request: RunRequest, graph: Graph): Promise<AsyncGenerator<PlannedRow>> {
  const { graphId, options, table, settings } = request;
  const known = registryWith(registry, () => graph.components);
  const [results, spent] = await Promise.all([found.load(), ledger.spentThisMonth(Date.now()), ledger.load(graphId)]);
  const budget = budgetLeft(settings, spent, FREE);
  return rowPlans({
    graph,
    registry: known,
    circumstances: { graphId, options, table, settings, budget, catalog: catalogVersion },
    lookup: (key) => results.get(key),
    takesOf: (slot) => ledger.takesOf(graphId, slot),
    async plan(rowGraph, { lookup, takesOf }) {
      const flat = expanded(rowGraph);
      return found.withAll((fetched) => {
        // Asked of both: one brings what is only stored, the other remembers what was asked.
        const both: Lookup = (key) => {
          fetched(key);
          return lookup(key);
        };
        const routeContext = routeContextFor(request, flat, '' as RunId, budget, both, takesOf);
        return planWith(request, flat, new Map(), routeContext, both);
      });
    },
  });
}
/** The graph of the row asked for; nothing while the row above has not made what it goes on from. */
async function graphOf(request: RunRequest, whole: Graph): Promise<Graph | undefined> {
  if (!batchOf(whole).columns.some(({ above }) => above))
    return graphOfRow(
      whole,
      registryWith(registry, () => whole.components),
      request.row!,
    );
  for await (const { id, graph } of await rowsInOrder(request, whole)) if (id === request.row) return graph?.();
  return undefined;
}

async function runOf(request: RunRequest, whole: Graph, port: MessagePort, signal: AbortSignal): Promise<Result<Ran>> {
  const { graphId, options, settings } = request;
  const graph = request.row ? await graphOf(request, whole) : whole;
  if (!graph)
    return fail(
      'bad-input',
      'This row goes on from the row above, which has not made its picture.',
      'Run the rows from the top.',
    );
  const flat = expanded(graph);
  const [results, before, spent] = await Promise.all([
    found.load(),
    previousOf(graphId),
    ledger.spentThisMonth(Date.now()),
    ledger.load(graphId),
  ]);
  await found.fetch([...Object.values(flat.nodes).flatMap((node) => node.frozen ?? []), ...ledger.keysOf(graphId)]);
  // History that cannot be written (a full disk) must not keep the graph from running.
  const runId = await runs
    .begin(graphId, graph, options.mode, request.row && nameOfRow(batchOf(whole), request.row))
    .catch(() => newId<RunId>('r'));
  const used = (again: readonly Kept[]) => {
    runs.used(again.map(({ key }) => key));
    noteUsed(again.map(({ outputs }) => outputs));
  };
  const { write, keep, close } = runRecorder({
    runId,
    graphId,
    graph: flat,
    registry,
    runs,
    takes,
    previous: request.row ? undefined : before,
    used,
    send: (events) => port.postMessage({ runId, events }),
  });
  const spentBefore = (request.batch && spentInBatch.get(request.batch)) || FREE;
  const limit = budgetLeft(settings, spent, spentBefore);
  const till = openTill(limit);
  books = {
    ...spending(till, month, settings.monthlyBudget),
    async record(made) {
      const leadsTo = leadsToOf(flat, registry, made.node);
      const { take, results: change } = await ledger.record({ ...made, leadsTo }, results);
      apply(change, results);
      write({ type: 'taken', node: take.node, take });
    },
  };
  const ports: Ports = {
    registry,
    lookup: (key) => results.get(key),
    edition: () => results.edition,
    keep(key, outputs) {
      results.set(key, outputs);
      keep({ key, outputs });
    },
    dispatch: dispatcher(routeContextFor(request, flat, runId, limit, (key) => results.get(key))),
    async execute(task, taskSignal, watcher) {
      const stored = (await found.fetch([task.key])).get(task.key);
      const outputs = usable(stored, task.refused);
      return outputs ? ok({ outputs, ms: 0 }) : execute(task, taskSignal, watcher);
    },
    emit: write,
  };
  const summary = await run(flat, optionsFor(request, flat), ports, signal);
  const unkept = await close(summary);
  if (request.batch) spentInBatch.set(request.batch, sumOf([spentBefore, till.spent()]));
  return ok(unkept ? { ...summary, unkept } : summary);
}

const thread: RunThread = {
  equip(models, asOf) {
    catalog = catalogOf(models, asOf);
    catalogVersion++;
  },

  async plan(request) {
    const { graphId } = request;
    const flat = expanded(unpack(request.graph));
    const isOpening = !previous.has(graphId);
    space.show(graphId);
    const [before, spent] = await Promise.all([
      previousOf(graphId),
      ledger.spentThisMonth(Date.now()),
      ledger.load(graphId),
      found.load(),
    ]);
    const planned = await planOf(request, flat, before, spent);
    if (isOpening)
      noteUsed(Object.values(planned.nodes).flatMap((node) => (node.state === 'cached' ? [node.outputs] : [])));
    return planned;
  },

  async planRows(request) {
    const rows: RowPlan[] = [];
    for await (const row of await rowsInOrder(request, unpack(request.graph))) rows.push(row.plan);
    return rows;
  },

  async start(request, port) {
    // At once, before anything is awaited: transfers build on each other.
    const whole = unpack(request.graph);
    if (current) return fail('rejected', 'A run is already going on.', 'Wait for it, or cancel it first.');
    const abort = new AbortController();
    current = abort;
    try {
      return await space.whileInUse(() => runOf(request, whole, port, abort.signal));
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) };
    } finally {
      // A run that broke off leaves no task at work.
      abort.abort();
      current = undefined;
      books = undefined;
    }
  },

  cancel: () => current?.abort(),

  judge: (judged) =>
    asResult(async () => {
      const results = await found.load();
      for (const graphId of new Set(judged.map((take) => take.graphId))) await ledger.load(graphId);
      // Also results too old to be in memory: what its criteria rejected must not be found again.
      await found.fetch(judged.map(({ key }) => key));
      apply(await ledger.judge(judged, results), results);
    }),

  async replay(runId) {
    if (current) return fail('rejected', 'A run is going on.', 'Wait for it, or cancel it first.');
    const past = await runs.run(runId);
    if (!past) return fail('bad-input', 'This run is no longer stored.');
    const abort = new AbortController();
    current = abort;
    books = REPLAYING;
    try {
      return ok(
        await replayRun(past.graph, await runs.events(runId), {
          registry,
          catalog,
          artifacts: artifactsOver(artifacts),
          stored: artifacts.has,
          execute,
          signal: abort.signal,
        }),
      );
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) };
    } finally {
      current = undefined;
      books = undefined;
    }
  },

  importFile: (file) =>
    asResult(async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (kindOf(bytes.subarray(0, HEAD_BYTES), file.name) === 'lut') {
        const hash = await bytesHash(bytes);
        await artifacts.put(hash, 'file', new Blob([bytes], { type: 'text/plain' }));
        return { hash, name: file.name, mime: 'text/plain' };
      }
      const raster = await decodeImage(file);
      const hash = await imageHash(raster);
      await artifacts.put(hash, 'image', file);
      return { hash, name: file.name, mime: file.type || 'image/png', width: raster.width, height: raster.height };
    }),

  pixelsOf: (hash) =>
    asResult(async () => {
      const blob = await artifacts.get(hash);
      return blob && pngOf(await decodeImage(blob));
    }),

  freeze: (outputs) =>
    asResult(async () => {
      const key = hashOf(['frozen', outputs]) as CacheKey;
      await runs.keep([{ key, outputs }]);
      (await found.load()).set(key, outputs);
      return key;
    }),

  async clearResults() {
    if (current) return fail('rejected', 'A run is going on.', 'Wait for it, or cancel it first.');
    return space.clear().catch(asFailure);
  },
  tidy: (isFull) => asResult(() => space.tidy(isFull)),
  dropOldRuns: () => space.dropRuns().catch(asFailure),
  setBudget: (bytes) => asResult(() => space.setBudget(bytes)),
  space: () => asResult(() => space.space()),
};

answer(thread);
