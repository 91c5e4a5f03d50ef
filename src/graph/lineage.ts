/** Which nodes an edit put in place, so that who looks for what changed need not look at all of them. */
import type { Graph, GraphNode } from './graph.ts';
import type { NodeId } from '../core/ids.ts';

type Nodes = Graph['nodes'];

/** Held weakly: a record must not keep all that came before it. */
const origins = new WeakMap<Nodes, { readonly before: WeakRef<Nodes>; readonly put: readonly NodeId[] }>();

/** `nodes` with some in place of what was there. */
export function nodesWith(nodes: Nodes, put: Nodes): Nodes {
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

/** A graph whose nodes nobody has asked for yet: those of another record, and what was put in place since. */
interface Pending {
  readonly base: Nodes;
  readonly since: Nodes;
  readonly count: number;
}
const pending = new WeakMap<Graph, Pending>();
const successors = new WeakMap<Graph, { readonly before: WeakRef<Graph>; readonly put: Nodes }>();
/** More than this in place of others are written into a record of their own. */
const MOST_PENDING = 500;

/**
 * `rest` with the nodes of `before`, some replaced. Ten thousand nodes take longer to copy than a change takes to
 * compile, so they are copied when they are asked for.
 */
export function graphWith(rest: Omit<Graph, 'nodes'>, before: Graph, put: Nodes): Graph {
  const waiting = pending.get(before);
  const since = waiting ? { ...waiting.since, ...put } : put;
  const graph = Object.defineProperty({ ...rest } as Graph, 'nodes', {
    enumerable: true,
    configurable: true,
    get() {
      const { base, since: replaced } = pending.get(graph)!;
      const nodes = { ...base, ...replaced };
      pending.delete(graph);
      Object.defineProperty(graph, 'nodes', { value: nodes, enumerable: true, configurable: true, writable: true });
      return nodes;
    },
  });
  pending.set(graph, {
    base: waiting ? waiting.base : before.nodes,
    since,
    count: (waiting?.count ?? 0) + Object.keys(put).length,
  });
  if (pending.get(graph)!.count > MOST_PENDING) void graph.nodes;
  successors.set(graph, { before: new WeakRef(before), put });
  return graph;
}

/** The nodes that `after` has in place of those in `before`; `undefined` where that is not known. */
export function replacedSince(before: Graph, after: Graph): Nodes | undefined {
  if (before === after) return {};
  const successor = successors.get(after);
  if (successor) return successor.before.deref() === before ? successor.put : undefined;
  const ids = changedNodes(before.nodes, after.nodes);
  if (!ids) return undefined;
  const put: Record<NodeId, GraphNode> = {};
  for (const id of ids) if (after.nodes[id]) put[id] = after.nodes[id];
  return put;
}
