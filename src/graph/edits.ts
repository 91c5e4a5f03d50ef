/**
 * Changes to what a canvas shows, as recipes for an Immer draft. They take plain data, return ids, and never throw on
 * odd input.
 */
import type { Board, Component, Frame, Graph, GraphNode, Note, Point, Wire, WireEnd } from './graph.ts';
import { isSameEnd } from './graph.ts';
import type { ComponentId, FrameId, NodeId, NoteId, WireId } from '../core/ids.ts';
import { newId } from '../core/ids.ts';
import { inputsOf } from './connect.ts';
import type { NodeFace, Registry } from '../core/node.ts';
import type { ModelRef } from '../core/take.ts';
import { curvesOf, nearestCurve } from './wire-shape.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
/** A board that may be changed in place. */
export interface BoardDraft {
  nodes: Record<NodeId, Writable<GraphNode>>;
  wires: Record<WireId, Writable<Wire>>;
  frames: Record<FrameId, Writable<Frame>>;
  notes: Record<NoteId, Writable<Note>>;
}
export type ComponentDraft = Omit<Writable<Component>, keyof Board> & BoardDraft;
/** A whole graph that may be changed in place. */
export type GraphDraft = Omit<Writable<Graph>, keyof Board | 'components'> &
  BoardDraft & { components: Record<ComponentId, ComponentDraft> };

export function addNode(
  draft: BoardDraft,
  definition: Pick<NodeFace, 'id' | 'version'>,
  position: Point,
  params: Readonly<Record<string, unknown>> = {},
): NodeId {
  const id = newId<NodeId>('n');
  draft.nodes[id] = { type: definition.id, version: definition.version, params, position };
  return id;
}

/** What sorts the wires of a `many` input, and the points a wire passes. */
type Course = Pick<Wire, 'order' | 'via'>;

/**
 * Connects two sockets. A single input gives up the wire it had. The caller has checked `whyNotConnect`. `course`: the
 * order and
 * way of the wire this one stands for; without it, it comes last and goes straight.
 */
export function connect(
  draft: BoardDraft,
  registry: Registry,
  from: WireEnd,
  to: WireEnd,
  course?: Course,
): WireId | undefined {
  const target = draft.nodes[to.node];
  const definition = target && registry.get(target.type);
  const input = target && definition && inputsOf(definition, target)[to.socket];
  if (!input) return undefined;
  for (const [id, wire] of Object.entries(draft.wires) as [WireId, Wire][]) {
    if (!isSameEnd(wire.to, to)) continue;
    if (isSameEnd(wire.from, from)) return id;
    if (!input.many) delete draft.wires[id];
  }
  const id = newId<WireId>('w');
  draft.wires[id] = { from: { ...from }, to: { ...to }, order: nextOrder(draft, to), ...course };
  return id;
}

/** Whether it is the inside of a component that is changed. */
export const isComponentDraft = (draft: BoardDraft): draft is ComponentDraft => 'inputs' in draft;

/** The order after all that goes into a socket: wires, and on a component's board what comes from outside. */
export function nextOrder(draft: BoardDraft, to: WireEnd): number {
  const fromOutside = isComponentDraft(draft)
    ? Object.values(draft.inputs).flatMap((input) => input.to.filter((end) => isSameEnd(end, to)))
    : [];
  const wires = Object.values(draft.wires).filter((wire) => isSameEnd(wire.to, to));
  return [...wires, ...fromOutside].reduce((next, { order = -1 }) => Math.max(next, order + 1), 0);
}

/**
 * Leads a wire from or to other sockets than before; it keeps its name and, within the same input, its place in the
 * order. What was in an input for one wire gives way.
 */
