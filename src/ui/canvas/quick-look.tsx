/** A node's result, large beside it, while the pointer rests on its small picture. */
import { useState, type ReactNode, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import type { ImageValue, VideoValue } from '../../core/values.ts';
import { inSeconds } from '../units.ts';
import { Media } from '../media.tsx';
import './quick-look.css';

/** How long a pointer rests before it counts as looking, in milliseconds. */
const REST_MS = 550;
const WIDTH = 380;
const GAP = 12;

export function useQuickLook(
  value: ImageValue | VideoValue | undefined,
  title: string,
  card: RefObject<HTMLElement | null>,
): {
  readonly handlers: { onPointerEnter(): void; onPointerLeave(): void; onPointerDown(): void };
  readonly look: ReactNode;
} {
  const [box, setBox] = useState<DOMRect>();
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>();
  const leave = () => {
    clearTimeout(timer);
    setBox(undefined);
  };
  const handlers = {
    onPointerEnter: () => setTimer(setTimeout(() => setBox(card.current?.getBoundingClientRect()), REST_MS)),
    onPointerLeave: leave,
    onPointerDown: leave,
  };
  if (!value || !box) return { handlers, look: null };
  const height = (WIDTH * value.height) / value.width;
  const right = box.right + GAP + WIDTH < window.innerWidth;
  const place = {
    width: WIDTH,
    left: right ? box.right + GAP : Math.max(GAP, box.left - GAP - WIDTH),
    top: Math.max(GAP, Math.min(box.top, window.innerHeight - height - 48)),
  };
  return {
    handlers,
    look: createPortal(
      <figure className="quicklook" style={place}>
        <Media value={value} title={title} />
        <figcaption className="tabular">
          {value.width} × {value.height}
          {value.kind === 'video' ? `, ${inSeconds(value.frames / value.fps, 1)}` : ''}
        </figcaption>
      </figure>,
      window.document.body,
    ),
  };
}
