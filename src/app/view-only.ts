/** A graph that another tab edits can be looked at here, and nothing else. */
import type { WorkspaceStore } from '../state/workspace.ts';
import { t } from '../words/t.ts';

export function tellViewOnly({ notify }: Pick<WorkspaceStore, 'notify'>): void {
  const hint = t('Close the other tab, then reload this one to edit.');
  notify('info', t('This graph is open in another tab, so here it can only be viewed.'), hint);
}
