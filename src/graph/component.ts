/** Components: what an instance looks like from outside, how one is made and taken apart, and the flat graph an engine runs. */
import { componentIdOf, componentOf, componentsUsed, typeOfComponent } from './component-type.ts';
import {
  askOnInstance,
  askOnNodes,
  choicesOf,
  copiedWire,
  facesOf,
  followChoices,
  freshName,
  layInPlace,
  pickedChoice,
  throughComponent,
  throughInstance,
  type Laid,
} from './component-faces.ts';
import { inputsOf } from './connect.ts';
import type { BoardDraft, ComponentDraft, GraphDraft } from './edits.ts';
import { isSameEnd, nextOrder, removeNodes } from './edits.ts';
import { flatOf } from './expand.ts';
import { copyFragment } from './fragment.ts';
import { insideOf, saidOver, SEPARATOR } from './instance.ts';
import {
  emptyBoard,
  type Board,
  type Component,
  type Graph,
  type GraphNode,
  type Wire,
  type WireEnd,
} from './graph.ts';
import { newId, type ComponentId, type NodeId, type WireId } from '../core/ids.ts';
import type { Layer, NodeDefinition, Registry } from '../core/node.ts';
import { own } from '../core/own.ts';
import type { Params, ParamSpec } from '../core/params.ts';
import { parseParams } from '../core/params.ts';
import { say, type Sentence } from '../core/say.ts';
import type { SocketSpec } from '../core/sockets.ts';

type Rooted<B> = B & { readonly components: Readonly<Record<ComponentId, B>> };
function follow<B extends Pick<Board, 'nodes'>>(graph: Rooted<B>, path: readonly NodeId[]): B | undefined {
  let board: B | undefined = graph;
  for (const id of path) {
    const instance: GraphNode | undefined = board && own(board.nodes, id);
    board = instance && componentOf(graph.components, instance.type);
  }
  return board;
}
/** The board a path of instances leads to, or `undefined` when one of them is gone. */
export const boardAt = (graph: Graph, path: readonly NodeId[]): Board | undefined => follow<Board>(graph, path);
export const draftAt = (draft: GraphDraft, path: readonly NodeId[]): BoardDraft | undefined =>
  follow<BoardDraft>(draft, path);
/** The node a flat id names, as it is written down: inside a component all instances share it. */
export function nodeAt(graph: Graph, id: NodeId): GraphNode | undefined {
  const path = id.split(SEPARATOR) as NodeId[];
  return own(boardAt(graph, path.slice(0, -1))?.nodes ?? {}, path.at(-1)!);
}
/** The same, to be changed. */
export function draftNodeAt(draft: GraphDraft, id: NodeId): BoardDraft['nodes'][NodeId] | undefined {
  const path = id.split(SEPARATOR) as NodeId[];
  return own(draftAt(draft, path.slice(0, -1))?.nodes ?? {}, path.at(-1)!);
}
/** Changes a param of a node in the flat graph: at the instance that exposes it, else where the node is written down. */
export function setParamAt(draft: GraphDraft, id: NodeId, param: string, value: unknown): void {
  const path = id.split(SEPARATOR) as NodeId[];
  for (let depth = path.length - 1; depth > 0; depth--) {
    const component = componentOf(
      draft.components,
      draftNodeAt(draft, path.slice(0, depth).join(SEPARATOR) as NodeId)?.type ?? '',
    );
    const exposed = Object.entries(component?.params ?? {}).find(
      ([, to]) => to.node === path[depth] && to.param === param,
    )?.[0];
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
  let answers = new Map<
    ComponentId,
    { readonly component: Component; readonly definition: NodeDefinition | undefined }
  >();
  let answered: Graph['components'] | undefined;
  const find = (type: string): NodeDefinition | undefined => {
    const id = componentIdOf(type);
    if (!id) return base.get(type);
    const now = components();
    if (now !== answered) [answered, answers] = [now, new Map()];
    const component = own(now, id);
    const answer = answers.get(id);
    if (!component || answer?.component === component) return component && answer?.definition;
    // One that holds itself is unknown there.
    answers.set(id, { component, definition: undefined });
    const definition = definitionOf(id, component, registry);
    answers.set(id, { component, definition });
    return definition;
  };
  const registry: Registry = Object.assign(new Map(base), {
    get: find,
    has: (type: string) => find(type) !== undefined,
  });
  return registry;
}

const known = new WeakMap<
  Component,
  { readonly inner: readonly (NodeDefinition | undefined)[]; readonly definition: NodeDefinition }
>();
/** A component as a node: sockets and params taken over from the nodes inside. The same object while nothing in it changes. */
function definitionOf(id: ComponentId, component: Component, registry: Registry): NodeDefinition {
  const inner = Object.values(component.nodes).map(({ type }) => registry.get(type));
  const before = known.get(component);
  if (before?.definition.id === typeOfComponent(id) && before.inner.every((definition, at) => definition === inner[at]))
    return before.definition;
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
      const inner = own(component.nodes, node);
      const definition = inner && registry.get(inner.type);
      return definition ? (own(inputsOf(definition, inner), socket) ?? []) : [];
    });
    if (specs[0])
      inputs[name] = {
        ...specs[0],
        label,
        optional: specs.every((spec) => spec.optional),
        many: specs.every((spec) => spec.many),
      };
  }
  const outputs: Record<string, SocketSpec> = {};
  for (const [name, { label, from }] of Object.entries(component.outputs)) {
    const definition = registry.get(own(component.nodes, from.node)?.type ?? '');
    const spec = definition && own(definition.outputs, from.socket);
    if (spec) outputs[name] = { ...spec, label };
  }
  const params: Record<string, ParamSpec> = {};
  for (const [name, { label, node, param }] of Object.entries(component.params)) {
    const inner = own(component.nodes, node);
    const definition = inner && registry.get(inner.type);
    const spec = definition && own(definition.params, param);
    if (!spec) continue;
    const { [param]: value } = parseParams({ [param]: spec }, { [param]: inner!.params[param] }).values;
    const { when, ...rest } = spec;
    // What it depends on is asked here only if it is exposed as well; otherwise it always shows.
    const by =
      when &&
      Object.entries(component.params).find(([, other]) => other.node === node && other.param === when.param)?.[0];
    params[name] = { ...rest, label, default: value, ...(by ? { when: { ...when, param: by } } : {}) } as ParamSpec;
  }
  const layers = new Set(Object.values(component.nodes).map(({ type }) => registry.get(type)?.layer));
  const layer: Layer = layers.has('generation') ? 'generation' : layers.has('refinement') ? 'refinement' : 'control';
  return {
    id: typeOfComponent(id),
    layer,
    version: 1,
    title: component.title,
    summary: component.description || NO_WORDS,
    docs: component.description || NO_WORDS,
    example: {},
    inputs,
    outputs,
    params: params as Params,
    determinism: 'pure',
    lane: 'cpu',
    run: () => Promise.reject(new TypeError('A component is taken apart before a run.')),
  };
}

