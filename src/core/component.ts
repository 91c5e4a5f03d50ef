/** Components: what an instance looks like from outside, how one is made and taken apart, and the flat graph an engine runs. */
import { componentIdOf, componentsUsed, typeOfComponent } from './component-type.ts';
import { inputsOf } from './connect.ts';
import type { BoardDraft, ComponentDraft, GraphDraft } from './edits.ts';
import { removeNodes } from './edits.ts';
import { copyFragment } from './fragment.ts';
import { emptyBoard, wireEntries, type Board, type Component, type Graph, type GraphNode, type Wire, type WireEnd } from './graph.ts';
import { newId, type ComponentId, type NodeId, type WireId } from './ids.ts';
import type { Layer, NodeDefinition, Registry } from './node.ts';
import type { Params, ParamSpec } from './params.ts';
import { parseParams } from './params.ts';
import { say, type Sentence } from './say.ts';
import type { SocketSpec } from './sockets.ts';

/** Deeper nesting than anyone builds; a file that goes beyond it is damaged or hostile. */
const DEEPEST = 16;
/** Components multiply: more nodes than this are not written out. */
const MOST_NODES = 50_000;
const SEPARATOR = '/';

/** The id a node inside an instance has in the flat graph: `instance/inner`. */
export const inside = (path: string, id: NodeId): NodeId => (path ? `${path}${SEPARATOR}${id}` : id) as NodeId;

type Rooted<B> = B & { readonly components: Readonly<Record<ComponentId, B>> };
function follow<B extends Pick<Board, 'nodes'>>(graph: Rooted<B>, path: readonly NodeId[]): B | undefined {
  let board: B | undefined = graph;
  for (const id of path) {
    const component: ComponentId | undefined = componentIdOf(board?.nodes[id]?.type ?? '');
    board = component && graph.components[component];
  }
  return board;
}
/** The board a path of instances leads to, or `undefined` when one of them is gone. */
export const boardAt = (graph: Graph, path: readonly NodeId[]): Board | undefined => follow<Board>(graph, path);
export const draftAt = (draft: GraphDraft, path: readonly NodeId[]): BoardDraft | undefined => follow<BoardDraft>(draft, path);
/** The node a flat id names, as it is written down: inside a component all instances share it. */
export function nodeAt(graph: Graph, id: NodeId): GraphNode | undefined {
  const path = id.split(SEPARATOR) as NodeId[];
  return boardAt(graph, path.slice(0, -1))?.nodes[path.at(-1)!];
}
/** The same, to be changed. */
export function draftNodeAt(draft: GraphDraft, id: NodeId): BoardDraft['nodes'][NodeId] | undefined {
  const path = id.split(SEPARATOR) as NodeId[];
  return draftAt(draft, path.slice(0, -1))?.nodes[path.at(-1)!];
}
/** Changes a param of a node in the flat graph: at the instance that exposes it, else where the node is written down. */
export function setParamAt(draft: GraphDraft, id: NodeId, param: string, value: unknown): void {
  const path = id.split(SEPARATOR) as NodeId[];
  for (let depth = path.length - 1; depth > 0; depth--) {
    const component = draft.components[componentIdOf(draftAt(draft, path.slice(0, depth - 1))?.nodes[path[depth - 1]!]?.type ?? '') ?? ('' as ComponentId)];
    const exposed = Object.entries(component?.params ?? {}).find(([, to]) => to.node === path[depth] && to.param === param)?.[0];
    if (!exposed) break;
    param = exposed;
    path.length = depth;
  }
  const node = draftNodeAt(draft, path.join(SEPARATOR) as NodeId);
  if (node) node.params = { ...node.params, [param]: value };
}

/** A registry that knows a graph's components too. `components` is asked each time, so the answer follows the graph. */
export function registryWith(base: Registry, components: () => Graph['components']): Registry {
  /** Answers for one state of the components: they hold each other, and each is looked at once. */
  let answers = new Map<ComponentId, { readonly component: Component; readonly definition: NodeDefinition | undefined }>();
  let answered: Graph['components'] | undefined;
  const find = (type: string): NodeDefinition | undefined => {
    const id = componentIdOf(type);
    if (!id) return base.get(type);
    const now = components();
    if (now !== answered) [answered, answers] = [now, new Map()];
    const component = now[id];
    const answer = answers.get(id);
    if (!component || answer?.component === component) return component && answer?.definition;
    // One that holds itself is unknown there.
    answers.set(id, { component, definition: undefined });
    const definition = definitionOf(id, component, registry);
    answers.set(id, { component, definition });
    return definition;
  };
  const registry: Registry = Object.assign(new Map(base), { get: find, has: (type: string) => find(type) !== undefined });
  return registry;
}

