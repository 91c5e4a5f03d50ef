/** How far somebody has come in a lesson. Plain data, changed by making it anew. */
import type { GraphId } from '../core/ids.ts';
import type { ReplayReport } from '../ledger/replay-report.ts';
import type { Checked } from './check-step.ts';
import type { Answers, Lesson, LessonStep } from './lesson.ts';

export interface StepProgress {
  /** Checks that held when they were last looked at, by id. */
  readonly passed: readonly string[];
  /** How often it was looked at whether it is done. */
  readonly attempts: number;
  /** Checks whose hint was opened. */
  readonly hints: readonly string[];
  readonly isShown: boolean;
  /** `skipped`: gone on from without passing. */
  readonly state: 'open' | 'passed' | 'skipped';
  readonly answers: Answers;
}
export const NOT_BEGUN: StepProgress = {
  passed: [],
  attempts: 0,
  hints: [],
  isShown: false,
  state: 'open',
  answers: {},
};
export interface LessonProgress {
  readonly id: string;
  readonly version: number;
  readonly startedAt: number;
  /** The step that is shown, counted from 0. */
  readonly at: number;
  /** The graphs made for it, by the step that begins with each. */
  readonly graphs: Readonly<Record<string, GraphId>>;
  readonly steps: Readonly<Record<string, StepProgress>>;
  /** What replays of runs of these graphs found. */
  readonly replays: Readonly<Record<GraphId, readonly ReplayReport[]>>;
}

export const begun = ({ id, version }: Lesson, now: number): LessonProgress => ({
  id,
  version,
  startedAt: now,
  at: 0,
  graphs: {},
  steps: {},
  replays: {},
});

/** The step whose graph a step works on: itself, or the one before it that began with one. The first begins with that of the lesson. */
export function graphStepOf({ steps }: Lesson, at: number): string {
  const own = steps.slice(0, at + 1).findLast(({ start }) => start) ?? steps[0]!;
  return own.id;
}

export const stepProgress = (progress: LessonProgress, step: LessonStep): StepProgress =>
  progress.steps[step.id] ?? NOT_BEGUN;

function withStep(progress: LessonProgress, { id }: LessonStep, change: Partial<StepProgress>): LessonProgress {
  const before = progress.steps[id] ?? NOT_BEGUN;
  return { ...progress, steps: { ...progress.steps, [id]: { ...before, ...change } } };
}

export function withAnswer(
  progress: LessonProgress,
  step: LessonStep,
  ask: string,
  answer: string | number,
): LessonProgress {
  return withStep(progress, step, { answers: { ...stepProgress(progress, step).answers, [ask]: answer } });
}

export function withHintOpened(progress: LessonProgress, step: LessonStep, check: string): LessonProgress {
  return withStep(progress, step, { hints: [...new Set([...stepProgress(progress, step).hints, check])] });
}

export const withWayShown = (progress: LessonProgress, step: LessonStep): LessonProgress =>
  withStep(progress, step, { isShown: true });

/** What was passed once stays passed, whatever is tried afterwards. `isAttempt`: a person asked, or a run ended. */
export function withChecked(
  progress: LessonProgress,
  step: LessonStep,
  checked: Readonly<Record<string, Checked>>,
  isAttempt: boolean,
): LessonProgress {
  const before = stepProgress(progress, step);
  const passed = step.checks.filter(({ id }) => checked[id]?.passed).map(({ id }) => id);
  const isDone = passed.length === step.checks.length;
  return withStep(progress, step, {
    passed: before.state === 'passed' ? before.passed : passed,
    attempts: before.attempts + (isAttempt && before.state !== 'passed' ? 1 : 0),
    state: isDone ? 'passed' : before.state,
  });
}

/** Goes on to a step. One that was left without passing is skipped. */
export function movedTo(progress: LessonProgress, { steps }: Lesson, at: number): LessonProgress {
  const left = steps[progress.at];
  const isLeft = left && at > progress.at && stepProgress(progress, left).state === 'open';
  // A step that asks for nothing is done when it is left.
  const state = left && left.checks.length === 0 ? 'passed' : 'skipped';
  return {
    ...(isLeft ? withStep(progress, left, { state }) : progress),
    at: Math.max(0, Math.min(at, steps.length - 1)),
  };
}

export function withReplay(progress: LessonProgress, graph: GraphId, report: ReplayReport): LessonProgress {
  return { ...progress, replays: { ...progress.replays, [graph]: [...(progress.replays[graph] ?? []), report] } };
}