/** The graph with every component written out: what plans and runs work on. Ids of inner nodes are `instance/inner`. */
export const expanded = (graph: Graph): Graph => flatOf(graph);

/** Targets of a run in the flat graph: an instance stands for every node in it. */
export const flatTargets = (flat: Graph, targets: readonly NodeId[]): NodeId[] =>
  targets.flatMap((id) =>
    flat.nodes[id] ? [id] : (Object.keys(flat.nodes) as NodeId[]).filter((inner) => inner.startsWith(id + SEPARATOR)),
  );

const leafOf = (id: NodeId): string => id.slice(id.lastIndexOf(SEPARATOR) + 1);
/** Whether something written down for one node is this node's: its own, or from before it moved into a component or out of one. */
export const isHomeOf = (flat: Pick<Graph, 'nodes'>, node: NodeId, written: NodeId): boolean =>
  written === node || (!flat.nodes[written] && leafOf(written) === leafOf(node));

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

/** Why a component may not be placed on a board, in a sentence, or `undefined` when it may. */
export function whyNotPlace(graph: Graph, path: readonly NodeId[], id: ComponentId): Sentence | undefined {
  const around = path.map((_, depth) =>
    componentIdOf(boardAt(graph, path.slice(0, depth))?.nodes[path[depth]!]?.type ?? ''),
  );
  const needed = componentsUsed(
    { ['x' as NodeId]: { type: typeOfComponent(id), version: 1, params: {}, position: { x: 0, y: 0 } } },
    graph.components,
  );
  const clash = around.find((component) => component && needed.has(component));
  if (!clash) return undefined;
  const [outer, own] = [graph.components[clash]!.title, graph.components[id]!.title];
  return clash === id
    ? say('“{0}” cannot hold itself.', own)
    : say('“{0}” holds “{1}”, so it cannot be placed inside it.', own, outer);
}

