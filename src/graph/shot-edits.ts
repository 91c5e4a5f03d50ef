/**
 * Changes to a film by its shots, as ordinary edits of the graph: nodes, wires and params that anyone could have set
 * by hand. Odd input changes nothing.
 */
import { addNode, connect, disconnect, removeNodes, setParam, type BoardDraft } from './edits.ts';
import { isSameEnd, type Point, type WireEnd } from './graph.ts';
import type { NodeId, WireId } from '../core/ids.ts';
import type { NodeFace, Registry } from '../core/node.ts';
import { clipsInput, joinsOf, motionInput, shotsOf, type JoinRow, type Shot } from './shots.ts';

export const SHARED_KEYFRAME = 'shared keyframe';
const CUT = 'cut';
/** Between columns of nodes, and between the rows of two shots. */
const [COLUMN, ROW] = [304, 440];
const MOTION_BELOW = 260;

/** What a film made by shots is made of. */
const PARTS = {
  film: 'stitch',
  delivery: 'deliver',
  prompt: 'prompt',
  still: 'image',
  gate: 'gate',
  clip: 'animate',
  motion: 'motion',
};

/** A film and the node that delivers it, without a shot. */
export function addFilm(draft: BoardDraft, registry: Registry, at: Point): NodeId | undefined {
  const [film, delivery] = [registry.get(PARTS.film), registry.get(PARTS.delivery)];
  if (!film || !delivery) return undefined;
  const id = addNode(draft, film, at, { join: SHARED_KEYFRAME });
  const end = addNode(draft, delivery, { x: at.x + COLUMN, y: at.y });
  connect(draft, registry, { node: id, socket: 'video' }, { node: end, socket: 'video' });
  return id;
}

/**
 * Adds a shot after another one, or at the end: a prompt, a still, a gate, a motion and a clip. What the stills and
 * clips of the shot before go by (aspect, seed, size) it goes by too. Returns its prompt.
 */
export function addShot(draft: BoardDraft, registry: Registry, film: NodeId, after?: number): NodeId | undefined {
  const before = shotsOf(draft, registry, film);
  const place = Math.min(after === undefined ? before.length : after + 1, before.length);
  const model = before[place - 1] ?? before[0];
  const socket = clipsInput(registry.get(draft.nodes[film]?.type ?? ''));
  const [prompt, still, gate, motion, clip] = (['prompt', 'still', 'gate', 'motion', 'clip'] as const).map((part) =>
    registry.get(PARTS[part]),
  );
  if (!socket || !prompt || !still || !gate || !motion || !clip) return undefined;
  const { x } = draft.nodes[film]!.position;
  const y = rowBelow(draft, film, before);
  const column = (columns: number) => ({ x: x - columns * COLUMN, y });
  const paramsOf = (node: NodeId | undefined, type: string) =>
    node !== undefined && draft.nodes[node]?.type === type ? { ...draft.nodes[node].params } : {};
  const ids = {
    prompt: addNode(draft, prompt, column(4), { text: '' }),
    still: addNode(draft, still, column(3), paramsOf(model?.still?.maker, PARTS.still)),
    gate: addNode(draft, gate, column(2)),
    motion: addNode(
      draft,
      motion,
      { x: x - 2 * COLUMN, y: y + MOTION_BELOW },
      paramsOf(model?.motion?.node, PARTS.motion),
    ),
    clip: addNode(draft, clip, column(1), paramsOf(model?.maker, PARTS.clip)),
  };
  copyControl(draft, registry, model?.still?.maker, ids.still);
  copyControl(draft, registry, model?.maker, ids.clip);
  const join = (from: NodeId, output: string, to: NodeId, input: string) =>
    connect(draft, registry, { node: from, socket: output }, { node: to, socket: input });
  join(ids.prompt, 'prompt', ids.still, 'prompt');
  join(ids.still, 'image', ids.gate, 'image');
  join(ids.gate, 'image', ids.clip, 'image');
  join(ids.motion, 'motion', ids.clip, 'motion');
  const wire = join(ids.clip, 'video', film, socket)!;
  const rows = rowsByShot(draft, registry, film, before);
  const order = before.map((shot) => shot.wire).toSpliced(place, 0, wire);
  // Both places beside it are new. Where both sides can, they share a keyframe.
  const [previous, next] = [before[place - 1], before[place]];
  if (previous) rows.set(previous.wire, { join: previous.end ? SHARED_KEYFRAME : CUT });
  if (next) rows.set(wire, { join: next.still ? SHARED_KEYFRAME : CUT });
  arrange(draft, registry, film, order, rows, before);
  return ids.prompt;
}

