/**
 * What owns plans, rows, runs, verdicts and replays of one desk, wherever it lives: the host brings storage, threads
 * and
 * time. All state is in here, so that two sessions in one process know nothing of each other.
 */
import { fail, ok, toFailure, type Failure, type Result } from '../core/errors.ts';
import { newId, type CacheKey, type GraphId, type NodeId, type RunId, type TakeId } from '../core/ids.ts';
import { FREE, sumOf, type Micros } from '../core/money.ts';
import type { TakeRecord } from '../core/take.ts';
import { artifactsOfOutputs, type Outputs } from '../core/values.ts';
import { usable } from '../engine/dispatch.ts';
import type { RunSummary } from '../engine/events.ts';
import { hashOf, type KeyParts } from '../engine/key.ts';
import type { Plan } from '../engine/plan.ts';
import type { Results } from '../engine/results.ts';
import { run, type Ports } from '../engine/run.ts';
import { batchOf } from '../graph/batch.ts';
import { nameOfRow } from '../graph/batch-rows.ts';
import { expanded } from '../graph/flat-graph.ts';
import { leadsToOf } from '../graph/ends.ts';
import type { Graph } from '../graph/graph.ts';
import { budgetLeft } from '../ledger/budget-left.ts';
import type { ReplayReport } from '../ledger/replay-report.ts';
import type { RowPlan } from '../ledger/row-plan.ts';
import { isForNothing, notPaidFor, paidInVain } from '../ledger/paid-in-vain.ts';
import { openTill, type Till } from '../ledger/till.ts';
import type { Catalog } from '../routing/catalog.ts';
import type { RunAccount } from '../routing/produce.ts';
import type { Quote } from '../routing/quotes.ts';
import type { Readiness } from '../routing/readiness.ts';
import { sharedTake } from '../routing/shared-take.ts';
import { dispatcher, type TakePlan } from '../routing/take-plan.ts';
import { foundResults } from './found-results.ts';
import { createPlanning, optionsFor, type SessionRequest } from './planning.ts';
import type { SessionPorts } from './ports.ts';
import { replayRun } from './replay-run.ts';
import { runRecorder, type RunRecorder } from './run-recorder.ts';
import { spending } from './spending.ts';
import type { ResultChange, StoredResult, TimedEvent } from './stores.ts';
import { createTakeCache } from './take-cache.ts';

/** How a run ended. */
export interface Ran extends RunSummary {
  readonly runId: RunId;
  /** Why some of what it made is not stored: it is shown, and gone after a reload. */
  readonly unkept?: Failure;
}
export interface RunEvents {
  readonly runId: RunId;
  readonly events: readonly TimedEvent[];
}
export interface Session {
  /** Hands over the catalog, which services can be asked, and what they say of prices, once and whenever they change. */
  equip(catalog: Catalog, ready?: readonly Readiness[], quotes?: readonly Quote[]): void;
  plan(request: SessionRequest): Promise<Plan<TakePlan>>;
  /** Each row of the graph's batch. */
  planRows(request: SessionRequest): Promise<readonly RowPlan[]>;
  /** One at a time. `send` hears what happens, at most once a frame. */
  start(request: SessionRequest, send: (events: RunEvents) => void): Promise<Result<Ran>>;
  cancel(): void;
  /** A run or a replay is going on. */
  readonly isBusy: boolean;
  /** A person judged takes: all are stored when this settles, or it throws and none is. The next plan counts them. */
  judge(takes: readonly TakeRecord[]): Promise<void>;
  /** Takes of all graphs that services were asked for lately, and that are not over as far as is written down. */
  leftInWork(): Promise<readonly TakeRecord[]>;
  /**
   * Books takes that no run goes on with as they ended, under their own names and at what they cost: those that are over
   * are returned, the others stay in work.
   */
  settle(left: readonly TakeRecord[]): Promise<readonly TakeRecord[]>;
  /** Makes every node of a past run again from its recorded inputs and compares. */
  replay(runId: RunId): Promise<Result<ReplayReport>>;
  /** Keeps outputs for a node that is frozen; its key goes into the node. */
  freeze(outputs: Outputs): Promise<CacheKey>;
  /** Stored results were deleted: whatever is in memory may be gone. */
  drop(): void;
}

/** Older jobs are known to no service any more. */
const LATELY_MS = 100 * 24 * 3_600_000;
const BUSY = fail('rejected', 'A run is going on.', 'Wait for it, or cancel it first.');
/** A replay makes takes to compare them; they are nobody's deliverable and are not written down. */
const REPLAYING: RunAccount = {
  reserve: async (amount) => ok({ id: '', amount }),
  settle: async () => {},
  record: async () => {},
};

