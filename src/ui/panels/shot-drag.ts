/** Shots dragged to another place by the pointer; Escape lets go. */
import { useEffect, useState, type PointerEvent, type RefObject } from 'react';
import { keyOf } from '../keys.ts';

interface Drag {
  readonly from: number;
  readonly to: number;
}
export interface DragHandlers {
  onPointerDown(event: PointerEvent<HTMLElement>): void;
  onPointerMove(event: PointerEvent<HTMLElement>): void;
  onPointerUp(event: PointerEvent<HTMLElement>): void;
  onPointerCancel(): void;
}

export function useShotDrag(
  list: RefObject<HTMLOListElement | null>,
  move: (from: number, to: number) => void,
): { readonly drag: Drag | undefined; readonly handlers: (at: number) => DragHandlers } {
  const [drag, setDrag] = useState<Drag>();
  const isDragging = drag !== undefined;
  useEffect(() => {
    if (!isDragging) return undefined;
    const onKey = (event: KeyboardEvent) => keyOf(event) === 'Escape' && setDrag(undefined);
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isDragging]);
  const cardsNow = () => [...(list.current?.querySelectorAll('.shot') ?? [])];
  /** The shot under the pointer, or the nearest: pages wrap their shots, so both directions count. */
  function placeAt({ clientX, clientY }: PointerEvent): number {
    const cards = cardsNow().map((card) => card.getBoundingClientRect());
    const far = (box: DOMRect) =>
      Math.hypot(
        Math.max(box.left - clientX, 0, clientX - box.right),
        Math.max(box.top - clientY, 0, clientY - box.bottom),
      );
    const distances = cards.map(far);
    return distances.indexOf(Math.min(...distances));
  }
  return {
    drag,
    handlers: (at) => ({
      onPointerDown(event) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ from: at, to: at });
      },
      onPointerMove(event) {
        if (drag?.from !== at) return;
        const to = placeAt(event);
        if (to === drag.to) return;
        cardsNow()[to]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        setDrag({ from: at, to });
      },
      onPointerUp() {
        setDrag(undefined);
        if (drag && drag.to !== drag.from) move(drag.from, drag.to);
      },
      onPointerCancel: () => setDrag(undefined),
    }),
  };
}
