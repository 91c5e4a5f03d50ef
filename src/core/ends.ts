/** Where a graph comes out. */
import { nodeIds, type Graph } from './graph.ts';
import type { NodeId } from './ids.ts';
import type { Registry } from './node.ts';

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
  const found = new Set(nodes);
  // A set grows while it is walked: what is found is followed in turn.
  for (const id of found) for (const { from, to } of Object.values(wires)) if (from.node === id) found.add(to.node);
  return [...found];
}

/** Nodes that make a picture on the way to an end. */
export function picturesOnTheWay(graph: Pick<Graph, 'nodes' | 'wires'>, registry: Registry): NodeId[] {
  const found = new Set(endsOf(graph, registry));
  // A set grows while it is walked: what is found is searched in turn.
  for (const id of found) for (const { from, to } of Object.values(graph.wires)) if (to.node === id) found.add(from.node);
  return [...found].filter((id) => {
    const definition = registry.get(graph.nodes[id]?.type ?? '');
    return definition && definition.layer !== 'control' && Object.values(definition.outputs).some(({ kind }) => kind === 'image');
  });
}
