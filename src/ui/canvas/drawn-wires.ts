/** What a drawn wire ends in, and what a wire that is taken by its end is led to. */
import {
  useReactFlow,
  type Connection,
  type Edge,
  type FinalConnectionState,
  type HandleType,
  type ReactFlowProps,
} from '@xyflow/react';
import { useMemo } from 'react';
import { fittingSocket, whyNotConnect } from '../../graph/connect.ts';
import { connect, disconnect, leadElsewhere, swapTargets } from '../../graph/edits.ts';
import { wiresInSocket, type Board, type Wire, type WireEnd } from '../../graph/graph.ts';
import type { NodeId, WireId } from '../../core/ids.ts';
import { useApp, type App } from '../app-context.ts';
import { t } from '../../words/t.ts';

type Released = MouseEvent | TouchEvent;
type Ends = Pick<Wire, 'from' | 'to'>;

const pointOf = (event: Released) => {
  const { clientX: x, clientY: y } = 'changedTouches' in event ? event.changedTouches[0]! : event;
  return { x, y };
};
const endsOf = ({ source, sourceHandle, target, targetHandle }: Connection | Edge): Ends => ({
  from: { node: source as NodeId, socket: sourceHandle ?? '' },
  to: { node: target as NodeId, socket: targetHandle ?? '' },
});

/** The card below the pointer, and the socket whose name is there. */
function cardAt(event: Released): { readonly node: NodeId; readonly socket: string | undefined } | undefined {
  const { x, y } = pointOf(event);
  for (const element of document.elementsFromPoint(x, y)) {
    const node = element.closest('.react-flow__node')?.querySelector<HTMLElement>('[data-node-id]')?.dataset['nodeId'];
    if (node) return { node: node as NodeId, socket: element.closest<HTMLElement>('[data-socket]')?.dataset['socket'] };
  }
  return undefined;
}

/** Takes up the wire in an input, as if its end had been pressed. */
export function takeUpWire(wire: WireId, at: { readonly clientX: number; readonly clientY: number }): boolean {
  const end = document.querySelector(
    `.react-flow__edge[data-id="${CSS.escape(wire)}"] .react-flow__edgeupdater-target`,
  );
  const { clientX, clientY } = at;
  end?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true, clientX, clientY, button: 0 }));
  return end !== null;
}

type Handlers = Pick<
  ReactFlowProps,
  'onConnect' | 'onConnectEnd' | 'onReconnect' | 'onReconnectStart' | 'onReconnectEnd' | 'isValidConnection'
>;

export function useDrawnWires(): Handlers {
  const app = useApp();
  const { screenToFlowPosition } = useReactFlow();
  return useMemo(() => wiring(app, screenToFlowPosition), [app, screenToFlowPosition]);
}

function wiring(
  { document, registry, workspace }: App,
  toBoard: (point: { readonly x: number; readonly y: number }) => { readonly x: number; readonly y: number },
): Handlers {
  /** The wire that is held by one of its ends. */
  let held: WireId | undefined;
  /** Without the held wire: it may go where only it is in the way. */
  function boardNow(): Board {
    const { board } = document.getState();
    if (!held || !board.wires[held]) return board;
    const { [held]: _, ...wires } = board.wires;
    return { ...board, wires };
  }
  const whyNot = ({ from, to }: Ends) => whyNotConnect(boardNow(), registry, from, to);

  /** The end a wire gets that is let go here: at a socket, or at the one of the card that fits best. */
  function endHere(event: Released, state: FinalConnectionState, fixed: WireEnd, side: HandleType): WireEnd | 'none' {
    const { toHandle, isValid } = state;
    if (toHandle && isValid) return { node: toHandle.nodeId as NodeId, socket: toHandle.id ?? '' };
    const card = cardAt(event);
    if (!card || card.node === fixed.node) return 'none';
    const socket = fittingSocket(boardNow(), registry, fixed, side === 'source' ? 'output' : 'input', card);
    return socket === undefined ? 'none' : { node: card.node, socket };
  }
  const sayNothingFits = () => workspace.notify('info', t('Nothing of this card takes that wire.'));

  return {
    isValidConnection: (connection) =>
      whyNot(
        endsOf({
          ...connection,
          sourceHandle: connection.sourceHandle ?? null,
          targetHandle: connection.targetHandle ?? null,
        }),
      ) === undefined,
    onConnect(connection) {
      const { from, to } = endsOf(connection);
      document.edit('Connect', (draft) => connect(draft, registry, from, to));
    },
    onConnectEnd(event, state) {
      const { fromHandle, fromNode, isValid } = state;
      if (held || isValid || !fromHandle || !fromNode || document.getState().readOnly) return;
      const fixed = { node: fromNode.id as NodeId, socket: fromHandle.id ?? '' };
      const end = endHere(event, state, fixed, fromHandle.type);
      if (end !== 'none') {
        const [from, to] = fromHandle.type === 'source' ? [fixed, end] : [end, fixed];
        document.edit('Connect', (draft) => connect(draft, registry, from, to));
        return;
      }
      if (cardAt(event)) return cardAt(event)!.node === fixed.node ? undefined : sayNothingFits();
      const screen = pointOf(event);
      const side = fromHandle.type === 'source' ? 'output' : 'input';
      workspace.setState({ adding: { screen, flow: toBoard(screen), from: { ...fixed, side } } });
    },
    // What becomes of the wire is decided where the pointer is let go, whatever is below it.
    onReconnect: () => {},
    onReconnectStart: (_, edge) => void (held = edge.id as WireId),
    onReconnectEnd(event, edge, side, state) {
      const id = edge.id as WireId;
      const wire = document.getState().board.wires[id];
      if (wire && !document.getState().readOnly) letGo(event, id, wire, side, state);
      held = undefined;
    },
  };

  /** `side`: of the end that stays. */
  function letGo(event: Released, id: WireId, wire: Wire, side: HandleType, state: FinalConnectionState): void {
    const fixed = side === 'source' ? wire.from : wire.to;
    const end = endHere(event, state, fixed, side);
    if (end === 'none') {
      if (cardAt(event)) sayNothingFits();
      else document.edit('Disconnect', (draft) => disconnect(draft, [id]));
      return;
    }
    const ends = side === 'source' ? { from: wire.from, to: end } : { from: end, to: wire.to };
    const there = event.altKey && side === 'source' ? wiresInSocket(boardNow(), end)[0]?.[0] : undefined;
    if (!there) {
      document.edit('Lead a wire elsewhere', (draft) => leadElsewhere(draft, registry, id, ends));
      return;
    }
    const other = document.getState().board.wires[there]!;
    if (whyNot({ from: other.from, to: wire.to })) sayNothingFits();
    else document.edit('Swap two wires', (draft) => swapTargets(draft, id, there));
  }
}
