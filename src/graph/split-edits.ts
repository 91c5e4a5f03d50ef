/** A clip, or a picture that is a grid of pictures, taken apart: one node for each still, which all go their own way. */
import { addNode, connect, type BoardDraft } from './edits.ts';
import type { Board, Point, WireEnd } from './graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { NodeFace, Registry } from '../core/node.ts';
import { own } from '../core/own.ts';
import { parseParams, type FileSetting } from '../core/params.ts';

type Wired = Pick<Board, 'nodes' | 'wires'>;

/** The nodes of which each gives one still, and the params that count them. */
const COUNTED: Readonly<
  Record<string, { readonly nth: string; readonly of: readonly string[]; readonly only?: readonly [string, string] }>
> = {
  grab: { nth: 'frame', of: ['frames'], only: ['at', 'evenly'] },
  'split-grid': { nth: 'cell', of: ['columns', 'rows'] },
};
const FROM_CLIP = 'grab';
/** Into so many stills a clip is split, until somebody says otherwise. */
const USUAL = 9;
const ACROSS = 3;

/** What a split would add. */
export interface Split {
  readonly type: string;
  /** Of each new node. */
  readonly params: readonly Readonly<Record<string, unknown>>[];
  /** What the new nodes look at. */
  readonly from: WireEnd;
  readonly socket: string;
}

/**
 * How a node could be taken apart: one that gives a still of many into all of them, the one it gives already left out; one
 * that gives a clip into stills from its first frame to its last. `undefined` where nothing comes apart.
 */
export function splitOf(board: Wired, registry: Registry, id: NodeId): Split | undefined {
  const node = board.nodes[id];
  const definition = node && registry.get(node.type);
  if (!node || !definition) return undefined;
  const counted = own(COUNTED, node.type);
  const all = parseParams(definition.params, node.params).values as Readonly<Record<string, unknown>>;
  if (counted) {
    const wire = Object.values(board.wires).find(({ to }) => to.node === id);
    if (!wire || (counted.only && all[counted.only[0]] !== counted.only[1])) return undefined;
    const count = counted.of.reduce((product, name) => product * Number(all[name]), 1);
    const others = upTo(count).filter((nth) => nth !== all[counted.nth]);
    const params = others.map((nth) => ({ ...node.params, [counted.nth]: nth }));
    return others.length > 0 ? { type: node.type, params, from: wire.from, socket: wire.to.socket } : undefined;
  }
  const output = Object.entries(definition.outputs).find(([, { kind }]) => kind === 'video')?.[0];
  const socket = Object.entries(registry.get(FROM_CLIP)?.inputs ?? {}).find(([, { kind }]) => kind === 'video')?.[0];
  if (output === undefined || socket === undefined || bringsPicture(definition, all)) return undefined;
  const params = upTo(USUAL).map((frame) => ({ at: 'evenly', frames: USUAL, frame }));
  return { type: FROM_CLIP, params, from: { node: id, socket: output }, socket };
}
/** What brings in a file gives a clip only where the file is one. */
const bringsPicture = ({ params }: NodeFace, all: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(params).some(([name, { kind }]) => kind === 'file' && !(all[name] as FileSetting | null)?.clip);
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1);

/** Adds the nodes in rows of three, from `at` on, and returns them. */
export function addSplit(
  draft: BoardDraft,
  registry: Registry,
  { type, params, from, socket }: Split,
  at: Point,
  step: { readonly x: number; readonly y: number },
): readonly NodeId[] {
  const definition = registry.get(type)!;
  return params.map((values, nth) => {
    const place = { x: at.x + (nth % ACROSS) * step.x, y: at.y + Math.floor(nth / ACROSS) * step.y };
    const id = addNode(draft, definition, place, values);
    connect(draft, registry, from, { node: id, socket });
    return id;
  });
}

/** How many rows that makes, and how wide they are. */
export const rowsOf = ({ params }: Split): { readonly across: number; readonly down: number } => ({
  across: Math.min(ACROSS, params.length),
  down: Math.ceil(params.length / ACROSS),
});