export function createSession(ports: SessionPorts): Session {
  const { registry, runs, takes, month, clock } = ports;
  const takeCache = createTakeCache(takes, ports.booked);
  const found = foundResults(runs);
  const planning = createPlanning({ registry, takeCache, found, now: clock.now });
  const spentThisMonth = () => takeCache.spentThisMonth(clock.now());
  /** What each node of a graph was last made of. */
  const previous = new Map<GraphId, Map<NodeId, KeyParts>>();
  /** What earlier rows of a batch spent. */
  const spentInBatch = new Map<string, Micros>();
  let current: AbortController | undefined;

  async function previousOf(graphId: GraphId): Promise<Map<NodeId, KeyParts>> {
    const known = previous.get(graphId);
    if (known) return known;
    const states = await runs.nodeStates(graphId);
    const made = new Map([...states].flatMap(([node, { parts }]) => (parts ? [[node, parts] as const] : [])));
    previous.set(graphId, made);
    return made;
  }
  const noteUsed = (outputs: readonly Outputs[]) => ports.used(outputs.flatMap(artifactsOfOutputs));

  /** One thing at a time; when it ends, however it ends, it leaves no task at work. */
  async function alone<T>(work: (signal: AbortSignal) => Promise<Result<T>>): Promise<Result<T>> {
    if (current) return BUSY;
    const abort = new AbortController();
    current = abort;
    try {
      return await work(abort.signal);
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) };
    } finally {
      abort.abort();
      current = undefined;
    }
  }

  async function runOf(
    request: SessionRequest,
    send: (events: RunEvents) => void,
    signal: AbortSignal,
  ): Promise<Result<Ran>> {
    const { graphId, options, settings, batch } = request;
    const graph = await planning.graphOf(request);
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
      spentThisMonth(),
      takeCache.load(graphId),
    ]);
    await found.fetch([
      ...Object.values(flat.nodes).flatMap((node) => node.frozen ?? []),
      ...takeCache.keysOf(graphId),
    ]);
    // History that cannot be written (a full disk) must not keep the graph from running.
    const runId = await runs
      .begin(graphId, graph, options.mode, request.row && nameOfRow(batchOf(request.graph), request.row))
      .catch(() => newId<RunId>('r'));
    const recorder = runRecorder({
      runId,
      graphId,
      graph: flat,
      registry,
      runs,
      takes,
      clock,
      previous: request.row ? undefined : before,
      used,
      send: (events) => send({ runId, events }),
    });
    const spentBefore = (batch && spentInBatch.get(batch)) || FREE;
    const limit = budgetLeft(settings, spent, spentBefore);
    const till = openTill(limit);
    const account = accountOf(till, settings.monthlyBudget, flat, results, recorder);
    const dispatch = dispatcher(planning.routes(request, flat, runId, limit, (key) => results.get(key)));
    const asked = new Map<NodeId, TakePlan>();
    const adopted: Promise<void>[] = [];
    /** A picture that was there before this graph asked for it becomes a take here, so that it can be judged too. */
    const adopt = async (takePlan: TakePlan, key: CacheKey, outputs: Outputs) => {
      const artifact = outputs[takePlan.output];
      if (artifact?.kind !== 'image' && artifact?.kind !== 'video') return;
      if (takePlan.taken.some((take) => take.artifact?.hash === artifact.hash)) return;
      const take = sharedTake(takePlan, { id: newId<TakeId>('t'), at: clock.now(), runId, key, artifact });
      // It cost nothing: what cannot be written (a full disk) is asked for again by a person's verdict.
      if (take) await account.record(take).catch(() => {});
    };
    const wanted = optionsFor(request, flat);
    const lookAhead = async () => {
      const planned = await planning.plan(request, flat, before, spent);
      return { planned, causes: paidInVain(flat, planned, registry, wanted.targets) };
    };
    let ahead: ReturnType<typeof lookAhead> | undefined;
    /** Looks ahead only when something is about to be paid, and once: it takes a plan. */
    const whatKeepsFromPaying = async (takePlan: TakePlan | undefined): Promise<Failure | undefined> => {
      if (!takePlan || isForNothing(takePlan)) return undefined;
      const { planned, causes } = await (ahead ??= lookAhead());
      const cause = causes.get(takePlan.origin.node);
      return cause && notPaidFor(cause, planned, flat, registry);
    };
    const engine: Ports = {
      registry,
      lookup: (key) => results.get(key),
      edition: () => results.edition,
      keep(key, outputs) {
        results.set(key, outputs);
        recorder.keep({ key, outputs });
      },
      verdictOf: planning.verdicts(request, flat),
      dispatch(node, ...rest) {
        const dispatched = dispatch(node, ...rest);
        if (dispatched?.takePlan) asked.set(node, dispatched.takePlan);
        return dispatched;
      },
      async execute(task, taskSignal, watcher) {
        const stored = (await found.fetch([task.key])).get(task.key);
        const outputs = usable(stored, task.refused);
        if (outputs) return ok({ outputs, ms: 0 });
        const cause = await whatKeepsFromPaying(task.takePlan as TakePlan | undefined);
        return cause ? { ok: false, error: cause } : ports.execute(task, taskSignal, watcher, account);
      },
      emit(event) {
        recorder.write(event);
        const takePlan = event.type === 'finished' && event.from === 'cache' && asked.get(event.node);
        if (takePlan) adopted.push(adopt(takePlan, event.key, event.outputs));
      },
    };
    const summary = await run(flat, wanted, engine, signal);
    await Promise.all(adopted);
    account.close();
    const unkept = await recorder.close(summary);
    if (batch) spentInBatch.set(batch, sumOf([spentBefore, till.spent()]));
    return ok({ ...summary, runId, ...(unkept ? { unkept } : {}) });
  }

  function used(again: readonly StoredResult[]): void {
    runs.used(again.map(({ key }) => key));
    noteUsed(again.map(({ outputs }) => outputs));
  }

  /** The account of one run. When it is closed nothing more is paid; a take that comes late is still written down. */
  function accountOf(
    till: Till,
    monthlyBudget: Micros | undefined,
    flat: Graph,
    results: Results,
    { write }: RunRecorder,
  ): RunAccount & { close(): void } {
    const purse = spending(till, month, monthlyBudget);
    let isClosed = false;
    return {
      reserve: async (amount, take) =>
        isClosed ? fail('cancelled', 'The run has ended.') : purse.reserve(amount, take),
      settle: purse.settle,
      async record(made) {
        const leadsTo = leadsToOf(flat, registry, made.node);
        const { take, results: change } = await takeCache.record({ ...made, leadsTo }, results);
        applyTo(results, change);
        if (!isClosed) write({ type: 'taken', node: take.node, take });
      },
      close: () => void (isClosed = true),
    };
  }

  return {
    equip: planning.equip,
    get isBusy() {
      return current !== undefined;
    },
    drop: found.drop,
    cancel: () => current?.abort(),

    async plan(request) {
      const { graphId } = request;
      const flat = expanded(request.graph);
      const isOpening = !previous.has(graphId);
      const [before, spent] = await Promise.all([
        previousOf(graphId),
        spentThisMonth(),
        takeCache.load(graphId),
        found.load(),
      ]);
      const planned = await planning.plan(request, flat, before, spent);
      // What the graph shows without having to be made again is swept last.
      if (isOpening)
        noteUsed(Object.values(planned.nodes).flatMap((node) => (node.state === 'cached' ? [node.outputs] : [])));
      return planned;
    },

    async planRows(request) {
      const plans: RowPlan[] = [];
      for await (const row of await planning.rows(request)) plans.push(row.plan);
      return plans;
    },

    start: (request, send) => alone((signal) => ports.whileInUse(() => runOf(request, send, signal))),

    async judge(judged) {
      const results = await found.load();
      for (const graphId of new Set(judged.map((take) => take.graphId))) await takeCache.load(graphId);
      // Also results too old to be in memory: what its criteria rejected must not be found again.
      await found.fetch(judged.map(({ key }) => key));
      applyTo(results, await takeCache.judge(judged, results));
    },

    leftInWork: async () => (await takes.since(clock.now() - LATELY_MS)).filter(({ state }) => state === 'pending'),

    settle: (left) =>
      ports.whileInUse(async () => {
        const results = await found.load();
        const over: TakeRecord[] = [];
        for (const take of left) {
          const ended = await ports.collect?.(take, planning.askedFor(take));
          if (!ended) continue;
          const { take: kept, results: change } = await takeCache.record(ended, results);
          applyTo(results, change);
          over.push(kept);
        }
        return over;
      }),

    replay: (runId) =>
      alone(async (signal) => {
        const past = await runs.run(runId);
        if (!past) return fail('bad-input', 'This run is no longer stored.');
        const report = await replayRun(past.graph, await runs.events(runId), {
          registry,
          catalog: planning.catalog,
          artifacts: ports.artifacts,
          stored: ports.isStored,
          execute: (task, taskSignal, watcher) => ports.execute(task, taskSignal, watcher, REPLAYING),
          signal,
        });
        return ok(report);
      }),

    async freeze(outputs) {
      const key = hashOf(['frozen', outputs]) as CacheKey;
      await runs.keep([{ key, outputs }]);
      (await found.load()).set(key, outputs);
      return key;
    },
  };
}

function applyTo(results: Results, { keep, forget }: ResultChange): void {
  for (const key of forget) results.delete(key);
  for (const { key, outputs } of keep) results.set(key, outputs);
}
