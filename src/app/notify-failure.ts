/** Says that something did not work, and offers what can be done about it. */
import type { Failure } from '../core/errors.ts';
import type { NoticeAction, WorkspaceStore } from '../state/workspace.ts';
import { goTo } from '../ui/navigation.ts';
import { t } from '../words/t.ts';

/** `text`: what did not work. Where the disk is full, a button leads to what frees space. */
export function notifyFailure(workspace: Pick<WorkspaceStore, 'notify'>, text: string, failure: Failure): void {
  const why = failure.hint === undefined ? [failure.message] : [failure.message, failure.hint];
  workspace.notify('bad', text, why, ...waysOut(failure));
}

/** What can be done about a failure at once: a full disk has a button that leads to what frees space. */
export const waysOut = ({ code }: Failure): NoticeAction[] =>
  code === 'storage-full' || code === 'storage-refused'
    ? [{ label: t('Free space'), act: () => goTo({ screen: 'settings' }) }]
    : [];
