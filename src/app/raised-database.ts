/** A newer release raises the database while this page is open: it saves, lets go, and is loaded again. */
import type { WorkspaceStore } from '../state/workspace.ts';
import { OUTDATED, type Database } from '../storage/db.ts';
import { t } from '../words/t.ts';
import type { Save } from './autosave.ts';

/** Left for the page that comes after this one, so that it can say why it came. */
const RELOADED = 'triptych-reloaded';
/** How long the other tab may take to write what it has to write, before it is spoken of. */
const PATIENCE_MS = 3000;

export function keepUpWithReleases(db: Database, save: Save, { notify }: Pick<WorkspaceStore, 'notify'>): void {
  let isSaved = false;
  const reload = { label: t('Reload'), act: () => location.reload() };
  db.beforeClosing = async () => (isSaved = await save());
  db.onOutdated = (when) => {
    // A page that is older than what is stored would only come up again the same, so a person decides.
    if (when === 'before' || !isSaved) return notify('bad', OUTDATED.message, OUTDATED.hint, reload);
    note('set');
    return location.reload();
  };
  const sayBlocked = () => {
    if (db.isOpen()) return;
    notify(
      'bad',
      t('Another tab with an older version of Triptych is still open.'),
      t('Close it; this page goes on by itself then.'),
    );
  };
  db.onBlocked = () => setTimeout(sayBlocked, PATIENCE_MS);
  if (!note('take')) return;
  const why = t('This page was loaded again, because a newer version of Triptych was opened in another tab.');
  notify('info', why, t('Everything was saved before.'));
}

/** Where the browser keeps nothing, nothing is said. */
function note(what: 'set' | 'take'): boolean {
  try {
    const isThere = sessionStorage.getItem(RELOADED) !== null;
    if (what === 'set') sessionStorage.setItem(RELOADED, 'yes');
    else sessionStorage.removeItem(RELOADED);
    return isThere;
  } catch {
    return false;
  }
}
