/** A wire with reroute points: drag a point to move it, double click it to take it away. */
import { BaseEdge, useReactFlow, type EdgeProps } from '@xyflow/react';
import { useState, type PointerEvent } from 'react';
import type { Point } from '../../graph/graph.ts';
import type { WireId } from '../../core/ids.ts';
import { setPoint } from '../../graph/marks.ts';
import { curvesOf, pathOf } from '../../graph/wire-shape.ts';
import { useApp } from '../app-context.ts';
import { t } from '../../words/t.ts';
import './routed-wire.css';

export function RoutedWire({ id, sourceX, sourceY, targetX, targetY, data, style, interactionWidth = 18 }: EdgeProps) {
  const { document } = useApp();
  const { screenToFlowPosition } = useReactFlow();
  const via = (data as { readonly via: readonly Point[] }).via;
  const [held, setHeld] = useState<{ readonly at: number; readonly point: Point }>();
  const points = held && via[held.at] ? via.with(held.at, held.point) : via;
  const path = pathOf(curvesOf({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, points));
  const place = (event: PointerEvent) => screenToFlowPosition({ x: event.clientX, y: event.clientY });
  return (
    <>
      <BaseEdge id={id} path={path} {...(style ? { style } : {})} interactionWidth={interactionWidth} />
      {points.map(({ x, y }, at) => (
        <circle
          key={at}
          className="reroute nopan"
          style={style}
          cx={x}
          cy={y}
          r={6}
          onPointerDown={(event) => {
            event.stopPropagation();
            event.currentTarget.setPointerCapture(event.pointerId);
            setHeld({ at, point: { x, y } });
          }}
          onPointerMove={(event) => held?.at === at && setHeld({ at, point: place(event) })}
          onPointerUp={(event) => {
            if (held?.at !== at) return;
            setHeld(undefined);
            const point = place(event);
            if (Math.hypot(point.x - via[at]!.x, point.y - via[at]!.y) > 2)
              document.edit('Move reroute point', (draft) => setPoint(draft, id as WireId, at, point));
          }}
          onDoubleClick={(event) => {
            event.stopPropagation();
            document.edit('Remove reroute point', (draft) => setPoint(draft, id as WireId, at, undefined));
          }}
        >
          <title>{t('Reroute point: drag it, double click removes it')}</title>
        </circle>
      ))}
    </>
  );
}
