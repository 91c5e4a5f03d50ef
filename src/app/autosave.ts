/**
 * Writes each edit of the open graph down as it is made, and now and then makes a version of them. What storage has
 * confirmed is saved, nothing else; when it refuses, that is said once with a way out, and tried again.
 */
import { sameData } from '../core/equal.ts';
import { toFailure } from '../core/errors.ts';
import type { GraphId } from '../core/ids.ts';
import type { DocumentState, DocumentStore } from '../state/document.ts';
import type { NoticeAction, WorkspaceStore } from '../state/workspace.ts';
import { NotSaved, type GraphStore } from '../storage/graph-store.ts';
import { goTo } from '../ui/navigation.ts';
import { t, tell } from '../words/t.ts';
import { waysOut } from './notify-failure.ts';
import { dropAside, putAside } from './aside.ts';

const BACK_OFF_MS = 10_000;
/** A version is made when this long nothing was done… */
const PAUSE_MS = 3_000;
/** …at most this often; */
const BETWEEN_VERSIONS_MS = 30_000;
/** or when a log of this many edits would make opening slow. */
const MOST_EDITS = 300;

interface SaveOptions {
  /** Make a version of it too, whatever the time. */
  readonly version?: boolean;
  /** Make a version of it that is kept for ever, under this name. */
  readonly name?: string;
}
/** Saves at once what is not saved yet. False when storage does not take it; why is said. */
export type Save = (options?: SaveOptions) => Promise<boolean>;

export function autosave(
  document: DocumentStore,
  graphs: Pick<GraphStore, 'save' | 'keepVersion' | 'create' | 'restore'>,
  workspace: Pick<WorkspaceStore, 'notify' | 'notifyUntil'>,
  announce: (id: GraphId) => void,
): Save {
  let writing: ReturnType<typeof setTimeout> | undefined;
  let pausing: ReturnType<typeof setTimeout> | undefined;
  let lastVersionAt = performance.now();
  /** What is said of edits that are not saved, as long as they are not. */
  const takeOff: (() => void)[] = [];
  /** Edits written since; more than there are where that is not known. */
  let sinceVersion = 0;
  /** Writes and versions go one after another: a version is of exactly what was written before it. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  };
  const isSaved = ({ unsaved }: DocumentState): boolean => unsaved.length === 0;

  /** One write of what there is to write now. */
  async function write(): Promise<boolean> {
    const { id, graph, unsaved, readOnly } = document.getState();
    if (!id || readOnly || unsaved.length === 0) return true;
    try {
      await graphs.save(id, graph, unsaved);
    } catch (thrown) {
      refused(id, thrown);
      return false;
    }
    document.confirm(id, unsaved);
    for (const done of takeOff.splice(0)) done();
    // Whatever was waited for before, what is new is written now.
    clearTimeout(writing);
    writing = isSaved(document.getState()) ? undefined : setTimeout(later);
    sinceVersion += unsaved.length;
    announce(id);
    return true;
  }

  function save({ version = false, name }: SaveOptions = {}): Promise<boolean> {
    return inTurn(async () => {
      while (!isSaved(document.getState())) if (!(await write())) return false;
      return version || name ? keepVersion(name) : true;
    });
  }

  async function keepVersion(name: string | undefined): Promise<boolean> {
    // Nothing may join the last edit once a version holds it.
    document.seal();
    const { id, graph, history, position, readOnly, unsaved } = document.getState();
    if (!id || readOnly) return true;
    if (unsaved.length > 0) return (await write()) && keepVersion(name);
    try {
      await graphs.keepVersion(id, { graph, history, position, ...(name ? { name } : {}) });
      [lastVersionAt, sinceVersion] = [performance.now(), 0];
      return true;
    } catch (thrown) {
      // The edits are stored; a version of them is made another time, unless somebody asked for it by name.
      const failure = toFailure(thrown);
      const what = name && t('“{0}” was not saved: {1}', name, tell(failure.message));
      if (what) workspace.notify('bad', what, failure.hint, ...waysOut(failure));
      return !name;
    }
  }

  function refused(id: GraphId, thrown: unknown): void {
    const failure = toFailure(thrown);
    const before = document.getState().refused;
    const isKnown = before !== undefined && sameData([before.code, before.message], [failure.code, failure.message]);
    document.refuse(id, failure);
    clearTimeout(writing);
    writing = setTimeout(later, BACK_OFF_MS);
    if (isKnown) return;
    const hint = failure.hint ?? t('Export the graph to be safe; saving is tried again every ten seconds.');
    const what = t('Your last changes are not saved yet: {0}', tell(failure.message));
    const done = workspace.notifyUntil('bad', what, hint, ...waysOutOf(id, thrown), ...waysOut(failure));
    takeOff.push(done);
  }

  /** What a person can do when trying again will not help. */
  function waysOutOf(id: GraphId, thrown: unknown): readonly NoticeAction[] {
    if (!(thrown instanceof NotSaved)) return [];
    const asNew = { label: t('Save as a new graph'), act: () => void saveAsNew(id) };
    const back = { label: t('Bring back'), act: () => void graphs.restore(id).then(() => save()) };
    return thrown.why === 'discarded' ? [back, asNew] : [asNew];
  }
  async function saveAsNew(id: GraphId): Promise<void> {
    const { id: open, graph, history, unsaved } = document.getState();
    if (open !== id) return;
    try {
      const copy = await graphs.create(graph, history);
      document.confirm(id, unsaved);
      goTo({ screen: 'graph', id: copy });
    } catch (thrown) {
      refused(id, thrown);
    }
  }

  function later(): void {
    writing = undefined;
    void inTurn(write).then((isWritten) => isWritten && sinceVersion >= MOST_EDITS && save({ version: true }));
  }
  function atPause(): void {
    const wait = lastVersionAt + BETWEEN_VERSIONS_MS - performance.now();
    if (wait > 0) pausing = setTimeout(atPause, wait);
    else if (sinceVersion > 0) void save({ version: true });
  }

  document.subscribe((state, before) => {
    if (state.id !== before.id) {
      // Left by its owner's wish although it could not be saved: perhaps it can at the next opening.
      if (before.id && !before.readOnly && !isSaved(before)) putAside(before.id, before.unsaved);
      // What was done before the last visit ended may not be in a version yet.
      [lastVersionAt, sinceVersion] = [performance.now(), state.position.seq];
      clearTimeout(pausing);
      if (sinceVersion > 0) pausing = setTimeout(atPause, PAUSE_MS);
    }
    if (state.unsaved === before.unsaved) return;
    if (isSaved(state)) {
      if (state.id === before.id && state.id && !isSaved(before)) dropAside(state.id);
      return;
    }
    // After what goes on now: what one event brings, and what comes while a write goes on, is written together.
    if (!state.refused) writing ??= setTimeout(later);
    clearTimeout(pausing);
    pausing = setTimeout(atPause, PAUSE_MS);
  });

  function leaving(): void {
    const { id, unsaved, readOnly } = document.getState();
    if (!id || readOnly) return;
    if (unsaved.length > 0) putAside(id, unsaved);
    void save();
  }
  window.addEventListener('pagehide', leaving);
  window.document.addEventListener('visibilitychange', () => window.document.hidden && leaving());
  window.addEventListener('beforeunload', (event: BeforeUnloadEvent) => {
    // The browser asks in its own words; whoever stays can export.
    if (document.getState().refused && !isSaved(document.getState())) event.preventDefault();
  });
  return save;
}
