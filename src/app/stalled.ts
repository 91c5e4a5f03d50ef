/** Storage that neither does what it is asked nor refuses: another tab may hold it, or the disk hangs. */
import type { WorkspaceStore } from '../state/workspace.ts';
import { t } from '../words/t.ts';
import { whileSlow } from './while-slow.ts';

const PATIENCE_MS = 8000;

/** Said until what is returned is called. */
export const tellStalled = ({ notifyUntil }: Pick<WorkspaceStore, 'notifyUntil'>): (() => void) =>
  notifyUntil('bad', ...stalled());
/** The same, once something has taken long. */
export const whileStalled = (workspace: Pick<WorkspaceStore, 'notifyUntil'>): (() => void) =>
  whileSlow(workspace, ...stalled(), PATIENCE_MS);

const stalled = () =>
  [
    t("This browser's storage has not answered for a while."),
    t('Close other tabs of Triptych. Until it answers nothing new is kept; export the graph to be safe.'),
  ] as const;
