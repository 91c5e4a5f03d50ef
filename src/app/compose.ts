/** Builds what graphs are opened and edited with, and connects it; `compose-late.ts` builds the rest. */
import { registryWith } from '../graph/component.ts';
import { toFailure, type Failure } from '../core/errors.ts';
import type { WholeRegistry } from '../core/node.ts';
import { loadPart } from '../load-part.ts';
import { faces } from './node-faces.ts';
import { upgradeWith } from '../file/upgrade.ts';
import { inLanguage } from '../words/node-words.ts';
import { createDesk } from '../state/desk.ts';
import { createDocument } from '../state/document.ts';
import { createQueue } from '../state/queue.ts';
import { reviewClock } from '../state/review-clock.ts';
import { createRuns } from '../state/runs.ts';
import { createTeaching } from '../state/teaching.ts';
import { createWorkspace, type ViewSettings } from '../state/workspace.ts';
import { graphStore } from '../storage/graph-store.ts';
import type { OpenStorage } from '../storage/open.ts';
import { runStore } from '../storage/run-store.ts';
import { shelfStore } from '../storage/shelf-store.ts';
import { takeStore } from '../storage/take-store.ts';
import type { App } from '../ui/app-context.ts';
import { autosave } from './autosave.ts';
import { keepUpWithReleases } from './raised-database.ts';
import { createEditingCommands } from './editing-commands.ts';
import { LATE_NAMES, type LatePart } from './late-part.ts';
import { later } from './later.ts';
import { graphLock } from './lock.ts';
import type { EditingServices } from './services.ts';
import { settled } from './settled.ts';
import type { Trouble } from './trouble.ts';
import { keepView, storedView } from './view.ts';
import { tellStalled } from './stalled.ts';
import { tellViewOnly } from './view-only.ts';
import { mediaUrls } from './media-urls.ts';
import { t, tell } from '../words/t.ts';

export function compose({ db, artifacts, notKept }: OpenStorage, trouble: Trouble): App {
  const upgrade = upgradeWith(faces);
  const graphs = graphStore(db, Date.now, upgrade);
  const shelf = shelfStore(db, upgrade);
  const workspace = createWorkspace(storedView());
  const teaching = createTeaching();
  const document = createDocument(undefined, () => tellViewOnly(workspace, teaching.getState().isHandedIn));
  const registry = registryWith(inLanguage(faces), () => document.getState().graph.components);
  const runs = createRuns();
  const queue = createQueue();
  const desk = createDesk();
  trouble.sayTo(workspace);
  const lock = graphLock((id) => void follow(id));
  const save = autosave(document, graphs, workspace, lock.announce);
  const history = runStore(db, Date.now, upgrade);
  const clock = reviewClock(() => performance.now());
  const followVisibility = () => clock.setVisible(!window.document.hidden);
  window.document.addEventListener('visibilitychange', followVisibility);
  followVisibility();
  const editing: EditingServices = {
    registry,
    document,
    runs,
    queue,
    workspace,
    teaching,
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
    reviewClock: clock,
    tell: trouble.tell,
  };
  const late = later<LatePart>(LATE_NAMES, async () => {
    const { composeLate } = await loadPart(() => import('./compose-late.ts'));
    return composeLate(editing, commands.createGraph, db);
  });
  const { follow, ...commands } = createEditingCommands(editing, late.calls);
  keepUpWithReleases(db, save, workspace);
  let answers = (): void => {};
  db.onStalled = (isStalled) => (isStalled ? (answers = tellStalled(workspace)) : answers());
  workspace.subscribe((state, before) => {
    if (state.view === before.view) return;
    keepView(state.view);
    showTheme(state.view.theme);
  });
  showTheme(workspace.getState().view.theme);
  let whyNotThere: Failure | undefined;
  document.subscribe((state, before) => {
    // Nobody else says it of a graph that is opened meanwhile.
    if (whyNotThere && !late.isThere && state.id !== before.id) runs.cannotPlan(whyNotThere);
  });
  // The first screen is drawn first.
  setTimeout(() => bringLate());
  if (notKept) askBeforeLeaving(() => document.getState().id !== undefined);

  function bringLate(): void {
    late.come().catch((thrown: unknown) => {
      const failure = toFailure(thrown);
      whyNotThere = failure;
      runs.cannotPlan(failure);
      const what = t('Nothing can be run or brought in yet: {0}', tell(failure.message));
      workspace.notify('bad', what, failure.hint, { label: t('Try again'), act: tryAgain });
    });
  }
  /** Browsers remember that a part could not be loaded, until the page is: what is open is saved by then. */
  function tryAgain(): void {
    late.come().catch(() => window.location.reload());
  }
  return {
    registry,
    document,
    runs,
    queue,
    workspace,
    desk,
    teaching,
    commands: settled(
      {
        ...commands,
        ...late.calls,
        // What the browser hands out for copying is taken at once or never; a little later its clipboard is asked.
        copy: (cut?: boolean, into?: DataTransfer | null) => late.calls.copy(cut, late.isThere ? into : undefined),
      },
      trouble.tell,
    ),
    urls: mediaUrls(artifacts),
    reviewClock: clock,
    lacks: () => import('./lacks-here.ts').then(({ lacksHere }) => lacksHere(notKept)),
    docs: () => import('../registry.ts').then(({ registry: whole }) => docsOf(whole)),
    lasts: notKept === undefined,
  };
}

const docsOf = (nodes: WholeRegistry): ReadonlyMap<string, string> =>
  new Map([...nodes].map(([id, { docs }]) => [id, docs]));

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
