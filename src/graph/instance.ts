/** An instance of a component: how the nodes in it are called in the flat graph, and what it says of them. */
import { componentOf } from './component-type.ts';
import type { Component, Graph, GraphNode, InnerChoice } from './graph.ts';
import type { NodeId } from '../core/ids.ts';

export const SEPARATOR = '/';

/** The id a node inside an instance has in the flat graph: `instance/inner`. */
export const inside = (path: string, id: NodeId): NodeId => (path ? `${path}${SEPARATOR}${id}` : id) as NodeId;

/** What an instance changes on the nodes inside: exposed params, its own switches, and what is chosen in it alone. */
export function insideOf(
  component: Component,
  { params, muted, off, inner }: GraphNode,
): Readonly<Record<NodeId, Partial<GraphNode>>> {
  const over: Record<NodeId, { -readonly [K in keyof GraphNode]?: GraphNode[K] }> = Object.create(null);
  if (muted || off)
    for (const id of Object.keys(component.nodes) as NodeId[])
      over[id] = { ...(muted ? { muted } : {}), ...(off ? { off } : {}) };
  for (const [name, value] of Object.entries(params)) {
    const exposed = Object.hasOwn(component.params, name) ? component.params[name] : undefined;
    if (exposed)
      over[exposed.node] = { ...over[exposed.node], params: { ...over[exposed.node]?.params, [exposed.param]: value } };
  }
  /** Filled in place: an instance may choose for thousands of nodes. */
  const deeper: Record<NodeId, Record<string, InnerChoice>> = Object.create(null);
  for (const [path, choice] of Object.entries(inner ?? {})) {
    const [id, below] = headOf(path);
    if (below === undefined) over[id] = { ...over[id], ...choice };
    else (deeper[id] ??= {})[below] = choice;
  }
  for (const id of Object.keys(deeper) as NodeId[]) over[id] = { ...over[id], inner: deeper[id]! };
  return over;
}
/** The first step of a path, and the rest of it. */
function headOf(path: string): readonly [NodeId, string | undefined] {
  const at = path.indexOf(SEPARATOR);
  return at < 0 ? [path as NodeId, undefined] : [path.slice(0, at) as NodeId, path.slice(at + 1)];
}

/** A node with what an instance around it says. */
export function saidOver(node: GraphNode, over: Partial<GraphNode> | undefined): GraphNode {
  if (!over) return node;
  const inner = over.inner && node.inner ? { ...node.inner, ...over.inner } : undefined;
  return {
    ...node,
    ...over,
    params: over.params ? { ...node.params, ...over.params } : node.params,
    ...(inner ? { inner } : {}),
  };
}

/** Whether a board of the graph holds an instance. */
export const hasInstances = ({ nodes, components }: Pick<Graph, 'nodes' | 'components'>): boolean => {
  for (const id in nodes) if (componentOf(components, nodes[id as NodeId]!.type)) return true;
  return false;
};
