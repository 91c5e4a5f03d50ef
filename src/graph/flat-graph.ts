/** The flat graph an engine runs, and where in it what was written down for a node belongs. */
import { nodeAt } from './component.ts';
import { flatOf } from './expand.ts';
import { SEPARATOR } from './instance.ts';
import type { Graph } from './graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { ModelRef } from '../core/take.ts';

/** The graph with every component written out: what plans and runs work on. Ids of inner nodes are `instance/inner`. */
export const expanded = (graph: Graph): Graph => flatOf(graph);

/** The models that its nodes are pinned to, those inside components included. */
export const pinsIn = (graph: Graph): readonly ModelRef[] =>
  Object.values(expanded(graph).nodes).flatMap(({ pinned }) => pinned ?? []);

/** Targets of a run in the flat graph: an instance stands for every node in it. */
export const flatTargets = (flat: Graph, targets: readonly NodeId[]): NodeId[] =>
  targets.flatMap((id) =>
    flat.nodes[id] ? [id] : (Object.keys(flat.nodes) as NodeId[]).filter((inner) => inner.startsWith(id + SEPARATOR)),
  );

const leafOf = (id: NodeId): string => id.slice(id.lastIndexOf(SEPARATOR) + 1);
/**
 * Whether something written down for one node is this node's: its own, or from before it moved into a component or out
 * of one.
 */
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
