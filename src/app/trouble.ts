/** What nobody caught: it is said once, in words, with the details to copy, and the app goes on. */
import { toFailure } from '../core/errors.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import { copyText, detailsOf } from '../ui/details.ts';
import { t } from '../words/t.ts';

/**
 * The same trouble is not said again for so long: something that breaks with each frame must not bury the page in
 * notices.
 */
const QUIET_MS = 60_000;
/** Code of the browser's extensions, whose trouble is not ours. */
const FOREIGN = /\b(chrome|moz|safari-web)-extension:/;
/** Browsers report this as an error; it means that a size is measured again with the next frame. */
const HARMLESS = /^ResizeObserver loop/;

type Saying = Pick<WorkspaceStore, 'notify'>;

export interface Trouble {
  /** Notices go here from now on, those of earlier too. */
  sayTo(workspace: Saying): void;
  /** For what a fence shows already: told to the console and to whoever collects errors, but not said twice. */
  shown(error: unknown): void;
  /** Says why something a person asked for was not done. */
  tell(error: unknown): void;
}

/** Listens for errors and rejections that nobody caught, for as long as the page lives. */
export function listenForTrouble(now: () => number = Date.now): Trouble {
  const early: ((workspace: Saying) => void)[] = [];
  let workspace: Saying | undefined;
  const notify: Saying['notify'] = (...notice) => {
    if (workspace) workspace.notify(...notice);
    else early.push((later) => later.notify(...notice));
  };
  const fenced = new WeakSet<object>();
  const saidAt = new Map<string, number>();

  function isNews(thrown: unknown): boolean {
    const key = thrown instanceof Error ? `${thrown.name} ${thrown.message}` : String(thrown);
    const before = saidAt.get(key) ?? -Infinity;
    if (now() - before < QUIET_MS) return false;
    saidAt.set(key, now());
    return true;
  }

  function heard(thrown: unknown): void {
    if (typeof thrown === 'object' && thrown && fenced.has(thrown)) return;
    if (thrown instanceof Error && FOREIGN.test(thrown.stack ?? '')) return;
    if (!isNews(thrown)) return;
    const failure = toFailure(thrown);
    const hint =
      failure.code === 'bug'
        ? t('What was saved is as it was. If it happens again, copy the details and report them.')
        : failure.hint;
    notify('bad', failure.message, hint, { label: t('Copy the details'), act: () => void copyText(detailsOf(thrown)) });
  }

  window.addEventListener('error', ({ error, message }) => {
    if (!HARMLESS.test(message)) heard(error ?? message);
  });
  window.addEventListener('unhandledrejection', ({ reason }) => heard(reason));

  return {
    sayTo(store) {
      workspace = store;
      for (const notice of early.splice(0)) notice(store);
    },
    shown(error) {
      if (typeof error === 'object' && error) fenced.add(error);
      reportError(error);
    },
    tell(error) {
      const failure = toFailure(error);
      // A bug goes the way of everything that nobody caught.
      if (failure.code === 'bug') reportError(error);
      else notify(failure.code === 'cancelled' ? 'info' : 'bad', failure.message, failure.hint);
    },
  };
}
