/**
 * The only translator from our graph to the canvas library's nodes and edges; unchanged things keep their object, and
 * so do lists of them.
 */
import { Position, type Edge, type Node, type NodeHandle } from '@xyflow/react';
import type { Board, Frame, Note, Point, Size, Wire } from '../../graph/graph.ts';
import { wireEntries } from '../../graph/graph.ts';
import type { FrameId, NodeId, NoteId, WireId } from '../../core/ids.ts';
import { folderOf, framesInOrder } from '../../graph/marks.ts';
import type { NodeFace, Registry } from '../../core/node.ts';
import { titleOf } from '../connections.ts';
import { t } from '../../words/t.ts';
import { cardShape, type CardShape } from './card-size.ts';
import type { Cards } from './shown-shapes.ts';
import { FOLDED, type ItemId } from './places.ts';

type Titles = readonly [from: string, to: string];

const NO_DATA = Object.freeze({});
const SOCKET = 12;
/** The socket of a collapsed frame. */
const FOLD = 'fold';

export interface View {
  readonly selection: ReadonlySet<ItemId>;
  readonly selectedWires: ReadonlySet<WireId>;
  /** Where things are while they are dragged, and how large while they are resized. */
  readonly dragged: Readonly<Record<string, Point>>;
  readonly resized: Readonly<Record<string, Size>>;
}

export function flowTranslator(registry: Registry) {
  const known = new Map<
    ItemId,
    {
      source: object;
      definition: NodeFace | undefined;
      selected: boolean;
      at: Point;
      size: Size | undefined;
      tall: number | undefined;
      flow: Node;
    }
  >();
  const edges = new Map<
    WireId,
    { source: Wire; selected: boolean; kind: string; from: string; to: string; titles: Titles; flow: Edge }
  >();

  function once(
    id: ItemId,
    source: object,
    definition: NodeFace | undefined,
    selected: boolean,
    at: Point,
    size: Size | undefined,
    make: () => Node,
    tall?: number,
  ): Node {
    let entry = known.get(id);
    if (
      !entry ||
      entry.source !== source ||
      entry.definition !== definition ||
      entry.selected !== selected ||
      entry.at !== at ||
      entry.size !== size ||
      entry.tall !== tall
    ) {
      const flow = make();
      // Params change what a card says, which it reads itself; rarely its shape.
      entry = {
        source,
        definition,
        selected,
        at,
        size,
        tall,
        flow: entry && sameShape(entry.flow, flow) ? entry.flow : flow,
      };
      known.set(id, entry);
    }
    return entry.flow;
  }

  const sameNodes = keeper<Node>();
  const sameEdges = keeper<Edge>();
  return {
    nodes(board: Board, { tall }: Cards, { selection, dragged, resized }: View): Node[] {
      const list: Node[] = [];
      for (const [id, frame] of framesInOrder(board)) {
        if (folderOf(board, id)) continue;
        const [at, size, selected] = [dragged[id] ?? frame.position, resized[id] ?? frame.size, selection.has(id)];
        list.push(once(id, frame, undefined, selected, at, size, () => frameOf(id, frame, selected, at, size)));
      }
      for (const [id, note] of Object.entries(board.notes) as [NoteId, Note][]) {
        if (folderOf(board, id)) continue;
        const [at, size, selected] = [dragged[id] ?? note.position, resized[id] ?? note.size, selection.has(id)];
        list.push(
          once(id, note, undefined, selected, at, size, () => ({
            id,
            type: 'note',
            position: at,
            data: NO_DATA,
            selected,
            ...size,
            measured: size,
          })),
        );
      }
      for (const [key, source] of Object.entries(board.nodes)) {
        const id = key as NodeId;
        if (folderOf(board, id)) continue;
        const [at, size, selected] = [dragged[id] ?? source.position, resized[id], selection.has(id)];
        const definition = registry.get(source.type);
        const shown = tall(id);
        const make = () => cardOf(id, cardShape(source, definition, shown, size?.width), selected, at);
        list.push(once(id, source, definition, selected, at, size, make, shown));
      }
      if (known.size > list.length)
        for (const id of known.keys())
          if (!board.nodes[id as NodeId] && !board.frames[id as FrameId] && !board.notes[id as NoteId])
            known.delete(id);
      return sameNodes(list);
    },
    edges(board: Board, { selectedWires }: View): Edge[] {
      const list: Edge[] = [];
      for (const [id, source] of wireEntries(board)) {
        const from = board.nodes[source.from.node];
        if (!from || !board.nodes[source.to.node]) continue;
        const [foldedFrom, foldedTo] = [folderOf(board, source.from.node), folderOf(board, source.to.node)];
        if (foldedFrom && foldedFrom === foldedTo) continue;
        const kind = registry.get(from.type)?.outputs[source.from.socket]?.kind ?? 'file';
        const selected = selectedWires.has(id);
        const titles = [titleOf(board, registry, source.from.node), titleOf(board, registry, source.to.node)] as const;
        const [start, end] = [foldedFrom ?? source.from.node, foldedTo ?? source.to.node];
        let entry = edges.get(id);
        if (
          !entry ||
          entry.source !== source ||
          entry.selected !== selected ||
          entry.kind !== kind ||
          entry.from !== start ||
          entry.to !== end ||
          entry.titles[0] !== titles[0] ||
          entry.titles[1] !== titles[1]
        ) {
          const flow: Edge = {
            id,
            source: start,
            sourceHandle: foldedFrom ? FOLD : source.from.socket,
            target: end,
            targetHandle: foldedTo ? FOLD : source.to.socket,
            selected,
            ariaLabel: t('Wire from {0} to {1}', ...titles),
            className: 'wire',
            style: { ['--kind' as string]: `var(--k-${kind})` },
            interactionWidth: 18,
            ...(source.via ? { type: 'routed', data: { via: source.via } } : {}),
          };
          entry = { source, selected, kind, from: start, to: end, titles, flow };
          edges.set(id, entry);
        }
        list.push(entry.flow);
      }
      if (edges.size > list.length) for (const id of edges.keys()) if (!board.wires[id]) edges.delete(id);
      return sameEdges(list);
    },
  };
}

