/** Where a graph comes out. */
import { nodeIds, type Graph } from './graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { LeadsTo } from '../core/take.ts';

/** What a graph delivers; one without deliveries gives what nothing else takes. */
export function endsOf(graph: Pick<Graph, 'nodes' | 'wires'>, registry: Registry): NodeId[] {
  const used = new Set(Object.values(graph.wires).map(({ from }) => from.node));
  const ends = nodeIds(graph).filter((id) => {
    const definition = registry.get(graph.nodes[id]!.type);
    return definition && definition.layer !== 'control' && !used.has(id);
  });
  const deliveries = ends.filter((id) => 'file' in registry.get(graph.nodes[id]!.type)!.outputs);
  return deliveries.length ? deliveries : ends;
}

/** These nodes and everything their wires lead to. */
export function downstreamOf({ wires }: Pick<Graph, 'wires'>, nodes: readonly NodeId[]): NodeId[] {
  return [...reached(wires, nodes, 'from', 'to')];
}

/** A node and everything that wires come from on the way to it, the nearest first. */
export const upstreamOf = ({ wires }: Pick<Graph, 'wires'>, node: NodeId): ReadonlySet<NodeId> =>
  reached(wires, [node], 'to', 'from');

/** The generation node whose takes a picture of this node stems from: itself, or the nearest before it. */
export const makerOf = (graph: Pick<Graph, 'nodes' | 'wires'>, registry: Registry, node: NodeId): NodeId | undefined =>
  [...upstreamOf(graph, node)].find((id) => registry.get(graph.nodes[id]?.type ?? '')?.request);

/**
 * These nodes and everything their wires lead to, or come from. Each wire is looked at twice, however many nodes there
 * are.
 */
function reached(
  wires: Graph['wires'],
  nodes: Iterable<NodeId>,
  side: 'from' | 'to',
  other: 'from' | 'to',
): ReadonlySet<NodeId> {
  const next = new Map<NodeId, NodeId[]>();
  for (const wire of Object.values(wires)) {
    const list = next.get(wire[side].node);
    if (list) list.push(wire[other].node);
    else next.set(wire[side].node, [wire[other].node]);
  }
  const found = new Set(nodes);
  // A set grows while it is walked: what is found is followed in turn.
  for (const id of found) for (const to of next.get(id) ?? []) found.add(to);
  return found;
}

/** Where a picture goes from the node that makes it: through refinement, as far as a delivery or another generation. */
export function leadsToOf({ nodes, wires }: Pick<Graph, 'nodes' | 'wires'>, registry: Registry, node: NodeId): LeadsTo {
  const definitionOf = (id: NodeId) => registry.get(nodes[id]?.type ?? '');
  const goesOn = (id: NodeId) => id === node || !definitionOf(id)?.request;
  const onward = Object.fromEntries(Object.entries(wires).filter(([, wire]) => goesOn(wire.from.node)));
  const found = downstreamOf({ wires: onward }, [node]).filter((id) => id !== node);
  return {
    delivery: found.some((id) => 'file' in (definitionOf(id)?.outputs ?? {})),
    takes: found.filter((id) => !goesOn(id)),
  };
}

/** Nodes that make a picture on the way to an end. */
export function picturesOnTheWay(graph: Pick<Graph, 'nodes' | 'wires'>, registry: Registry): NodeId[] {
  const found = reached(graph.wires, endsOf(graph, registry), 'to', 'from');
  return [...found].filter((id) => {
    const definition = registry.get(graph.nodes[id]?.type ?? '');
    return (
      definition &&
      definition.layer !== 'control' &&
      Object.values(definition.outputs).some(({ kind }) => kind === 'image')
    );
  });
}
