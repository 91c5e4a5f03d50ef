/** Whose takes a verdict is about. */
import { SEPARATOR } from '../graph/instance.ts';
import type { NodeId } from '../core/ids.ts';
import type { RunsState } from '../state/runs.ts';

/**
 * The generation node whose takes a verdict at this node is about: itself, or at a gate the one whose take waits there.
 * A component speaks for the gate in it that waits.
 */
export function judgedNode({ plan }: Pick<RunsState, 'plan'>, flat: NodeId): NodeId {
  if (!plan) return flat;
  const waitsInside = (Object.keys(plan.gates) as NodeId[]).find(
    (gate) => gate.startsWith(flat + SEPARATOR) && plan.nodes[gate]?.state === 'waits',
  );
  const takes = plan.gates[flat] ?? (waitsInside && plan.gates[waitsInside]);
  const made = takes?.filter(({ artifact }) => artifact);
  return (made?.find(({ verdict }) => verdict === 'open') ?? made?.[0] ?? takes?.[0])?.node ?? flat;
}
