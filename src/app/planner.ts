/** Plans the open graph a moment after anything that changes the plan. */
import { toFailure } from '../core/errors.ts';
import type { Graph } from '../graph/graph.ts';
import type { GraphId } from '../core/ids.ts';
import type { Plan } from '../engine/plan.ts';
import type { TakePlan } from '../routing/take-plan.ts';
import type { DeskStore } from '../state/desk.ts';
import type { DocumentStore } from '../state/document.ts';
import type { RunsStore } from '../state/runs.ts';
import type { WorkspaceStore } from '../state/workspace.ts';

const DELAY_MS = 40;

interface Needs {
  readonly document: DocumentStore;
  readonly desk: DeskStore;
  readonly workspace: WorkspaceStore;
  readonly runs: RunsStore;
  /** Rejects when the thread that plans has died. */
  plan(id: GraphId, graph: Graph): Promise<Plan<TakePlan>>;
  /** The graph that the next run would run; the same one where nothing moves before it. */
  withNextSeeds(graph: Graph, now: Plan<TakePlan>): Graph;
}

export function createPlanner({ document, desk, workspace, runs, plan, withNextSeeds }: Needs): { replan(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  /** Whether what was asked for is still what is wanted; every change of it asks again by itself. */
  function stillWanted(): () => boolean {
    const turn = ++asked;
    const { id, graph, revision } = document.getState();
    const { mode } = workspace.getState();
    const known = desk.getState();
    return () => {
      const now = document.getState();
      const isSameGraph = now.id === id && now.graph === graph && now.revision === revision;
      const isSameWish = workspace.getState().mode === mode && desk.getState() === known;
      // A run says what each node has become; a plan from before it knows less.
      return turn === asked && isSameGraph && isSameWish && !runs.getState().running;
    };
  }

  async function planNow(): Promise<void> {
    const { id, graph } = document.getState();
    if (!id || runs.getState().running) return;
    const isWanted = stillWanted();
    try {
      const made = await plan(id, graph);
      if (!isWanted()) return;
      const next = withNextSeeds(graph, made);
      const ahead = next === graph ? made : await plan(id, next);
      if (isWanted()) runs.setPlan(made, ahead);
    } catch (thrown) {
      if (isWanted()) runs.cannotPlan(toFailure(thrown));
    }
  }

  return {
    replan() {
      clearTimeout(timer);
      timer = setTimeout(() => void planNow(), DELAY_MS);
    },
  };
}