/** Removes a shot, and of what made it whatever nothing else needs. */
export function removeShot(draft: BoardDraft, registry: Registry, film: NodeId, wire: WireId): void {
  const before = shotsOf(draft, registry, film);
  const gone = before.find((shot) => shot.wire === wire);
  if (!gone) return;
  const rows = rowsByShot(draft, registry, film, before);
  disconnect(draft, [wire]);
  const left = before.filter((shot) => shot !== gone).map((shot) => shot.wire);
  arrange(draft, registry, film, left, rows, before);
  removeUnused(draft, gone.node);
}

export function moveShot(draft: BoardDraft, registry: Registry, film: NodeId, from: number, to: number): void {
  const before = shotsOf(draft, registry, film);
  const moved = before[from];
  if (!moved || to < 0 || to >= before.length || from === to) return;
  const rows = rowsByShot(draft, registry, film, before);
  const order = before
    .map((shot) => shot.wire)
    .toSpliced(from, 1)
    .toSpliced(to, 0, moved.wire);
  arrange(draft, registry, film, order, rows, before);
}

/**
 * How a shot meets the next. Where they share a keyframe its clip ends with the still of the next one, if its maker can
 * be told so; else it ends as it likes.
 */
export function setJoin(draft: BoardDraft, registry: Registry, film: NodeId, at: number, join: string): void {
  const before = shotsOf(draft, registry, film);
  const shot = before[at];
  if (!shot?.join) return;
  const rows = rowsByShot(draft, registry, film, before);
  rows.set(shot.wire, shot.join.seconds === undefined ? { join } : { join, seconds: shot.join.seconds });
  arrange(
    draft,
    registry,
    film,
    before.map(({ wire }) => wire),
    rows,
    before,
  );
}

/** Sets a param of a shot's motion. One that others go by too is left to them: the shot gets its own. */
export function setMotion(
  draft: BoardDraft,
  registry: Registry,
  { maker, motion }: Pick<Shot, 'maker' | 'motion'>,
  param: string,
  value: unknown,
): void {
  const node = motion && !motion.isShared ? motion.node : ownMotion(draft, registry, maker, motion?.node);
  if (node) setParam(draft, node, param, value);
}

function ownMotion(draft: BoardDraft, registry: Registry, maker: NodeId, like: NodeId | undefined): NodeId | undefined {
  const clip = draft.nodes[maker];
  const socket = motionInput(registry.get(clip?.type ?? ''));
  const definition = registry.get((like && draft.nodes[like]?.type) ?? PARTS.motion);
  if (!clip || !socket || !definition) return undefined;
  const position = { x: clip.position.x - COLUMN, y: clip.position.y + MOTION_BELOW };
  const id = addNode(draft, definition, position, like ? { ...draft.nodes[like]!.params } : {});
  connect(draft, registry, { node: id, socket: Object.keys(definition.outputs)[0]! }, { node: maker, socket });
  return id;
}

type Rows = Map<WireId, Omit<JoinRow, 'after'>>;

/** Joins that differ from the usual one belong to the shot before them, wherever that goes. */
function rowsByShot(draft: BoardDraft, registry: Registry, film: NodeId, shots: readonly Shot[]): Rows {
  const node = draft.nodes[film]!;
  const { rows } = joinsOf(node, registry.get(node.type)!);
  return new Map(
    rows.flatMap(({ after, ...row }): [WireId, Omit<JoinRow, 'after'>][] => {
      const shot = shots[after - 1];
      return shot ? [[shot.wire, row]] : [];
    }),
  );
}