export function leadElsewhere(
  draft: BoardDraft,
  registry: Registry,
  id: WireId,
  { from, to }: Pick<Wire, 'from' | 'to'>,
): void {
  const wire = draft.wires[id];
  const target = draft.nodes[to.node];
  const definition = target && registry.get(target.type);
  const input = target && definition && inputsOf(definition, target)[to.socket];
  if (!wire || !input) return;
  for (const [other, { from: source, to: end }] of Object.entries(draft.wires) as [WireId, Wire][]) {
    if (other === id || !isSameEnd(end, to)) continue;
    if (!input.many || isSameEnd(source, from)) delete draft.wires[other];
  }
  if (!isSameEnd(wire.to, to)) wire.order = nextOrder(draft, to);
  wire.from = { ...from };
  wire.to = { ...to };
}

/** Two wires trade the inputs they lead to. */
export function swapTargets(draft: BoardDraft, one: WireId, other: WireId): void {
  const [a, b] = [draft.wires[one], draft.wires[other]];
  if (!a || !b) return;
  [a.to, b.to] = [b.to, a.to];
  [a.order, b.order] = [b.order, a.order];
}

/** Moves a wire among those of its input, so that it is the `nth`; the others keep their order. */
export function moveInOrder(draft: BoardDraft, id: WireId, nth: number): void {
  const wire = draft.wires[id];
  if (!wire) return;
  const all = Object.values(draft.wires)
    .filter(({ to }) => isSameEnd(to, wire.to))
    .sort((a, b) => a.order - b.order);
  const orders = all.map(({ order }) => order);
  const others = all.filter((other) => other !== wire);
  others.toSpliced(Math.max(0, Math.min(nth, others.length)), 0, wire).forEach((one, at) => (one.order = orders[at]!));
}

export function disconnect(draft: BoardDraft, wires: readonly WireId[]): void {
  for (const id of wires) delete draft.wires[id];
}

export function removeNodes(draft: BoardDraft, nodes: readonly NodeId[]): void {
  const gone = new Set(nodes);
  for (const id of nodes) delete draft.nodes[id];
  for (const [id, wire] of Object.entries(draft.wires) as [WireId, Wire][]) {
    if (gone.has(wire.from.node) || gone.has(wire.to.node)) delete draft.wires[id];
  }
  if (isComponentDraft(draft)) hideOf(draft, gone);
}

