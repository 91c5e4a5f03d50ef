/** What is handed in: written, read, found to be changed, put into a table, and run again by the command line. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { GraphId } from '../../src/core/ids.ts';
import { inWords } from '../../src/core/say.ts';
import { rerunResults } from '../../src/headless/rerun-results.ts';
import { checkStep } from '../../src/lessons/check-step.ts';
import { classCsv, classTables, missingChecks } from '../../src/lessons/class-table.ts';
import * as progress from '../../src/lessons/progress.ts';
import {
  readResult,
  resultId,
  resultOf,
  takesPlaceOf,
  writeResult,
  type LessonResult,
} from '../../src/lessons/result-file.ts';
import { changed, learner, lessonFile, startOfStep } from '../rig/learner.ts';

const lesson = lessonFile('seeds');
const start = startOfStep(lesson, 'twice');
let ada: LessonResult;
const PIXEL = 'data:image/png;base64,iVBORw0KGgo=';

/** Two steps of the lesson done, the third skipped. */
async function handIn(name: string): Promise<LessonResult> {
  const learns = await learner();
  let come = progress.begun(lesson, Date.now() - 240_000);
  const done = async (at: number) => {
    const step = lesson.steps[at]!;
    for (const [ask, answer] of Object.entries(learns.answers)) come = progress.withAnswer(come, step, ask, answer);
    const evidence = await learns.evidence();
    const checked = Object.fromEntries(step.checks.map((check) => [check.id, checkStep(evidence, check)]));
    come = progress.movedTo(progress.withChecked(come, step, checked, true), lesson, at + 1);
  };
  await learns.run(start);
  come = progress.withHintOpened(come, lesson.steps[0]!, 'same');
  await learns.run(start);
  learns.answers['why'] = 'fixed';
  await done(0);
  const withSeed = (value: number) => changed(start, { seed: { seed: { mode: 'fixed', value } } });
  await learns.run(withSeed(8));
  await learns.accept(await learns.run(withSeed(9)));
  learns.answers['chosen'] = 'light';
  await done(1);
  come = progress.movedTo(come, lesson, 3);
  const { graph } = await learns.evidence();
  const all = {
    step: 'twice',
    id: 'g' as GraphId,
    graph,
    runs: await learns.runs(),
    takes: await learns.takes(),
    measures: [],
    pictures: [PIXEL],
  };
  return resultOf(lesson, come, name, Date.now(), [all]);
}
beforeAll(async () => {
  ada = await handIn('Ada');
});

function readBack(text: string) {
  const read = readResult(text);
  if (!read.ok) throw new Error(inWords(read.error.message));
  return read.value;
}

test('a result says what was done, and its hash says when it was changed', () => {
  const text = writeResult(ada);
  const { result, isEdited } = readBack(text);
  expect(isEdited).toBe(false);
  expect(result.steps.map(({ state, hints }) => [state, hints])).toEqual([
    ['passed', 1],
    ['passed', 0],
    ['skipped', 0],
    ['open', 0],
    ['open', 0],
  ]);
  expect(readBack(text.replace('"skipped"', '"passed"')).isEdited).toBe(true);
  expect(readBack(text.replace('"Ada"', '"Bob"')).isEdited).toBe(true);
});

test('a result that was changed never takes the place of one that was not, and an older one never that of a newer', () => {
  const [first, later] = [ada, { ...ada, writtenAt: ada.writtenAt + 1 }].map((one) => readBack(writeResult(one)));
  const edited = readBack(writeResult(ada).replace('"skipped"', '"passed"'));
  expect([takesPlaceOf(later!, first!), takesPlaceOf(first!, first!)]).toEqual([true, true]);
  expect(takesPlaceOf(first!, later!)).toBe(false);
  expect([takesPlaceOf(edited, first!), takesPlaceOf(first!, edited)]).toEqual([false, true]);
});

