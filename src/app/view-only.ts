/** A graph that another tab edits, or a learner handed in, can be looked at here, and nothing else. */
import type { WorkspaceStore } from '../state/workspace.ts';
import { t } from '../words/t.ts';

export function tellViewOnly({ notify }: Pick<WorkspaceStore, 'notify'>, isHandedIn = false): void {
  if (isHandedIn) {
    const copy = t('Export it and open the file to work on a copy.');
    return notify('info', t('This graph was handed in, so it can only be viewed.'), copy);
  }
  const hint = t('Close the other tab, then reload this one to edit.');
  notify('info', t('This graph is open in another tab, so here it can only be viewed.'), hint);
}
