/** Lessons written from a graph: what is offered as a check holds for others too, and what teaches nothing is found out. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { GraphId } from '../../src/core/ids.ts';
import { isRecord, type Loose } from '../../src/core/loose.ts';
import { inWords } from '../../src/core/say.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { draftChanged, draftRedone, draftUndone, unchangedDraft } from '../../src/lessons/draft-history.ts';
import { lacksOf } from '../../src/lessons/draft-lacks.ts';
import { evidenceOfStep } from '../../src/lessons/evidence-of-step.ts';
import {
  begunDraft,
  draftOfFile,
  fileOfDraft,
  withCheckAdded,
  withCheckChanged,
  withStepChanged,
  withStepMoved,
  withStepRecorded,
  type LessonDraft,
} from '../../src/lessons/lesson-draft.ts';
import { numbersInFact, withNumber } from '../../src/lessons/numbers-in-fact.ts';
import { offeredChecks } from '../../src/lessons/offered-checks.ts';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { tryCheck } from '../../src/lessons/try-check.ts';
import { registry } from '../../src/registry.ts';
import { allPassed, changed, learner, lessonFile, startOfStep } from '../rig/learner.ts';

const index = JSON.parse(readFileSync('public/lessons/index.json', 'utf8')) as { readonly lessons: readonly Loose[] };
const start = startOfStep(lessonFile('layers'), 'which');
const light = changed(start, { grade: { exposure: 0 } });
const another = (graph: Graph) => changed(graph, { seed: { seed: { mode: 'fixed', value: 8 } } });
const begun = (): LessonDraft =>
  begunDraft('mine', 'en', 'Light', 'g' as GraphId, JSON.parse(writeGraphFile(start)) as Loose);
const en = (text: string) => ({ en: text });
/** Now, by the clock of what is stored. */
const momentOf = async ({ runs, takes }: Awaited<ReturnType<typeof learner>>) =>
  Math.max(...(await runs()).map(({ startedAt }) => startedAt), ...(await takes()).map(({ at }) => at));
const offersOf = (draft: LessonDraft, evidence: Parameters<typeof evidenceOfStep>[0], at: number) =>
  offeredChecks(evidenceOfStep(evidence, draft, at, start), draft.steps[at]!);

test.each(index.lessons.map(({ id }) => String(id)))('%s is the same after it was opened to be changed', (id) => {
  const file = JSON.parse(readFileSync(`public/lessons/${id}.json`, 'utf8')) as Loose;
  expect(fileOfDraft(draftOfFile(file, 'g' as GraphId, 0))).toEqual(file);
});

test('what results say becomes checks that another learner passes in another way, and no wrong graph does', async () => {
  const teacher = await learner();
  await teacher.run(start);
  let draft = withStepRecorded(begun(), await momentOf(teacher));
  await teacher.run(light);
  draft = withStepRecorded(draft, Infinity);
  const evidence = await teacher.evidence();
  const [ran, lit] = [0, 1].map((at) => offersOf(draft, evidence, at));
  const delivered = ran!.find(({ says }) => inWords(says) === 'A picture is delivered')!;
  const lighter = lit!.find(({ says }) => /^luma rose by \d+ %$/.test(inWords(says)))!;
  expect([delivered.isNew, lighter.isNew]).toEqual([true, true]);
  // What held before is told apart.
  expect(lit!.find(({ says }) => inWords(says) === 'A picture is delivered')).toMatchObject({ isNew: false });

  const told = { text: en('Do it.'), otherwise: en('Not yet.'), hint: en('Look.') };
  for (const [at, offer] of [delivered, lighter].entries()) {
    draft = withCheckAdded(draft, draft.steps[at]!, offer, en('It is so'));
    draft = withStepChanged(draft, draft.steps[at]!.id, { title: en('Step'), text: told.text });
    const { otherwise, hint } = told;
    draft = withCheckChanged(draft, draft.steps[at]!, draft.steps[at]!.checks[0]!.id, { otherwise, hint });
  }
  draft = { ...draft, summary: en('Light.'), explains: en('Which layer makes it lighter.') };
  expect(lacksOf(draft)).toEqual([]);
  const read = readLesson(JSON.stringify(fileOfDraft(draft)), registry);
  if (!read.ok) throw new Error(inWords(read.error.message));
  const [first, second] = read.value.steps;

  const other = await learner();
  await other.run(start);
  expect(await other.checks(first!)).toEqual(allPassed(first!));
  expect((await other.checks(second!))['check-1']).not.toBe('passed');
  await other.run(changed(start, { grade: { exposure: -0.1, contrast: 0.1 } }));
  expect(await other.checks(second!)).toEqual(allPassed(second!));
  const wrong = await learner();
  await wrong.run(start);
  await wrong.run(another(light));
  expect((await wrong.checks(second!))['check-1']).not.toBe('passed');
});

