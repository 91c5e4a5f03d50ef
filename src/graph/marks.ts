/** Frames, notes and reroute points: what lies on a canvas and is never run. */
import type { BoardDraft } from './edits.ts';
import type { Board, Frame, Graph, MarkColour, Point, Size } from './graph.ts';
import { newId, type FrameId, type NodeId, type NoteId, type WireId } from '../core/ids.ts';
import { DEEPEST_FRAME } from '../core/limits.ts';
import { boundsOf, covers, middleOf, type Rect } from './rect.ts';

export type MarkId = FrameId | NoteId;
/** Room a new frame leaves around what it holds, and above it for its title. */
const ROOM = 24;
const HEAD = 44;

type Item = NodeId | NoteId | FrameId;
type Carrying = Pick<Board, 'nodes' | 'notes' | 'frames'>;

/** A frame around the given things, which it carries from now on. It lies in the frame they all lay in. */
export function addFrame(draft: BoardDraft, title: string, around: Readonly<Record<Item, Rect>>): FrameId | undefined {
  const bounds = boundsOf(Object.values(around));
  if (!bounds) return undefined;
  const items = Object.keys(around) as Item[];
  const [outer, ...others] = new Set(items.map((item) => carrierOf(draft, item)));
  const id = newId<FrameId>('f');
  draft.frames[id] = {
    title,
    colour: 'grey',
    position: { x: bounds.x - ROOM, y: bounds.y - HEAD },
    size: { width: bounds.width + ROOM * 2, height: bounds.height + HEAD + ROOM },
  };
  for (const item of items) carry(draft, item, id);
  if (others.length === 0) carry(draft, id, outer);
  return id;
}
export function addNote(draft: BoardDraft, position: Point, text = ''): NoteId {
  const id = newId<NoteId>('t');
  draft.notes[id] = { text, colour: 'amber', position, size: { width: 240, height: 140 } };
  return id;
}
/** Where in a text the next letter goes, or what part of it that letter replaces. */
export type Caret = readonly [from: number, to: number];
/** Writes into a note where the caret is, without one at its end, and returns where the caret is then. */
export function writeOn(draft: BoardDraft, id: NoteId, typed: string, caret: Caret | undefined): Caret | undefined {
  const note = draft.notes[id];
  if (!note) return undefined;
  const [from, to] = caret ?? [note.text.length, note.text.length];
  note.text = note.text.slice(0, from) + typed + note.text.slice(to);
  return [from + typed.length, from + typed.length];
}
function carry(draft: BoardDraft, item: Item, frame: FrameId | undefined): void {
  const found = draft.nodes[item as NodeId] ?? draft.notes[item as NoteId] ?? draft.frames[item as FrameId];
  if (!found) return;
  if (frame) found.frame = frame;
  else delete found.frame;
}
const carrierOf = ({ nodes, notes, frames }: Carrying, item: Item): FrameId | undefined =>
  (nodes[item as NodeId] ?? notes[item as NoteId] ?? frames[item as FrameId])?.frame;

/** The frames around something, from the one that carries it outwards; the `DEEPEST_FRAME` nearest. */
export function framesAround(board: Carrying, item: Item): FrameId[] {
  const around: FrameId[] = [];
  for (
    let frame = carrierOf(board, item);
    frame && around.length < DEEPEST_FRAME && !around.includes(frame);
    frame = board.frames[frame]?.frame
  )
    around.push(frame);
  return around;
}
/** The collapsed frame that hides something: the outermost one. */
export function folderOf(board: Carrying, item: Item): FrameId | undefined {
  if (carrierOf(board, item) === undefined) return undefined;
  return framesAround(board, item).findLast((frame) => board.frames[frame]?.collapsed);
}
/** Frames with those around others first: the order in which they lie. */
export const framesInOrder = (board: Carrying): readonly (readonly [FrameId, Frame])[] =>
  (Object.entries(board.frames) as [FrameId, Frame][])
    .map((entry) => ({ entry, depth: framesAround(board, entry[0]).length }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ entry }) => entry);

/** Everything a frame carries, what lies in frames inside it too. */
export function carriedBy(
  board: Carrying,
  frame: FrameId,
): { readonly nodes: NodeId[]; readonly notes: NoteId[]; readonly frames: FrameId[] } {
  const inside = (item: Item) => framesAround(board, item).includes(frame);
  return {
    nodes: (Object.keys(board.nodes) as NodeId[]).filter(inside),
    notes: (Object.keys(board.notes) as NoteId[]).filter(inside),
    frames: (Object.keys(board.frames) as FrameId[]).filter((id) => id !== frame && inside(id)),
  };
}

