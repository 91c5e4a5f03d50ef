/** Builds every part and connects them: the only place that knows everything. */
import { registryWith, rehomed } from '../core/component.ts';
import { toFailure } from '../core/errors.ts';
import type { Graph } from '../core/graph.ts';
import type { GraphId, NodeId } from '../core/ids.ts';
import type { RunMode } from '../core/take.ts';
import { registry as nodes } from '../registry.ts';
import { inLanguage } from '../ui/words/nodes.ts';
import { createDesk, tableFor } from '../state/desk.ts';
import { createDocument } from '../state/document.ts';
import { createQueue } from '../state/queue.ts';
import { createRuns } from '../state/runs.ts';
import { createWorkspace, type ViewSettings } from '../state/workspace.ts';
import { artifactStore } from '../storage/artifacts.ts';
import { Database } from '../storage/db.ts';
import { deskStore } from '../storage/desk.ts';
import { graphStore } from '../storage/graphs.ts';
import { runStore } from '../storage/runs.ts';
import { shelfStore } from '../storage/shelf.ts';
import { takeStore } from '../storage/takes.ts';
import type { App } from '../ui/app-context.ts';
import { connect } from '../worker/bridge.ts';
import { packer } from '../worker/parcel.ts';
import type { RunRequest, RunThread } from '../worker/protocol.ts';
import { autosave } from './autosave.ts';
import { keepUpWithReleases } from './releases.ts';
import { offerLost } from './lost.ts';
import { createCommands } from './commands.ts';
import { createDeskCommands } from './desk.ts';
import { graphLock } from './lock.ts';
import { createShelfCommands } from './shelf.ts';
import { keepView, storedView } from './view.ts';
import { mediaUrls } from './media-urls.ts';

const PLAN_DELAY_MS = 40;

export function compose(): App {
  const db = new Database();
  const graphs = graphStore(db);
  const artifacts = artifactStore(db);
  const shelf = shelfStore(db);
  const document = createDocument();
  const registry = registryWith(inLanguage(nodes), () => document.getState().graph.components);
  const runs = createRuns();
  const queue = createQueue();
  const desk = createDesk();
  const workspace = createWorkspace(storedView());
  const start = () => connect<RunThread>((name) => new Worker(new URL('../worker/run.worker.ts', import.meta.url), { type: 'module', name }));
  let thread = start();
  let pack = packer();
  const watch = () =>
    void thread.died.then(() => {
      thread = start();
      pack = packer();
      equip();
      watch();
    });
  const equip = () => void thread.call.equip(desk.getState().catalog.models, desk.getState().catalog.asOf);
  watch();

  const request = (graphId: GraphId, graph: Graph, targets?: readonly NodeId[], mode: RunMode = workspace.getState().mode): RunRequest => {
    const { tables, settings } = desk.getState();
    return { graphId, graph: pack(graph), options: { mode, ...(targets ? { targets } : {}) }, table: tableFor(graph, tables), settings };
  };

  const lock = graphLock((id) => void follow(id));
  const save = autosave(document, graphs, workspace, lock.announce);
  const { follow, ...commands } = createCommands({ registry, document, runs, queue, workspace, graphs, history: runStore(db), artifacts, takes: takeStore(db), desk, shelf, lock, save, request, thread: () => thread });
  keepUpWithReleases(db, save, workspace);
  void offerLost(graphs, workspace);
  const { loadShelf, ...shelfCommands } = createShelfCommands({ document, desk, workspace, runs, shelf });
  const { load, ...deskCommands } = createDeskCommands(desk, deskStore(db), workspace);

  let planning: ReturnType<typeof setTimeout> | undefined;
  const replan = () => {
    clearTimeout(planning);
    planning = setTimeout(() => {
      const { id, graph, revision } = document.getState();
      if (!id || runs.getState().running) return;
      void thread.call.plan(request(id, graph)).then((plan) => {
        if (document.getState().revision === revision) runs.setPlan(plan);
      });
    }, PLAN_DELAY_MS);
  };
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
    if (state.catalog !== before.catalog) equip();
    if (state !== before) replan();
  });
  const tellFailure = (thrown: unknown) => {
    const { message, hint } = toFailure(thrown);
    workspace.notify('bad', message, hint);
  };
  for (const began of [load(), loadShelf(), graphs.empty()]) began.catch(tellFailure);
  workspace.subscribe((state, before) => {
    if (state.mode !== before.mode) replan();
    if (state.view === before.view) return;
    keepView(state.view);
    showTheme(state.view.theme);
  });
  runs.subscribe((state, before) => {
    if (before.running && !state.running) replan();
  });
  showTheme(workspace.getState().view.theme);
  return { registry, document, runs, queue, workspace, desk, commands: { ...commands, ...deskCommands, ...shelfCommands }, urls: mediaUrls(artifacts) };
}

function showTheme(theme: ViewSettings['theme']): void {
  if (theme === 'system') delete window.document.documentElement.dataset['theme'];
  else window.document.documentElement.dataset['theme'] = theme;
}
