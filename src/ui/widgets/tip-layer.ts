/**
 * When tips are shown: a pointer rests, the focus rests after it was moved by key, a finger is held. A tip can be
 * hovered, and one Escape closes it and nothing beneath it.
 */
import { keyOf } from '../keys.ts';
import { TipBox } from './tip-box.ts';
import { tipAt, tipOfFocused, type Tip } from './tip-text.ts';

/** How long a pointer, the focus or a finger rests before it counts as asking, in milliseconds. */
const REST_MS = 550;
/** The same while a tip is shown: who reads along a row of buttons does not wait at each. */
const NEXT_MS = 120;
/** How long a tip stays after the pointer left, so that the pointer can get to it, in milliseconds. */
const LEAVE_MS = 300;
/** A finger that moves further than this is not held still, in pixels. */
const STILL = 10;
/** Keys that move the focus. */
const MOVING = ['Tab', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];

type Asker = 'pointer' | 'focus' | 'finger';

/** Listens as long as the page is there. `byKey`: the key press it was waited for has moved the focus already. */
export function showTips(byKey: boolean): void {
  const box = new TipBox();
  let asker: Asker = 'pointer';
  let asking: ReturnType<typeof setTimeout> | undefined;
  let leaving: ReturnType<typeof setTimeout> | undefined;
  /** What was pressed or had its tip closed: it is quiet until the pointer has been elsewhere. */
  let quiet: Element | undefined;
  let finger: { readonly x: number; readonly y: number; readonly target: Element } | undefined;
  let heldLong = false;
  let isFocusMoving = byKey;
  const last = { x: NaN, y: NaN };

  const show = (tip: Tip, by: Asker) => {
    clearTimeout(asking);
    stay();
    asker = by;
    box.show(tip);
  };
  const hide = () => {
    clearTimeout(asking);
    stay();
    box.hide();
  };
  const stay = () => {
    clearTimeout(leaving);
    leaving = undefined;
  };
  const leave = () => {
    if (asker === 'pointer' && box.anchor) leaving ??= setTimeout(hide, LEAVE_MS);
  };
  const askLater = (find: () => Tip | undefined, by: Asker) => {
    clearTimeout(asking);
    const act = () => {
      const tip = find();
      if (tip?.anchor.isConnected && !(by === 'pointer' && tip.anchor === quiet)) show(tip, by);
    };
    asking = setTimeout(act, box.anchor && by !== 'finger' ? NEXT_MS : REST_MS);
  };

  const onPointerMove = ({ target, pointerType, buttons, clientX, clientY }: PointerEvent) => {
    if (pointerType === 'touch') {
      if (finger && Math.hypot(clientX - finger.x, clientY - finger.y) > STILL) letGo();
      return;
    }
    const isStill = clientX === last.x && clientY === last.y;
    Object.assign(last, { x: clientX, y: clientY });
    // Something came under a pointer that did not move, or is being dragged.
    if (!(target instanceof Element) || isStill || buttons !== 0) return;
    if (quiet && !quiet.contains(target)) quiet = undefined;
    if (box.holds(target) || (box.anchor && tipAt(target)?.anchor === box.anchor)) {
      clearTimeout(asking);
      return stay();
    }
    leave();
    askLater(() => (isUnderPointer(target) ? tipAt(target) : undefined), 'pointer');
  };
  /** Something may have opened over it meanwhile. */
  const isUnderPointer = (target: Element) => target.contains(window.document.elementFromPoint(last.x, last.y));
  const onPointerOut = ({ relatedTarget }: PointerEvent) => {
    if (relatedTarget) return;
    clearTimeout(asking);
    leave();
  };

  const onPointerDown = ({ target, pointerType, clientX, clientY }: PointerEvent) => {
    heldLong = false;
    if (!(target instanceof Element) || box.holds(target)) return;
    hide();
    quiet = tipAt(target)?.anchor;
    if (pointerType !== 'touch') return;
    finger = { x: clientX, y: clientY, target };
    askLater(tipUnderFinger, 'finger');
  };
  const tipUnderFinger = () => {
    const tip = finger && tipAt(finger.target);
    heldLong = tip !== undefined;
    return tip;
  };
  const letGo = () => {
    if (finger && !heldLong) clearTimeout(asking);
    finger = undefined;
  };
  /** What browsers make of a finger that is held: a menu, or a click when it is lifted. The tip stands in for both. */
  const onLongPress = (event: Event) => {
    const tip = event.type === 'contextmenu' && finger ? tipUnderFinger() : undefined;
    if (!heldLong || !event.isTrusted) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (tip && box.anchor !== tip.anchor) show(tip, 'finger');
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const key = keyOf(event);
    isFocusMoving = MOVING.includes(key);
    heldLong = false;
    if (key !== 'Escape') return;
    clearTimeout(asking);
    if (!box.anchor) return;
    quiet = box.anchor;
    hide();
    // What opened over the tip is what this key is for.
    const [modal] = [...window.document.querySelectorAll('dialog:modal')].slice(-1);
    if (modal && !modal.contains(quiet)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onKeyUp = () => {
    isFocusMoving = false;
  };
  const onFocus = (target: EventTarget | null) => {
    if (!isFocusMoving || !(target instanceof Element) || !target.matches(':focus-visible')) return;
    askLater(() => (target === window.document.activeElement ? tipOfFocused(target) : undefined), 'focus');
  };
  const onFocusOut = () => {
    if (asker === 'focus') hide();
  };

  const early = { capture: true } as const;
  window.addEventListener('pointermove', onPointerMove, early);
  window.addEventListener('pointerout', onPointerOut, early);
  window.addEventListener('pointerdown', onPointerDown, early);
  window.addEventListener('pointerup', letGo, early);
  window.addEventListener('pointercancel', letGo, early);
  window.addEventListener('click', onLongPress, early);
  window.addEventListener('contextmenu', onLongPress, early);
  window.addEventListener('keydown', onKeyDown, early);
  window.addEventListener('keyup', onKeyUp, early);
  window.addEventListener('focusin', ({ target }) => onFocus(target), early);
  window.addEventListener('focusout', onFocusOut, early);
  window.addEventListener('blur', hide);
  if (byKey) onFocus(window.document.activeElement);
}