test('a trial tells what is passed too early, by nobody yet, and never', async () => {
  const teacher = await learner();
  await teacher.run(start);
  let draft = withStepRecorded(begun(), await momentOf(teacher));
  await teacher.run(light);
  draft = withStepRecorded(draft, Infinity);
  const seen = evidenceOfStep(await teacher.evidence(), draft, 1, start);
  const tried = (see: 'takes' | 'results' | 'change', expected: Loose) =>
    tryCheck(seen, { see, expect: expected }, draft.steps[1]!);
  expect(tried('change', { same: ['takes'], rises: { of: 'luma', by: 0.1 } })).toEqual({ state: 'good' });
  expect(tried('results', { delivered: true })).toEqual({ state: 'too early' });
  expect(tried('takes', { count: 2 })).toMatchObject({ state: 'not passed' });
  const impossible = tried('results', { measure: [{ of: 'luma', least: 300 }] });
  expect(impossible.state === 'impossible' && inWords(impossible.why)).toContain('No picture ever measures that.');
});

test('what was done before a step with a graph of its own counts for nothing in it', async () => {
  const teacher = await learner();
  await teacher.run(start);
  let draft = withStepRecorded(begun(), await momentOf(teacher));
  draft = withStepRecorded(draft, Infinity);
  draft = withStepChanged(draft, draft.steps[1]!.id, { start: draft.start });
  const { before, after } = evidenceOfStep(await teacher.evidence(), draft, 1, start);
  expect([before.runs, before.takes, after.runs, after.takes]).toEqual([[], [], [], []]);
  await teacher.run(start);
  const again = evidenceOfStep(await teacher.evidence(), draft, 1, start);
  expect([again.before.runs.length, again.after.runs.length]).toEqual([0, 1]);
});

test('each change is taken back and done again; what is typed in one place is one', () => {
  const first = unchangedDraft(begun());
  const typed = [...'Light'].reduce(
    (history, _, at) => draftChanged(history, { ...history.draft, summary: en('Light'.slice(0, at + 1)) }, 'summary'),
    first,
  );
  const moved = draftChanged(typed, withStepRecorded(typed.draft, 1));
  expect(moved.past).toHaveLength(2);
  expect(draftUndone(moved).draft.summary).toEqual(en('Light'));
  expect(draftUndone(draftUndone(moved)).draft).toBe(first.draft);
  expect(draftRedone(draftRedone(draftUndone(draftUndone(moved)))).draft).toBe(moved.draft);
});

test('steps move within their list, and a last task loses what it must not have', () => {
  const three = [1, 2, 3].reduce((draft, at) => withStepRecorded(draft, at), begun());
  const order = (draft: LessonDraft) => draft.steps.map(({ id }) => id.slice(-1)).join('');
  expect(order(withStepMoved(three, 'step-3', -2))).toBe('312');
  expect(order(withStepMoved(three, 'step-1', -1))).toBe('123');
  const shown = withStepChanged(three, 'step-1', { show: en('So.') });
  expect(withStepChanged(shown, 'step-1', { isTask: true }).steps[0]!.show).toEqual({});
});

test('what is missing is told by step, and in which language', () => {
  const draft = { ...withStepRecorded(begun(), 1), languages: ['en', 'de'] };
  const told = lacksOf(draft).map(({ step, what }) => `${step ?? ''} ${inWords(what)}`);
  expect(told).toContain('step-1 Nothing says what is to be done.');
  expect(told).toContain(' Nothing is checked in any step.');
  expect(told).toContain(' 1 text has no “de” yet.');
});

test('every number in what a check expects can be found and set', () => {
  const asked = { measure: [{ of: 'luma', least: 20, most: 90 }] };
  const numbers = numbersInFact(asked);
  expect(numbers.map(({ value }) => value)).toEqual([20, 90]);
  const set = withNumber(asked, numbers[1]!.path, 80);
  expect(isRecord(set) && set['measure']).toEqual([{ of: 'luma', least: 20, most: 80 }]);
});
