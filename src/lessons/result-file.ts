/**
 * What a learner hands in: how far a lesson came, and all that has to be run again to see whether it is so. No account:
 * a name that the learner gives, and a hash that says whether the file was changed afterwards.
 */
import { fail, ok, type Result } from '../core/errors.ts';
import type { GraphId, NodeId } from '../core/ids.ts';
import { readJson } from '../core/json.ts';
import { isRecord, listIn, type Loose } from '../core/loose.ts';
import type { RunMode, TakeRecord } from '../core/take.ts';
import { hashOf } from '../engine/key.ts';
import { writeGraphFile } from '../file/format.ts';
import type { Graph } from '../graph/graph.ts';
import type { StoredRun } from '../session/stores.ts';
import { PICTURE_INSIDE, type Lesson, type Text } from './lesson.ts';
import type { Measures } from './picture-look.ts';
import { stepProgress, type LessonProgress, type StepProgress } from './progress.ts';

const RESULT_FORMAT = 1;
/** Characters: some hundred graphs. */
const LARGEST_RESULT = 16_000_000;

export interface ResultStep extends Pick<StepProgress, 'state' | 'attempts' | 'isShown' | 'answers'> {
  readonly id: string;
  readonly title: Text;
  readonly isTask: boolean;
  /** How many hints were opened. */
  readonly hints: number;
  readonly checks: readonly { readonly id: string; readonly title: Text; readonly passed: boolean }[];
}
/** A verdict a person gave, on a take of the run before it. */
export interface ResultVerdict {
  /** Counts runs from 0: it was given after this one. */
  readonly after: number;
  readonly node: NodeId;
  readonly number: number;
  readonly hash: string;
  readonly state: 'accepted' | 'rejected' | 'open';
  readonly reviewMs: number;
}
export interface ResultGraph {
  /** The step that begins with it. */
  readonly step: string;
  /** As it stood at the end, as in a graph file. */
  readonly graph: Loose;
  /** Of that graph: the same where two handed in the same. */
  readonly graphHash: string;
  readonly runs: readonly { readonly mode: RunMode; readonly graph: Loose }[];
  readonly verdicts: readonly ResultVerdict[];
  /** How many runs were replayed. */
  readonly replays: number;
  /** Of each picture and clip that came out of the last run. */
  readonly measures: readonly Measures[];
  /** The same, small, as data addresses; of the graph of the last task alone. Earlier releases wrote none. */
  readonly pictures?: readonly string[];
}
export interface LessonResult {
  readonly lesson: { readonly id: string; readonly version: number; readonly title: Text };
  readonly learner: string;
  readonly startedAt: number;
  readonly writtenAt: number;
  readonly steps: readonly ResultStep[];
  readonly graphs: readonly ResultGraph[];
}

/** What was done on one of the lesson's graphs. Runs and takes oldest first. */
export interface DoneGraph {
  readonly step: string;
  readonly id: GraphId;
  readonly graph: Graph;
  readonly runs: readonly StoredRun[];
  readonly takes: readonly TakeRecord[];
  readonly measures: readonly Measures[];
  readonly pictures: readonly string[];
}

export function resultOf(
  lesson: Lesson,
  progress: LessonProgress,
  learner: string,
  now: number,
  done: readonly DoneGraph[],
): LessonResult {
  return {
    lesson: { id: lesson.id, version: lesson.version, title: lesson.title },
    learner,
    startedAt: progress.startedAt,
    writtenAt: now,
    steps: lesson.steps.map((step) => {
      const { state, attempts, hints, isShown, answers, passed } = stepProgress(progress, step);
      const checks = step.checks.map(({ id, title }) => ({
        id,
        title,
        passed: state === 'passed' || passed.includes(id),
      }));
      const { id, title, isTask } = step;
      return { id, title, isTask, state, attempts, hints: hints.length, isShown, answers, checks };
    }),
    graphs: done.map(({ step, id, graph, runs, takes, measures, pictures }) => ({
      step,
      graph: asFile(graph),
      graphHash: hashOf(asFile(graph)),
      runs: runs.map((run) => ({ mode: run.mode, graph: asFile(run.graph) })),
      verdicts: takes.flatMap((take) => verdictIn(take, runs)),
      replays: progress.replays[id]?.length ?? 0,
      measures,
      ...(pictures.length > 0 ? { pictures } : {}),
    })),
  };
}
/** Without the pictures that were imported: those are the learner's own. */
const asFile = (graph: Graph): Loose => JSON.parse(writeGraphFile(graph)) as Loose;

