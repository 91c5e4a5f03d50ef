/** Where things are on a canvas, known without measuring the page. */
import type { Board, Point, Wire } from '../../graph/graph.ts';
import type { FrameId, NodeId, NoteId, WireId } from '../../core/ids.ts';
import { folderOf } from '../../graph/marks.ts';
import type { Rect } from '../../graph/rect.ts';
import { curvesOf, type Curve } from '../../graph/wire-shape.ts';
import { cardShape, type CardShape } from './card-size.ts';
import type { Cards } from './shown-shapes.ts';

/** Half a socket: wires begin and end at its outer side. */
const SOCKET_OUT = 6;
export const FRAME_HEAD = 36;
export const FOLDED = { width: 220, height: FRAME_HEAD };

/** What positions snap to, in pixels of the canvas. */
export const GRID: [number, number] = [16, 16];

export type ItemId = NodeId | FrameId | NoteId;

/** The card of a node, with what it shows. */
export function shapeOf(board: Pick<Board, 'nodes'>, { registry, tall }: Cards, id: NodeId): CardShape {
  const node = board.nodes[id]!;
  return cardShape(node, registry.get(node.type), tall(id));
}

/** A node's card, a note, or a frame; `at` puts it elsewhere. */
export function rectOf(board: Board, cards: Cards, id: ItemId, at?: Point): Rect | undefined {
  const node = board.nodes[id as NodeId];
  if (node) {
    const { width, height } = shapeOf(board, cards, id as NodeId);
    return { ...(at ?? node.position), width, height };
  }
  const frame = board.frames[id as FrameId];
  const mark = frame ?? board.notes[id as NoteId];
  return mark && { ...(at ?? mark.position), ...(frame?.collapsed ? FOLDED : mark.size) };
}
export function rectsOf(
  board: Board,
  cards: Cards,
  ids: readonly ItemId[],
  at: Readonly<Record<string, Point>> = {},
): Record<ItemId, Rect> {
  const rects = {} as Record<ItemId, Rect>;
  for (const id of ids) {
    const rect = rectOf(board, cards, id, at[id]);
    if (rect) rects[id] = rect;
  }
  return rects;
}

/** Where a wire's end lies: at its socket, or at the collapsed frame that hides it. */
function endOf(board: Board, cards: Cards, end: Wire['from'], side: 'inputs' | 'outputs'): Point | undefined {
  const node = board.nodes[end.node];
  if (!node) return undefined;
  const folder = folderOf(board, end.node);
  if (folder) {
    const { position } = board.frames[folder]!;
    return {
      x: position.x + (side === 'outputs' ? FOLDED.width + SOCKET_OUT : -SOCKET_OUT),
      y: position.y + FOLDED.height / 2,
    };
  }
  const { width, [side]: sockets } = shapeOf(board, cards, end.node);
  const socket = sockets.find(({ id }) => id === end.socket);
  return (
    socket && {
      x: node.position.x + (side === 'outputs' ? width + SOCKET_OUT : -SOCKET_OUT),
      y: node.position.y + socket.y,
    }
  );
}

export function wireCurves(board: Board, cards: Cards, id: WireId): readonly Curve[] {
  const wire = board.wires[id]!;
  const [from, to] = [endOf(board, cards, wire.from, 'outputs'), endOf(board, cards, wire.to, 'inputs')];
  return from && to ? curvesOf(from, to, wire.via) : [];
}
