/** Builds every part and connects them: the only place that knows everything. */
import { registry } from '../registry.ts';
import { createDesk, tableFor } from '../state/desk.ts';
import { createDocument } from '../state/document.ts';
import { createRuns } from '../state/runs.ts';
import { createWorkspace, type WorkspaceState } from '../state/workspace.ts';
import { artifactStore } from '../storage/artifacts.ts';
import { Database } from '../storage/db.ts';
import { deskStore } from '../storage/desk.ts';
import { graphStore } from '../storage/graphs.ts';
import { runStore } from '../storage/runs.ts';
import { takeStore } from '../storage/takes.ts';
import type { App } from '../ui/app-context.ts';
import { connect } from '../worker/bridge.ts';
import type { RunThread } from '../worker/protocol.ts';
import { autosave } from './autosave.ts';
import { createCommands } from './commands.ts';
import { createDeskCommands } from './desk.ts';
import { graphLock } from './lock.ts';
import { mediaUrls } from './media-urls.ts';

const PLAN_DELAY_MS = 40;
const THEME = 'triptych-theme';

export function compose(): App {
  const db = new Database();
  const graphs = graphStore(db);
  const artifacts = artifactStore(db);
  const document = createDocument();
  const runs = createRuns();
  const desk = createDesk();
  const workspace = createWorkspace((localStorage.getItem(THEME) as WorkspaceState['theme'] | null) ?? 'system');
  const start = () => connect<RunThread>((name) => new Worker(new URL('../worker/run.worker.ts', import.meta.url), { type: 'module', name }));
  let thread = start();
  const watch = () =>
    void thread.died.then(() => {
      thread = start();
      equip();
      watch();
    });
  const equip = () => void thread.call.equip(desk.getState().catalog.models, desk.getState().catalog.asOf);
  watch();

  const lock = graphLock((id, graph) => {
    const state = document.getState();
    if (state.readOnly && state.id === id) document.load(id, graph, undefined, true);
  });
  const save = autosave(document, graphs, workspace, lock.announce);
  const commands = createCommands({ registry, document, runs, workspace, graphs, history: runStore(db), artifacts, takes: takeStore(db), desk, lock, save, thread: () => thread });
  const { load, ...deskCommands } = createDeskCommands(desk, deskStore(db), workspace);

  let planning: ReturnType<typeof setTimeout> | undefined;
  const replan = () => {
    clearTimeout(planning);
    planning = setTimeout(() => {
      const { id, graph, revision } = document.getState();
      if (!id || runs.getState().running) return;
      void thread.call.plan({ graphId: id, graph, options: { mode: workspace.getState().mode }, table: tableFor(graph, desk.getState().tables), settings: desk.getState().settings }).then((plan) => {
        if (document.getState().revision === revision) runs.setPlan(plan);
      });
    }, PLAN_DELAY_MS);
  };
  document.subscribe(replan);
  desk.subscribe((state, before) => {
    if (state.catalog !== before.catalog) equip();
    if (state !== before) replan();
  });
  void load();
  workspace.subscribe((state, before) => {
    if (state.mode !== before.mode) replan();
    if (state.theme !== before.theme) localStorage.setItem(THEME, state.theme);
    if (state.theme !== before.theme) showTheme(state.theme);
  });
  runs.subscribe((state, before) => {
    if (before.running && !state.running) replan();
  });
  showTheme(workspace.getState().theme);
  return { registry, document, runs, workspace, desk, commands: { ...commands, ...deskCommands }, urls: mediaUrls(artifacts) };
}

function showTheme(theme: WorkspaceState['theme']): void {
  if (theme === 'system') delete window.document.documentElement.dataset['theme'];
  else window.document.documentElement.dataset['theme'] = theme;
}
