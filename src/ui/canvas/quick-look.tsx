/** When a node's result is shown large beside it: while the pointer rests on its small picture. */
import { useState, type PointerEvent, type ReactNode, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import type { ImageValue, VideoValue } from '../../core/values.ts';
import { useLoaded } from '../loaded.ts';
import type { Looked } from './large-result.tsx';

/** How long a pointer rests before it counts as looking, in milliseconds. */
const REST_MS = 550;

export function useQuickLook(
  value: ImageValue | VideoValue | undefined,
  of: string,
  card: RefObject<HTMLElement | null>,
): {
  readonly handlers: { onPointerEnter(event: PointerEvent): void; onPointerLeave(): void; onPointerDown(): void };
  readonly look: ReactNode;
} {
  const [looking, setLooking] = useState(false);
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>();
  const leave = () => {
    clearTimeout(timer);
    setLooking(false);
  };
  const handlers = {
    onPointerEnter: ({ pointerType }: PointerEvent) => {
      // A finger that is put down opens, drags or pinches; it rests above nothing.
      if (pointerType !== 'touch') setTimer(setTimeout(() => setLooking(true), REST_MS));
    },
    onPointerLeave: leave,
    onPointerDown: leave,
  };
  const look = value && looking && createPortal(<Look value={value} of={of} card={card} />, window.document.body);
  return { handlers, look };
}

const bringLarge = () => import('./large-result.tsx');
function Look(looked: Looked) {
  const large = useLoaded(bringLarge);
  return large ? <large.LargeResult {...looked} /> : null;
}