/**
 * Hands out the list it handed out before while it holds the same things: the canvas library takes another list for a
 * change.
 */
function keeper<T>(): (list: T[]) => T[] {
  let kept: T[] = [];
  return (list) => (kept = list.length === kept.length && list.every((item, at) => item === kept[at]) ? kept : list);
}

const sameShape = (a: Node, b: Node): boolean =>
  a.position === b.position &&
  a.selected === b.selected &&
  a.width === b.width &&
  a.height === b.height &&
  a.handles?.length === b.handles?.length &&
  (a.handles ?? []).every(
    ({ id, type, y }, at) => id === b.handles![at]!.id && type === b.handles![at]!.type && y === b.handles![at]!.y,
  );

const handle = (side: 'source' | 'target', id: string, y: number, width: number): NodeHandle => ({
  id,
  type: side,
  position: side === 'source' ? Position.Right : Position.Left,
  x: side === 'source' ? width - SOCKET / 2 : -SOCKET / 2,
  y: y - SOCKET / 2,
  width: SOCKET,
  height: SOCKET,
});

function cardOf(id: NodeId, { width, height, inputs, outputs }: CardShape, selected: boolean, at: Point): Node {
  return {
    id,
    type: 'card',
    position: at,
    data: NO_DATA,
    selected,
    width,
    height,
    measured: { width, height },
    handles: [
      ...inputs.map((socket) => handle('target', socket.id, socket.y, width)),
      ...outputs.map((socket) => handle('source', socket.id, socket.y, width)),
    ],
  };
}

/** A frame lies below everything and is held by its title, so that what is in it can be reached. */
function frameOf(id: FrameId, frame: Frame, selected: boolean, at: Point, open: Size): Node {
  const size = frame.collapsed ? FOLDED : open;
  return {
    id,
    type: 'frame',
    position: at,
    data: NO_DATA,
    selected,
    ...size,
    measured: size,
    zIndex: frame.collapsed ? 0 : -1,
    dragHandle: '.frame__head',
    connectable: false,
    ...(frame.collapsed
      ? {
          handles: [
            handle('target', FOLD, FOLDED.height / 2, FOLDED.width),
            handle('source', FOLD, FOLDED.height / 2, FOLDED.width),
          ],
        }
      : { handles: [] }),
  };
}
