/**
 * What a hand does with the fields for numbers of a page: drags them and their labels, turns the wheel over the one
 * that has the focus, presses arrows; Enter counts what was worked out in it, Escape takes it back. It comes late, and
 * listens once for all fields.
 */
import { computedNumber } from '../../core/computed-number.ts';
import { decimalMark } from '../../words/t.ts';
import { keyOf } from '../keys.ts';
import { heldNumbers, type HeldNumber } from './number-field.tsx';

/** How far a drag goes for each step, and how far until it is one, in pixels. */
const STEP_PX = 4;
const DRAG_PX = 4;

type Modified = Pick<KeyboardEvent, 'shiftKey' | 'altKey'>;

/** The field and its number, where an event is about one that can be changed. */
function heldBy(target: EventTarget | null): readonly [HTMLInputElement, HeldNumber] | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  const input = target.closest('label')?.control ?? target;
  const held = heldNumbers.get(input)?.();
  return held && input instanceof HTMLInputElement && !input.matches(':disabled, [readonly]')
    ? [input, held]
    : undefined;
}

/** Shift takes ten steps at once, Alt a tenth of one. */
function stepped(held: HeldNumber, from: number, steps: number, { shiftKey, altKey }: Modified): number {
  const { step, whole, min, max } = held;
  const size = step * (shiftKey ? 10 : 1) * (altKey && !whole ? 0.1 : 1);
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(size)));
  return Math.min(max, Math.max(min, Number((from + steps * size).toFixed(whole ? 0 : decimals))));
}
/** Where nothing stands in a field yet, the least that fits is where it begins. */
const numberOf = ({ value, min }: HeldNumber): number => value ?? (Number.isFinite(min) ? min : 0);

/** What was worked out in a field counts now. The number there is then. */
function commit(input: HTMLInputElement, held: HeldNumber): number | undefined {
  if (!held.isPending(input.value)) return held.value;
  const { min, max, whole, unit } = held;
  const value = computedNumber(input.value, decimalMark(), unit);
  const fits = value !== undefined && value >= min && value <= max && (!whole || Number.isInteger(value));
  if (fits) held.put(value);
  else held.refuse(input.value);
  return fits ? value : held.value;
}

let isListening = false;
/** `entered`: a field in which Enter was pressed. The first may have been pressed before anybody listened. */
export function listenToNumbers(entered?: HTMLInputElement): void {
  if (!isListening) listen();
  isListening = true;
  const found = heldBy(entered ?? null);
  if (found) commit(...found);
}
function listen(): void {
  /** As it was when the field got the focus, or Enter was pressed. */
  let before: number | undefined;
  let leave: AbortController | undefined;

  document.addEventListener('focusin', ({ target }) => {
    const found = heldBy(target);
    if (!found || target !== found[0]) return;
    before = found[1].value;
    leave = new AbortController();
    found[0].addEventListener('wheel', onWheel, { passive: false, signal: leave.signal });
  });
  // Before the field itself hears that it is left, and forgets what was typed.
  document.addEventListener(
    'focusout',
    ({ target }) => {
      leave?.abort();
      const found = heldBy(target);
      if (found && target === found[0]) commit(...found);
    },
    { capture: true },
  );
  document.addEventListener('keydown', (event) => {
    const found = heldBy(event.target);
    if (!found || event.target !== found[0] || event.ctrlKey || event.metaKey) return;
    const [input, held] = found;
    const key = keyOf(event);
    if (key === 'Enter') before = commit(input, held);
    else if (key === 'Escape') held.put(before);
    else if (key === 'ArrowUp' || key === 'ArrowDown') {
      event.preventDefault();
      held.put(stepped(held, numberOf(held), key === 'ArrowUp' ? 1 : -1, event));
    }
  });
  document.addEventListener('pointerdown', onPointerDown);
}

function onWheel(event: WheelEvent): void {
  const found = heldBy(event.currentTarget);
  if (!found || event.deltaY === 0) return;
  event.preventDefault();
  const [, held] = found;
  held.put(stepped(held, numberOf(held), event.deltaY < 0 ? 1 : -1, event));
}

/** A drag along the field or its label; in a field that is written in, it selects text as everywhere. */
function onPointerDown(event: PointerEvent): void {
  const found = heldBy(event.target);
  if (!found || event.button !== 0 || !event.isPrimary) return;
  const [input, held] = found;
  if (event.target === input && document.activeElement === input) return;
  // Pressed, the field would begin to select its text; it gets the focus when it turns out to have been a click.
  const isHeldBack = event.target === input && event.pointerType !== 'touch';
  if (isHeldBack) event.preventDefault();
  const from = numberOf(held);
  const dragging = new AbortController();
  const { signal } = dragging;
  let isDrag = false;
  const onMove = (moved: PointerEvent) => {
    if (moved.pointerId !== event.pointerId) return;
    const by = moved.clientX - event.clientX;
    if (!isDrag && Math.abs(by) < DRAG_PX) return;
    if (!isDrag) {
      isDrag = true;
      document.body.dataset['scrubs'] = 'true';
      getSelection()?.removeAllRanges();
    }
    moved.preventDefault();
    heldNumbers
      .get(input)?.()
      .put(stepped(held, from, Math.round(by / STEP_PX), moved));
  };
  const end = (ended: PointerEvent) => {
    if (ended.pointerId !== event.pointerId) return;
    dragging.abort();
    delete document.body.dataset['scrubs'];
    // The press that ends a drag is no click on a label.
    if (isDrag)
      addEventListener('click', (click) => click.preventDefault(), { capture: true, once: true, signal: soon() });
    else if (isHeldBack && ended.type === 'pointerup') {
      input.focus();
      input.select();
    }
  };
  addEventListener('pointermove', onMove, { signal });
  for (const type of ['pointerup', 'pointercancel'] as const) addEventListener(type, end, { signal });
}

/** A click comes right after the pointer was let go, or not at all. */
function soon(): AbortSignal {
  const over = new AbortController();
  setTimeout(() => over.abort());
  return over.signal;
}
