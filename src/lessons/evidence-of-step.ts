/** What of the work on a graph belongs to one step of a draft. */
import { OPEN } from '../core/take.ts';
import type { Graph } from '../graph/graph.ts';
import type { Evidence } from './evidence.ts';
import type { LessonDraft } from './lesson-draft.ts';

export interface StepEvidence {
  /** As a learner finds it who begins the step. */
  readonly before: Evidence;
  /** As it is when the step is passed in the way the teacher did it. */
  readonly after: Evidence;
}

/** `start`: the graph the lesson begins with. The last step takes in whatever was done since. */
export function evidenceOfStep(evidence: Evidence, { steps }: LessonDraft, at: number, start: Graph): StepEvidence {
  // A step with a graph of its own finds nothing on it.
  const owner = steps.slice(0, at + 1).findLastIndex((step) => step.start);
  const from = owner > 0 ? steps[owner - 1]!.recordedAt : -Infinity;
  const isFirst = at === Math.max(0, owner);
  const begins = isFirst ? from : steps[at - 1]!.recordedAt;
  const ends = at === steps.length - 1 ? Infinity : steps[at]!.recordedAt;
  const found = isFirst ? { ...evidence, graph: start, replays: [] } : evidence;
  return { before: evidenceBetween(found, from, begins), after: evidenceBetween(evidence, from, ends) };
}

function evidenceBetween(evidence: Evidence, after: number, until: number): Evidence {
  const isIn = (at: number) => at > after && at <= until;
  return {
    ...evidence,
    runs: evidence.runs.filter(({ at }) => isIn(at)),
    takes: evidence.takes
      .filter(({ at }) => isIn(at))
      // What was accepted later was not accepted yet.
      .map((take) => (take.verdict.at <= until ? take : { ...take, verdict: OPEN })),
  };
}
