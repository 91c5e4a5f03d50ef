/** The right edge of a shot: dragged, or moved by arrow keys, it sets how long the shot is. */
import { useState, type KeyboardEvent } from 'react';
import type { NumberParam } from '../../core/params.ts';
import { keyOf } from '../keys.ts';
import { inSeconds } from '../units.ts';
import { t } from '../../words/t.ts';

/** On screen, for a second. */
export const SECOND_PX = 32;
const KEYS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

export function ShotEdge({
  nth,
  seconds,
  spec,
  onPreview,
  onSet,
}: {
  readonly nth: number;
  readonly seconds: number;
  readonly spec: NumberParam;
  /** While it is dragged; nothing when it is let go. */
  readonly onPreview: (seconds: number | undefined) => void;
  readonly onSet: (seconds: number) => void;
}) {
  const [grabbed, setGrabbed] = useState<{ readonly x: number; readonly seconds: number }>();
  const { min, max, step = 0.25 } = spec;
  const fitting = (wanted: number) => Math.min(max, Math.max(min, Math.round(wanted / step) * step));
  const draggedTo = (x: number) => fitting(grabbed!.seconds + (x - grabbed!.x) / SECOND_PX);
  const onKeyDown = (event: KeyboardEvent) => {
    const key = keyOf(event);
    const far = event.shiftKey ? 4 : 1;
    const next = key === 'Home' ? min : key === 'End' ? max : KEYS[key] && seconds + KEYS[key] * step * far;
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (fitting(next) !== seconds) onSet(fitting(next));
  };
  return (
    <div
      className="shot__edge"
      role="slider"
      tabIndex={0}
      aria-label={t('Duration of shot {0}', nth)}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={seconds}
      aria-valuetext={inSeconds(seconds, 2)}
      data-grabbed={grabbed !== undefined}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        setGrabbed({ x: event.clientX, seconds });
      }}
      onPointerMove={(event) => grabbed && onPreview(draggedTo(event.clientX))}
      onPointerUp={(event) => {
        if (!grabbed) return;
        const wanted = draggedTo(event.clientX);
        setGrabbed(undefined);
        onPreview(undefined);
        if (wanted !== grabbed.seconds) onSet(wanted);
      }}
      onPointerCancel={() => {
        setGrabbed(undefined);
        onPreview(undefined);
      }}
    />
  );
}
