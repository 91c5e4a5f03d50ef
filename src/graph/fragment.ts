/** A part of a board that travels: copied, cut, duplicated, dropped with Alt. Wires among its nodes come along. */
import type { BoardDraft } from './edits.ts';
import type { Board, Component, Frame, Graph, GraphNode, Note, Point, Wire } from './graph.ts';
import { adoption, withNames } from './adopt.ts';
import { componentsUsed } from './component-type.ts';
import { carriedBy } from './marks.ts';
import { newId, type ComponentId, type FrameId, type NodeId, type NoteId, type WireId } from '../core/ids.ts';

export interface Fragment extends Omit<Board, 'wires'> {
  readonly wires: readonly Wire[];
  /** The components its nodes are made from, so that they can be placed in another graph. */
  readonly components: Graph['components'];
}

/** What was chosen on a board: nodes, and marks (frames and notes). */
export interface Chosen {
  readonly nodes: readonly NodeId[];
  readonly marks?: readonly (FrameId | NoteId)[];
}

const picked = <K extends string, V>(from: Readonly<Record<K, V>>, ids: Iterable<K>): Record<K, V> => {
  const found = {} as Record<K, V>;
  for (const id of ids) if (from[id]) found[id] = from[id];
  return found;
};

/** A chosen frame takes everything it carries with it. */
export function copyFragment(board: Board, components: Graph['components'], { nodes, marks = [] }: Chosen): Fragment {
  const frames = picked(
    board.frames,
    (marks as readonly FrameId[]).flatMap((id) => (board.frames[id] ? [id, ...carriedBy(board, id).frames] : [])),
  );
  const inside = <T extends { readonly frame?: FrameId }>(item: T) =>
    item.frame !== undefined && frames[item.frame] !== undefined;
  const carried = (Object.keys(board.nodes) as NodeId[]).filter((id) => inside(board.nodes[id]!));
  const chosen = picked(board.nodes, new Set([...nodes, ...carried]));
  const notes = picked(
    board.notes,
    new Set([
      ...(marks as readonly NoteId[]),
      ...(Object.keys(board.notes) as NoteId[]).filter((id) => inside(board.notes[id]!)),
    ]),
  );
  const wires = Object.values(board.wires).filter((wire) => chosen[wire.from.node] && chosen[wire.to.node]);
  return { nodes: chosen, wires, frames, notes, components: picked(components, componentsUsed(chosen, components)) };
}

const moved = (at: Point, by: Point): Point => ({ x: at.x + by.x, y: at.y + by.y });

export interface Pasted {
  readonly nodes: NodeId[];
  readonly marks: (FrameId | NoteId)[];
}
/**
 * Adds a fragment under new ids, moved by `offset`; returns what was added. Its components are the caller's business.
 */
export function pasteFragment(draft: BoardDraft, fragment: Omit<Fragment, 'components'>, offset: Point): Pasted {
  const frames = new Map<FrameId, FrameId>();
  const within = <T extends { readonly frame?: FrameId }>({ frame, ...item }: T) => {
    const known = frame && (frames.get(frame) ?? (draft.frames[frame] ? frame : undefined));
    return { ...item, ...(known ? { frame: known } : {}) };
  };
  const placed = <T extends { readonly frame?: FrameId; readonly position: Point }>(item: T) =>
    within({ ...item, position: moved(item.position, offset) });
  for (const [id, frame] of Object.entries(fragment.frames) as [FrameId, Frame][]) {
    const copy = newId<FrameId>('f');
    frames.set(id, copy);
    draft.frames[copy] = { ...frame, position: moved(frame.position, offset) };
  }
  for (const copy of frames.values()) draft.frames[copy] = within(draft.frames[copy]!);
  const nodes = new Map<NodeId, NodeId>();
  for (const [id, node] of Object.entries(fragment.nodes) as [NodeId, GraphNode][]) {
    const copy = newId<NodeId>('n');
    nodes.set(id, copy);
    draft.nodes[copy] = placed(node);
  }
  const notes = Object.values(fragment.notes).map((note: Note) => {
    const copy = newId<NoteId>('t');
    draft.notes[copy] = placed(note);
    return copy;
  });
  for (const wire of fragment.wires) {
    const [from, to] = [nodes.get(wire.from.node), nodes.get(wire.to.node)];
    if (!from || !to) continue;
    draft.wires[newId<WireId>('w')] = {
      ...wire,
      from: { ...wire.from, node: from },
      to: { ...wire.to, node: to },
      ...(wire.via ? { via: wire.via.map((point) => moved(point, offset)) } : {}),
    };
  }
  return { nodes: [...nodes.values()], marks: [...frames.values(), ...notes] };
}

/**
 * Brings a fragment's components into a graph, which keeps its own as they are; the fragment returned names them as the
 * graph does.
 */
export function adoptComponents(components: Record<ComponentId, Component>, fragment: Fragment): Fragment {
  const { idOf, added } = adoption(components, fragment.components);
  Object.assign(components, added);
  return { ...fragment, nodes: withNames(fragment.nodes, idOf) };
}