/** Why nodes cannot become one: something outside lies between them, so the component would feed itself. The node that lies there, or `undefined`. */
export function between(board: Pick<Board, 'wires'>, chosen: readonly NodeId[]): NodeId | undefined {
  const own = new Set(chosen);
  const reach = (side: 'from' | 'to', other: 'from' | 'to') => {
    const ends = new Map<NodeId, NodeId[]>();
    for (const wire of Object.values(board.wires)) {
      const list = ends.get(wire[side].node);
      if (list) list.push(wire[other].node);
      else ends.set(wire[side].node, [wire[other].node]);
    }
    const found = new Set(chosen.flatMap((id) => ends.get(id) ?? []).filter((id) => !own.has(id)));
    for (const id of found) for (const next of ends.get(id) ?? []) if (!own.has(next)) found.add(next);
    return found;
  };
  const before = reach('to', 'from');
  return [...reach('from', 'to')].find((id) => before.has(id));
}

/** Makes nodes of a board into a component and puts one instance in their place. Wires across become its sockets. */
export function makeComponent(
  draft: GraphDraft,
  board: BoardDraft,
  registry: Registry,
  chosen: readonly NodeId[],
  title: string,
): NodeId | undefined {
  const { components: _, wires, ...fragment } = copyFragment(board, draft.components, { nodes: chosen });
  const ids = Object.keys(fragment.nodes) as NodeId[];
  if (ids.length === 0) return undefined;
  const within = new Set(ids);
  const corner = {
    x: Math.min(...ids.map((id) => board.nodes[id]!.position.x)),
    y: Math.min(...ids.map((id) => board.nodes[id]!.position.y)),
  };
  const id = newId<ComponentId>('c');
  const instance = newId<NodeId>('n');
  const faces = facesOf(board, registry);
  const outer: Wire[] = [];
  for (const wire of Object.values(board.wires)
    .map(copiedWire)
    .sort((a, b) => a.order - b.order)) {
    if (within.has(wire.from.node) === within.has(wire.to.node)) continue;
    if (within.has(wire.from.node)) outer.push({ ...wire, from: { node: instance, socket: faces.output(wire.from) } });
    else {
      const { socket, isNew } = faces.input(`${wire.from.node} ${wire.from.socket}`, { ...wire.to, order: wire.order });
      // One outside source feeding several nodes is one socket outside.
      if (isNew) outer.push({ ...wire, to: { node: instance, socket } });
    }
  }
  if ('inputs' in board) throughComponent(board as ComponentDraft, within, instance, faces);
  if (board === draft) askOnInstance(draft, within, instance, faces);
  const own = board === draft ? choicesOf(fragment.nodes) : {};
  if (Object.keys(faces.outputs).length === 0) exposeLoose();
  const shifted = Object.fromEntries(
    ids.map((node) => {
      const { frame: _frame, take: _take, frozen: _frozen, inner: _inner, ...rest } = fragment.nodes[node]!;
      const kept = board === draft ? rest : { ...rest, ...pickedChoice(fragment.nodes[node]!) };
      return [node, { ...kept, position: { x: rest.position.x - corner.x, y: rest.position.y - corner.y } }];
    }),
  );
  draft.components[id] = {
    ...emptyBoard,
    title,
    description: '',
    version: 0,
    inputs: faces.inputs,
    outputs: faces.outputs,
    params: faces.params,
    nodes: shifted,
    wires: Object.fromEntries(
      wires.map(({ via, ...wire }) => [
        newId<WireId>('w'),
        { ...wire, ...(via ? { via: via.map((point) => ({ x: point.x - corner.x, y: point.y - corner.y })) } : {}) },
      ]),
    ),
  };
  const frame = board.nodes[ids[0]!]!.frame;
  followChoices(draft, board, ([first, ...rest]) =>
    within.has(first!) ? [instance, first!, ...rest] : [first!, ...rest],
  );
  removeNodes(board, ids);
  const inner = Object.keys(own).length ? { inner: own } : {};
  board.nodes[instance] = {
    type: typeOfComponent(id),
    version: 1,
    params: {},
    position: corner,
    ...(frame ? { frame } : {}),
    ...inner,
  };
  for (const wire of outer) board.wires[newId<WireId>('w')] = wire;
  return instance;

  /** Outputs nobody takes yet are what the component is for. */
  function exposeLoose(): void {
    const used = new Set(wires.map(({ from }) => `${from.node} ${from.socket}`));
    for (const node of ids) {
      for (const socket of Object.keys(registry.get(board.nodes[node]!.type)?.outputs ?? {}))
        if (!used.has(`${node} ${socket}`)) faces.output({ node, socket });
    }
  }
}

