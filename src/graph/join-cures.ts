/** What can be done about a join, as edits of the graph that anyone could have made by hand. */
import { addNode, connect, insertOnWire, setParam, type BoardDraft } from './edits.ts';
import type { Board, GraphNode, Wire, WireEnd } from './graph.ts';
import { SHARED_KEYFRAME } from './shot-edits.ts';
import { clipsInput, joinsOf, shotsOf, type JoinRow } from './shots.ts';
import type { NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';

type Wired = Pick<Board, 'nodes' | 'wires'>;

/** Nodes that cures are made of. */
const PARTS = { match: 'match', still: 'grab', bridge: 'bridge', extend: 'extend' };
const HIGH = 200;
const WIDE = 304;
/** Seconds that an extender looks back on more than it did. */
const LONGER = 0.5;

const wireAt = (board: Wired, registry: Registry, film: NodeId, at: number): Wire | undefined => {
  const shot = shotsOf(board, registry, film)[at];
  return shot && board.wires[shot.wire];
};
const typeOf = (board: Wired, id: NodeId | undefined): string => (id && board.nodes[id]?.type) ?? '';

/** Whether the clip after join `at` can be matched: it is not yet. */
export function canMatch(board: Wired, registry: Registry, film: NodeId, at: number): boolean {
  const next = wireAt(board, registry, film, at + 1);
  return registry.get(PARTS.match) !== undefined && !!next && typeOf(board, next.from.node) !== PARTS.match;
}
/**
 * Gives the clip after a join the light and colour of an earlier shot: of `anchor`, the first since the last cut, so that
 * no drift is followed. Where that is the clip before the join, its end counts. Returns the node.
 */
export function matchAfter(
  draft: BoardDraft,
  registry: Registry,
  film: NodeId,
  at: number,
  anchor: number,
): NodeId | undefined {
  const definition = registry.get(PARTS.match);
  const shots = shotsOf(draft, registry, film);
  const [reference, next] = [wireAt(draft, registry, film, anchor), shots[at + 1]];
  if (!definition || !reference || !next || anchor > at) return undefined;
  const from = { ...reference.from };
  const { x, y } = draft.nodes[film]!.position;
  const id = addNode(draft, definition, { x: x - WIDE, y: y + (at + 1) * HIGH });
  insertOnWire(draft, registry, id, next.wire);
  connect(draft, registry, from, { node: id, socket: 'likeVideo' });
  if (anchor === at) setParam(draft, id, 'to', 'its end');
  return id;
}

export function canBridge(board: Wired, registry: Registry, film: NodeId, at: number): boolean {
  return (
    registry.get(PARTS.bridge) !== undefined &&
    registry.get(PARTS.still) !== undefined &&
    shotsOf(board, registry, film).length > at + 1
  );
}
/** Leads from the last picture of the clip before a join to the first of the next: a clip between both. */
export function bridgeAt(draft: BoardDraft, registry: Registry, film: NodeId, at: number): NodeId | undefined {
  const [still, bridge] = [registry.get(PARTS.still), registry.get(PARTS.bridge)];
  const [before, next] = [at, at + 1].map((place) => wireAt(draft, registry, film, place));
  const socket = clipsInput(registry.get(typeOf(draft, film)));
  if (!still || !bridge || !before || !next || !socket) return undefined;
  const { x, y } = draft.nodes[film]!.position;
  const place = (column: number, row: number) => ({ x: x - column * WIDE, y: y + (at + 1) * HIGH + row * HIGH });
  const last = addNode(draft, still, place(2, 0), { at: 'last' });
  const first = addNode(draft, still, place(2, 1), { at: 'first' });
  const id = addNode(draft, bridge, place(1, 0));
  connect(draft, registry, { ...before.from }, { node: last, socket: 'video' });
  connect(draft, registry, { ...next.from }, { node: first, socket: 'video' });
  connect(draft, registry, { node: last, socket: 'image' }, { node: id, socket: 'image' });
  connect(draft, registry, { node: first, socket: 'image' }, { node: id, socket: 'lastFrame' });
  insertClip(draft, registry, film, at, { node: id, socket: 'video' }, socket);
  return id;
}

/** Puts a clip into a film after place `at`; it shares its keyframes with both neighbours. */
function insertClip(
  draft: BoardDraft,
  registry: Registry,
  film: NodeId,
  at: number,
  from: WireEnd,
  socket: string,
): void {
  const node: GraphNode = draft.nodes[film]!;
  const { rows } = joinsOf(node, registry.get(node.type)!);
  const before = wireAt(draft, registry, film, at)!.order;
  for (const wire of Object.values(draft.wires))
    if (wire.to.node === film && wire.to.socket === socket && wire.order > before) wire.order++;
  connect(draft, registry, from, { node: film, socket }, { order: before + 1 });
  const moved = rows.flatMap((row): JoinRow[] => {
    if (row.after === at + 1) return [];
    return [row.after > at + 1 ? { ...row, after: row.after + 1 } : row];
  });
  const shared = [at + 1, at + 2].map((after) => ({ after, join: SHARED_KEYFRAME }));
  setParam(
    draft,
    film,
    'joins',
    [...moved, ...shared].sort((a, b) => a.after - b.after),
  );
}

/** The node that made the clip after a join by going on from the one before, with how far it looks back. */
export function extenderAfter(
  board: Wired,
  registry: Registry,
  film: NodeId,
  at: number,
): { readonly node: NodeId; readonly tail: number; readonly longer: number } | undefined {
  const maker = shotsOf(board, registry, film)[at + 1]?.node;
  const spec = registry.get(PARTS.extend)?.params['tail'];
  if (!maker || typeOf(board, maker) !== PARTS.extend || spec?.kind !== 'float') return undefined;
  const tail = Number(board.nodes[maker]!.params['tail'] ?? spec.default);
  const longer = Math.min(spec.max, Math.round((tail + LONGER) * 10) / 10);
  return longer > tail ? { node: maker, tail, longer } : undefined;
}
