/** Frames, notes and reroute points: what lies on a canvas and is never run. */
import type { BoardDraft } from './edits.ts';
import type { Board, Frame, Graph, MarkColour, Point, Size } from './graph.ts';
import { newId, type FrameId, type NodeId, type NoteId, type WireId } from './ids.ts';
import { boundsOf, type Rect } from './rect.ts';

export type MarkId = FrameId | NoteId;
/** Room a new frame leaves around what it holds, and above it for its title. */
const ROOM = 24;
const HEAD = 44;

/** A frame around the given nodes and notes, which it carries from now on. */
export function addFrame(draft: BoardDraft, title: string, around: Readonly<Record<NodeId | NoteId, Rect>>): FrameId | undefined {
  const bounds = boundsOf(Object.values(around));
  if (!bounds) return undefined;
  const id = newId<FrameId>('f');
  draft.frames[id] = { title, colour: 'grey', position: { x: bounds.x - ROOM, y: bounds.y - HEAD }, size: { width: bounds.width + ROOM * 2, height: bounds.height + HEAD + ROOM } };
  for (const item of Object.keys(around)) carry(draft, item as NodeId | NoteId, id);
  return id;
}
export function addNote(draft: BoardDraft, position: Point, text = ''): NoteId {
  const id = newId<NoteId>('t');
  draft.notes[id] = { text, colour: 'amber', position, size: { width: 240, height: 140 } };
  return id;
}
function carry(draft: BoardDraft, item: NodeId | NoteId, frame: FrameId | undefined): void {
  const found = draft.nodes[item as NodeId] ?? draft.notes[item as NoteId];
  if (!found) return;
  if (frame) found.frame = frame;
  else delete found.frame;
}

/** Everything a frame carries. */
export function carriedBy({ nodes, notes }: Pick<Board, 'nodes' | 'notes'>, frame: FrameId): { readonly nodes: NodeId[]; readonly notes: NoteId[] } {
  return { nodes: (Object.keys(nodes) as NodeId[]).filter((id) => nodes[id]!.frame === frame), notes: (Object.keys(notes) as NoteId[]).filter((id) => notes[id]!.frame === frame) };
}

/** Things that were dropped belong to the smallest open frame below their middle, or to none. */
export function settle(draft: BoardDraft, dropped: Readonly<Record<NodeId | NoteId, Rect>>): void {
  const open = (Object.entries(draft.frames) as [FrameId, Frame][]).filter(([, frame]) => !frame.collapsed).sort(([, a], [, b]) => a.size.width * a.size.height - b.size.width * b.size.height);
  for (const [item, { x, y, width, height }] of Object.entries(dropped) as [NodeId | NoteId, Rect][]) {
    const middle = { x: x + width / 2, y: y + height / 2 };
    const below = open.find(([, { position, size }]) => middle.x > position.x && middle.y > position.y && middle.x < position.x + size.width && middle.y < position.y + size.height)?.[0];
    const now = (draft.nodes[item as NodeId] ?? draft.notes[item as NoteId])?.frame;
    // What lies in a collapsed frame is not seen, so it is not dropped anywhere either.
    if (now !== below && !(now && draft.frames[now]?.collapsed)) carry(draft, item, below);
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
/** A frame goes, what it carried stays. */
export function removeMarks(draft: BoardDraft, ids: readonly MarkId[]): void {
  for (const id of ids) {
    delete draft.notes[id as NoteId];
    if (!draft.frames[id as FrameId]) continue;
    delete draft.frames[id as FrameId];
    const { nodes, notes } = carriedBy(draft, id as FrameId);
    for (const item of [...nodes, ...notes]) carry(draft, item, undefined);
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
  for (const wire of Object.values(draft.wires)) if (wire.via && nodes.has(wire.from.node) && nodes.has(wire.to.node)) wire.via = wire.via.map(({ x, y }) => ({ x: x + by.x, y: y + by.y }));
}

/** The graph without what was written beside it: for people who should only get the graph. */
export const withoutNotes = (graph: Graph): Graph => ({ ...graph, notes: {}, components: Object.fromEntries(Object.entries(graph.components).map(([id, component]) => [id, { ...component, notes: {} }])) });
