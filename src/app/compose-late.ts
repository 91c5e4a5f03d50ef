/**
 * Builds and connects what the first screen does without: the thread that plans and runs, and every command that runs,
 * judges, brings in or sends out.
 */
import { produce } from 'immer';
import { setParamAt } from '../graph/component.ts';
import { expanded, rehomed } from '../graph/flat-graph.ts';
import type { Graph } from '../graph/graph.ts';
import { ok, toFailure, type Result } from '../core/errors.ts';
import type { GraphId, NodeId } from '../core/ids.ts';
import type { FileSetting } from '../core/params.ts';
import type { RunMode } from '../core/take.ts';
import type { Plan } from '../engine/plan.ts';
import { gatewayClient } from '../providers/gateway-client.ts';
import { readinessOf } from '../routing/readiness.ts';
import type { TakePlan } from '../routing/take-plan.ts';
import { tableFor } from '../routing/table-for.ts';
import { campaignStore } from '../storage/campaign-store.ts';
import { routingStore } from '../storage/routing-store.ts';
import type { Database } from '../storage/db.ts';
import { takeLabelStore } from '../storage/take-label-store.ts';
import type { BackupCommands } from '../ui/backup-listing.ts';
import type { ResultsCommands } from '../ui/results-listing.ts';
import { connectThread } from '../worker/bridge.ts';
import { keep } from '../worker/keep.ts';
import { packer } from '../worker/graph-transfer.ts';
import { neverStarted, type RunRequest, type RunThread } from '../worker/protocol.ts';
import { createCampaignCommands } from './campaign-commands.ts';
import { createDeskCommands } from './desk-commands.ts';
import { lessonStore } from '../storage/lesson-store.ts';
import { loadPart } from '../load-part.ts';
import { later } from './later.ts';
import { LESSON_NAMES, type LessonPart } from './lesson-part.ts';
import { createListedGraphs } from './listed-graphs.ts';
import { createMeasuring } from './measuring.ts';
import { createIntake } from './intake.ts';
import { createLateCommands } from './late-commands.ts';
import { BACKUP_NAMES, RESULTS_NAMES, type LatePart } from './late-part.ts';
import { offerLost } from './lost.ts';
import { watchRelease } from './new-release.ts';
import { createOwnModelCommands } from './own-model-commands.ts';
import { createPlanner } from './planner.ts';
import { createProviderCommands } from './provider-commands.ts';
import { createSeeds } from './seeds.ts';
import type { EditingServices } from './services.ts';
import { createShelfCommands } from './shelf-commands.ts';
import { t } from '../words/t.ts';

