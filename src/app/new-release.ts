/** The release that this page runs: its offline copy, and word of a newer one. */
import type { WorkspaceStore } from '../state/workspace.ts';
import { t } from '../words/t.ts';

/** Which build a page is of; the build writes it there. */
const BUILD = /<meta name="triptych-build" content="(\w+)">/;

/** Tells once when a newer release is served than the one that runs, and offers to go on with that. */
export function watchRelease(workspace: WorkspaceStore, save: () => Promise<boolean>): void {
  const running = buildOf(document.head.innerHTML);
  if (!running) return;
  keepCopy(running);
  let isTold = false;

  async function look(): Promise<void> {
    const served = isTold ? undefined : await servedBuild();
    if (isTold || !served || served === running) return;
    isTold = true;
    // What could not be saved has been said, and stays on screen.
    const reload = () => void save().then((isSaved) => isSaved && location.reload());
    const help = t('Reload to use it; your work is saved first.');
    workspace.notify('info', t('A new version of Triptych is ready.'), help, { label: t('Reload'), act: reload });
  }
  // When the new copy has come, when a part of the old release is no longer there, and whenever somebody comes back to
  // the tab.
  navigator.serviceWorker?.addEventListener('controllerchange', () => void look());
  for (const occasion of ['vite:preloadError', 'focus', 'online']) window.addEventListener(occasion, () => void look());
}

const buildOf = (html: string): string | undefined => BUILD.exec(html)?.[1];

/** Nothing where nobody answers. */
async function servedBuild(): Promise<string | undefined> {
  const answer = await fetch('./', { cache: 'no-store' }).catch(() => undefined);
  return answer?.ok ? buildOf(await answer.text().catch(() => '')) : undefined;
}

/** Without a secure address there is no offline copy; everything else works. */
function keepCopy(build: string): void {
  // Says to the service worker that this release is still needed, for as long as the page lives.
  const forEver = () => new Promise<never>(() => {});
  void navigator.locks?.request(`triptych-release-${build}`, { mode: 'shared' }, forEver).catch(() => {});
  const register = () => void navigator.serviceWorker?.register('sw.js').catch(() => {});
  // After the page has what it needs. Some browsers are done loading before this script runs.
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
}