function verdictIn(
  { node, number, artifact, verdict }: TakeRecord,
  runs: readonly StoredRun[],
): readonly ResultVerdict[] {
  if (verdict.by !== 'person' || !artifact) return [];
  const { state, reviewMs } = verdict;
  const after = runs.filter(({ startedAt }) => startedAt <= verdict.at).length - 1;
  return [{ after: Math.max(0, after), node, number, hash: artifact.hash, state, reviewMs }];
}

export function writeResult(result: LessonResult): string {
  const file = { format: 'triptych-lesson-result', formatVersion: RESULT_FORMAT, ...result };
  return `${JSON.stringify({ ...file, hash: hashOf(file) }, undefined, 1)}\n`;
}

export interface ReadResult {
  readonly result: LessonResult;
  /** The hash in it is not that of what it says: it was changed after it was written. */
  readonly isEdited: boolean;
}
/** Strict about what is counted, so that no table is built on a guess. */
export function readResult(text: string): Result<ReadResult> {
  const read = readJson(text, LARGEST_RESULT);
  const file = read.ok && isRecord(read.value) ? read.value : {};
  if (file['format'] !== 'triptych-lesson-result')
    return fail(
      'bad-input',
      'This is no result of a lesson.',
      'Learners write theirs with “Hand in” at the end of a lesson.',
    );
  if (file['formatVersion'] !== RESULT_FORMAT)
    return fail(
      'bad-input',
      'This result was written by a newer version of Triptych.',
      'Reload the page, or update Triptych.',
    );
  const { hash, ...said } = file;
  const { format: _, formatVersion: __, ...result } = said;
  if (!isResult(result))
    return fail('bad-input', 'This result is damaged: parts of it are missing.', 'Ask for it once more.');
  return ok({ result: result as unknown as LessonResult, isEdited: hash !== hashOf(said) });
}

const isText = (value: unknown): boolean =>
  typeof value === 'string' || (isRecord(value) && Object.values(value).every((one) => typeof one === 'string'));
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

function isResult({ lesson, learner, startedAt, writtenAt, steps, graphs }: Loose): boolean {
  return (
    isRecord(lesson) &&
    typeof lesson['id'] === 'string' &&
    isNumber(lesson['version']) &&
    isText(lesson['title']) &&
    typeof learner === 'string' &&
    isNumber(startedAt) &&
    isNumber(writtenAt) &&
    areAll(steps, isStep) &&
    areAll(graphs, isGraph)
  );
}
const areAll = (value: unknown, isOne: (one: Loose) => boolean): boolean =>
  Array.isArray(value) && listIn(value).length === value.length && listIn(value).every(isOne);

const isStep = ({ id, title, state, attempts, hints, isShown, isTask, answers, checks }: Loose): boolean =>
  typeof id === 'string' &&
  isText(title) &&
  ['open', 'passed', 'skipped'].includes(String(state)) &&
  isNumber(attempts) &&
  isNumber(hints) &&
  typeof isShown === 'boolean' &&
  typeof isTask === 'boolean' &&
  isRecord(answers) &&
  areAll(
    checks,
    (check) => typeof check['id'] === 'string' && isText(check['title']) && typeof check['passed'] === 'boolean',
  );

const isGraph = ({ step, graph, graphHash, runs, verdicts, replays, measures, pictures = [] }: Loose): boolean =>
  typeof step === 'string' &&
  isRecord(graph) &&
  typeof graphHash === 'string' &&
  isNumber(replays) &&
  areAll(measures, (one) => Object.values(one).every(isNumber)) &&
  Array.isArray(pictures) &&
  pictures.every((one) => typeof one === 'string' && PICTURE_INSIDE.test(one)) &&
  areAll(runs, (run) => isRecord(run['graph']) && ['draft', 'delivery'].includes(String(run['mode']))) &&
  areAll(
    verdicts,
    (verdict) =>
      isNumber(verdict['after']) &&
      isNumber(verdict['number']) &&
      isNumber(verdict['reviewMs']) &&
      typeof verdict['node'] === 'string' &&
      typeof verdict['hash'] === 'string' &&
      ['accepted', 'rejected', 'open'].includes(String(verdict['state'])),
  );

/** Who, and which lesson: what the same learner hands in again takes its place. */
export const resultId = ({ learner, lesson }: Pick<LessonResult, 'learner' | 'lesson'>): string =>
  JSON.stringify([lesson.id, learner.trim().toLocaleLowerCase('en')]);

/**
 * Whether `read` takes the place of `before`, of the same learner and lesson: one that was changed afterwards never does
 * of one that was not, and of two alike the older one stays out.
 */
export function takesPlaceOf(read: ReadResult, before: ReadResult): boolean {
  if (read.isEdited !== before.isEdited) return before.isEdited;
  return read.result.writtenAt >= before.result.writtenAt;
}
