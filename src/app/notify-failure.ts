/** Says that something did not work, and offers what can be done about it. */
import type { Failure } from '../core/errors.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import { goTo } from '../ui/navigation.ts';
import { t } from '../ui/words/t.ts';

/** `text`: what did not work. Where the disk is full, a button leads to what frees space. */
export function notifyFailure(workspace: Pick<WorkspaceStore, 'notify'>, text: string, failure: Failure): void {
  const why = failure.hint === undefined ? [failure.message] : [failure.message, failure.hint];
  workspace.notify('bad', text, why, failure.code === 'storage-full' ? freeSpace() : undefined);
}

/** The button that leads to what frees space. */
export const freeSpace = () => ({ label: t('Free space'), act: () => goTo({ screen: 'settings' }) });
