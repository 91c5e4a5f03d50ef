/** A socket of a card, on its border, with what it is called. */
import { Handle, Position } from '@xyflow/react';
import {
  memo,
  type CSSProperties,
  type MouseEvent as ReactMouseEvent,
  type TouchEvent as ReactTouchEvent,
} from 'react';
import { wiresInSocket } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import { useApp } from '../app-context.ts';
import { tip } from '../widgets/tip.ts';
import { takeUpWire } from './drawn-wires.ts';

export const Socket = memo(function Socket({
  id,
  side,
  socket,
  y,
  kind,
  label,
  many,
}: {
  readonly id: NodeId;
  readonly side: 'source' | 'target';
  readonly socket: string;
  readonly y: number;
  readonly kind: string;
  readonly label: string;
  readonly many: boolean;
}) {
  const { document } = useApp();
  /** The wire that is in an input for one is taken up with it; an input for many, or an empty one, begins a new wire. */
  const takeUp = (event: ReactMouseEvent | ReactTouchEvent) => {
    const { board, readOnly } = document.getState();
    const wire = readOnly || many ? undefined : wiresInSocket(board, { node: id, socket })[0]?.[0];
    const at = 'touches' in event ? event.touches[0] : event.button === 0 ? event : undefined;
    if (wire && at && takeUpWire(wire, at)) event.stopPropagation();
  };
  const edge = side === 'source' ? { right: 12, top: y - 12 } : { left: 12, top: y - 12 };
  return (
    <>
      <Handle
        id={socket}
        type={side}
        position={side === 'source' ? Position.Right : Position.Left}
        className={`socket socket--${kind}`}
        {...(side === 'target' && { onMouseDownCapture: takeUp, onTouchStartCapture: takeUp })}
        {...tip(`${label} (${kind})`)}
        style={{ top: y, '--kind': `var(--k-${kind})` } as CSSProperties}
      />
      <span className="node__socket" style={edge} data-socket={socket}>
        {label}
      </span>
    </>
  );
});