test('what is no result, damaged, or of a newer release is refused in words', () => {
  const said = (text: string) => {
    const read = readResult(text);
    return read.ok ? 'read' : inWords(read.error.message);
  };
  expect(said('{}')).toContain('This is no result of a lesson.');
  expect(said(writeResult(ada).slice(0, 500))).toContain('This is no result of a lesson.');
  expect(said(writeResult(ada).replace('"formatVersion": 1', '"formatVersion": 2'))).toContain('newer version');
  expect(said(writeResult({ ...ada, steps: [{ ...ada.steps[0]!, attempts: 'many' as unknown as number }] }))).toContain(
    'damaged',
  );
  const program = 'data:image/svg+xml;base64,AAAA';
  expect(said(writeResult({ ...ada, graphs: [{ ...ada.graphs[0]!, pictures: [program] }] }))).toContain('damaged');
});

test('the table of a class has learners by name and checks in columns, and its CSV runs nothing', () => {
  const of = (learnerName: string, isEdited = false, note = '') => {
    const result = { ...ada, learner: learnerName };
    return { id: resultId(result), result, isEdited, note };
  };
  const [table, ...others] = classTables([of('Zoe'), of('=cmd()', true, '+1 "good"'), of('Ada')]);
  expect(others).toEqual([]);
  expect(table!.lines.map(({ result }) => result.learner)).toEqual(['=cmd()', 'Ada', 'Zoe']);
  expect(table!.lines[0]!).toMatchObject({ minutes: 4, attempts: 2, hints: 1, skipped: 1 });
  expect(table!.lines[0]!.cells.slice(0, 6)).toEqual(['passed', 'passed', 'passed', 'passed', 'skipped', 'skipped']);
  // All handed in the same: whatever is missing is missing three times.
  const missing = missingChecks(table!);
  expect(missing.map(({ learners }) => learners.length)).toEqual(missing.map(() => 3));
  // What was gone on from, too.
  expect(new Set(missing.map(({ check }) => check.step))).toEqual(new Set(['word', 'replay', 'red']));
  expect(table!.lines.map(({ pictures }) => pictures)).toEqual([[PIXEL], [PIXEL], [PIXEL]]);
  const [head, first] = classCsv(table!).split('\n');
  expect(head).toContain('"Three seeds, one prompt: One accepted, with a reason"');
  expect(first).toContain(`"'=cmd()",yes,4,2,1,0,1,passed`);
  expect(first).toContain(`"'+1 ""good"""`);
});

test('the command line runs a result again, and says what does not hold here', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'results-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const lines: string[] = [];
  const rerun = (...files: readonly string[]) =>
    rerunResults({ files, home: process.cwd(), print: (one) => lines.push(one) });
  expect(await rerun(file('ada.json', writeResult(ada)))).toBe(0);
  expect(lines).toContain('  Run it twice: 2 of 2 hold');
  expect(lines).toContain('  Lock it, change one word: 0 of 2 hold, skipped');

  lines.length = 0;
  const [twice, three, word, ...steps] = ada.steps;
  const claimed = {
    ...word!,
    state: 'passed' as const,
    checks: word!.checks.map((check) => ({ ...check, passed: true })),
  };
  // With a hash of its own: only running it again tells.
  const bob = writeResult({ ...ada, learner: 'Bob', steps: [twice!, three!, claimed, ...steps] });
  expect(await rerun(file('bob.json', bob), file('no.json', '{}'))).toBe(1);
  expect(lines).toContain(
    '    handed in as passed, and not here: “Two pictures that differ in words”, “The composition stayed”',
  );
  expect(lines.at(-1)).toContain('no.json: This is no result of a lesson.');

  lines.length = 0;
  const elsewhere = writeResult({ ...ada, lesson: { ...ada.lesson, version: 9 } });
  expect(await rerun(file('old.json', elsewhere))).toBe(1);
  expect(lines.at(-1)).toContain('This version of the lesson is not here.');
});
