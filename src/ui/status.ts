/** One status for each node, from what a run did and what the plan knows. */
import type { Graph } from '../graph/graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { Outputs } from '../core/values.ts';
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
  return !running && (plan?.state === 'will run' || plan?.state === 'may run') && run.outputs !== undefined;
}

export function statusOf(
  node: Graph['nodes'][NodeId] | undefined,
  run: NodeRun,
  plan: NodePlan | undefined,
  running: boolean,
): Status {
  if (node?.muted) return 'muted';
  if (running || run.status === 'failed') return run.status;
  if (plan?.state === 'cached') return run.status === 'done' ? 'done' : 'cached';
  return run.status === 'done' || run.status === 'cached' ? 'idle' : run.status;
}

/** What a node shows: its own last outputs, or those the plan found stored. */
export const shownOutputs = (run: NodeRun, plan: NodePlan | undefined): Outputs | undefined =>
  plan?.state === 'cached' ? plan.outputs : run.outputs;
