/** Where the keyboard is, and where it goes back to when what took it is closed. */
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const NO_TEXT = ['range', 'checkbox', 'radio', 'button', 'submit', 'reset', 'file', 'color', 'image']
  .map((type) => `:not([type=${type}])`)
  .join('');
/** A list answers to letters as well: they choose in it. */
const FIELD = `input${NO_TEXT}, textarea, select, [contenteditable]`;
const ROLES = ['slider', 'tab', 'radio', 'option', 'menuitem', 'checkbox', 'switch', 'combobox'];
const ELEMENTS =
  'button, a[href], input, textarea, select, summary, video[controls], audio[controls], [contenteditable]';
const CONTROL = [ELEMENTS, ...ROLES.map((role) => `[role=${role}]`)].join(', ');

/** Keys pressed here are text. */
export const isField = (target: Element): boolean => target.matches(FIELD);
/** Keys pressed here may be the control's own. */
export const isControl = (target: Element): boolean => controlAt(target) !== null;
/** The control an element is, or lies in. */
export const controlAt = (target: Element): Element | null => target.closest(CONTROL);
/** On the canvas itself, a card or a wire, or nowhere: what is chosen is meant. */
export const isCanvas = (target: Element): boolean =>
  target === document.body ||
  target === document.documentElement ||
  (target.closest('.react-flow') !== null && !isControl(target));
/** Text is selected, so the browser's own Copy is meant. */
export const isTextSelected = (): boolean => getSelection()?.isCollapsed === false && getSelection()!.toString() !== '';

let returning = false;
/** The focus is being put back by us: nothing was chosen with it. */
export const isReturning = (): boolean => returning;
function putBack(act: () => void): void {
  returning = true;
  act();
  returning = false;
}

/** A modal dialog that gives the focus back where it was, however it is closed. */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the dialog leaves the page: afterwards the browser would not know where the focus came from.
  useLayoutEffect(() => {
    const shown = dialog.current!;
    shown.showModal();
    return () => putBack(() => shown.close());
  }, []);
  return dialog;
}

/** For what takes the focus and is no modal dialog: gives it back when it goes, unless it went elsewhere meanwhile. */
export function useReturningFocus(): void {
  const [before] = useState(() => document.activeElement);
  // After it left the page: only then is what it stood in place of there again.
  useEffect(
    () => () => {
      const nowhere = document.activeElement === document.body || document.activeElement === null;
      if (nowhere && before instanceof HTMLElement && before.isConnected) putBack(() => before.focus());
    },
    [before],
  );
}
