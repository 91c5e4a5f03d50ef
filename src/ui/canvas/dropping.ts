/** What a drag ends in: a move; with Alt, copies; a single loose node dropped on a wire goes into it. */
import type { MouseEvent as ReactMouseEvent } from 'react';
import { insertOnWire, makeRoom, moveNodes } from '../../core/edits.ts';
import { copyFragment, pasteFragment } from '../../core/fragment.ts';
import type { Point } from '../../core/graph.ts';
import type { FrameId, NodeId, NoteId, WireId } from '../../core/ids.ts';
import { carriedBy, moveMarks, movePoints, settle } from '../../core/marks.ts';
import type { App } from '../app-context.ts';
import { CARD_WIDTH } from './card-size.ts';
import { rectsOf, type ItemId } from './places.ts';

/** Room a node put into a wire keeps before what comes after it. */
const GAP = 56;

type Moved = Readonly<Record<string, Point>>;
export interface Dropping {
  /** While something is dragged: notes the wire below the pointer, and marks it. */
  follow(event: ReactMouseEvent | MouseEvent | TouchEvent, id: ItemId): void;
  /** What was moved, and all that frames among it carry. */
  withCarried(moved: Moved, at: Moved): Moved;
  drop(moved: Moved): void;
  settle(): void;
}

export function createDropping({ document, registry, workspace }: App): Dropping {
  let alt = false;
  let edge: Element | undefined;
  const aim = (at: Element | undefined) => {
    if (edge === at) return;
    edge?.removeAttribute('data-receives');
    at?.setAttribute('data-receives', 'true');
    edge = at;
  };
  const edgeAt = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) => window.document.elementsFromPoint(clientX, clientY).map((element) => element.closest('.react-flow__edge')).find((found) => found !== null);

  function place(moved: Moved, wire: WireId | undefined): void {
    const { board } = document.getState();
    const ids = Object.keys(moved) as ItemId[];
    const [first] = ids;
    if (!first) return;
    const before = board.nodes[first as NodeId]?.position;
    const carried = new Set(ids.flatMap((id) => (board.frames[id as FrameId] ? Object.values(carriedBy(board, id as FrameId)).flat() : [])));
    const free = ids.filter((id) => !carried.has(id as NodeId) && !board.frames[id as FrameId]) as (NodeId | NoteId)[];
    document.edit(wire ? 'Insert into wire' : 'Move', (draft) => {
      moveNodes(draft, moved);
      moveMarks(draft, moved);
      if (before) movePoints(draft, new Set(ids as NodeId[]), { x: moved[first]!.x - before.x, y: moved[first]!.y - before.y });
      settle(draft, rectsOf(board, registry, free, moved));
      const after = wire && board.wires[wire]?.to.node;
      if (after && insertOnWire(draft, registry, first as NodeId, wire)) makeRoom(draft, after, moved[first]!.x + CARD_WIDTH + GAP);
    });
  }

  return {
    follow(event, id) {
      alt = event.altKey;
      const { board } = document.getState();
      const below = alt || !board.nodes[id as NodeId] ? undefined : edgeAt('changedTouches' in event ? event.changedTouches[0]! : event);
      const wire = board.wires[(below?.getAttribute('data-id') ?? '') as WireId];
      aim(below && wire && wire.from.node !== id && wire.to.node !== id ? below : undefined);
    },
    withCarried(moved, at) {
      const { board } = document.getState();
      const all: Record<string, Point> = { ...moved };
      for (const [id, to] of Object.entries(moved)) {
        const frame = board.frames[id as FrameId];
        if (!frame) continue;
        const { nodes, notes } = carriedBy(board, id as FrameId);
        for (const item of [...nodes, ...notes]) {
          const own = (board.nodes[item as NodeId] ?? board.notes[item as NoteId])!.position;
          all[item] = { x: own.x + to.x - frame.position.x, y: own.y + to.y - frame.position.y };
        }
      }
      return { ...at, ...all };
    },
    drop(moved) {
      const { board, graph } = document.getState();
      const ids = Object.keys(moved) as ItemId[];
      const [first] = ids;
      if (!first) return;
      if (alt) {
        // The originals stay where they are, wires and all; copies go where the drag went.
        const from = (board.nodes[first as NodeId] ?? board.frames[first as FrameId] ?? board.notes[first as NoteId])!.position;
        const fragment = copyFragment(board, graph.components, { nodes: ids.filter((id) => board.nodes[id as NodeId]) as NodeId[], marks: ids.filter((id) => !board.nodes[id as NodeId]) as (FrameId | NoteId)[] });
        const copies = document.edit('Duplicate', (draft) => pasteFragment(draft, fragment, { x: moved[first]!.x - from.x, y: moved[first]!.y - from.y }));
        if (copies) workspace.select(copies.nodes, copies.marks);
        return;
      }
      place(moved, ids.length === 1 ? (edge?.getAttribute('data-id') as WireId | undefined) : undefined);
    },
    settle: () => aim(undefined),
  };
}