export function composeLate(
  editing: EditingServices,
  createGraph: (graph: Graph) => Promise<GraphId>,
  db: Database,
): LatePart {
  const { document, desk, workspace, runs, graphs, save, tell } = editing;
  let pack = packer();
  const startThread = (waitMs: number) => {
    const spawn = (name: string) =>
      new Worker(new URL('../worker/run.worker.ts', import.meta.url), { type: 'module', name });
    return connectThread<RunThread>(spawn, waitMs);
  };
  const engine = keep(startThread, {
    replaced() {
      pack = packer();
      equip();
      tellBooked();
      planner.replan();
    },
    givenUp() {
      runs.cannotPlan(neverStarted);
      const tryAgain = { label: t('Try again'), act: engine.tryAgain };
      const what = t('What plans and runs graphs does not start, or keeps stopping.');
      const help = t('Reload the page. If it stays so, use a current browser: Triptych needs WebAssembly SIMD.');
      workspace.notify('bad', what, t('Graphs can be edited and are saved. {0}', help), tryAgain);
    },
  });
  const equip = () => {
    const { catalog, providers = [], quotes } = desk.getState();
    // A dead thread's successor is equipped anew.
    engine
      .current()
      .call.equip(catalog.models, catalog.asOf, readinessOf(providers), quotes)
      .catch(() => {});
  };

  const tellBooked = () => {
    engine
      .current()
      .call.noteBooked(desk.getState().booked)
      .catch(() => {});
  };

  const request = (
    graphId: GraphId,
    graph: Graph,
    targets?: readonly NodeId[],
    mode: RunMode = workspace.getState().mode,
  ): RunRequest => {
    const { tables, settings } = desk.getState();
    return {
      graphId,
      graph: pack(graph),
      options: { mode, ...(targets ? { targets } : {}) },
      table: tableFor(graph, tables),
      settings,
    };
  };

  const gateway = gatewayClient(location.origin);
  const seeds = createSeeds(editing);
  const notKept = (thrown: unknown) => {
    const { message, hint } = toFailure(thrown);
    workspace.notify('bad', message, hint);
  };
  const { askPrices, askBeforeRun, tellBudget, ...providerCommands } = createProviderCommands(desk, gateway, notKept);
  const { refreshProviders } = providerCommands;
  /** Tables, services and their prices: what a run is routed by. A run that is resumed at once waits for them. */
  let known: Promise<unknown> = Promise.resolve();
  const services = {
    ...editing,
    request,
    seeds,
    gateway,
    askBeforeRun: (graph: Graph) => known.then(() => askBeforeRun(graph)),
    thread: engine.current,
  };
  const storeFile = async (file: File): Promise<Result<FileSetting>> => {
    const stored = await engine.current().call.importFile(file);
    return stored.ok ? ok(stored.value.setting) : stored;
  };
  let tablesRead: Promise<unknown> = Promise.resolve();
  const intake = createIntake(editing, createGraph, storeFile, async () => {
    await tablesRead;
    return desk.getState().tables;
  });
  const storage = routingStore(db);
  const { loadShelf, ...shelfCommands } = createShelfCommands(services);
  const { load, ...deskCommands } = createDeskCommands(desk, storage, workspace);
  const ownModelCommands = createOwnModelCommands({
    desk,
    workspace,
    storage,
    gateway,
    reading: intake.reading,
    createGraph,
  });

  const plan = (id: GraphId, graph: Graph) => engine.current().call.plan(request(id, graph));
  /** Before a run, seeds move. */
  const withNextSeeds = (graph: Graph, now: Plan<TakePlan>): Graph => {
    const flat = expanded(graph);
    const next = seeds.next(flat, Object.keys(flat.nodes) as NodeId[], now);
    return next.length === 0
      ? graph
      : produce(graph, (draft) => next.forEach(({ node, param, value }) => setParamAt(draft, node, param, value)));
  };
  const planner = createPlanner({ document, desk, workspace, runs, plan, withNextSeeds });
  const { replan } = planner;
  const bringTakesHome = () => {
    const { takes } = desk.getState();
    const homes = rehomed(takes, document.getState().graph);
    if (homes !== takes) desk.setState({ takes: homes });
  };
  document.subscribe((state, before) => {
    if (state.revision !== before.revision) replan();
    if (state.graph !== before.graph) bringTakesHome();
  });
  desk.subscribe((state, before) => {
    const equipment = ['catalog', 'providers', 'quotes'] as const;
    if (equipment.some((what) => state[what] !== before[what])) equip();
    if (state.booked !== before.booked) tellBooked();
    if (state !== before) replan();
  });
  workspace.subscribe((state, before) => {
    if (state.mode !== before.mode) replan();
  });
  runs.subscribe((state, before) => {
    // A graph that asks nobody for takes needs no prices. What is not known now is unknown until it is.
    if (state.plan !== before.plan && Object.keys(state.plan?.dispatched ?? {}).length > 0)
      void askPrices(document.getState().graph);
  });
  runs.subscribe((state, before) => {
    if (!before.running || state.running) return;
    replan();
    // A run may have found that a service does not work.
    refreshProviders().catch(tell);
  });
  // Whoever comes back to this window may have spent from a command line, or started the local server.
  window.addEventListener('focus', () => void refreshProviders().catch(tell));
  // A graph may have been opened and edited before all this was there.
  bringTakesHome();
  replan();
  const routed = [load().then(tellBudget), refreshProviders()];
  tablesRead = Promise.allSettled(routed.slice(0, 1));
  known = Promise.allSettled(routed);
  for (const began of [...routed, loadShelf(), graphs.empty()]) began.catch(tell);
  void offerLost(graphs, workspace);
  watchRelease(workspace, save);

  const measuring = createMeasuring();
  // Lessons come last: of the first screens none needs them.
  const lessons = later<LessonPart>(LESSON_NAMES, async () => {
    const { createLessonCommands } = await loadPart(() => import('./lesson-commands.ts'));
    return createLessonCommands(services, intake, lessonStore(db), measuring);
  });
  lessons.come().catch(tell);
  const backups = later<BackupCommands>(BACKUP_NAMES, async () => {
    const { createBackupCommands } = await loadPart(() => import('./backup-commands.ts'));
    return createBackupCommands(services, db);
  });
  const results = later<ResultsCommands>(RESULTS_NAMES, async () => {
    const { createResultsCommands } = await loadPart(() => import('./results-commands.ts'));
    return createResultsCommands(services, takeLabelStore(db), createGraph);
  });
  const { noteReplay, ...lessonCommands } = lessons.calls;
  return {
    ...createLateCommands(services, intake, noteReplay),
    ...lessonCommands,
    ...measuring,
    ...createCampaignCommands(services, measuring, campaignStore(db)),
    ...createListedGraphs(services, createGraph),
    ...backups.calls,
    ...results.calls,
    storeFile,
    ...deskCommands,
    ...shelfCommands,
    ...providerCommands,
    ...ownModelCommands,
  };
}
