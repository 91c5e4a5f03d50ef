/** A node's result, large beside it, while the pointer rests on its small picture. */
import { useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import type { ImageValue, VideoValue } from '../../core/values.ts';
import { keepBesideOnceLoaded } from '../beside-later.ts';
import { inSeconds } from '../units.ts';
import { Media } from '../media.tsx';
import './quick-look.css';

/** How long a pointer rests before it counts as looking, in milliseconds. */
const REST_MS = 550;
const GAP = 12;

export function useQuickLook(
  value: ImageValue | VideoValue | undefined,
  of: string,
  card: RefObject<HTMLElement | null>,
): {
  readonly handlers: { onPointerEnter(): void; onPointerLeave(): void; onPointerDown(): void };
  readonly look: ReactNode;
} {
  const [looking, setLooking] = useState(false);
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>();
  const leave = () => {
    clearTimeout(timer);
    setLooking(false);
  };
  const handlers = {
    onPointerEnter: () => setTimer(setTimeout(() => setLooking(true), REST_MS)),
    onPointerLeave: leave,
    onPointerDown: leave,
  };
  const look = value && looking && createPortal(<Look value={value} of={of} card={card} />, window.document.body);
  return { handlers, look };
}

interface LookProps {
  readonly value: ImageValue | VideoValue;
  readonly of: string;
  readonly card: RefObject<HTMLElement | null>;
}
function Look({ value, of, card }: LookProps) {
  const figure = useRef<HTMLElement>(null);
  useLayoutEffect(
    () => keepBesideOnceLoaded(card.current!, figure.current!, { placement: 'right-start', gap: GAP }),
    [card],
  );
  return (
    <figure ref={figure} className="quicklook">
      <Media value={value} of={of} />
      <figcaption className="tabular">
        {value.width} × {value.height}
        {value.kind === 'video' ? `, ${inSeconds(value.frames / value.fps, 1)}` : ''}
      </figcaption>
    </figure>
  );
}
