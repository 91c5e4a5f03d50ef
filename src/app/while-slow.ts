/** A word for what takes longer than people wait without one. */
import type { Said } from '../core/say.ts';
import type { WorkspaceStore } from '../state/workspace.ts';

const QUIET_MS = 800;

/** Says it after a moment, until what is returned is called. */
export function whileSlow(
  { notifyUntil }: Pick<WorkspaceStore, 'notifyUntil'>,
  text: Said,
  hint?: Said,
  quietMs: number = QUIET_MS,
): () => void {
  let takeOff = (): void => {};
  const timer = setTimeout(() => (takeOff = notifyUntil('wait', text, hint)), quietMs);
  return () => {
    clearTimeout(timer);
    takeOff();
  };
}
