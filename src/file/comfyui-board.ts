/** The board that a converted workflow becomes: nodes near where they lay, none over another. */
import type { FrameId, NodeId, NoteId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { addNode, connect, type BoardDraft } from '../graph/edits.ts';
import type { Board, Point, Size, WireEnd } from '../graph/graph.ts';
import { addFrame, addNote } from '../graph/marks.ts';
import { covers, freeSpot, type Rect } from '../graph/rect.ts';

/** About how large cards are, in pixels of the canvas: cards that show a picture, and others. */
const WITH_PICTURE: Size = { width: 232, height: 400 };
const PLAIN: Size = { width: 232, height: 190 };

export interface ConvertedBoard {
  add(type: string, at: Point, params: Readonly<Record<string, unknown>>): NodeId;
  wire(from: WireEnd, to: WireEnd): void;
  note(text: string, rect: Rect): void;
  /** A frame around all that lay in a place; none where nothing did. */
  frame(title: string, place: Rect): void;
  board(): Board;
}

export function createConvertedBoard(registry: Registry): ConvertedBoard {
  const draft: BoardDraft = { nodes: {}, wires: {}, frames: {}, notes: {} };
  /** Where each thing was wanted, and where it is. */
  const things: { readonly id: NodeId | NoteId; readonly wanted: Point; readonly rect: Rect }[] = [];
  const place = (wanted: Point, size: Size): Rect => {
    const spot = freeSpot(
      things.map(({ rect }) => rect),
      { ...wanted, ...size },
    );
    return { ...spot, ...size };
  };
  return {
    add(type, wanted, params) {
      const definition = registry.get(type);
      if (!definition) throw new TypeError(`There is no node ${type}.`);
      const hasPicture = definition.layer !== 'control' || type === 'reference' || type === 'import';
      const rect = place(wanted, hasPicture ? WITH_PICTURE : PLAIN);
      const id = addNode(draft, definition, { x: rect.x, y: rect.y }, params);
      things.push({ id, wanted, rect });
      return id;
    },
    wire: (from, to) => void connect(draft, registry, from, to),
    note(text, wanted) {
      const rect = place(wanted, wanted);
      const id = addNote(draft, { x: rect.x, y: rect.y }, text);
      draft.notes[id]!.size = { width: rect.width, height: rect.height };
      things.push({ id, wanted, rect });
    },
    frame(title, around) {
      const inside = things.filter(({ wanted }) => covers(around, wanted));
      if (inside.length > 0)
        addFrame(draft, title, Object.fromEntries(inside.map(({ id, rect }) => [id, rect])) as Record<FrameId, Rect>);
    },
    board: () => draft as Board,
  };
}
