/** What there is to be told about a place on the page: its tip, and text that is cut off there. */
import { controlAt } from '../focus.ts';

export interface Tip {
  /** What the tip is shown beside. */
  readonly anchor: Element;
  readonly text: string;
}

/** The tip of an element or of what it lies in; with it the whole of a text that is cut off there or in its control. */
export function tipAt(element: Element): Tip | undefined {
  const carrier = element.closest<HTMLElement>('[data-tip]');
  const cut = cutOffAround(element, carrier) ?? cutOffIn(controlAt(element));
  const anchor = carrier ?? cut;
  if (!anchor) return undefined;
  const whole = cut ? textOf(cut) : '';
  const told = carrier?.dataset['tip'] ?? '';
  return { anchor, text: whole === told ? told : [whole, told].filter(Boolean).join('\n') };
}

/** As `tipAt`; a card that has the focus also tells what is cut off in it. */
export function tipOfFocused(focused: Element): Tip | undefined {
  const cut = focused.matches('[role=group]') ? cutOffIn(focused) : undefined;
  return tipAt(focused) ?? (cut && { anchor: focused, text: textOf(cut) });
}

/** The nearest around an element, but within what carries the tip. */
function cutOffAround(element: Element, carrier: Element | null): Element | undefined {
  for (let at: Element | null = element; at; at = at.parentElement) {
    if (isCutOff(at)) return at;
    if (at === carrier) return undefined;
  }
  return undefined;
}
const cutOffIn = (control: Element | null): Element | undefined =>
  control ? [...control.querySelectorAll('*')].find(isCutOff) : undefined;

/** By an ellipsis, at the end of its line or of its last line. */
function isCutOff(element: Element): boolean {
  const wide = element.scrollWidth > element.clientWidth;
  const tall = element.scrollHeight > element.clientHeight;
  // What is written in is seen whole, bit by bit.
  if (!(wide || tall) || element === window.document.activeElement) return false;
  const { textOverflow, webkitLineClamp } = getComputedStyle(element);
  return (wide && textOverflow === 'ellipsis') || (tall && webkitLineClamp !== 'none');
}
const textOf = (element: Element): string =>
  (element instanceof HTMLInputElement ? element.value : (element as HTMLElement).innerText).trim();
