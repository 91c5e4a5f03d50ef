/**
 * What a drag ends in: a move; begun with Alt, copies. A single loose node dropped on a wire goes into it, unless Alt
 * is held then.
 */
import type { MouseEvent as ReactMouseEvent } from 'react';
import { insertOnWire, makeRoom, moveNodes, socketsForWire, type BoardDraft } from '../../graph/edits.ts';
import { wireEntries, type GraphNode, type Point } from '../../graph/graph.ts';
import type { FrameId, NodeId, NoteId, WireId } from '../../core/ids.ts';
import { middleOf, type Rect } from '../../graph/rect.ts';
import { distanceTo, passesThrough } from '../../graph/wire-shape.ts';
import { carriedBy, moveMarks, movePoints, settle } from '../../graph/marks.ts';
import { loadPart } from '../../load-part.ts';
import type { App } from '../app-context.ts';
import { CARD_GAP, CARD_WIDTH, cardShape } from './card-size.ts';
import { rectOf, rectsOf, wireCurves, type ItemId } from './places.ts';
import { cardsOf } from './shown-shapes.ts';

interface Pointer {
  readonly clientX: number;
  readonly clientY: number;
}
type Moved = Readonly<Record<string, Point>>;
export interface Dropping {
  start(event: ReactMouseEvent | MouseEvent | TouchEvent): void;
  /** While something is dragged to a place: notes the wire below it, and marks it. */
  follow(event: ReactMouseEvent | MouseEvent | TouchEvent, id: ItemId, at: Point): void;
  /** What was moved, and all that frames among it carry. */
  withCarried(moved: Moved, at: Moved): Moved;
  drop(moved: Moved): void;
  settle(): void;
  /** A new node is held over the canvas where it would lie: the wire below is marked, and returned. */
  hold(type: string, at: Point): WireId | undefined;
  intoWire(draft: BoardDraft, wire: WireId, node: NodeId, at: Point): void;
}