/** A component shows nothing of nodes that are gone. */
function hideOf(component: ComponentDraft, gone: ReadonlySet<NodeId>): void {
  for (const [name, input] of Object.entries(component.inputs)) {
    const to = input.to.filter(({ node }) => !gone.has(node));
    if (to.length === input.to.length) continue;
    if (to.length) component.inputs = { ...component.inputs, [name]: { ...input, to } };
    else component.inputs = without(component.inputs, name);
  }
  for (const [name, { from }] of Object.entries(component.outputs))
    if (gone.has(from.node)) component.outputs = without(component.outputs, name);
  for (const [name, { node }] of Object.entries(component.params))
    if (gone.has(node)) component.params = without(component.params, name);
}
const without = <T>(record: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> => {
  const { [name]: _, ...others } = record;
  return others;
};

/** Apart from the draft it was read from. */
export const plainWire = ({ from, to, order, via }: Wire): Wire => ({
  from: { ...from },
  to: { ...to },
  order,
  ...(via ? { via: via.map((point) => ({ ...point })) } : {}),
});
/** The way of a wire as `connect` takes it. */
export const wireCourse = (via: readonly Point[], order: number): Course => ({ order, ...(via.length ? { via } : {}) });

/** The input and the output of a node that could take the ends of a wire. */
export function socketsForWire(
  board: Pick<Board, 'nodes'>,
  registry: Registry,
  node: GraphNode,
  wire: Wire,
): { readonly input: string; readonly output: string } | undefined {
  const definition = registry.get(node.type);
  const kind = registry.get(board.nodes[wire.from.node]?.type ?? '')?.outputs[wire.from.socket]?.kind;
  const socketOf = (sockets: Readonly<Record<string, { readonly kind: string }>>) =>
    Object.keys(sockets).find((socket) => sockets[socket]!.kind === kind);
  const [input, output] = definition
    ? [socketOf(inputsOf(definition, node)), socketOf(definition.outputs)]
    : [undefined, undefined];
  return input !== undefined && output !== undefined ? { input, output } : undefined;
}

/**
 * Puts a node into a wire: its first input and output that fit take the wire's ends. False when none fit, or the node
 * is wired already.
 */
export function insertOnWire(draft: BoardDraft, registry: Registry, id: NodeId, wireId: WireId): boolean {
  const node = draft.nodes[id];
  const wire = draft.wires[wireId];
  const sockets = node && wire && socketsForWire(draft, registry, node, wire);
  if (!sockets || wire.from.node === id || wire.to.node === id) return false;
  if (Object.values(draft.wires).some((other) => other.from.node === id || other.to.node === id)) return false;
  const { input, output } = sockets;
  const { from, to, order, via = [] } = plainWire(wire);
  // The points before the node are on the way to it, the others on the way from it.
  const before = nearestCurve(
    curvesOf(draft.nodes[from.node]?.position ?? node.position, draft.nodes[to.node]?.position ?? node.position, via),
    node.position,
  );
  delete draft.wires[wireId];
  connect(draft, registry, from, { node: id, socket: input }, wireCourse(via.slice(0, before), 0));
  connect(draft, registry, { node: id, socket: output }, to, wireCourse(via.slice(before), order));
  return true;
}

/** Moves a node and everything after it to the right, until it begins at `x` or later. */
export function makeRoom(draft: BoardDraft, id: NodeId, x: number): void {
  const by = x - (draft.nodes[id]?.position.x ?? x);
  if (by <= 0) return;
  const after = new Set([id]);
  for (const one of after)
    for (const { from, to } of Object.values(draft.wires)) if (from.node === one) after.add(to.node);
  for (const one of after) {
    const node = draft.nodes[one];
    if (node) node.position = { x: node.position.x + by, y: node.position.y };
  }
}

export function setParam(draft: BoardDraft, node: NodeId, param: string, value: unknown): void {
  const target = draft.nodes[node];
  if (target) target.params = { ...target.params, [param]: value };
}

export function moveNodes(draft: BoardDraft, positions: Readonly<Record<string, Point>>): void {
  for (const [id, position] of Object.entries(positions) as [NodeId, Point][]) {
    const node = draft.nodes[id];
    if (node) node.position = position;
  }
}

/** Sets a switch on all of them, or takes it off again when every one has it. */
export function toggle(draft: BoardDraft, nodes: readonly NodeId[], name: 'muted' | 'off'): void {
  const on = !nodes.every((id) => draft.nodes[id]?.[name]);
  for (const id of nodes) {
    const node = draft.nodes[id];
    if (!node) continue;
    if (on) node[name] = true;
    else delete node[name];
  }
}

export function renameNode(draft: BoardDraft, id: NodeId, title: string): void {
  const node = draft.nodes[id];
  if (!node) return;
  if (title.trim()) node.title = title.trim();
  else delete node.title;
}

/** Only this model is asked for what the node makes; without one, the routing table decides again. */
export function pinNode(draft: BoardDraft, id: NodeId, model: ModelRef | undefined): void {
  const node = draft.nodes[id];
  if (!node) return;
  if (model) node.pinned = { provider: model.provider, model: model.model };
  else delete node.pinned;
}

/** Shows a param as a socket, or hides it again together with the wire that fed it. */
export function togglePromoted(draft: BoardDraft, id: NodeId, param: string): void {
  const node = draft.nodes[id];
  if (!node) return;
  const promoted = node.promoted ?? [];
  if (!promoted.includes(param)) {
    node.promoted = [...promoted, param];
    return;
  }
  node.promoted = promoted.filter((name) => name !== param);
  for (const [wireId, wire] of Object.entries(draft.wires) as [WireId, Wire][]) {
    if (wire.to.node === id && wire.to.socket === param) delete draft.wires[wireId];
  }
}