const known = new WeakMap<Component, { readonly inner: readonly (NodeDefinition | undefined)[]; readonly definition: NodeDefinition }>();
/** A component as a node: sockets and params taken over from the nodes inside. The same object while nothing in it changes. */
function definitionOf(id: ComponentId, component: Component, registry: Registry): NodeDefinition {
  const inner = Object.values(component.nodes).map(({ type }) => registry.get(type));
  const before = known.get(component);
  if (before?.definition.id === typeOfComponent(id) && before.inner.every((definition, at) => definition === inner[at])) return before.definition;
  const definition = asNode(id, component, registry);
  known.set(component, { inner, definition });
  return definition;
}

/** What a component without a description says of itself. */
const NO_WORDS = say('Nodes made into one. Open it to change what is inside, for every instance at once.').english;

function asNode(id: ComponentId, component: Component, registry: Registry): NodeDefinition {
  const inputs: Record<string, SocketSpec> = {};
  for (const [name, { label, to }] of Object.entries(component.inputs)) {
    const specs = to.flatMap(({ node, socket }) => {
      const inner = component.nodes[node];
      const definition = inner && registry.get(inner.type);
      return definition ? (inputsOf(definition, inner)[socket] ?? []) : [];
    });
    if (specs[0]) inputs[name] = { ...specs[0], label, optional: specs.every((spec) => spec.optional), many: specs.every((spec) => spec.many) };
  }
  const outputs: Record<string, SocketSpec> = {};
  for (const [name, { label, from }] of Object.entries(component.outputs)) {
    const spec = registry.get(component.nodes[from.node]?.type ?? '')?.outputs[from.socket];
    if (spec) outputs[name] = { ...spec, label };
  }
  const params: Record<string, ParamSpec> = {};
  for (const [name, { label, node, param }] of Object.entries(component.params)) {
    const inner = component.nodes[node];
    const definition = inner && registry.get(inner.type);
    const spec = definition?.params[param];
    if (!spec) continue;
    const { [param]: value } = parseParams({ [param]: spec }, { [param]: inner!.params[param] }).values;
    const { when, ...rest } = spec;
    // What it depends on is asked here only if it is exposed as well; otherwise it always shows.
    const by = when && Object.entries(component.params).find(([, other]) => other.node === node && other.param === when.param)?.[0];
    params[name] = { ...rest, label, default: value, ...(by ? { when: { ...when, param: by } } : {}) } as ParamSpec;
  }
  const layers = new Set(Object.values(component.nodes).map(({ type }) => registry.get(type)?.layer));
  const layer: Layer = layers.has('generation') ? 'generation' : layers.has('refinement') ? 'refinement' : 'control';
  return {
    id: typeOfComponent(id), layer, version: 1, title: component.title, summary: component.description || NO_WORDS,
    docs: component.description || NO_WORDS, example: {}, inputs, outputs, params: params as Params, determinism: 'pure', lane: 'cpu',
    run: () => Promise.reject(new TypeError('A component is taken apart before a run.')),
  };
}

/** The graph with every component written out: what plans and runs work on. Ids of inner nodes are `instance/inner`. */
export function expanded(graph: Graph): Graph {
  if (!Object.values(graph.nodes).some(({ type }) => componentIdOf(type))) return graph;
  const nodes: Record<NodeId, GraphNode> = {};
  const wires: Record<WireId, Wire> = {};
  let [count, placed] = [0, 0];
  const join = (from: WireEnd, to: WireEnd, order: number) => (wires[`w${count++}` as WireId] = { from, to, order });
  place(graph, '', {});
  return { ...graph, nodes, wires };

  /** Writes a board's nodes and wires out below `path`. `over`: what the instance says about the nodes in it. */
  function place(board: Board, path: string, over: Readonly<Record<NodeId, Partial<GraphNode>>>): void {
    const instances = new Map<NodeId, Component>();
    for (const [id, node] of Object.entries(board.nodes) as [NodeId, GraphNode][]) {
      const written = over[id] ? { ...node, ...over[id], params: { ...node.params, ...over[id].params } } : node;
      const component = graph.components[componentIdOf(node.type) ?? ('' as ComponentId)];
      const flat = inside(path, id);
      if (!component || flat.split(SEPARATOR).length > DEEPEST || placed > MOST_NODES) {
        nodes[flat] = written;
        placed++;
        continue;
      }
      instances.set(id, component);
      place(component, flat, insideOf(component, written));
    }
    for (const [, { from, to, order }] of wireEntries(board)) {
      for (const target of targetsOf({ node: to.node, socket: to.socket }, instances, path)) join(sourceOf(from, instances, path), target, order);
    }
  }
  function sourceOf({ node, socket }: WireEnd, instances: ReadonlyMap<NodeId, Component>, path: string): WireEnd {
    const component = instances.get(node);
    const output = component?.outputs[socket];
    if (!component || !output) return { node: inside(path, node), socket };
    return sourceOf(output.from, instancesIn(component), inside(path, node));
  }
  function targetsOf({ node, socket }: WireEnd, instances: ReadonlyMap<NodeId, Component>, path: string): WireEnd[] {
    const component = instances.get(node);
    if (!component) return [{ node: inside(path, node), socket }];
    return (component.inputs[socket]?.to ?? []).flatMap((end) => targetsOf(end, instancesIn(component), inside(path, node)));
  }
  function instancesIn(component: Component): ReadonlyMap<NodeId, Component> {
    return new Map((Object.entries(component.nodes) as [NodeId, GraphNode][]).flatMap(([id, { type }]) => {
      const found = graph.components[componentIdOf(type) ?? ('' as ComponentId)];
      return found ? [[id, found] as const] : [];
    }));
  }
}