export function createDropping(app: App): Dropping {
  const { document, registry, workspace } = app;
  let copies = false;
  let edge: Element | undefined;
  const aim = (at: Element | undefined) => {
    if (edge === at) return;
    edge?.removeAttribute('data-receives');
    at?.setAttribute('data-receives', 'true');
    edge = at;
  };
  /** The drawn wire a node could go into: the one below the pointer, or that passes the middle of the card nearest. */
  function wireBelow(card: Rect, node: GraphNode, pointer?: Pointer): Element | undefined {
    const { board } = document.getState();
    const cards = cardsOf(app);
    const takes = (drawn: Element) => {
      const wire = board.wires[drawn.getAttribute('data-id') as WireId];
      return wire !== undefined && socketsForWire(board, registry, node, wire) !== undefined;
    };
    const pointed = pointer && edgesAt(pointer).find(takes);
    if (pointed) return pointed;
    const passing = [...window.document.querySelectorAll('.react-flow__edge')].filter(takes).flatMap((drawn) => {
      const curves = wireCurves(board, cards, drawn.getAttribute('data-id') as WireId);
      return passesThrough(curves, card) ? [{ drawn, away: distanceTo(curves, middleOf(card)) }] : [];
    });
    return passing.toSorted((a, b) => a.away - b.away)[0]?.drawn;
  }
  const edgesAt = ({ clientX, clientY }: Pointer) =>
    window.document
      .elementsFromPoint(clientX, clientY)
      .flatMap((element) => element.closest('.react-flow__edge') ?? []);
  /** Only what has no wires goes into one; a copy begins without. */
  const isLoose = (id: NodeId) =>
    copies || !wireEntries(document.getState().board).some(([, { from, to }]) => from.node === id || to.node === id);

  function place(moved: Moved, wire: WireId | undefined): void {
    const { board } = document.getState();
    const ids = Object.keys(moved) as ItemId[];
    const [first] = ids;
    if (!first) return;
    const before = board.nodes[first as NodeId]?.position;
    const carried = new Set<ItemId>(
      ids.flatMap((id) => (board.frames[id as FrameId] ? Object.values(carriedBy(board, id as FrameId)).flat() : [])),
    );
    const free = ids.filter((id) => !carried.has(id));
    document.edit(wire ? 'Insert into wire' : 'Move', (draft) => {
      moveNodes(draft, moved);
      moveMarks(draft, moved);
      if (before)
        movePoints(draft, new Set(ids as NodeId[]), { x: moved[first]!.x - before.x, y: moved[first]!.y - before.y });
      settle(draft, rectsOf(board, cardsOf(app), free, moved));
      if (wire) intoWire(draft, wire, first as NodeId, moved[first]!);
    });
  }
  function intoWire(draft: BoardDraft, wire: WireId, node: NodeId, at: Point): void {
    const after = draft.wires[wire]?.to.node;
    if (after && insertOnWire(draft, registry, node, wire)) makeRoom(draft, after, at.x + CARD_WIDTH + CARD_GAP);
  }

  /** The originals stay where they are, wires and all; copies go where the drag went. */
  async function copyTo(moved: Moved, onto: WireId | undefined): Promise<void> {
    // As it is at the drop: what is edited while the part is loaded is no longer what was dragged.
    const { id, path, board, graph } = document.getState();
    const { copyFragment, pasteFragment } = await loadPart(() => import('../../graph/fragment.ts'));
    const now = document.getState();
    if (now.id !== id || now.path !== path) return;
    const ids = Object.keys(moved) as ItemId[];
    const [first] = ids;
    if (!first) return;
    const from = (board.nodes[first as NodeId] ?? board.frames[first as FrameId] ?? board.notes[first as NoteId])!
      .position;
    const fragment = copyFragment(board, graph.components, {
      nodes: ids.filter((id) => board.nodes[id as NodeId]) as NodeId[],
      marks: ids.filter((id) => !board.nodes[id as NodeId]) as (FrameId | NoteId)[],
    });
    const made = document.edit('Duplicate', (draft) => {
      const pasted = pasteFragment(draft, fragment, { x: moved[first]!.x - from.x, y: moved[first]!.y - from.y });
      if (onto && pasted.nodes[0]) intoWire(draft, onto, pasted.nodes[0], moved[first]!);
      return pasted;
    });
    if (made) workspace.select(made.nodes, made.marks);
  }

  return {
    start: (event) => (copies = event.altKey),
    follow(event, id, at) {
      const { board } = document.getState();
      const node = board.nodes[id as NodeId];
      const card = rectOf(board, cardsOf(app), id, at);
      const pointer = 'changedTouches' in event ? event.changedTouches[0] : event;
      const mayGoIn = node && card && !event.altKey && isLoose(id as NodeId);
      aim(mayGoIn ? wireBelow(card, node, pointer) : undefined);
    },
    withCarried(moved, at) {
      const { board } = document.getState();
      const all: Record<string, Point> = { ...moved };
      for (const [id, to] of Object.entries(moved)) {
        const frame = board.frames[id as FrameId];
        if (!frame) continue;
        const { nodes, notes, frames } = carriedBy(board, id as FrameId);
        for (const item of [...nodes, ...notes, ...frames]) {
          const own = (board.nodes[item as NodeId] ?? board.notes[item as NoteId] ?? board.frames[item as FrameId])!
            .position;
          all[item] = { x: own.x + to.x - frame.position.x, y: own.y + to.y - frame.position.y };
        }
      }
      return { ...at, ...all };
    },
    drop(moved) {
      const ids = Object.keys(moved);
      const onto = ids.length === 1 ? (edge?.getAttribute('data-id') as WireId | undefined) : undefined;
      if (copies) {
        void copyTo(moved, onto);
        return;
      }
      place(moved, onto);
    },
    settle: () => aim(undefined),
    hold(type, at) {
      const definition = registry.get(type);
      const node = { type, params: {} } as unknown as GraphNode;
      aim(definition && wireBelow({ ...at, width: CARD_WIDTH, height: cardShape(node, definition).height }, node));
      return edge?.getAttribute('data-id') as WireId | undefined;
    },
    intoWire,
  };
}
