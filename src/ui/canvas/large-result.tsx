/** A node's result, large beside its card. */
import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { ImageValue, VideoValue } from '../../core/values.ts';
import { keepBesideOnceLoaded } from '../beside-later.ts';
import { Media } from '../media.tsx';
import { inSeconds } from '../units.ts';
import './large-result.css';

/** Between the card and the picture, in pixels. */
const GAP = 12;

export interface Looked {
  readonly value: ImageValue | VideoValue;
  readonly of: string;
  readonly card: RefObject<HTMLElement | null>;
}
export function LargeResult({ value, of, card }: Looked) {
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