/** Targets of a run in the flat graph: an instance stands for every node in it. */
export const flatTargets = (flat: Graph, targets: readonly NodeId[]): NodeId[] =>
  targets.flatMap((id) => (flat.nodes[id] ? [id] : (Object.keys(flat.nodes) as NodeId[]).filter((inner) => inner.startsWith(id + SEPARATOR))));

const leafOf = (id: NodeId): string => id.slice(id.lastIndexOf(SEPARATOR) + 1);
/** Whether something written down for one node is this node's: its own, or from before it moved into a component or out of one. */
export const isHomeOf = (flat: Pick<Graph, 'nodes'>, node: NodeId, written: NodeId): boolean => written === node || (!flat.nodes[written] && leafOf(written) === leafOf(node));

/** What was written down for nodes that moved into a component or out of one, under the ids they have now. */
export function rehomed<T extends { readonly node: NodeId }>(written: readonly T[], graph: Graph): readonly T[] {
  if (written.every(({ node }) => nodeAt(graph, node))) return written;
  const flat = expanded(graph);
  const homes = new Map((Object.keys(flat.nodes) as NodeId[]).map((id) => [leafOf(id), id]));
  const moved = written.map((one) => {
    const home = flat.nodes[one.node] ? undefined : homes.get(leafOf(one.node));
    return home ? { ...one, node: home } : one;
  });
  return moved.some((one, at) => one !== written[at]) ? moved : written;
}

/** What an instance changes on the nodes inside: exposed params, and its own switches. */
function insideOf(component: Component, { params, muted, off }: GraphNode): Record<NodeId, Partial<GraphNode>> {
  const over: Record<NodeId, { -readonly [K in keyof GraphNode]?: GraphNode[K] }> = {};
  if (muted || off) for (const id of Object.keys(component.nodes) as NodeId[]) over[id] = { ...(muted ? { muted } : {}), ...(off ? { off } : {}) };
  for (const [name, value] of Object.entries(params)) {
    const exposed = component.params[name];
    if (exposed) over[exposed.node] = { ...over[exposed.node], params: { ...over[exposed.node]?.params, [exposed.param]: value } };
  }
  return over;
}

/** Why a component may not be placed on a board, in a sentence, or `undefined` when it may. */
export function whyNotPlace(graph: Graph, path: readonly NodeId[], id: ComponentId): Sentence | undefined {
  const around = path.map((_, depth) => componentIdOf(boardAt(graph, path.slice(0, depth))?.nodes[path[depth]!]?.type ?? ''));
  const needed = componentsUsed({ ['x' as NodeId]: { type: typeOfComponent(id), version: 1, params: {}, position: { x: 0, y: 0 } } }, graph.components);
  const clash = around.find((component) => component && needed.has(component));
  if (!clash) return undefined;
  const [outer, own] = [graph.components[clash]!.title, graph.components[id]!.title];
  return clash === id ? say('“{0}” cannot hold itself.', own) : say('“{0}” holds “{1}”, so it cannot be placed inside it.', own, outer);
}