/** Puts clips in this order, writes down how they meet, and wires the keyframes that they share. */
function arrange(
  draft: BoardDraft,
  registry: Registry,
  film: NodeId,
  order: readonly WireId[],
  rows: Rows,
  before: readonly Shot[],
): void {
  const places = order.map((wire) => draft.wires[wire]!.order).sort((a, b) => a - b);
  for (const [at, wire] of order.entries()) draft.wires[wire]!.order = places[at]!;
  const node = draft.nodes[film]!;
  const definition = registry.get(node.type)!;
  const { usual } = joinsOf(node, definition);
  const joins = order.slice(0, -1).flatMap((wire, at) => {
    const row = rows.get(wire);
    return row && row.join !== usual ? [{ ...row, after: at + 1 }] : [];
  });
  if (definition.params['joins'] && (joins.length > 0 || node.params['joins'] !== undefined))
    setParam(draft, film, 'joins', joins);
  shareKeyframes(draft, registry, shotsOf(draft, registry, film), before);
}

function shareKeyframes(draft: BoardDraft, registry: Registry, shots: readonly Shot[], before: readonly Shot[]): void {
  const stills = [...shots, ...before].flatMap(({ still }) => still?.from ?? []);
  for (const [at, { maker, end, join }] of shots.entries()) {
    if (!end) continue;
    const next = shots[at + 1]?.still?.from;
    if (join?.join === SHARED_KEYFRAME && next) connect(draft, registry, next, { node: maker, socket: end.socket });
    // A picture to end with that is no shot's still was chosen by hand, and stays.
    else if (end.from && stills.some((still) => isSameEnd(still, end.from!)))
      disconnect(draft, wiresInto(draft, { node: maker, socket: end.socket }));
  }
}

const wiresInto = (draft: BoardDraft, to: WireEnd): WireId[] =>
  (Object.keys(draft.wires) as WireId[]).filter((id) => isSameEnd(draft.wires[id]!.to, to));

/** Wires of control into one node go into the other as well, but for what says what is seen. */
function copyControl(draft: BoardDraft, registry: Registry, from: NodeId | undefined, to: NodeId): void {
  const definitionOf = (id: NodeId): NodeFace | undefined => registry.get(draft.nodes[id]?.type ?? '');
  if (from === undefined || draft.nodes[from]?.type !== draft.nodes[to]?.type) return;
  for (const wire of Object.values(draft.wires)) {
    const kind = definitionOf(from)?.inputs[wire.to.socket]?.kind;
    const isCopied = wire.to.node === from && kind && !['prompt', 'image', 'video', 'motion'].includes(kind);
    if (isCopied) connect(draft, registry, wire.from, { node: to, socket: wire.to.socket });
  }
}

/** Removes a node that nothing reads, and then what only it has read. */
function removeUnused(draft: BoardDraft, node: NodeId): void {
  for (const open = [node]; open.length > 0;) {
    const id = open.pop()!;
    const wires = Object.values(draft.wires);
    if (!draft.nodes[id] || wires.some(({ from }) => from.node === id)) continue;
    open.push(...wires.flatMap(({ from, to }) => (to.node === id ? [from.node] : [])));
    removeNodes(draft, [id]);
  }
}

/** Below all nodes of the shots there are; beside the film where there is none. */
function rowBelow(draft: BoardDraft, film: NodeId, shots: readonly Shot[]): number {
  const rows = shots
    .flatMap(({ node, maker, still }) => [node, maker, still?.maker, still?.gate])
    .flatMap((id) => (id && draft.nodes[id] ? [draft.nodes[id].position.y + ROW] : []));
  return rows.length > 0 ? Math.max(...rows) : draft.nodes[film]!.position.y;
}
