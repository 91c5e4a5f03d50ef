/**
 * A film as its shots: a reading of the graph, not a second store. A film is any node that joins clips in the order of
 * their wires; whoever wired it, each clip is a shot.
 */
import type { Board, GraphNode, Wire, WireEnd } from './graph.ts';
import { nodeIds } from './graph.ts';
import { componentIdOf } from './component-type.ts';
import { downstreamOf } from './ends.ts';
import type { NodeId, WireId } from '../core/ids.ts';
import type { NodeFace, Registry } from '../core/node.ts';
import { parseParams } from '../core/params.ts';

type Looked = Pick<Board, 'nodes' | 'wires'>;

/**
 * How its clip comes about: from a still, from words alone, going on from another clip, brought in, out of a component,
 * joined of others already, or in a way that is not known.
 */
export type ShotKind = 'still' | 'text' | 'continued' | 'own' | 'component' | 'joined' | 'unknown';

/** The picture that a clip begins with. */
export interface Still {
  /** Where it is taken from, as it goes into the clip. */
  readonly from: WireEnd;
  /** The node that makes it, or brings it in. */
  readonly maker: NodeId;
  /** It is somebody's take, which can be accepted. */
  readonly isTake: boolean;
  /** The gate on its way, nearest to the clip. */
  readonly gate?: NodeId;
  /** The Prompt node that says what it shows. */
  readonly prompt?: NodeId;
}
/** How a shot and the next one meet. */
export interface JoinToNext {
  readonly join: string;
  readonly seconds?: number;
}
export interface Shot {
  /** Into the film; its name, as long as it is in there. */
  readonly wire: WireId;
  readonly kind: ShotKind;
  /** Whose clip goes into the film, and who made it before it was refined. */
  readonly node: NodeId;
  readonly maker: NodeId;
  readonly still?: Still;
  /** The input of its maker for a picture to end with, where there is one, and what is wired there. */
  readonly end?: { readonly socket: string; readonly from?: WireEnd };
  /** The node that says how its camera moves and how long; `isShared`: other nodes go by it too. */
  readonly motion?: { readonly node: NodeId; readonly isShared: boolean };
  /** To the next shot; the last one has none. */
  readonly join?: JoinToNext;
}

const definitionAt = ({ nodes }: Pick<Board, 'nodes'>, registry: Registry, id: NodeId): NodeFace | undefined =>
  registry.get(nodes[id]?.type ?? '');

/** The input for any number of clips, where a node has one. */
export const clipsInput = (definition: NodeFace | undefined): string | undefined =>
  Object.entries(definition?.inputs ?? {}).find(([, { kind, many }]) => kind === 'video' && many)?.[0];

/** Nodes that join clips. */
export const filmsIn = (board: Looked, registry: Registry): NodeId[] =>
  nodeIds(board).filter((id) => clipsInput(definitionAt(board, registry, id)) !== undefined);

/** The film that is meant: the one that is chosen or that what is chosen leads to, else the one that is delivered. */
export function filmFor(board: Looked, registry: Registry, chosen: NodeId | undefined): NodeId | undefined {
  const films = filmsIn(board, registry);
  if (films.length < 2) return films[0];
  const near = chosen && board.nodes[chosen] ? downstreamOf(board, [chosen]) : [];
  const isDelivered = (film: NodeId) =>
    downstreamOf(board, [film]).some((id) => 'file' in (definitionAt(board, registry, id)?.outputs ?? {}));
  return films.find((film) => near.includes(film)) ?? films.find(isDelivered) ?? films[0];
}

export function shotsOf(board: Looked, registry: Registry, film: NodeId): Shot[] {
  const look = lookInto(board, registry);
  const node = board.nodes[film];
  const socket = clipsInput(look.definition(film));
  if (!node || !socket) return [];
  const wires = look.into(film).filter(({ to }) => to.socket === socket);
  return wires.map((wire, at) => {
    const shot = shotAt(look, wire);
    return at < wires.length - 1 ? { ...shot, join: joinAfter(node, look.definition(film)!, at) } : shot;
  });
}

type WireInto = Wire & { readonly id: WireId };
interface Look {
  readonly board: Looked;
  definition(id: NodeId): NodeFace | undefined;
  /** In their order. */
  into(id: NodeId): readonly WireInto[];
  /** The first wire into one of the node's inputs of a kind that takes one. */
  wired(id: NodeId, kind: 'image' | 'video', nth?: number): { readonly socket?: string; readonly wire?: WireInto };
  readersOf(id: NodeId): number;
}

