/** The document: nodes and wires as records keyed by id, so that edits are small and identities stable. */
import type { CacheKey, ColumnId, ComponentId, FrameId, NodeId, NoteId, RowId, TakeId, WireId } from '../core/ids.ts';
import type { FileSetting } from '../core/params.ts';
import type { ModelRef } from '../core/take.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Which take of which slot a generation node shows. */
export interface ShownTake {
  readonly slot: string;
  readonly number: number;
  /** Which of the takes with this number, where it is one of this browser's. */
  readonly id?: TakeId;
  /** The seed the graph gave when this take was chosen: while it gives no other, the take stays, locked or not. */
  readonly seed?: number;
}
/** What one instance chooses for a node inside. */
export type InnerChoice = Pick<GraphNode, 'take' | 'frozen'>;

export const MARK_COLOURS = ['grey', 'blue', 'green', 'amber', 'red', 'violet'] as const;
export type MarkColour = (typeof MARK_COLOURS)[number];

/** How a node's card looks on the canvas. Nothing of it says what the node makes. */
export interface CardLook {
  /** In pixels of the canvas; without it, as wide as any. */
  readonly width?: number;
  /** Only its title and its sockets are shown. */
  readonly collapsed?: true;
  /** Its params are unfolded below its picture. */
  readonly unfolded?: true;
  /** Of its head; without it, the colour of its layer. */
  readonly colour?: MarkColour;
  /** Params that are set on the card itself, in the order they were put there. */
  readonly params?: readonly string[];
}

export interface GraphNode {
  readonly type: string;
  /** The definition's version when the params were written. */
  readonly version: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly position: Point;
  /** The user's own name for it. */
  readonly title?: string;
  /** A muted (bypassed) node passes its input through, or is left out where it has none that fits. */
  readonly muted?: boolean;
  /** A node switched off does not run, and neither does what needs it. */
  readonly off?: boolean;
  /**
   * The stored result this node keeps, whatever changes before it. Where that result is not stored, the node runs as
   * usual.
   */
  readonly frozen?: CacheKey;
  /** For a generation node: the one model that is asked, past the routing table. An exception, and shown as one. */
  readonly pinned?: ModelRef;
  /** Params shown as sockets, so that a wire can feed them. */
  readonly promoted?: readonly string[];
  /**
   * Which take of which slot this generation node shows; without it, the first. It travels with the file, so others see
   * the same picture.
   */
  readonly take?: ShownTake;
  /**
   * For an instance: what is chosen for nodes in it alone, by their path inside. Other instances of its component know
   * nothing of it.
   */
  readonly inner?: Readonly<Record<string, InnerChoice>>;
  /** The frame that carries it. */
  readonly frame?: FrameId;
  readonly look?: CardLook;
}

export interface WireEnd {
  readonly node: NodeId;
  readonly socket: string;
}
/** Where an instance's input leads inside. */
export interface InnerEnd extends WireEnd {
  /** At a `many` input, where among the wires inside those from outside come; without it their own order decides. */
  readonly order?: number;
}
export interface Wire {
  readonly from: WireEnd;
  readonly to: WireEnd;
  /** Order among the wires of a `many` input, so that keys do not depend on drawing order. */
  readonly order: number;
  /** Reroute points it passes on its way. */
  readonly via?: readonly Point[];
}

/** A titled area that carries the nodes, notes and frames in it. */
export interface Frame {
  readonly title: string;
  readonly colour: MarkColour;
  readonly position: Point;
  readonly size: Size;
  /** Only its title is shown; wires end at it. */
  readonly collapsed?: boolean;
  /** The frame that carries it. */
  readonly frame?: FrameId;
}
/** A text on the canvas, in Markdown. */
export interface Note {
  readonly text: string;
  readonly colour: MarkColour;
  readonly position: Point;
  readonly size: Size;
  readonly frame?: FrameId;
}

/** What one canvas shows: a graph, or the inside of a component. */
export interface Board {
  readonly nodes: Readonly<Record<NodeId, GraphNode>>;
  readonly wires: Readonly<Record<WireId, Wire>>;
  readonly frames: Readonly<Record<FrameId, Frame>>;
  readonly notes: Readonly<Record<NoteId, Note>>;
}

/**
 * Nodes made into one: defined once in a graph, placed many times. Its sockets and params are named here and live on
 * nodes inside.
 */