/**
 * Things that were dropped belong to the smallest open frame below their middle, or to none. A frame lies only in a
 * larger one.
 */
export function settle(draft: BoardDraft, dropped: Readonly<Record<Item, Rect>>): void {
  const area = ({ width, height }: Size) => width * height;
  const open = (Object.entries(draft.frames) as [FrameId, Frame][])
    .filter(([id, frame]) => !frame.collapsed && !folderOf(draft, id))
    .sort(([, a], [, b]) => area(a.size) - area(b.size));
  for (const [item, rect] of Object.entries(dropped) as [Item, Rect][]) {
    const middle = middleOf(rect);
    const own = draft.frames[item as FrameId];
    const takes = (id: FrameId, { size }: Frame) =>
      !own || (area(size) > area(own.size) && !framesAround(draft, id).includes(item as FrameId));
    const below = open.find(
      ([id, frame]) => covers({ ...frame.position, ...frame.size }, middle) && takes(id, frame),
    )?.[0];
    // What lies in a collapsed frame is not seen, so it is not dropped anywhere either.
    if (carrierOf(draft, item) !== below && !folderOf(draft, item)) carry(draft, item, below);
  }
}

export function moveMarks(draft: BoardDraft, positions: Readonly<Record<string, Point>>): void {
  for (const [id, position] of Object.entries(positions)) {
    const mark = draft.frames[id as FrameId] ?? draft.notes[id as NoteId];
    if (mark) mark.position = position;
  }
}
export function resizeMark(draft: BoardDraft, id: MarkId, position: Point, size: Size): void {
  const mark = draft.frames[id as FrameId] ?? draft.notes[id as NoteId];
  if (mark) Object.assign(mark, { position: { x: position.x, y: position.y }, size });
}
export function colourMarks(draft: BoardDraft, ids: readonly MarkId[], colour: MarkColour): void {
  for (const id of ids) {
    const mark = draft.frames[id as FrameId] ?? draft.notes[id as NoteId];
    if (mark) mark.colour = colour;
  }
}
export function toggleCollapsed(draft: BoardDraft, id: FrameId): void {
  const frame = draft.frames[id];
  if (!frame) return;
  if (frame.collapsed) delete frame.collapsed;
  else frame.collapsed = true;
}
/** A frame goes; what it carried stays, in the frame around it if there is one. */
export function removeMarks(draft: BoardDraft, ids: readonly MarkId[]): void {
  for (const id of ids) {
    delete draft.notes[id as NoteId];
    const frame = draft.frames[id as FrameId];
    if (!frame) continue;
    const { nodes, notes, frames } = carriedBy(draft, id as FrameId);
    for (const item of [...nodes, ...notes, ...frames])
      if (carrierOf(draft, item) === id) carry(draft, item, frame.frame);
    delete draft.frames[id as FrameId];
  }
}

/** A reroute point, put where the wire passes: before the `at`th of those it has. */
export function addPoint(draft: BoardDraft, id: WireId, at: number, point: Point): void {
  const wire = draft.wires[id];
  if (wire) wire.via = (wire.via ?? []).toSpliced(at, 0, point);
}
/** Moves a reroute point; without a place, takes it away. */
export function setPoint(draft: BoardDraft, id: WireId, at: number, point: Point | undefined): void {
  const wire = draft.wires[id];
  if (!wire?.via?.[at]) return;
  const via = point ? wire.via.with(at, point) : wire.via.toSpliced(at, 1);
  if (via.length) wire.via = via;
  else delete wire.via;
}
/** Wires whose both ends moved by the same way take their points along. */
export function movePoints(draft: BoardDraft, nodes: ReadonlySet<NodeId>, by: Point): void {
  for (const wire of Object.values(draft.wires))
    if (wire.via && nodes.has(wire.from.node) && nodes.has(wire.to.node))
      wire.via = wire.via.map(({ x, y }) => ({ x: x + by.x, y: y + by.y }));
}

/** The graph without what was written beside it: for people who should only get the graph. */
export const withoutNotes = (graph: Graph): Graph => ({
  ...graph,
  notes: {},
  components: Object.fromEntries(
    Object.entries(graph.components).map(([id, component]) => [id, { ...component, notes: {} }]),
  ),
});
