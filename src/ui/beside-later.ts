/** The same as in `beside.ts`, which is loaded when the first thing floats: nothing of it is in the first load. */
import type { ToggleEvent } from 'react';
import { loadPart } from '../load-part.ts';
import type { keepBeside } from './beside.ts';

/** As `keepBeside`; until that is there, and if it cannot be loaded, what floats is where its style puts it. */
export const keepBesideOnceLoaded: typeof keepBeside = (...given) => {
  let end: (() => void) | undefined;
  let ended = false;
  loadPart(() => import('./beside.ts')).then(
    (loaded) => {
      if (!ended) end = loaded.keepBeside(...given);
    },
    () => {},
  );
  return () => {
    ended = true;
    end?.();
  };
};

/** For `onBeforeToggle` of a popover: while it is open it stands at the button that opens it. */
export function besideItsButton({ currentTarget: popover, newState }: ToggleEvent<HTMLElement>): void {
  const button = window.document.querySelector(`[popovertarget="${popover.id}"]`);
  if (newState !== 'open' || !button) return;
  const end = keepBesideOnceLoaded(button, popover, { placement: 'bottom-end', gap: 6 });
  popover.addEventListener('beforetoggle', end, { once: true });
}
