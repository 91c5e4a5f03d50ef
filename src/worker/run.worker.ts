/** Owns the engine: plans, runs, keeps results and history. The page only hears what happened. */
import { fail, ok, toFailure } from '../core/errors.ts';
import { batchOf, graphOfRow, nameOfRow } from '../core/batch.ts';
import { expanded, flatTargets, isHomeOf, registryWith } from '../core/component.ts';
import type { Graph } from '../core/graph.ts';
import { newId, type CacheKey, type GraphId, type NodeId, type RunId } from '../core/ids.ts';
import { FREE, sumOf, type Micros } from '../core/money.ts';
import type { TakeRecord } from '../core/take.ts';
import type { Outputs } from '../core/values.ts';
import { hashOf, type KeyParts } from '../engine/key.ts';
import { foresee } from '../engine/foresee.ts';
import { plan, type RunOptions } from '../engine/plan.ts';
import { Results } from '../engine/results.ts';
import { run, type Ports, type Task } from '../engine/run.ts';
import { schedule } from '../engine/schedule.ts';
import { budgetLeft } from '../ledger/settings.ts';
import type { RowPlan } from '../ledger/row-plan.ts';
import { openTill } from '../ledger/till.ts';
import { bytesHash, imageHash } from '../media/identity.ts';
import { decodeImage } from '../media/image.ts';
import { registry } from '../registry.ts';
import { ALWAYS_READY, catalogOf, EMPTY_CATALOG } from '../routing/catalog.ts';
import { dispatcher, type Office } from '../routing/errand.ts';
import { artifactStore, frozenKeys, sweep } from '../storage/artifacts.ts';
import { Database } from '../storage/db.ts';
import { runStore } from '../storage/runs.ts';
import { takeStore } from '../storage/takes.ts';
import { artifactsOver } from './artifacts.ts';
import { answer, serve } from './bridge.ts';
import { keysShowing, ledgerOver } from './ledger.ts';
import { unpacker } from './parcel.ts';
import { threadPool } from './pool.ts';
import type { Books, RunRequest, RunThread } from './protocol.ts';
import { replayRun } from './replay.ts';
import { rowPlanner, type PlannedRow } from './row-plans.ts';
import { scribe } from './scribe.ts';

const MEGABYTES = 1500;

const db = new Database();
const runs = runStore(db);
const artifacts = artifactStore(db);
const takes = takeStore(db);
const ledger = ledgerOver(takes);
const threads = Math.max(1, (navigator.hardwareConcurrency || 2) - 1);
const arrivals = new WeakMap<Task, number>();
/** What the run that goes on now spends and writes down. */
let books: Books | undefined;
const CLOSED: Books = { reserve: async () => fail('cancelled', 'The run has ended.'), settle: async () => {}, record: (take) => ledger.record(take) };
/** A replay makes takes to compare them; they are nobody's deliverable and enter no book. */
const REPLAYING: Books = { reserve: async () => ok(undefined), settle: async () => {}, record: async () => {} };
const pool = threadPool(
  threads,
  (name) => new Worker(new URL('./task.worker.ts', import.meta.url), { type: 'module', name }),
  (task) => ({ port: serve(books ?? CLOSED), queuedMs: Math.max(0, Date.now() - (arrivals.get(task) ?? Date.now())) }),
);
const scheduled = schedule({ lanes: { cpu: pool.size, network: 8 }, megabytes: MEGABYTES }, pool.execute);
const execute: Ports['execute'] = (task, signal, watcher) => {
  arrivals.set(task, Date.now());
  return scheduled(task, signal, watcher);
};

let catalog = EMPTY_CATALOG;
let catalogVersion = 0;

function officeFor(request: RunRequest, flat: Graph, runId: RunId, budget: Micros | undefined, takesOf = (slot: string) => ledger.takesOf(request.graphId, slot)): Office {
  return {
    table: request.table,
    market: { catalog, book: request.settings.book, ready: ALWAYS_READY, ...(budget === undefined ? {} : { budgetLeft: budget }) },
    mode: request.options.mode,
    graphId: request.graphId,
    runId,
    nodes: flat.nodes,
    takesOf: (node, slot) => takesOf(slot).filter((take) => isHomeOf(flat, node, take.node)),
  };
}

const optionsFor = ({ options: { targets, ...options } }: RunRequest, flat: Graph): RunOptions => ({ ...options, ...(targets ? { targets: flatTargets(flat, targets) } : {}) });

let results: Promise<Results> | undefined;
const loadResults = () => (results ??= runs.results().then((found) => new Results(found)));
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
/** A take that may be used is a result under its key; a rejected one is none, under any key of its slot. */
async function showOrForget(take: TakeRecord, found: Map<CacheKey, Outputs>): Promise<void> {
  if (!take.artifact) return;
  if (take.verdict.state !== 'rejected') {
    found.set(take.key, { [take.output]: take.artifact });
    return runs.keep([{ key: take.key, outputs: { [take.output]: take.artifact } }]).catch(() => {});
  }
  const keys = keysShowing(take, ledger.takesOf(take.graphId, take.slot), found);
  for (const key of keys) found.delete(key);
  return runs.forget(keys).catch(() => {});
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
  const [found, spent] = await Promise.all([loadResults(), ledger.spentThisMonth(Date.now()), ledger.load(graphId)]);
  const budget = budgetLeft(settings, spent, FREE);
  return rowPlans({
    graph,
    registry: known,
    circumstances: { graphId, options, table, settings, budget, catalog: catalogVersion },
    lookup: (key) => found.get(key),
    takesOf: (slot) => ledger.takesOf(graphId, slot),
    async plan(rowGraph, { lookup, takesOf }) {
      const flat = expanded(rowGraph);
      const office = officeFor(request, flat, '' as RunId, budget, takesOf);
      if (foreseen.size > MOST_FORESEEN) foreseen.clear();
      return plan(flat, registry, optionsFor(request, flat), lookup, new Map(), dispatcher(office), await foresee(flat, registry, lookup, foreseen, NEVER));
    },
  });
}
/** The graph of the row asked for; nothing while the row above has not made what it goes on from. */
async function graphOf(request: RunRequest, whole: Graph): Promise<Graph | undefined> {
  if (!batchOf(whole).columns.some(({ above }) => above)) return graphOfRow(whole, registryWith(registry, () => whole.components), request.row!);
  for await (const { id, graph } of await rowsInOrder(request, whole)) if (id === request.row) return graph?.();
  return undefined;
}

