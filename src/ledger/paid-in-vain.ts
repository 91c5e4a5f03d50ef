/**
 * Takes that would be paid for though nothing can come of them: all that they lead to needs a node that cannot run. A run
 * does not ask for them, so that nobody pays for a still and is told afterwards that the file beside it was missing.
 */
import type { Failure } from '../core/errors.ts';
import type { NodeId } from '../core/ids.ts';
import { FREE } from '../core/money.ts';
import type { Registry } from '../core/node.ts';
import { say } from '../core/say.ts';
import type { Plan } from '../engine/plan.ts';
import { nodeIds, type Graph, type GraphNode } from '../graph/graph.ts';
import type { TakePlan } from '../routing/take-plan.ts';

/**
 * By node that makes such takes: the one that cannot run. `flat`: the graph that was planned. `targets`: what a run is asked
 * for; missing where it is all of the graph.
 */
export function paidInVain(
  flat: Graph,
  { nodes }: Pick<Plan, 'nodes'>,
  registry: Registry,
  targets?: readonly NodeId[],
): ReadonlyMap<NodeId, NodeId> {
  const after = new Map<NodeId, NodeId[]>();
  const before = new Map<NodeId, NodeId[]>();
  for (const { from, to } of Object.values(flat.wires)) {
    listIn(after, from.node).push(to.node);
    listIn(before, to.node).push(from.node);
  }
  const all = nodeIds(flat);
  const isBlocked = (id: NodeId) => nodes[id]?.state === 'blocked';
  const isFirst = (id: NodeId) => isBlocked(id) && !before.get(id)?.some(isBlocked);
  const lost = spread(new Map(all.filter(isFirst).map((id) => [id, id])), after);
  if (lost.size === 0) return lost;
  const wanted = (targets ?? all.filter((id) => !after.has(id))).filter((id) => !lost.has(id));
  const needed = spread(new Map(wanted.map((id) => [id, id])), before);
  const concerned = spread(new Map(lost), before);
  const isInVain = (id: NodeId) => !lost.has(id) && !needed.has(id) && registry.get(flat.nodes[id]!.type)?.request;
  return new Map([...concerned].filter(([id]) => isInVain(id)));
}

/** What these lead to, too, each with what the nearest of them has. A map grows while it is walked. */
function spread(found: Map<NodeId, NodeId>, next: ReadonlyMap<NodeId, readonly NodeId[]>): Map<NodeId, NodeId> {
  for (const [id, what] of found) for (const to of next.get(id) ?? []) if (!found.has(to)) found.set(to, what);
  return found;
}

/** @param cause the node that cannot run */
export function notPaidFor(cause: NodeId, planned: Pick<Plan, 'nodes'>, { nodes }: Graph, registry: Registry): Failure {
  const { title, type = '' }: Partial<GraphNode> = nodes[cause] ?? {};
  const name = title ?? say(registry.get(type)?.title ?? type);
  const at = planned.nodes[cause];
  // It never runs, so that nobody else says why.
  const [why] = at?.state === 'blocked' ? at.problems : [];
  return {
    code: 'bad-input',
    message: say('This was not asked for, so nothing is paid: what it is for needs “{0}”, which cannot run.', name),
    hint: say('{0} See there; or run this node alone.', why ?? ''),
  };
}

function listIn(lists: Map<NodeId, NodeId[]>, id: NodeId): NodeId[] {
  const list = lists.get(id) ?? [];
  lists.set(id, list);
  return list;
}

/** Whether a run of a node asks for nothing that costs: all who could be asked are free, or it waits for what was sent. */
export const isForNothing = ({ resolution, taken, followsOnly }: TakePlan): boolean =>
  followsOnly === true ||
  taken.some(({ state }) => state === 'pending') ||
  resolution.usable.every(({ estimate }) => estimate.amount === FREE);
