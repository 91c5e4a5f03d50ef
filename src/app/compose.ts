/** Builds every part and connects them: the only place that knows everything. */
import { produce } from 'immer';
import { expanded, registryWith, rehomed, setParamAt } from '../graph/component.ts';
import type { Graph } from '../graph/graph.ts';
import type { GraphId, NodeId } from '../core/ids.ts';
import type { RunMode } from '../core/take.ts';
import type { Plan } from '../engine/plan.ts';
import { registry as nodes } from '../registry.ts';
import { gatewayClient } from '../providers/gateway-client.ts';
import { readinessOf } from '../routing/readiness.ts';
import type { TakePlan } from '../routing/take-plan.ts';
import { upgradeWith } from '../file/upgrade.ts';
import { inLanguage } from '../words/node-words.ts';
import { tableFor } from '../routing/table-for.ts';
import { createDesk } from '../state/desk.ts';
import { createDocument } from '../state/document.ts';
import { createQueue } from '../state/queue.ts';
import { reviewClock } from '../state/review-clock.ts';
import { createRuns } from '../state/runs.ts';
import { createWorkspace, type ViewSettings } from '../state/workspace.ts';
import { routingStore } from '../storage/routing-store.ts';
import { graphStore } from '../storage/graph-store.ts';
import type { OpenStorage } from '../storage/open.ts';
import { runStore } from '../storage/run-store.ts';
import { shelfStore } from '../storage/shelf-store.ts';
import { takeStore } from '../storage/take-store.ts';
import type { App } from '../ui/app-context.ts';
import { connectThread } from '../worker/bridge.ts';
import { keep } from '../worker/keep.ts';
import { packer } from '../worker/graph-transfer.ts';
import { neverStarted, type RunRequest, type RunThread } from '../worker/protocol.ts';
import { autosave } from './autosave.ts';
import { keepUpWithReleases } from './raised-database.ts';
import { offerLost } from './lost.ts';
import { createCommands } from './all-commands.ts';
import { createProviderCommands } from './provider-commands.ts';
import { createDeskCommands } from './desk-commands.ts';
import { lacksHere } from './lacks-here.ts';
import { graphLock } from './lock.ts';
import { createOwnModelCommands } from './own-model-commands.ts';
import { createReading } from './reading.ts';
import { createPlanner } from './planner.ts';
import { watchRelease } from './new-release.ts';
import { createSeeds } from './seeds.ts';
import { settled } from './settled.ts';
import { createShelfCommands } from './shelf-commands.ts';
import type { Trouble } from './trouble.ts';
import { keepView, storedView } from './view.ts';
import { tellStalled } from './stalled.ts';
import { tellViewOnly } from './view-only.ts';
import { mediaUrls } from './media-urls.ts';
import { t } from '../words/t.ts';

export function compose({ db, artifacts, notKept }: OpenStorage, trouble: Trouble): App {
  const upgrade = upgradeWith(nodes);
  const graphs = graphStore(db, Date.now, upgrade);
  const shelf = shelfStore(db, upgrade);
  const workspace = createWorkspace(storedView());
  const document = createDocument(undefined, () => tellViewOnly(workspace));
  const registry = registryWith(inLanguage(nodes), () => document.getState().graph.components);
  const runs = createRuns();
  const queue = createQueue();
  const desk = createDesk();
  trouble.sayTo(workspace);
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

  const lock = graphLock((id) => void follow(id));
  const save = autosave(document, graphs, workspace, lock.announce);
  const history = runStore(db, Date.now, upgrade);
  const clock = reviewClock(() => performance.now());
  const followVisibility = () => clock.setVisible(!window.document.hidden);
  window.document.addEventListener('visibilitychange', followVisibility);
  followVisibility();
  const gateway = gatewayClient(location.origin);
  const { refreshProviders, askPrices, tellBudget, ...providerCommands } = createProviderCommands(desk, gateway);
  const seeds = createSeeds({ registry, document, runs, desk });
  const { follow, ...commands } = createCommands({
    registry,
    document,
    runs,
    queue,
    workspace,
    graphs,
    history,
    upgrade,
    lasts: notKept === undefined,
    artifacts,
    takes: takeStore(db),
    desk,
    shelf,
    lock,
    save,
    request,
    seeds,
    reviewClock: clock,
    tell: trouble.tell,
    gateway,
    askPrices,
    thread: engine.current,
  });
  keepUpWithReleases(db, save, workspace);
  let answers = (): void => {};
  db.onStalled = (isStalled) => (isStalled ? (answers = tellStalled(workspace)) : answers());
  void offerLost(graphs, workspace);
  const { loadShelf, ...shelfCommands } = createShelfCommands({ document, desk, workspace, runs, shelf });
  const storage = routingStore(db);
  const { load, ...deskCommands } = createDeskCommands(desk, storage, workspace);
  const ownModelCommands = createOwnModelCommands({
    desk,
    workspace,
    storage,
    gateway,
    reading: createReading(workspace),
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
  document.subscribe((state, before) => {
    if (state.revision !== before.revision) replan();
  });
  document.subscribe((state, before) => {
    if (state.graph === before.graph) return;
    const { takes } = desk.getState();
    const homes = rehomed(takes, state.graph);
    if (homes !== takes) desk.setState({ takes: homes });
  });
  desk.subscribe((state, before) => {
    const equipment = ['catalog', 'providers', 'quotes'] as const;
    if (equipment.some((what) => state[what] !== before[what])) equip();
    if (state !== before) replan();
  });
  for (const began of [load().then(tellBudget), loadShelf(), graphs.empty(), refreshProviders()])
    began.catch(trouble.tell);
  workspace.subscribe((state, before) => {
    if (state.mode !== before.mode) replan();
    if (state.view === before.view) return;
    keepView(state.view);
    showTheme(state.view.theme);
  });
  runs.subscribe((state, before) => {
    // A graph that asks nobody for takes needs no prices. What is not known now is unknown until it is.
    if (state.plan !== before.plan && Object.keys(state.plan?.dispatched ?? {}).length > 0) void askPrices();
  });
  runs.subscribe((state, before) => {
    if (!before.running || state.running) return;
    replan();
    // A run may have found that a service does not work.
    refreshProviders().catch(trouble.tell);
  });
  showTheme(workspace.getState().view.theme);
  watchRelease(workspace, save);
  if (notKept) askBeforeLeaving(() => document.getState().id !== undefined);
  return {
    registry,
    document,
    runs,
    queue,
    workspace,
    desk,
    commands: settled(
      { ...commands, ...deskCommands, ...shelfCommands, ...providerCommands, ...ownModelCommands, refreshProviders },
      trouble.tell,
    ),
    urls: mediaUrls(artifacts),
    reviewClock: clock,
    lacks: lacksHere(notKept),
    lasts: notKept === undefined,
  };
}

/** For a tab that takes its graphs with it. */
function askBeforeLeaving(holdsWork: () => boolean): void {
  window.addEventListener('beforeunload', (event) => {
    if (holdsWork()) event.preventDefault();
  });
}

function showTheme(theme: ViewSettings['theme']): void {
  if (theme === 'system') delete window.document.documentElement.dataset['theme'];
  else window.document.documentElement.dataset['theme'] = theme;
}
