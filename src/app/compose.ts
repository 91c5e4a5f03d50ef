/** Builds every part and connects them: the only place that knows everything. */
import { registryWith, rehomed } from '../core/component.ts';
import { NodeError } from '../core/errors.ts';
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
import { deskStore } from '../storage/desk.ts';
import { graphStore } from '../storage/graphs.ts';
import type { OpenStorage } from '../storage/open.ts';
import { runStore } from '../storage/runs.ts';
import { shelfStore } from '../storage/shelf.ts';
import { takeStore } from '../storage/takes.ts';
import type { App } from '../ui/app-context.ts';
import { connect, refusing } from '../worker/bridge.ts';
import { packer } from '../worker/parcel.ts';
import type { RunRequest, RunThread } from '../worker/protocol.ts';
import { autosave } from './autosave.ts';
import { createCommands } from './commands.ts';
import { createDeskCommands } from './desk.ts';
import { lacksHere } from './lacks.ts';
import { graphLock } from './lock.ts';
import { settled } from './settled.ts';
import { createShelfCommands } from './shelf.ts';
import type { Trouble } from './trouble.ts';
import { keepView, storedView } from './view.ts';
import { mediaUrls } from './media-urls.ts';

const PLAN_DELAY_MS = 40;
const NO_WORKERS = new NodeError('unsupported', 'This browser gives pages no workers, so nothing can be run or imported here.', { hint: 'Use a current Chrome, Edge, Firefox or Safari. Graphs can be edited and exported.' });

export function compose({ db, artifacts, notKept }: OpenStorage, trouble: Trouble): App {
  const graphs = graphStore(db);
  const shelf = shelfStore(db);
  const document = createDocument();
  const registry = registryWith(inLanguage(nodes), () => document.getState().graph.components);
  const runs = createRuns();
  const queue = createQueue();
  const desk = createDesk();
  const workspace = createWorkspace(storedView());
  trouble.sayTo(workspace);
  const start = () => typeof Worker === 'undefined' ? refusing<RunThread>(NO_WORKERS) : connect<RunThread>((name) => new Worker(new URL('../worker/run.worker.ts', import.meta.url), { type: 'module', name }));
  let thread = start();
  let pack = packer();
  const watch = () =>
    void thread.died.then(() => {
      thread = start();
      pack = packer();
      equip();
      watch();
    });
  const equip = () => void thread.call.equip(desk.getState().catalog.models, desk.getState().catalog.asOf).catch(trouble.tell);
  watch();

  const request = (graphId: GraphId, graph: Graph, targets?: readonly NodeId[], mode: RunMode = workspace.getState().mode): RunRequest => {
    const { tables, settings } = desk.getState();
    return { graphId, graph: pack(graph), options: { mode, ...(targets ? { targets } : {}) }, table: tableFor(graph, tables), settings };
  };

  const lock = graphLock((id, graph) => {
    const state = document.getState();
    if (state.readOnly && state.id === id) document.load(id, graph, undefined, true);
  });
  const save = autosave(document, graphs, workspace, lock.announce);
  const commands = createCommands({ registry, document, runs, queue, workspace, graphs, history: runStore(db), artifacts, takes: takeStore(db), desk, shelf, lock, save, request, tell: trouble.tell, thread: () => thread });
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
      }).catch(trouble.tell);
    }, PLAN_DELAY_MS);
  };
  document.subscribe(replan);
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
  for (const began of [load(), loadShelf(), graphs.empty()]) began.catch(trouble.tell);
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
  if (notKept) askBeforeLeaving(() => document.getState().id !== undefined);
  return {
    registry, document, runs, queue, workspace, desk,
    commands: settled({ ...commands, ...deskCommands, ...shelfCommands }, trouble.tell),
    urls: mediaUrls(artifacts),
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
