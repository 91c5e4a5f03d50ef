/** One zoom for pictures that are looked at together: places are shares of their frame, so all move alike. */
import { useRef, type CSSProperties, type PointerEvent } from 'react';

export interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}
export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };
export const CLOSEST = 16;

export const zoomStyle = ({ scale, x, y }: Zoom): CSSProperties => ({
  ['--zoom' as string]: `translate(${x * 100}%, ${y * 100}%) scale(${scale})`,
});

type Turn = Pick<WheelEvent, 'deltaY' | 'clientX' | 'clientY'>;
/** Closer or further by one turn of the wheel; the place under the pointer stays. */
export function zoomedAt(zoom: Zoom, { deltaY, clientX, clientY }: Turn, frame: Element): Zoom {
  const box = frame.getBoundingClientRect();
  const scale = Math.min(CLOSEST, Math.max(1, zoom.scale * (deltaY < 0 ? 1.2 : 1 / 1.2)));
  const at = { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
  const k = scale / zoom.scale;
  return scale === 1 ? WHOLE : { scale, x: at.x - (at.x - zoom.x) * k, y: at.y - (at.y - zoom.y) * k };
}

/** Dragging moves. */
export function useDrag(zoom: Zoom, onZoom: (zoom: Zoom) => void) {
  const drag = useRef<{ readonly x: number; readonly y: number; readonly from: Zoom }>(undefined);
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      drag.current = { x: event.clientX, y: event.clientY, from: zoom };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!drag.current || event.buttons === 0 || zoom.scale === 1) return;
      const box = event.currentTarget.getBoundingClientRect();
      const { from } = drag.current;
      onZoom({
        ...zoom,
        x: from.x + (event.clientX - drag.current.x) / box.width,
        y: from.y + (event.clientY - drag.current.y) / box.height,
      });
    },
    onPointerUp() {
      drag.current = undefined;
    },
  };
}
