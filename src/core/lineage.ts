/** Which nodes an edit put in place, so that who looks for what changed need not look at all of them. */
import type { Graph, GraphNode } from './graph.ts';
import type { NodeId } from './ids.ts';

type Nodes = Graph['nodes'];

/** Held weakly: a record must not keep all that came before it. */
const origins = new WeakMap<Nodes, { readonly before: WeakRef<Nodes>; readonly put: readonly NodeId[] }>();

/** `nodes` with some in place of what was there. */
export function nodesWith(nodes: Nodes, put: Readonly<Record<NodeId, GraphNode>>): Nodes {
  const after = { ...nodes, ...put };
  origins.set(after, { before: new WeakRef(nodes), put: Object.keys(put) as NodeId[] });
  return after;
}

/** The nodes in which `after` may differ from `before`; `undefined` where that is not known. */
export function changedNodes(before: Nodes, after: Nodes): readonly NodeId[] | undefined {
  if (before === after) return [];
  const origin = origins.get(after);
  return origin?.before.deref() === before ? origin.put : undefined;
}
