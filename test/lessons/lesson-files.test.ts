/** Lesson files: those that come with the app are whole, and what is wrong with others is said in a sentence. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { isRecord, type Loose } from '../../src/core/loose.ts';
import { LESSON_SCHEMA } from '../../src/lessons/lesson-schema.ts';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { registry } from '../../src/registry.ts';
import { lessonFile } from '../rig/learner.ts';

const SCHEMA = 'public/schema/lesson-1.schema.json';
const index = JSON.parse(readFileSync('public/lessons/index.json', 'utf8')) as { readonly lessons: readonly Loose[] };
const ids = index.lessons.map(({ id }) => String(id));
const fileOf = (id: string) => JSON.parse(readFileSync(`public/lessons/${id}.json`, 'utf8')) as Loose;

if (process.env['UPDATE_SCHEMA']) writeFileSync(SCHEMA, `${JSON.stringify(LESSON_SCHEMA, undefined, 2)}\n`);
const isValid = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);

test('the published schema is that of the facts there are (UPDATE_SCHEMA=1 writes it)', () => {
  expect(JSON.parse(readFileSync(SCHEMA, 'utf8'))).toEqual(JSON.parse(JSON.stringify(LESSON_SCHEMA)));
});

test('the list of lessons says what the lessons say', () => {
  const there = readdirSync('public/lessons').filter((name) => name !== 'index.json');
  expect(there.sort()).toEqual(ids.map((id) => `${id}.json`).sort());
  for (const { id, steps, ...face } of index.lessons) {
    const lesson = fileOf(String(id));
    expect(lesson).toMatchObject({ id, ...face });
    expect(lesson['steps']).toHaveLength(steps as number);
  }
});

/** Every text of a lesson in one language only. */
const monolingual = (value: unknown, place = ''): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((one, at) => monolingual(one, `${place}[${at}]`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (['graph', 'expect', 'number', 'change'].includes(key)) return [];
    if (['title', 'text', 'summary', 'explains', 'otherwise', 'hint', 'show', 'notice'].includes(key))
      return isRecord(inner) && inner['en'] && inner['de'] ? [] : [`${place}.${key}`];
    return monolingual(inner, `${place}.${key}`);
  });
};
test.each(ids)('%s is read, fits the schema, is told in both languages and ends with a task without hints', (id) => {
  const lesson = lessonFile(id);
  expect(isValid(fileOf(id)), JSON.stringify(isValid.errors)).toBe(true);
  expect(monolingual(fileOf(id))).toEqual([]);
  expect(lesson.steps.map(({ isTask }) => isTask)).toEqual(lesson.steps.map((_, at) => at === lesson.steps.length - 1));
  expect(lesson.minutes).toBeLessThanOrEqual(10);
});

const whole = fileOf('seeds');
const [first, ...rest] = whole['steps'] as readonly Loose[];
const [check] = first!['checks'] as readonly Loose[];
const withStep = (change: Loose) => ({ ...whole, steps: [{ ...first, ...change }, ...rest] });
const withCheck = (change: Loose) => withStep({ checks: [{ ...check, ...change }] });
const expecting = (see: string, expected: Loose) => withCheck({ see, expect: expected });
const said = (file: unknown): string => {
  const read = readLesson(typeof file === 'string' ? file : JSON.stringify(file), registry);
  return read.ok ? 'read' : inWords(read.error.message);
};

test.each<readonly [string, unknown, string]>([
  ['no JSON', 'a lesson', 'This is no lesson: it is not JSON.'],
  ['another file', { format: 'triptych' }, 'a lesson says “triptych-lesson” as its format'],
  ['a newer one', { ...whole, formatVersion: 2 }, 'written by a newer version'],
  ['too large', `"${'x'.repeat(4_000_001)}"`, 'larger than any lesson'],
  ['something unknown', { ...whole, colour: 'red' }, 'lesson: “colour” is not known here.'],
  ['a step that is missing its text', withStep({ text: undefined }), 'steps[0]: “text” is missing.'],
  ['script in a text', withStep({ text: { en: 'Hello <script>alert(1)</script>' } }), 'There is script or HTML'],
  ['a link that is script', withStep({ notice: '[look](javascript:alert(1))' }), 'There is script or HTML'],
  [
    'a picture from elsewhere',
    withStep({ picture: { source: 'https://example.com/a.png', alt: 'a' } }),
    'A picture is a PNG, WebP or JPEG inside the lesson',
  ],
  [
    'a picture that is a program',
    withStep({ picture: { source: 'data:image/svg+xml;base64,AAAA', alt: 'a' } }),
    'A picture is a PNG',
  ],
  ['an unknown check', expecting('takes', { beautiful: true }), 'there is no check “beautiful”'],
  ['an unknown sight', withCheck({ see: 'soul' }), '“soul” is not known here'],
  ['a fact that is not seen there', expecting('replay', { count: 2 }), '“count” cannot be seen in replay'],
  ['nothing expected', expecting('takes', {}), 'at least one fact'],
  [
    'a measure that nothing has',
    expecting('takes', { measure: [{ of: 'luma', least: 300 }] }),
    'No picture ever measures that.',
  ],
  [
    'bounds that cross',
    expecting('takes', { measure: [{ of: 'luma', least: 90, most: 20 }] }),
    'at least 90 and at most 20 can never be',
  ],
  [
    'the same and different',
    expecting('takes', { count: 2, same: ['seed'], differ: ['seed'] }),
    'nothing can be the same and differ at once: seed',
  ],
  ['more than may be made', expecting('takes', { count: 5, made: 3 }), '5 of them out of at most 3'],
  [
    'five of four tiers',
    expecting('takes', { count: 5, differ: ['tier'] }),
    'there are not 5 different ones of this: tier',
  ],
  ['one that differs', expecting('takes', { count: 1, differ: ['seed'] }), 'one alone differs from nothing'],
  [
    'an answer nobody is asked for',
    expecting('answers', { chosen: [{ ask: 'name', option: 'ada' }] }),
    'nothing called “name” is asked',
  ],
  [
    'an answer that cannot be chosen',
    expecting('answers', { chosen: [{ ask: 'why', option: 'because' }] }),
    '“because” is none of the answers',
  ],
  ['no hint', withCheck({ hint: undefined }), 'A check needs one sentence as its hint.'],
  [
    'a task with a hint',
    { ...whole, steps: [...rest.slice(0, -1), { ...rest.at(-1), checks: [check] }] },
    'A last task gives no hints.',
  ],
  ['nothing checked', { ...whole, steps: [{ id: 'a', title: 'a', text: 'a' }] }, 'Nothing is checked'],
  ['two steps of one name', { ...whole, steps: [first, first] }, 'two steps are called “twice”'],
  [
    'a graph with a node that is not there',
    {
      ...whole,
      start: {
        graph: {
          format: 'triptych',
          formatVersion: 5,
          nodes: { a: { type: 'nothing', version: 1, params: {}, position: { x: 0, y: 0 } } },
          wires: {},
        },
      },
    },
    'lesson.start',
  ],
])('refused: %s', (_, file, why) => {
  expect(said(file)).toContain(why);
});

test('a lesson in one language is read, and one that names its schema', () => {
  expect(said(withStep({ title: 'Twice', text: 'Run it **twice**.' }))).toBe('read');
  expect(said({ ...whole, $schema: './lesson-1.schema.json' })).toBe('read');
});
