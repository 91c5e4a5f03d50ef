/** Where a menu is asked for: by the right button, the menu key, a long press. */
import type { Point } from '../../graph/graph.ts';
import { isField, isTextSelected } from '../focus.ts';

/** How long a finger rests until a menu opens, in milliseconds, and how far it may stray, in pixels. */
const LONG_PRESS = { ms: 550, stray: 10 };

/** `show` answers whether there is a menu for what is there. Not asked in fields, whose own menu is the browser's. */
export function onMenuAsked(show: (target: Element, at: Point) => boolean): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  let isTouched = false;
  const ask = (target: EventTarget | null, at: Point): boolean => {
    if (!(target instanceof Element) || isField(target) || isTextSelected()) return false;
    if (!show(target, at)) return false;
    // The finger that opened it is still there: lifting it is no click.
    if (isTouched)
      window.addEventListener('touchend', (event) => event.preventDefault(), {
        once: true,
        passive: false,
        capture: true,
      });
    return true;
  };
  const onContextMenu = (event: MouseEvent) => {
    // Ctrl with the right button cuts wires.
    if (event.button === 2 && (event.ctrlKey || event.metaKey)) return;
    const target = event.target as Element;
    // The menu key says no place, or that of what has the focus.
    const box = target.getBoundingClientRect();
    const isByKey = event.button !== 2 && event.clientX === 0 && event.clientY === 0;
    const at = isByKey ? { x: box.left + 8, y: box.top + 8 } : { x: event.clientX, y: event.clientY };
    if (ask(target, at)) event.preventDefault();
  };
  /** Browsers on phones of one maker tell of no long press. */
  const onPointerDown = (event: PointerEvent) => {
    isTouched = event.pointerType === 'touch';
    if (!isTouched || !event.isPrimary) return;
    const { target, clientX: x, clientY: y } = event;
    const pressing = new AbortController();
    const timer = setTimeout(() => ask(target, { x, y }), LONG_PRESS.ms);
    const end = () => {
      clearTimeout(timer);
      pressing.abort();
    };
    const onMove = (moved: PointerEvent) =>
      Math.hypot(moved.clientX - x, moved.clientY - y) > LONG_PRESS.stray && end();
    window.addEventListener('pointermove', onMove, { signal: pressing.signal });
    for (const type of ['pointerup', 'pointercancel', 'contextmenu'] as const)
      window.addEventListener(type, end, { signal: pressing.signal });
    signal.addEventListener('abort', end, { signal: pressing.signal });
  };
  window.addEventListener('contextmenu', onContextMenu, { signal });
  window.addEventListener('pointerdown', onPointerDown, { signal });
  return () => listening.abort();
}