export interface Component extends Board {
  readonly title: string;
  readonly description: string;
  /** The library's version this one is; 0 until it is kept there. */
  readonly version: number;
  /** In the order instances show them; without a label, each is called what it is called inside. */
  readonly inputs: Readonly<Record<string, { readonly label?: string; readonly to: readonly InnerEnd[] }>>;
  readonly outputs: Readonly<Record<string, { readonly label?: string; readonly from: WireEnd }>>;
  readonly params: Readonly<Record<string, { readonly label?: string; readonly node: NodeId; readonly param: string }>>;
}

/** A param shown to people who use the graph as a form. */
export interface FormField {
  readonly node: NodeId;
  readonly param: string;
  /** In place of the param's own. */
  readonly label?: string;
  /** Of a number, within its own: whoever fills the form in goes no further. */
  readonly limits?: FieldLimits;
}
export interface FieldLimits {
  readonly least: number;
  readonly most: number;
}

/** A param that differs from row to row. */
export interface BatchColumn {
  readonly id: ColumnId;
  readonly node: NodeId;
  readonly param: string;
  /** One of a prompt's `{{variables}}`, where the param holds those. */
  readonly variable?: string;
  /**
   * For a picture: an empty cell takes what this node made in the row above, so that each row goes on from the one
   * before.
   */
  readonly above?: NodeId;
}
export type CellValue = string | number | boolean | FileSetting;
/** What one row says in its columns; where it says nothing, the graph's own value stays. */
export interface BatchRow {
  readonly id: RowId;
  readonly cells: Readonly<Record<ColumnId, CellValue>>;
}
/** One run of the graph for each row. */
export interface Batch {
  readonly columns: readonly BatchColumn[];
  readonly rows: readonly BatchRow[];
  /** Seeds that would move from row to row stay: what differs is what the cells say. Of a sweep; never in a file. */
  readonly holdsSeeds?: true;
}

/** A param that is given several values, or one of a prompt's variables. */
export interface SweepAxis extends Omit<BatchColumn, 'id' | 'above'> {
  readonly values: readonly CellValue[];
}
/** One or two params over their values, and what comes out for each combination. */
export interface Sweep {
  /** The node whose result is looked at. */
  readonly shows: NodeId;
  /** Across; the second, where there is one, goes down. */
  readonly axes: readonly SweepAxis[];
}

export interface Graph extends Board {
  readonly title: string;
  readonly description: string;
  readonly author: string;
  readonly licence: string;
  /** What it belongs to; none of them is empty. Missing without any. */
  readonly tags?: readonly string[];
  /**
   * The version of the routing table this graph was made with; without it, the newest. `content`: what its rows said, as
   * a short hash. Missing in graphs from before it was written down.
   */
  readonly routing?: { readonly table: string; readonly version: number; readonly content?: string };
  readonly components: Readonly<Record<ComponentId, Component>>;
  readonly form: readonly FormField[];
  readonly batch?: Batch;
  readonly sweep?: Sweep;
}

export const emptyBoard: Board = { nodes: {}, wires: {}, frames: {}, notes: {} };
/** The title of a graph that nobody has named. */
export const UNTITLED = 'Untitled';
export const emptyGraph = (title = UNTITLED): Graph => ({
  title,
  description: '',
  author: '',
  licence: '',
  ...emptyBoard,
  components: {},
  form: [],
});

export const isSameEnd = (a: WireEnd, b: WireEnd): boolean => a.node === b.node && a.socket === b.socket;
/** The wires out of a socket. */
export const wiresOutOfSocket = (board: Pick<Board, 'wires'>, end: WireEnd): [WireId, Wire][] =>
  wireEntries(board).filter(([, { from }]) => isSameEnd(from, end));
/** The wires in a socket, in their order. */
export const wiresInSocket = (board: Pick<Board, 'wires'>, end: WireEnd): [WireId, Wire][] =>
  wireEntries(board)
    .filter(([, { to }]) => isSameEnd(to, end))
    .sort(([, a], [, b]) => a.order - b.order);

export const nodeIds = (board: Pick<Board, 'nodes'>): NodeId[] => Object.keys(board.nodes) as NodeId[];
export const wireEntries = (board: Pick<Board, 'wires'>): [WireId, Wire][] =>
  Object.entries(board.wires) as [WireId, Wire][];
