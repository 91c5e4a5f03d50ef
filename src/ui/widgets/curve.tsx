/** A tone curve: drag points, click to add one, double click to remove. Arrow keys move the focused point. */
import { useRef, type PointerEvent } from 'react';
import type { CurveParam, CurvePoints } from '../../core/params.ts';
import type { WidgetProps } from './widget-props.ts';
import { keyOf } from '../keys.ts';
import { t } from '../../words/t.ts';

const SIZE = 200;
const GAP = 0.02;

export default function CurveEditor({ spec, value, onChange }: WidgetProps<CurveParam>) {
  const frame = useRef<SVGSVGElement>(null);
  const grabbed = useRef<number | undefined>(undefined);
  const at = (event: PointerEvent): [number, number] => {
    const box = frame.current!.getBoundingClientRect();
    return [clamp((event.clientX - box.left) / box.width), clamp(1 - (event.clientY - box.top) / box.height)];
  };
  const move = (index: number, [x, y]: readonly [number, number]) =>
    onChange(value.map((point, i) => (i === index ? [between(value, index, x), y] : point)));
  const down = (event: PointerEvent) => {
    frame.current!.setPointerCapture(event.pointerId);
    const [x, y] = at(event);
    const near = value.findIndex(([px, py]) => Math.abs(px - x) < 0.06 && Math.abs(py - y) < 0.08);
    if (near >= 0) {
      grabbed.current = near;
      return;
    }
    const next = [...value, [x, y] as const].sort((a, b) => a[0] - b[0]);
    if (next.some((point, i) => i > 0 && point[0] - next[i - 1]![0] < GAP)) return;
    onChange(next);
    grabbed.current = next.findIndex(([px]) => px === x);
  };
  return (
    <svg
      ref={frame}
      className="curve"
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      role="group"
      aria-label={spec.label}
      onPointerDown={down}
      onPointerMove={(event) => grabbed.current !== undefined && move(grabbed.current, at(event))}
      onPointerUp={() => (grabbed.current = undefined)}
    >
      <path d={`M0 ${SIZE / 2}H${SIZE}M${SIZE / 2} 0V${SIZE}M0 ${SIZE}L${SIZE} 0`} stroke="var(--line)" fill="none" />
      <polyline
        points={value.map(([x, y]) => `${x * SIZE},${(1 - y) * SIZE}`).join(' ')}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="2"
      />
      {value.map(([x, y], index) => (
        <circle
          key={index}
          cx={x * SIZE}
          cy={(1 - y) * SIZE}
          r="5.5"
          fill="var(--surface)"
          stroke="var(--accent)"
          strokeWidth="2"
          tabIndex={0}
          role="slider"
          aria-label={t('Point {0}', index + 1)}
          aria-valuenow={Math.round(y * 100)}
          onDoubleClick={() => value.length > 2 && onChange(value.filter((_, i) => i !== index))}
          onKeyDown={(event) => {
            const [dx, dy] = {
              ArrowLeft: [-0.02, 0],
              ArrowRight: [0.02, 0],
              ArrowUp: [0, 0.02],
              ArrowDown: [0, -0.02],
            }[keyOf(event)] ?? [0, 0];
            if (!dx && !dy) return;
            event.preventDefault();
            move(index, [clamp(x + dx!), clamp(y + dy!)]);
          }}
        />
      ))}
    </svg>
  );
}

const clamp = (v: number) => Math.min(1, Math.max(0, v));
/** Keeps a point between its neighbours. */
function between(points: CurvePoints, index: number, x: number): number {
  const low = (points[index - 1]?.[0] ?? -GAP) + GAP;
  const high = (points[index + 1]?.[0] ?? 1 + GAP) - GAP;
  return Math.min(high, Math.max(low, x));
}