function lookInto(board: Looked, registry: Registry): Look {
  const into = new Map<NodeId, WireInto[]>();
  const readers = new Map<NodeId, Set<NodeId>>();
  for (const [id, wire] of Object.entries(board.wires) as [WireId, Wire][]) {
    if (!board.nodes[wire.from.node] || !board.nodes[wire.to.node]) continue;
    into.set(wire.to.node, [...(into.get(wire.to.node) ?? []), { ...wire, id }]);
    readers.set(wire.from.node, (readers.get(wire.from.node) ?? new Set<NodeId>()).add(wire.to.node));
  }
  for (const list of into.values()) list.sort((a, b) => a.order - b.order);
  const look: Look = {
    board,
    definition: (id) => definitionAt(board, registry, id),
    into: (id) => into.get(id) ?? [],
    readersOf: (id) => readers.get(id)?.size ?? 0,
    wired(id, kind, nth = 0) {
      const sockets = Object.entries(look.definition(id)?.inputs ?? {}).filter(
        ([, input]) => input.kind === kind && !input.many,
      );
      const socket = sockets[nth]?.[0];
      const wire = look.into(id).find(({ to }) => to.socket === socket);
      return { ...(socket === undefined ? {} : { socket }), ...(wire ? { wire } : {}) };
    },
  };
  return look;
}

function shotAt(look: Look, wire: WireInto): Shot {
  const base = { wire: wire.id, node: wire.from.node };
  const maker = makerOf(look, wire.from.node, 'video');
  const definition = look.definition(maker);
  const type = look.board.nodes[maker]?.type ?? '';
  if (componentIdOf(type)) return { ...base, maker, kind: 'component' };
  if (!definition) return { ...base, maker, kind: 'unknown' };
  if (clipsInput(definition)) return { ...base, maker, kind: 'joined' };
  const first = look.wired(maker, 'image');
  const motion = motionOf(look, maker);
  const more = { ...base, maker, ...(motion ? { motion } : {}) };
  if (!definition.request)
    return { ...more, kind: first.socket === undefined && look.into(maker).length === 0 ? 'own' : 'unknown' };
  // What goes on from a clip needs no picture to begin with: the only one it takes is to end with.
  const continues = look.wired(maker, 'video').socket !== undefined;
  if (first.socket === undefined) return { ...more, kind: continues ? 'continued' : 'text' };
  const last = continues ? first : look.wired(maker, 'image', 1);
  const end = last.socket === undefined ? {} : { end: endAt(last.socket, last.wire) };
  if (continues) return { ...more, ...end, kind: 'continued' };
  return { ...more, ...end, kind: 'still', ...(first.wire ? { still: stillFrom(look, first.wire.from) } : {}) };
}
const endAt = (socket: string, wire: WireInto | undefined): NonNullable<Shot['end']> =>
  wire ? { socket, from: wire.from } : { socket };

/** Back through refinement of one kind to whoever made it. Circles lead nowhere. */
function makerOf(look: Look, node: NodeId, kind: 'image' | 'video', pass: (id: NodeId) => void = () => {}): NodeId {
  const seen = new Set<NodeId>();
  let at = node;
  while (!seen.has(at)) {
    seen.add(at);
    pass(at);
    const before = look.definition(at)?.request ? undefined : look.wired(at, kind).wire?.from.node;
    if (before === undefined) return at;
    at = before;
  }
  return node;
}

function stillFrom(look: Look, from: WireEnd): Still {
  let gate: NodeId | undefined;
  const maker = makerOf(look, from.node, 'image', (id) => {
    if (look.definition(id)?.waitsForVerdict) gate ??= id;
  });
  const prompt = look
    .into(maker)
    .find((wire) => look.definition(wire.from.node)?.outputs[wire.from.socket]?.kind === 'prompt');
  return {
    from,
    maker,
    isTake: look.definition(maker)?.request !== undefined,
    ...(gate === undefined ? {} : { gate }),
    ...(prompt ? { prompt: prompt.from.node } : {}),
  };
}

function motionOf(look: Look, maker: NodeId): Shot['motion'] {
  const socket = motionInput(look.definition(maker));
  const wire = look.into(maker).find(({ to }) => to.socket === socket);
  const node = wire?.from.node;
  const isMotion = node !== undefined && look.definition(node)?.params['seconds'] !== undefined;
  return isMotion ? { node, isShared: look.readersOf(node) > 1 } : undefined;
}
export const motionInput = (definition: NodeFace | undefined): string | undefined =>
  Object.entries(definition?.inputs ?? {}).find(([, { kind }]) => kind === 'motion')?.[0];

/** One row of a film's list of joins: how the clip of this number, counted from one, meets the next. */
export interface JoinRow extends JoinToNext {
  readonly after: number;
}
/** What a film says of its joins: the usual one, and rows for those that differ. */
export function joinsOf(
  film: GraphNode,
  definition: NodeFace,
): { readonly usual: string; readonly rows: readonly JoinRow[] } {
  const { join = 'cut', joins = [] } = parseParams(definition.params, film.params).values as {
    readonly join?: string;
    readonly joins?: readonly JoinRow[];
  };
  return { usual: join, rows: joins };
}

function joinAfter(film: GraphNode, definition: NodeFace, at: number): JoinToNext {
  const { usual, rows } = joinsOf(film, definition);
  const { fade, window } = parseParams(definition.params, film.params).values as {
    readonly fade?: number;
    readonly window?: number;
  };
  const seconds = { crossfade: fade, 'match cut': window }[usual];
  const row = rows.findLast(({ after }) => after === at + 1);
  return row
    ? { join: row.join, seconds: row.seconds! }
    : { join: usual, ...(seconds === undefined ? {} : { seconds }) };
}
