/** One status for each node, from what a run did and what the plan knows. */
import type { Graph } from '../graph/graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { Sentence } from '../core/say.ts';
import type { Outputs } from '../core/values.ts';
import { w } from '../words/t.ts';
import type { NodePlan } from '../engine/plan.ts';
import { IDLE, type NodeRun, type RunsState, type Status } from '../state/runs.ts';

export const nodeRunOf =
  (id: NodeId) =>
  (state: RunsState): NodeRun =>
    state.nodes[id] ?? IDLE;
export const nodePlanOf =
  (id: NodeId) =>
  (state: RunsState): NodePlan | undefined =>
    state.plan?.nodes[id];

/** Something upstream or in the node changed since it last ran. */
export function isStale(run: NodeRun, plan: NodePlan | undefined, running: boolean): boolean {
  if (running || !plan || run.outputs === undefined) return false;
  return whyAhead(plan) !== undefined || (plan.state === 'waits' && !isArrived(plan));
}

/** A run has nothing more to do at it. */
export const isSettled = ({ status }: NodeRun): boolean => status === 'done' || status === 'cached';

/** How a run ended. */
export const OUTCOMES = {
  done: w('Done'),
  failed: w('Failed'),
  cancelled: w('Cancelled'),
  waiting: w('Waiting'),
} as const;

/** Why it is to run, now or after a verdict; nothing where it is not. */
export const whyAhead = (plan: NodePlan | undefined): readonly Sentence[] | undefined =>
  plan?.state === 'will run' || plan?.state === 'may run' || plan?.state === 'later' ? plan.why : undefined;

/** Whether there is something at a gate to be judged. */
const isArrived = ({ arrived }: Extract<NodePlan, { state: 'waits' }>): boolean =>
  Object.values(arrived).some((value) => value !== undefined);

export function statusOf(
  node: Graph['nodes'][NodeId] | undefined,
  run: NodeRun,
  plan: NodePlan | undefined,
  running: boolean,
): Status {
  if (node?.muted) return 'muted';
  if (running || run.status === 'failed') return run.status;
  if (plan?.state === 'waits') return isArrived(plan) ? 'waiting' : 'idle';
  if (plan?.state === 'cached') return run.status === 'done' ? 'done' : 'cached';
  return ['done', 'cached', 'waiting'].includes(run.status) ? 'idle' : run.status;
}

/** What a node shows: its own last outputs, those the plan found stored, or at a gate what waits there. */
export function shownOutputs(run: NodeRun, plan: NodePlan | undefined): Outputs | undefined {
  if (plan?.state === 'cached') return plan.outputs;
  return plan?.state === 'waits' && isArrived(plan) ? plan.arrived : run.outputs;
}
