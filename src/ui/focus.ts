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

/** The parts of a page. What stands in another part is not near enough for the keyboard to go on there. */
const PARTS = 'main, aside, nav, header, search, .react-flow';
const BUTTONS = 'button, a[href], summary, [tabindex="0"]';
const isNowhere = (): boolean => document.activeElement === document.body || document.activeElement === null;

/** An element, then what it stands in within its part of the page. */
function placesAround(element: HTMLElement): HTMLElement[] {
  const parent = element.parentElement;
  const isInPart = parent?.matches(PARTS) === false && parent.closest(PARTS) !== null;
  return isInPart ? [element, ...placesAround(parent)] : [element];
}

/**
 * Where the keyboard is now. What is returned puts it back there if it is nowhere by then; when that place is gone, to
 * a button of what stood around it. Where nothing of that is left it stays nowhere, and what is pressed goes to the
 * canvas.
 */
function rememberPlace(): () => void {
  const before = document.activeElement;
  if (!(before instanceof HTMLElement) || isNowhere()) return () => {};
  const places = placesAround(before);
  return () => {
    for (const place of places.filter(({ isConnected }) => isConnected))
      for (const candidate of [place, ...place.querySelectorAll<HTMLElement>(BUTTONS)]) {
        if (!isNowhere()) return;
        putBack(() => candidate.focus({ preventScroll: true }));
      }
  };
}

/** Where the keyboard begins in a dialog: at one of its controls, or nowhere in particular, with its top in sight. */
export type Beginning = RefObject<HTMLElement | null> | 'top' | undefined;

/** A modal dialog that gives the focus back where it was, however it is closed. */
export function useModal(begin: Beginning): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current!;
    shown.showModal();
    if (begin === 'top') {
      shown.focus();
      shown.scrollTo({ top: 0 });
    } else begin?.current?.focus();
  }, [begin]);
  useReturningFocus();
  return dialog;
}

/** For what takes the focus: gives it back when it goes, unless it went elsewhere meanwhile. */
export function useReturningFocus(): void {
  const [goBack] = useState(rememberPlace);
  // After it left the page: only then is what it stood in place of there again.
  useEffect(() => goBack, [goBack]);
}
