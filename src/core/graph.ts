/** The document: nodes and wires as records keyed by id, so that edits are small and identities stable. */
import type { NodeId, WireId } from './ids.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GraphNode {
  readonly type: string;
  /** The definition's version when the params were written. */
  readonly version: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly position: Point;
  /** The user's own name for it. */
  readonly title?: string;
  /** A muted node passes its input through, or is left out where it has none that fits. */
  readonly muted?: boolean;
  /** Params shown as sockets, so that a wire can feed them. */
  readonly promoted?: readonly string[];
  /** Which take of which slot this generation node shows; without it, the first. It travels with the file, so others see the same picture. */
  readonly take?: { readonly slot: string; readonly number: number };
}

export interface WireEnd {
  readonly node: NodeId;
  readonly socket: string;
}
export interface Wire {
  readonly from: WireEnd;
  readonly to: WireEnd;
  /** Order among the wires of a `many` input, so that keys do not depend on drawing order. */
  readonly order: number;
}

export interface Graph {
  readonly title: string;
  readonly description: string;
  readonly author: string;
  readonly licence: string;
  readonly notes: string;
  /** The version of the routing table this graph was made with; without it, the newest. */
  readonly routing?: { readonly table: string; readonly version: number };
  readonly nodes: Readonly<Record<NodeId, GraphNode>>;
  readonly wires: Readonly<Record<WireId, Wire>>;
}

export const emptyGraph = (title = 'Untitled'): Graph => ({
  title,
  description: '',
  author: '',
  licence: '',
  notes: '',
  nodes: {},
  wires: {},
});

export const nodeIds = (graph: Graph): NodeId[] => Object.keys(graph.nodes) as NodeId[];
export const wireEntries = (graph: Graph): [WireId, Wire][] => Object.entries(graph.wires) as [WireId, Wire][];