const thread: RunThread = {
  equip(models, asOf) {
    catalog = catalogOf(models, asOf);
    catalogVersion++;
  },

  async plan(request) {
    const { graphId, settings } = request;
    const flat = expanded(unpack(request.graph));
    const [found, before, spent] = await Promise.all([loadResults(), previousOf(graphId), ledger.spentThisMonth(Date.now()), ledger.load(graphId)]);
    const office = officeFor(request, flat, '' as RunId, budgetLeft(settings, spent, FREE));
    const lookup = (key: CacheKey) => found.get(key);
    if (foreseen.size > MOST_FORESEEN) foreseen.clear();
    return plan(flat, registry, optionsFor(request, flat), lookup, before, dispatcher(office), await foresee(flat, registry, lookup, foreseen, NEVER));
  },

  async planRows(request) {
    const rows: RowPlan[] = [];
    for await (const row of await rowsInOrder(request, unpack(request.graph))) rows.push(row.plan);
    return rows;
  },

  async start(request, port) {
    const { graphId, options, settings } = request;
    // At once, before anything is awaited: parcels build on each other.
    const whole = unpack(request.graph);
    if (current) return fail('rejected', 'A run is already going on.', 'Wait for it, or cancel it first.');
    const abort = new AbortController();
    current = abort;
    try {
      const graph = request.row ? await graphOf(request, whole) : whole;
      if (!graph) return fail('bad-input', 'This row goes on from the row above, which has not made its picture.', 'Run the rows from the top.');
      const flat = expanded(graph);
      const [found, before, spent] = await Promise.all([loadResults(), previousOf(graphId), ledger.spentThisMonth(Date.now()), ledger.load(graphId)]);
      // History that cannot be written (a full disk) must not keep the graph from running.
      const runId = await runs.begin(graphId, graph, options.mode, request.row && nameOfRow(batchOf(whole), request.row)).catch(() => newId<RunId>('r'));
      const { write, keep, close } = scribe({ runId, graphId, graph: flat, registry, runs, takes, previous: request.row ? undefined : before, send: (events) => port.postMessage({ runId, events }) });
      const spentBefore = (request.batch && spentInBatch.get(request.batch)) || FREE;
      const limit = budgetLeft(settings, spent, spentBefore);
      const till = openTill(limit);
      books = {
        reserve: async (amount) => till.reserve(amount),
        settle: async (reserved, charged) => till.settle(reserved, charged),
        async record(take) {
          await ledger.record(take);
          await showOrForget(take, found);
          write({ type: 'taken', node: take.node, take });
        },
      };
      const ports: Ports = { registry, lookup: (key) => found.get(key), edition: () => found.edition, keep: (key, outputs) => { found.set(key, outputs); keep({ key, outputs }); }, dispatch: dispatcher(officeFor(request, flat, runId, limit)), execute, emit: write };
      const summary = await run(flat, optionsFor(request, flat), ports, abort.signal);
      await close(summary);
      if (request.batch) spentInBatch.set(request.batch, sumOf([spentBefore, till.spent()]));
      return ok(summary);
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) };
    } finally {
      current = undefined;
      books = undefined;
    }
  },

  cancel: () => current?.abort(),

  async judge(take) {
    const found = await loadResults();
    await ledger.load(take.graphId);
    await ledger.record(take);
    await showOrForget(take, found);
  },

  async replay(runId) {
    if (current) return fail('rejected', 'A run is going on.', 'Wait for it, or cancel it first.');
    const past = await runs.run(runId);
    if (!past) return fail('bad-input', 'This run is no longer stored.');
    const abort = new AbortController();
    current = abort;
    books = REPLAYING;
    try {
      return ok(await replayRun(past.graph, await runs.events(runId), { registry, catalog, artifacts: artifactsOver(artifacts), stored: artifacts.has, execute, signal: abort.signal }));
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) };
    } finally {
      current = undefined;
      books = undefined;
    }
  },

  async importFile(file) {
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (/\.cube$/i.test(file.name)) {
        const hash = await bytesHash(bytes);
        await artifacts.put(hash, 'file', new Blob([bytes], { type: 'text/plain' }));
        return ok({ hash, name: file.name, mime: 'text/plain' });
      }
      const raster = await decodeImage(file);
      const hash = await imageHash(raster);
      await artifacts.put(hash, 'image', file);
      return ok({ hash, name: file.name, mime: file.type || 'image/png', width: raster.width, height: raster.height });
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) };
    }
  },

  async freeze(outputs) {
    const key = hashOf(['frozen', outputs]) as CacheKey;
    (await loadResults()).set(key, outputs);
    await runs.keep([{ key, outputs }]);
    return key;
  },

  async clearResults() {
    const found = await loadResults();
    const frozen = await frozenKeys(db);
    const keys = [...found.keys()].filter((key) => !frozen.has(key));
    for (const key of keys) found.delete(key);
    await runs.forget(keys);
  },

  async sweep(usage, limit) {
    const count = await sweep(db, { usage, limit });
    if (count) results = undefined;
    return count;
  },
};

answer(thread);