/** Why nodes cannot become one: something outside lies between them, so the component would feed itself. The node that lies there, or `undefined`. */
export function between(board: Pick<Board, 'wires'>, chosen: readonly NodeId[]): NodeId | undefined {
  const own = new Set(chosen);
  const reach = (side: 'from' | 'to', other: 'from' | 'to') => {
    const ends = new Map<NodeId, NodeId[]>();
    for (const wire of Object.values(board.wires)) ends.set(wire[side].node, [...(ends.get(wire[side].node) ?? []), wire[other].node]);
    const found = new Set(chosen.flatMap((id) => ends.get(id) ?? []).filter((id) => !own.has(id)));
    for (const id of found) for (const next of ends.get(id) ?? []) if (!own.has(next)) found.add(next);
    return found;
  };
  const before = reach('to', 'from');
  return [...reach('from', 'to')].find((id) => before.has(id));
}

/** Makes nodes of a board into a component and puts one instance in their place. Wires across become its sockets. */
export function makeComponent(draft: GraphDraft, board: BoardDraft, registry: Registry, chosen: readonly NodeId[], title: string): NodeId | undefined {
  const { components: _, wires, ...fragment } = copyFragment(board, draft.components, { nodes: chosen });
  const ids = Object.keys(fragment.nodes) as NodeId[];
  if (ids.length === 0) return undefined;
  const within = new Set(ids);
  const corner = { x: Math.min(...ids.map((id) => board.nodes[id]!.position.x)), y: Math.min(...ids.map((id) => board.nodes[id]!.position.y)) };
  const inputs: Record<string, { label: string; to: WireEnd[] }> = {};
  const outputs: Record<string, { label: string; from: WireEnd }> = {};
  const [feeds, uses]: [{ from: WireEnd; socket: string }[], { socket: string; to: WireEnd }[]] = [[], []];
  const labelOf = ({ node, socket }: WireEnd, side: 'inputs' | 'outputs') => {
    const inner = board.nodes[node]!;
    const definition = registry.get(inner.type);
    return (definition && (side === 'inputs' ? inputsOf(definition, inner) : definition.outputs)[socket]?.label) ?? socket;
  };
  for (const wire of Object.values(board.wires).sort((a, b) => a.order - b.order)) {
    const [from, to] = [{ ...wire.from }, { ...wire.to }];
    if (!within.has(from.node) && within.has(to.node)) {
      // One outside source feeding several nodes is one socket outside.
      const kept = feeds.find((feed) => feed.from.node === from.node && feed.from.socket === from.socket);
      const many = kept && inputs[kept.socket];
      if (many) {
        many.to.push(to);
        continue;
      }
      const label = labelOf(to, 'inputs');
      const socket = freshName(label, inputs);
      inputs[socket] = { label, to: [to] };
      feeds.push({ from, socket });
    } else if (within.has(from.node) && !within.has(to.node)) {
      let socket = Object.keys(outputs).find((name) => outputs[name]!.from.node === from.node && outputs[name]!.from.socket === from.socket);
      if (!socket) {
        const label = labelOf(from, 'outputs');
        outputs[(socket = freshName(label, outputs))] = { label, from };
      }
      uses.push({ socket, to });
    }
  }
  exposeLoose();
  const id = newId<ComponentId>('c');
  const instance = newId<NodeId>('n');
  const shifted = Object.fromEntries(ids.map((node) => {
    const { frame: _frame, ...rest } = fragment.nodes[node]!;
    return [node, { ...rest, position: { x: rest.position.x - corner.x, y: rest.position.y - corner.y } }];
  }));
  draft.components[id] = {
    ...emptyBoard, title, description: '', version: 0, inputs, outputs, params: {}, nodes: shifted,
    wires: Object.fromEntries(wires.map(({ via, ...wire }) => [newId<WireId>('w'), { ...wire, ...(via ? { via: via.map((point) => ({ x: point.x - corner.x, y: point.y - corner.y })) } : {}) }])),
  };
  const frame = board.nodes[ids[0]!]!.frame;
  removeNodes(board, ids);
  board.nodes[instance] = { type: typeOfComponent(id), version: 1, params: {}, position: corner, ...(frame ? { frame } : {}) };
  let order = 0;
  for (const { from, socket } of feeds) board.wires[newId<WireId>('w')] = { from, to: { node: instance, socket }, order: order++ };
  for (const { socket, to } of uses) board.wires[newId<WireId>('w')] = { from: { node: instance, socket }, to, order: order++ };
  return instance;

  /** Outputs nobody takes yet are what the component is for. */
  function exposeLoose(): void {
    if (Object.keys(outputs).length) return;
    const used = new Set(wires.map(({ from }) => `${from.node} ${from.socket}`));
    for (const node of ids) {
      for (const socket of Object.keys(registry.get(board.nodes[node]!.type)?.outputs ?? {})) {
        if (used.has(`${node} ${socket}`)) continue;
        const label = labelOf({ node, socket }, 'outputs');
        outputs[freshName(label, outputs)] = { label, from: { node, socket } };
      }
    }
  }
}

