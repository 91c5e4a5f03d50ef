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
import { named } from '../widgets/tip.ts';
import { takeUpWire } from './drawn-wires.ts';
import { t } from '../../words/t.ts';

const socketInWords = (label: string, kind: string, optional: boolean): string =>
  optional ? t('{0} ({1}), can be left out', label, kind) : t('{0} ({1}), needed', label, kind);

export const Socket = memo(function Socket({
  id,
  side,
  socket,
  y,
  kind,
  label,
  many,
  optional,
}: {
  readonly id: NodeId;
  readonly side: 'source' | 'target';
  readonly socket: string;
  readonly y: number;
  readonly kind: string;
  readonly label: string;
  readonly many: boolean;
  /** Of an input: the node works without it. */
  readonly optional: boolean;
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
        role="img"
        className={`socket socket--${kind} ${optional ? 'socket--optional' : ''}`}
        {...(side === 'target' && { onMouseDownCapture: takeUp, onTouchStartCapture: takeUp })}
        {...named(side === 'source' ? `${label} (${kind})` : socketInWords(label, kind, optional))}
        style={{ top: y, '--kind': `var(--k-${kind})` } as CSSProperties}
      />
      <span className="node__socket" style={edge} data-socket={socket}>
        {label}
      </span>
    </>
  );
});
