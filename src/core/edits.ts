/** Changes to what a canvas shows, as recipes for an Immer draft. They take plain data, return ids, and never throw on odd input. */
import type { Board, Component, Frame, Graph, GraphNode, Note, Point, Wire, WireEnd } from './graph.ts';
import type { CacheKey, ComponentId, FrameId, NodeId, NoteId, WireId } from './ids.ts';
import { newId } from './ids.ts';
import { inputsOf } from './connect.ts';
import type { NodeDefinition, Registry } from './node.ts';

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
export type GraphDraft = Omit<Writable<Graph>, keyof Board | 'components'> & BoardDraft & { components: Record<ComponentId, ComponentDraft> };

export function addNode(draft: BoardDraft, definition: Pick<NodeDefinition, 'id' | 'version'>, position: Point, params: Readonly<Record<string, unknown>> = {}): NodeId {
  const id = newId<NodeId>('n');
  draft.nodes[id] = { type: definition.id, version: definition.version, params, position };
  return id;
}

/** Connects two sockets. A single input gives up the wire it had. The caller has checked `whyNotConnect`. */
export function connect(draft: BoardDraft, registry: Registry, from: WireEnd, to: WireEnd): WireId | undefined {
  const target = draft.nodes[to.node];
  const definition = target && registry.get(target.type);
  const input = target && definition && inputsOf(definition, target)[to.socket];
  if (!input) return undefined;
  let order = 0;
  for (const [id, wire] of Object.entries(draft.wires) as [WireId, Wire][]) {
    if (wire.to.node !== to.node || wire.to.socket !== to.socket) continue;
    if (wire.from.node === from.node && wire.from.socket === from.socket) return id;
    if (!input.many) delete draft.wires[id];
    else order = Math.max(order, wire.order + 1);
  }
  const id = newId<WireId>('w');
  draft.wires[id] = { from: { ...from }, to: { ...to }, order };
  return id;
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
}

/** Removes nodes and joins what fed them to what they fed, where the kinds fit. */
export function removeAndHeal(draft: BoardDraft, registry: Registry, nodes: readonly NodeId[]): void {
  for (const id of nodes) {
    const wires = Object.values(draft.wires);
    const into = wires.filter((wire) => wire.to.node === id);
    const out = wires.filter((wire) => wire.from.node === id);
    const kindFrom = ({ node, socket }: WireEnd) => registry.get(draft.nodes[node]?.type ?? '')?.outputs[socket]?.kind;
    const joins = out.flatMap((after) => {
      const before = into.find((wire) => kindFrom(wire.from) !== undefined && kindFrom(wire.from) === kindFrom(after.from));
      return before ? [{ from: { ...before.from }, to: { ...after.to } }] : [];
    });
    removeNodes(draft, [id]);
    for (const { from, to } of joins) connect(draft, registry, from, to);
  }
}

/** Puts a node into a wire: its first input and output that fit take the wire's ends. False when none fit, or the node is wired already. */
export function insertOnWire(draft: BoardDraft, registry: Registry, id: NodeId, wireId: WireId): boolean {
  const node = draft.nodes[id];
  const wire = draft.wires[wireId];
  const definition = node && registry.get(node.type);
  if (!definition || !wire || wire.from.node === id || wire.to.node === id) return false;
  if (Object.values(draft.wires).some((other) => other.from.node === id || other.to.node === id)) return false;
  const kind = registry.get(draft.nodes[wire.from.node]?.type ?? '')?.outputs[wire.from.socket]?.kind;
  const socketFor = (sockets: Readonly<Record<string, { readonly kind: string }>>) => Object.keys(sockets).find((socket) => sockets[socket]!.kind === kind);
  const [input, output] = [socketFor(inputsOf(definition, node)), socketFor(definition.outputs)];
  if (!input || !output) return false;
  const { from, to } = { from: { ...wire.from }, to: { ...wire.to } };
  delete draft.wires[wireId];
  connect(draft, registry, from, { node: id, socket: input });
  connect(draft, registry, { node: id, socket: output }, to);
  return true;
}

/** Moves a node and everything after it to the right, until it begins at `x` or later. */
export function makeRoom(draft: BoardDraft, id: NodeId, x: number): void {
  const by = x - (draft.nodes[id]?.position.x ?? x);
  if (by <= 0) return;
  const after = new Set([id]);
  for (const one of after) for (const { from, to } of Object.values(draft.wires)) if (from.node === one) after.add(to.node);
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

/** Keeps a stored result whatever changes before the node; without a key, lets it run again. */
export function freeze(draft: BoardDraft, id: NodeId, key: CacheKey | undefined): void {
  const node = draft.nodes[id];
  if (!node) return;
  if (key) node.frozen = key;
  else delete node.frozen;
}

export function renameNode(draft: BoardDraft, id: NodeId, title: string): void {
  const node = draft.nodes[id];
  if (!node) return;
  if (title.trim()) node.title = title.trim();
  else delete node.title;
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