/** Puts an instance's nodes in its place, with what it had set, and wires them as it was wired. Returns the nodes. */
export function unpackComponent(draft: GraphDraft, board: BoardDraft, id: NodeId): NodeId[] {
  const instance = board.nodes[id];
  const component = instance && componentOf(draft.components, instance.type);
  if (!instance || !component) return [];
  const over = insideOf(component as Component, instance);
  const [dx, dy] = [instance.position.x, instance.position.y];
  // Ids are kept where they are free: takes and history know nodes by them.
  const fresh = new Map(
    (Object.keys(component.nodes) as NodeId[]).map((inner) => [inner, board.nodes[inner] ? newId<NodeId>('n') : inner]),
  );
  followChoices(draft, board, ([first, second, ...rest]) =>
    first === id && second ? [fresh.get(second) ?? second, ...rest] : [first!, ...(second ? [second] : []), ...rest],
  );
  for (const [inner, copy] of fresh) {
    const node = saidOver(component.nodes[inner]!, over[inner]);
    board.nodes[copy] = {
      ...node,
      position: { x: node.position.x + dx, y: node.position.y + dy },
      ...(instance.frame ? { frame: instance.frame } : {}),
    };
  }
  const end = ({ node, socket }: WireEnd): WireEnd => ({ node: fresh.get(node)!, socket });
  const laid: Laid[] = [];
  const lay = (wire: Wire, place: Laid['place']) =>
    laid.push({ place, to: wire.to, lay: (order) => (board.wires[newId<WireId>('w')] = { ...wire, order }) });
  for (const { from, to, order, via } of Object.values(component.wires).map(copiedWire)) {
    const moved = via?.map(({ x, y }) => ({ x: x + dx, y: y + dy }));
    lay({ from: end(from), to: end(to), order, ...(moved ? { via: moved } : {}) }, [order]);
  }
  for (const [wireId, wire] of (Object.entries(board.wires) as [WireId, Wire][]).map(
    ([one, wire]) => [one, copiedWire(wire)] as const,
  )) {
    if (wire.from.node !== id && wire.to.node !== id) continue;
    delete board.wires[wireId];
    const source = wire.from.node === id ? component.outputs[wire.from.socket]?.from : undefined;
    if (wire.from.node === id && source) lay({ ...wire, from: end(source) }, [wire.order]);
    if (wire.to.node !== id) continue;
    for (const target of component.inputs[wire.to.socket]?.to ?? [])
      lay({ ...wire, to: end(target) }, target.order === undefined ? [wire.order] : [target.order, wire.order]);
  }
  if ('inputs' in board) throughInstance(board as ComponentDraft, component as Component, id, end, laid);
  layInPlace(laid);
  if (board === draft) askOnNodes(draft, component as Component, id, fresh);
  delete board.nodes[id];
  return [...fresh.values()];
}

/** Shows a param of a node inside on every instance, or hides it again. */
export function toggleExposedParam(component: ComponentDraft, node: NodeId, param: string, label: string): void {
  const name = Object.keys(component.params).find(
    (one) => component.params[one]!.node === node && component.params[one]!.param === param,
  );
  const { [name ?? '']: _, ...others } = component.params;
  component.params = name
    ? others
    : { ...component.params, [freshName(label, component.params)]: { label, node, param } };
}
/** Shows a socket of a node inside on every instance, or hides it again. */
export function toggleExposedInput(component: ComponentDraft, end: WireEnd, label: string): void {
  const name = Object.keys(component.inputs).find((one) => component.inputs[one]!.to.some((to) => isSameEnd(to, end)));
  if (!name) {
    component.inputs = {
      ...component.inputs,
      [freshName(label, component.inputs)]: { label, to: [{ ...end, order: nextOrder(component, end) }] },
    };
    return;
  }
  const { [name]: exposed, ...others } = component.inputs;
  const to = exposed!.to.filter((one) => !isSameEnd(one, end));
  component.inputs = to.length ? { ...others, [name]: { ...exposed!, to } } : others;
}
export function toggleExposedOutput(component: ComponentDraft, end: WireEnd, label: string): void {
  const name = Object.keys(component.outputs).find((one) => isSameEnd(component.outputs[one]!.from, end));
  const { [name ?? '']: _, ...others } = component.outputs;
  component.outputs = name
    ? others
    : { ...component.outputs, [freshName(label, component.outputs)]: { label, from: end } };
}
/** Wires at sockets a component no longer has are taken off its instances everywhere. */
export function dropDeadWires(graph: GraphDraft, id: ComponentId): void {
  const type = typeOfComponent(id);
  const component = graph.components[id];
  for (const board of [graph, ...Object.values(graph.components)]) {
    for (const [wire, { from, to }] of Object.entries(board.wires) as [WireId, Wire][]) {
      const lost =
        (board.nodes[from.node]?.type === type && !component?.outputs[from.socket]) ||
        (board.nodes[to.node]?.type === type && !component?.inputs[to.socket]);
      if (lost) delete board.wires[wire];
    }
  }
}
