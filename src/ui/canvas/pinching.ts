/**
 * Two fingers zoom and move the canvas wherever they are put down. The canvas library takes them on the empty canvas
 * only, and close up there is none left: cards cover it.
 */
import { useReactFlow, useStoreApi, type Viewport } from '@xyflow/react';
import { useEffect } from 'react';
import type { Point } from '../../graph/graph.ts';

/** What the library leaves to the thing under the finger. */
const ON_A_THING = '.react-flow .nopan';

interface Pinch {
  /** In pixels of the screen. */
  readonly apart: number;
  readonly middle: Point;
}
function pinchOf({ touches }: TouchEvent): Pinch | undefined {
  const [one, other] = touches;
  if (touches.length !== 2 || !one || !other) return undefined;
  return {
    apart: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
    middle: { x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2 },
  };
}

/**
 * What the first finger began is over. The library only stops listening to a drag that a second one interrupts: it would
 * go on moving the canvas at its edge, and put the card where an earlier drag ended.
 */
function endDrag({ touches, changedTouches }: TouchEvent): void {
  const added = new Set([...changedTouches].map(({ identifier }) => identifier));
  const first = [...touches].find(({ identifier }) => !added.has(identifier));
  const init = { changedTouches: first ? [first] : [], bubbles: true, cancelable: true };
  first?.target.dispatchEvent(new TouchEvent('touchcancel', init));
}

export function usePinching(): void {
  const { getViewport, setViewport } = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    let begun: { readonly pinch: Pinch; readonly viewport: Viewport } | undefined;
    const listening = new AbortController();
    /** The library's own listeners keep the event to themselves. */
    const capture = { capture: true, passive: false, signal: listening.signal };
    const onStart = (event: TouchEvent) => {
      const isOnThing = [...event.touches].some(({ target }) => (target as Element).closest(ON_A_THING));
      const pinch = isOnThing ? pinchOf(event) : undefined;
      if (pinch) {
        endDrag(event);
        event.stopPropagation();
      }
      begun = pinch && { pinch, viewport: getViewport() };
    };
    const onMove = (event: TouchEvent) => {
      const now = pinchOf(event);
      const { domNode, minZoom, maxZoom } = store.getState();
      if (!begun || !now || !domNode) return;
      event.preventDefault();
      const { pinch, viewport } = begun;
      const { left, top } = domNode.getBoundingClientRect();
      const zoom = Math.min(maxZoom, Math.max(minZoom, (viewport.zoom * now.apart) / pinch.apart));
      // What lay between the fingers stays between them.
      const along = (from: number, to: number, moved: number) => to - ((from - moved) * zoom) / viewport.zoom;
      void setViewport({
        x: along(pinch.middle.x - left, now.middle.x - left, viewport.x),
        y: along(pinch.middle.y - top, now.middle.y - top, viewport.y),
        zoom,
      });
    };
    const onEnd = () => (begun = undefined);
    window.addEventListener('touchstart', onStart, capture);
    window.addEventListener('touchmove', onMove, capture);
    window.addEventListener('touchend', onEnd, capture);
    window.addEventListener('touchcancel', onEnd, capture);
    return () => listening.abort();
  }, [getViewport, setViewport, store]);
}