/** Puts an instance's nodes in its place, with what it had set, and wires them as it was wired. Returns the nodes. */
export function unpackComponent(board: BoardDraft, components: Graph['components'], id: NodeId): NodeId[] {
  const instance = board.nodes[id];
  const component = instance && components[componentIdOf(instance.type) ?? ('' as ComponentId)];
  if (!instance || !component) return [];
  const over = insideOf(component, instance);
  // Ids are kept where they are free: takes and history know nodes by them.
  const fresh = new Map((Object.keys(component.nodes) as NodeId[]).map((inner) => [inner, board.nodes[inner] ? newId<NodeId>('n') : inner]));
  for (const [inner, copy] of fresh) {
    const node = component.nodes[inner]!;
    board.nodes[copy] = { ...node, ...over[inner], params: { ...node.params, ...over[inner]?.params }, position: { x: node.position.x + instance.position.x, y: node.position.y + instance.position.y }, ...(instance.frame ? { frame: instance.frame } : {}) };
  }
  const end = ({ node, socket }: WireEnd): WireEnd => ({ node: fresh.get(node)!, socket });
  for (const { from, to, order } of Object.values(component.wires)) board.wires[newId<WireId>('w')] = { from: end(from), to: end(to), order };
  for (const [wireId, { from, to, order }] of Object.entries(board.wires) as [WireId, Wire][]) {
    const [source, targets] = [from.node === id ? component.outputs[from.socket]?.from : undefined, to.node === id ? component.inputs[to.socket]?.to : undefined];
    if (from.node !== id && to.node !== id) continue;
    delete board.wires[wireId];
    for (const target of to.node === id ? (targets ?? []).map(end) : [{ ...to }]) {
      if (from.node === id && !source) continue;
      board.wires[newId<WireId>('w')] = { from: source ? end(source) : { ...from }, to: target, order };
    }
  }
  delete board.nodes[id];
  return [...fresh.values()];
}

const freshName = (label: string, taken: Readonly<Record<string, unknown>>): string => {
  const base = label.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'socket';
  for (let nth = 1; ; nth++) {
    const name = nth === 1 ? base : `${base}-${nth}`;
    if (!taken[name]) return name;
  }
};
const same = (a: WireEnd, b: WireEnd): boolean => a.node === b.node && a.socket === b.socket;

/** Shows a param of a node inside on every instance, or hides it again. */
export function toggleExposedParam(component: ComponentDraft, node: NodeId, param: string, label: string): void {
  const name = Object.keys(component.params).find((one) => component.params[one]!.node === node && component.params[one]!.param === param);
  const { [name ?? '']: _, ...others } = component.params;
  component.params = name ? others : { ...component.params, [freshName(label, component.params)]: { label, node, param } };
}
/** Shows a socket of a node inside on every instance, or hides it again. */
export function toggleExposedInput(component: ComponentDraft, end: WireEnd, label: string): void {
  const name = Object.keys(component.inputs).find((one) => component.inputs[one]!.to.some((to) => same(to, end)));
  if (!name) {
    component.inputs = { ...component.inputs, [freshName(label, component.inputs)]: { label, to: [end] } };
    return;
  }
  const { [name]: exposed, ...others } = component.inputs;
  const to = exposed!.to.filter((one) => !same(one, end));
  component.inputs = to.length ? { ...others, [name]: { ...exposed!, to } } : others;
}
export function toggleExposedOutput(component: ComponentDraft, end: WireEnd, label: string): void {
  const name = Object.keys(component.outputs).find((one) => same(component.outputs[one]!.from, end));
  const { [name ?? '']: _, ...others } = component.outputs;
  component.outputs = name ? others : { ...component.outputs, [freshName(label, component.outputs)]: { label, from: end } };
}
/** Wires at sockets a component no longer has are taken off its instances everywhere. */
export function dropDeadWires(graph: GraphDraft, id: ComponentId): void {
  const type = typeOfComponent(id);
  const component = graph.components[id];
  for (const board of [graph, ...Object.values(graph.components)]) {
    for (const [wire, { from, to }] of Object.entries(board.wires) as [WireId, Wire][]) {
      const lost = (board.nodes[from.node]?.type === type && !component?.outputs[from.socket]) || (board.nodes[to.node]?.type === type && !component?.inputs[to.socket]);
      if (lost) delete board.wires[wire];
    }
  }
}
