/** Gates: what arrives at one goes on once a person, or its own criteria, accepted the takes it comes from. */
import type { ArtifactHash, NodeId } from '../core/ids.ts';
import type { Verdict } from '../core/take.ts';
import { own } from '../core/own.ts';
import type { Outputs, Value } from '../core/values.ts';
import type { Step } from './compile.ts';
import type { GateTake } from './events.ts';
import { gather } from './gather.ts';

/** What was decided about a picture or clip of this node. */
export type VerdictOf = (node: NodeId, artifact: ArtifactHash) => Verdict['state'];

export const isGate = ({ definition, frozen }: Step): boolean =>
  definition?.waitsForVerdict === true && frozen === undefined;

/** Whatever is not accepted waits: what is open for its verdict, what was rejected for another take. */
export const isAccepted = ({ verdict }: GateTake): boolean => verdict === 'accepted';

/**
 * The takes that arrive at a gate: those of the nearest generation nodes before it. What comes from no generation node,
 * a picture that was brought in, is nobody's take: there is nothing to judge. `outputs`: by step.
 */
export function takesAt(
  steps: readonly Step[],
  gate: number,
  outputs: readonly (Outputs | undefined)[],
  verdictOf: VerdictOf,
): readonly GateTake[] {
  return makersBefore(steps, gate).flatMap((at): GateTake[] => {
    const { id: node } = steps[at]!;
    const made = outputs[at];
    if (!made) return [{ node, verdict: 'open' }];
    const artifact = shownHash(made);
    return artifact ? [{ node, artifact, verdict: verdictOf(node, artifact) }] : [];
  });
}

const shownHash = (outputs: Outputs): ArtifactHash | undefined =>
  Object.values(outputs).flatMap((value) =>
    value?.kind === 'image' || value?.kind === 'video' ? [value.hash] : [],
  )[0];

/** What a gate would let through: its inputs, under the names of its outputs. */
export function arrivedAt(step: Step, outputs: readonly (Outputs | undefined)[]): Outputs {
  const arrived: Record<string, Value> = {};
  for (const [socket, value] of Object.entries(gather(step, outputs).inputs)) {
    if (step.definition && own(step.definition.outputs, socket) && 'kind' in value) arrived[socket] = value;
  }
  return arrived;
}

function makersBefore(steps: readonly Step[], gate: number): readonly number[] {
  const found = new Set(steps[gate]!.needs);
  // A set grows while it is walked: what is found is followed in turn.
  for (const at of found) {
    const step = steps[at]!;
    if (!step.definition?.request) for (const need of step.needs) found.add(need);
  }
  return [...found].filter((at) => steps[at]!.definition?.request).sort((a, b) => a - b);
}
