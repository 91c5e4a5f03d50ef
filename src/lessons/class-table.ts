/** What a class handed in, lesson by lesson: learners in lines, checks in columns. */
import { csvCell } from '../core/csv-cell.ts';
import { grouped } from '../core/grouped.ts';
import type { ReadResult } from './result-file.ts';
import { toldIn, type Text } from './lesson.ts';

export interface HandedIn extends ReadResult {
  readonly id: string;
  readonly note: string;
}
export interface ClassCheck {
  readonly step: string;
  readonly id: string;
  readonly title: Text;
  readonly stepTitle: Text;
}
export interface ClassLine extends HandedIn {
  /** One for each column: `none` where this version of the lesson has no such check. */
  readonly cells: readonly ('passed' | 'open' | 'skipped' | 'none')[];
  readonly minutes: number;
  readonly attempts: number;
  readonly hints: number;
  /** Steps that were gone on from. */
  readonly skipped: number;
  /** Steps whose way was shown. */
  readonly shown: number;
  /** What came out of the last task, small. */
  readonly pictures: readonly string[];
}
export interface ClassTable {
  readonly lesson: ReadResult['result']['lesson'];
  readonly checks: readonly ClassCheck[];
  readonly lines: readonly ClassLine[];
}

/** One table for each version of a lesson; learners by name. */
export function classTables(handedIn: readonly HandedIn[]): readonly ClassTable[] {
  const byLesson = grouped(handedIn, ({ result: { lesson } }) => `${lesson.id} ${lesson.version}`);
  return [...byLesson.values()].map((all) => {
    const { lesson, steps } = all[0]!.result;
    const checks = steps.flatMap((step) =>
      step.checks.map(({ id, title }) => ({ step: step.id, id, title, stepTitle: step.title })),
    );
    const lines = all.map((one) => lineOf(one, checks));
    return { lesson, checks, lines: lines.toSorted((a, b) => (a.result.learner < b.result.learner ? -1 : 1)) };
  });
}

function lineOf(one: HandedIn, checks: readonly ClassCheck[]): ClassLine {
  const { steps, startedAt, writtenAt } = one.result;
  const sum = (count: (step: (typeof steps)[number]) => number) =>
    steps.reduce((total, step) => total + count(step), 0);
  return {
    ...one,
    cells: checks.map((column) => {
      const step = steps.find(({ id }) => id === column.step);
      const check = step?.checks.find(({ id }) => id === column.id);
      if (!step || !check) return 'none';
      if (check.passed) return 'passed';
      return step.state === 'skipped' ? 'skipped' : 'open';
    }),
    minutes: Math.max(0, Math.round((writtenAt - startedAt) / 60_000)),
    attempts: sum(({ attempts }) => attempts),
    hints: sum(({ hints }) => hints),
    skipped: sum(({ state }) => (state === 'skipped' ? 1 : 0)),
    shown: sum(({ isShown }) => (isShown ? 1 : 0)),
    pictures: one.result.graphs.flatMap(({ pictures = [] }) => pictures),
  };
}

/** Which learners have not passed a check that their version has; those that most are missing come first. */
export function missingChecks({ checks, lines }: ClassTable): readonly MissingCheck[] {
  const missing = checks.map((check, at) => ({
    check,
    learners: lines
      .filter(({ cells }) => cells[at] === 'open' || cells[at] === 'skipped')
      .map((line) => line.result.learner),
  }));
  return missing
    .filter(({ learners }) => learners.length > 0)
    .toSorted((a, b) => b.learners.length - a.learners.length);
}
export interface MissingCheck {
  readonly check: ClassCheck;
  readonly learners: readonly string[];
}

/** A line for each learner. Headings are English, so that a file is read by the same script in every language. */
export function classCsv({ lesson, checks, lines }: ClassTable): string {
  const head = ['lesson', 'version', 'learner', 'edited', 'minutes', 'attempts', 'hints', 'shown', 'skipped']
    .concat(checks.map(({ stepTitle, title }) => `${toldIn(stepTitle, 'en')}: ${toldIn(title, 'en')}`))
    .concat('note');
  const rows = lines.map((line) => [
    csvCell(lesson.id),
    String(lesson.version),
    csvCell(line.result.learner),
    line.isEdited ? 'yes' : 'no',
    ...[line.minutes, line.attempts, line.hints, line.shown, line.skipped].map(String),
    ...line.cells,
    csvCell(line.note),
  ]);
  // The byte order mark tells spreadsheets that it is UTF-8.
  return `\uFEFF${[head.map(csvCell), ...rows].map((row) => row.join(',')).join('\n')}\n`;
}
