/** Components from outside: the board a path leads to, and what an instance looks like as a node. */
import { componentIdOf, componentOf, typeOfComponent } from './component-type.ts';
import { inputsOf } from './connect.ts';
import type { BoardDraft, GraphDraft } from './edits.ts';
import { SEPARATOR } from './instance.ts';
import type { Board, Component, Graph, GraphNode } from './graph.ts';
import type { ComponentId, NodeId } from '../core/ids.ts';
import type { Layer, NodeFace, Registry } from '../core/node.ts';
import { own } from '../core/own.ts';
import type { Params, ParamSpec } from '../core/params.ts';
import { parseParams } from '../core/params.ts';
import { say } from '../core/say.ts';
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
/**
 * Changes a param of a node in the flat graph: at the instance that exposes it, else where the node is written down.
 */
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
  let answers = new Map<ComponentId, { readonly component: Component; readonly definition: NodeFace | undefined }>();
  let answered: Graph['components'] | undefined;
  const find = (type: string): NodeFace | undefined => {
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
  { readonly inner: readonly (NodeFace | undefined)[]; readonly definition: NodeFace }
>();
/**
 * A component as a node: sockets and params taken over from the nodes inside. The same object while nothing in it
 * changes.
 */
function definitionOf(id: ComponentId, component: Component, registry: Registry): NodeFace {
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

function asNode(id: ComponentId, component: Component, registry: Registry): NodeFace {
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
        ...(label ? { label } : {}),
        optional: specs.every((spec) => spec.optional),
        many: specs.every((spec) => spec.many),
      };
  }
  const outputs: Record<string, SocketSpec> = {};
  for (const [name, { label, from }] of Object.entries(component.outputs)) {
    const definition = registry.get(own(component.nodes, from.node)?.type ?? '');
    const spec = definition && own(definition.outputs, from.socket);
    if (spec) outputs[name] = label ? { ...spec, label } : spec;
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
    params[name] = {
      ...rest,
      ...(label ? { label } : {}),
      default: value,
      ...(by ? { when: { ...when, param: by } } : {}),
    } as ParamSpec;
  }
  const layers = new Set(Object.values(component.nodes).map(({ type }) => registry.get(type)?.layer));
  const layer: Layer = layers.has('generation') ? 'generation' : layers.has('refinement') ? 'refinement' : 'control';
  return {
    id: typeOfComponent(id),
    layer,
    version: 1,
    title: component.title,
    summary: component.description || NO_WORDS,
    inputs,
    outputs,
    params: params as Params,
    determinism: 'pure',
    lane: 'cpu',
  };
}
