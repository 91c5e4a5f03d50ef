/** From a text to a lesson, strictly: what is not known, can never be passed or is no plain text is refused in words. */
import { NodeError, ok, toFailure, type Result } from '../core/errors.ts';
import { readJson } from '../core/json.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import type { Registry } from '../core/node.ts';
import { say } from '../core/say.ts';
import { parseGraphFile } from '../file/parse.ts';
import { expectationsIn } from './read-expectations.ts';
import {
  PICTURE_INSIDE,
  SIGHTS,
  type Ask,
  type Check,
  type Expectation,
  type Lesson,
  type LessonStart,
  type LessonStep,
  type Text,
} from './lesson.ts';
import { changeReader } from './choice-runs.ts';
import { listReader, nameReader, numberFrom, oneOf, recordAt, recordOf, wrongAt, type Reads } from './reads.ts';

export const LESSON_FORMAT = 1;
/** Characters. A picture or two fit in. */
export const LARGEST_LESSON = 4_000_000;
const [LONGEST_TITLE, LONGEST_TEXT, LONGEST_PICTURE] = [160, 6000, 600_000];
const [MOST_STEPS, MOST_CHECKS, MOST_ASKS, MOST_OPTIONS] = [20, 8, 8, 8];
const LANGUAGE = /^[a-z]{2,3}(-[A-Z]{2})?$/;
/** What a browser could be made to run. Texts are drawn without HTML anyway, so whoever writes this means no lesson. */
const SCRIPT =
  /<\s*\/?\s*(script|iframe|object|embed|svg|style|link|img|form)\b|(java|vb)script\s*:|\bon[a-z]+\s*=\s*["']/i;

/** Throws nothing: what is wrong with it is the failure's sentence. */
export function readLesson(text: string, registry: Registry): Result<Lesson> {
  const read = readJson(text, LARGEST_LESSON);
  try {
    if (!read.ok) throw new NodeError('bad-input', WHY_NOT[read.why]);
    return ok(lessonIn(read.value, registry));
  } catch (error) {
    return { ok: false, error: toFailure(error) };
  }
}
const WHY_NOT = {
  'too long': say('This is larger than any lesson: at most 4 million letters, pictures included.'),
  'too deep': say('This nests deeper than any lesson.'),
  'not JSON': say('This is no lesson: it is not JSON.'),
} as const;

function lessonIn(value: unknown, registry: Registry): Lesson {
  if (!isRecord(value) || value['format'] !== 'triptych-lesson')
    throw new NodeError('bad-input', 'This is no lesson: a lesson says “triptych-lesson” as its format.');
  if (typeof value['formatVersion'] === 'number' && value['formatVersion'] > LESSON_FORMAT)
    throw new NodeError('bad-input', 'This lesson was written by a newer version of Triptych.', {
      hint: 'Reload the page, or update Triptych.',
    });
  const start = startOf(registry);
  const {
    formatVersion: _,
    format: __,
    $schema: ___,
    steps,
    ...rest
  } = recordOf(
    {
      format: oneOf(['triptych-lesson']),
      formatVersion: numberFrom(1, LESSON_FORMAT, true),
      id: nameReader,
      version: numberFrom(1, 100_000, true),
      title: textsReader(LONGEST_TITLE),
      summary: textsReader(LONGEST_TEXT),
      explains: textsReader(LONGEST_TEXT),
      minutes: numberFrom(1, 240, true),
      start,
      steps: listReader(anything, 1, MOST_STEPS),
    },
    { $schema: plain(LONGEST_TITLE), author: plain(LONGEST_TITLE), licence: plain(LONGEST_TITLE) },
  ).read(value, 'lesson');
  const read = steps.map((step, at) => stepIn(step, `steps[${at}]`, start));
  const ids = read.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw new NodeError('bad-input', say('{0}: two steps are called “{1}”.', 'steps', twice));
  if (!read.some(({ checks }) => checks.length > 0))
    throw wrongAt('steps', say('Nothing is checked in any of them, so nobody could tell whether it was understood.'));
  return { author: '', licence: '', ...rest, steps: read };
}

function stepIn(value: unknown, place: string, start: Reads<LessonStart>): LessonStep {
  const {
    asks = [],
    checks = [],
    task,
    show = '',
    notice = '',
    ...rest
  } = recordOf(
    { id: nameReader, title: textsReader(LONGEST_TITLE), text: textsReader(LONGEST_TEXT) },
    {
      picture: recordOf({ source: pictureSource, alt: textsReader(LONGEST_TITLE) }, {}),
      start,
      asks: listReader(askReader, 0, MOST_ASKS),
      checks: listReader(anything, 0, MOST_CHECKS),
      show: textsReader(LONGEST_TEXT),
      notice: textsReader(LONGEST_TEXT),
      task: { schema: { type: 'boolean' }, read: (given) => given === true } satisfies Reads<boolean>,
    },
  ).read(value, place);
  const isTask = task ?? false;
  const read = checks.map((check, at) => checkIn(check, `${place}.checks[${at}]`, asks, isTask));
  if (isTask && show !== '') throw wrongAt(place, say('A last task shows no way to do it.'));
  return { ...rest, asks, checks: read, shown: show, notice, isTask };
}

function checkIn(value: unknown, place: string, asks: readonly Ask[], isTask: boolean): Check {
  const {
    hint = '',
    expect,
    ...rest
  } = recordOf(
    {
      id: nameReader,
      title: textsReader(LONGEST_TITLE),
      see: oneOf(SIGHTS),
      expect: anything,
      otherwise: textsReader(LONGEST_TEXT),
    },
    { hint: textsReader(LONGEST_TEXT) },
  ).read(value, place);
  if (isTask && hint !== '') throw wrongAt(place, say('A last task gives no hints.'));
  if (!isTask && hint === '') throw wrongAt(place, say('A check needs one sentence as its hint.'));
  const expected: readonly Expectation[] = expectationsIn(expect, rest.see, `${place}.expect`, asks);
  return { ...rest, hint, expect: expected };
}

/** Looked at later, when more is known. */
const anything: Reads<unknown> = { schema: {}, read: (value) => value };

const plain = (longest: number): Reads<string> => ({
  schema: { type: 'string', maxLength: longest },
  read(value, place) {
    if (typeof value !== 'string') throw wrongAt(place, say('This has to be a text.'));
    if (value.length > longest)
      throw new NodeError('bad-input', say('{0}: a text is to have at most {1} {1|letter|letters}.', place, longest));
    if (SCRIPT.test(value))
      throw wrongAt(place, say('There is script or HTML in this text. A lesson has plain Markdown.'));
    return value;
  },
});
/** A text, or a record of texts by language. */
export function textsReader(longest: number): Reads<Text> {
  const one = plain(longest);
  const filled = (value: unknown, place: string): string => {
    const text = one.read(value, place);
    if (text.trim() === '') throw wrongAt(place, say('This text is empty.'));
    return text;
  };
  return {
    schema: { oneOf: [one.schema, { type: 'object', additionalProperties: one.schema, minProperties: 1 }] },
    read(value, place) {
      if (!isRecord(value)) return filled(value, place);
      const languages = Object.keys(value);
      const stranger = languages.find((language) => !LANGUAGE.test(language));
      if (stranger !== undefined || languages.length === 0)
        throw wrongAt(place, say('Texts in several languages stand under their tags, as “en” and “de”.'));
      return Object.fromEntries(
        languages.map((language) => [language, filled(value[language], `${place}.${language}`)]),
      );
    },
  };
}

const pictureSource: Reads<string> = {
  schema: { type: 'string', pattern: PICTURE_INSIDE.source, maxLength: LONGEST_PICTURE },
  read(value, place) {
    if (typeof value !== 'string' || value.length > LONGEST_PICTURE || !PICTURE_INSIDE.test(value))
      throw wrongAt(place, say('A picture is a PNG, WebP or JPEG inside the lesson, of at most 450 kB.'));
    return value;
  },
};

const optionReader = recordOf({ id: nameReader, text: textsReader(LONGEST_TITLE) }, { change: changeReader });
const askReader: Reads<Ask> = {
  schema: recordOf(
    { id: nameReader, text: textsReader(LONGEST_TEXT) },
    { options: listReader(optionReader, 2, MOST_OPTIONS), number: numberAsk() },
  ).schema,
  read(value, place) {
    const kind = isRecord(value) && value['options'] !== undefined ? 'options' : 'number';
    const needed = { id: nameReader, text: textsReader(LONGEST_TEXT) };
    if (kind === 'options')
      return recordOf({ ...needed, options: listReader(optionReader, 2, MOST_OPTIONS) }, {}).read(value, place);
    const { number, ...rest } = recordOf({ ...needed, number: numberAsk() }, {}).read(value, place);
    return { ...rest, number: { ...number, unit: number.unit ?? '' } };
  },
};
function numberAsk() {
  const amount = numberFrom(-1_000_000, 1_000_000);
  return recordOf({ least: amount, most: amount }, { unit: plain(20) });
}

/** `{ "template": name }`, or `{ "graph": … }` with a graph as its file has it. */
function startOf(registry: Registry): Reads<LessonStart> {
  return {
    schema: {
      oneOf: [
        recordOf({ template: nameReader }, {}).schema,
        { type: 'object', required: ['graph'], properties: { graph: { type: 'object' } } },
      ],
    },
    read(value, place) {
      const record: Loose = recordAt(value, place, ['template', 'graph']);
      if (record['template'] !== undefined)
        return { template: nameReader.read(record['template'], `${place}.template`) };
      const parsed = parseGraphFile(JSON.stringify(record['graph'] ?? null), registry);
      if (!parsed.ok) throw new NodeError('bad-input', say('{0}: {1}', place, parsed.error.message));
      const { graph, media, report } = parsed.value;
      const lost = [...report.missing, ...report.dropped][0];
      if (lost !== undefined) throw new NodeError('bad-input', say('{0}: {1}', place, lost));
      return { graph, media };
    },
  };
}
