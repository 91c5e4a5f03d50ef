/** Screens on which the node library has no place beside the canvas: it is opened over it. */
import { useSyncExternalStore } from 'react';
import type { App } from './app-context.ts';

/** As the style sheets of the editor say it. */
const narrow = () => matchMedia('(max-width: 1000px)');
const subscribe = (onChange: () => void) => {
  const width = narrow();
  width.addEventListener('change', onChange);
  return () => width.removeEventListener('change', onChange);
};

export const useIsNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow().matches);

export const LIBRARY = 'library';
export function switchLibrary({ workspace }: Pick<App, 'workspace'>): void {
  if (narrow().matches) document.getElementById(LIBRARY)?.togglePopover();
  else workspace.setView({ library: !workspace.getState().view.library });
}
