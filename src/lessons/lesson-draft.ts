/** A lesson while a teacher writes it: what its file will say, and until when the work on the graph belongs to each step. */
import { isRecord, listIn, textOrNone, type Loose } from '../core/loose.ts';
import type { GraphId } from '../core/ids.ts';
import { LESSON_FORMAT } from './read-lesson.ts';
import { SIGHTS, type Ask, type Check, type Lesson, type LessonStep, type Text } from './lesson.ts';

/** By language; one that is missing or empty is not written. */
export type DraftText = Readonly<Record<string, string>>;
/** A part of a lesson with its texts in the languages that are written. */
type Drafted<Part> = { readonly [Key in keyof Part]: Text extends Part[Key] ? DraftText : Part[Key] };

export interface DraftCheck extends Omit<Drafted<Check>, 'expect'> {
  /** Facts as the file has them. */
  readonly expect: Loose;
}
export interface DraftStep extends Omit<Drafted<LessonStep>, 'shown' | 'picture' | 'start' | 'checks'> {
  readonly show: DraftText;
  readonly picture?: { readonly source: string; readonly alt: DraftText };
  /** As the file has it: a graph of the step's own. */
  readonly start?: Loose;
  readonly checks: readonly DraftCheck[];
  /** What was done on the graph until then is what a learner has done when the step is passed. */
  readonly recordedAt: number;
}
export interface LessonDraft extends Omit<Drafted<Lesson>, 'author' | 'licence' | 'start' | 'steps'> {
  readonly author: string;
  readonly licence: string;
  /** Those it is written in, the first one first. */
  readonly languages: readonly string[];
  /** As the file has it. */
  readonly start: Loose;
  readonly steps: readonly DraftStep[];
  /** The graph it is written from. */
  readonly graph: GraphId;
}

/** `start`: the graph as its file has it. */
export const begunDraft = (id: string, language: string, title: string, graph: GraphId, start: Loose): LessonDraft => ({
  id,
  version: 1,
  title: title === '' ? {} : { [language]: title },
  summary: {},
  explains: {},
  minutes: 5,
  author: '',
  licence: '',
  languages: [language],
  start: { graph: start },
  steps: [],
  graph,
});

/** A name that none of these has. */
export function freeName(prefix: string, taken: readonly { readonly id: string }[]): string {
  let number = taken.length + 1;
  while (taken.some(({ id }) => id === `${prefix}-${number}`)) number++;
  return `${prefix}-${number}`;
}

/** Whatever was done since the step before belongs to the new one. */
export function withStepRecorded(draft: LessonDraft, recordedAt: number): LessonDraft {
  const step: DraftStep = {
    id: freeName('step', draft.steps),
    title: {},
    text: {},
    show: {},
    notice: {},
    asks: [],
    checks: [],
    isTask: false,
    recordedAt,
  };
  return { ...draft, steps: [...draft.steps, step] };
}

export const withStepChanged = (draft: LessonDraft, id: string, change: Partial<DraftStep>): LessonDraft => ({
  ...draft,
  steps: draft.steps.map((step) => (step.id === id ? asDraftStep({ ...step, ...change }) : step)),
});
/** A last task has neither hints nor a way shown, so that its file can be read. */
const asDraftStep = (step: DraftStep): DraftStep =>
  step.isTask ? { ...step, show: {}, checks: step.checks.map((check) => ({ ...check, hint: {} })) } : step;

/** Without what a step may have: a picture, a graph of its own. */
export const withoutPart = (draft: LessonDraft, id: string, part: 'picture' | 'start'): LessonDraft => ({
  ...draft,
  steps: draft.steps.map((step) => {
    if (step.id !== id) return step;
    const { [part]: _, ...rest } = step;
    return rest;
  }),
});

export const withoutStep = (draft: LessonDraft, id: string): LessonDraft => ({
  ...draft,
  steps: draft.steps.filter((step) => step.id !== id),
});

/** Moves by so many places, and not beyond the ends. */
export function withStepMoved(draft: LessonDraft, id: string, by: number): LessonDraft {
  const from = draft.steps.findIndex((step) => step.id === id);
  const to = Math.max(0, Math.min(draft.steps.length - 1, from + by));
  const steps = draft.steps.filter((step) => step.id !== id);
  return from < 0 ? draft : { ...draft, steps: [...steps.slice(0, to), draft.steps[from]!, ...steps.slice(to)] };
}

export function withCheckAdded(
  draft: LessonDraft,
  step: DraftStep,
  { see, expect }: Pick<DraftCheck, 'see' | 'expect'>,
  title: DraftText,
): LessonDraft {
  const check = { id: freeName('check', step.checks), title, see, expect, otherwise: {}, hint: {} };
  return withStepChanged(draft, step.id, { checks: [...step.checks, check] });
}
export function withCheckChanged(
  draft: LessonDraft,
  step: DraftStep,
  id: string,
  change: Partial<DraftCheck>,
): LessonDraft {
  const checks = step.checks.map((check) => (check.id === id ? { ...check, ...change } : check));
  return withStepChanged(draft, step.id, { checks });
}

const written = (text: DraftText): DraftText | undefined => {
  const filled = Object.entries(text).filter(([, words]) => words.trim() !== '');
  return filled.length > 0 ? Object.fromEntries(filled) : undefined;
};
/** What its file says. Whether it can be read says `readLesson`. */
export function fileOfDraft(whole: LessonDraft): Loose {
  const { languages: _, graph: __, steps, ...draft } = whole;
  return defined({
    format: 'triptych-lesson',
    formatVersion: LESSON_FORMAT,
    ...draft,
    title: written(draft.title),
    summary: written(draft.summary),
    explains: written(draft.explains),
    steps: steps.map(({ recordedAt: ___, isTask, asks, checks, picture, start, id, ...texts }) =>
      defined({
        id,
        title: written(texts.title),
        text: written(texts.text),
        picture: picture && { source: picture.source, alt: written(picture.alt) },
        start,
        asks: asks.length > 0 ? asks : undefined,
        checks: checks.map(({ title, otherwise, hint, ...check }) =>
          defined({ ...check, title: written(title), otherwise: written(otherwise), hint: written(hint) }),
        ),
        show: written(texts.show),
        notice: written(texts.notice),
        task: isTask ? true : undefined,
      }),
    ),
  });
}
const defined = (record: Loose): Loose =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** Of a file that `readLesson` has read. `now`: whatever is done on the graph afterwards belongs to its last step. */
export function draftOfFile(file: Loose, graph: GraphId, now: number): LessonDraft {
  const steps = listIn(file['steps']).map((step): DraftStep => ({
    id: String(step['id']),
    title: textIn(step['title']),
    text: textIn(step['text']),
    show: textIn(step['show']),
    notice: textIn(step['notice']),
    ...(isRecord(step['picture'])
      ? { picture: { source: String(step['picture']['source']), alt: textIn(step['picture']['alt']) } }
      : {}),
    ...(isRecord(step['start']) ? { start: step['start'] } : {}),
    // `readLesson` has read them.
    asks: listIn(step['asks']) as unknown as readonly Ask[],
    checks: listIn(step['checks']).map(checkIn),
    isTask: step['task'] === true,
    recordedAt: now,
  }));
  const [title, summary, explains] = [textIn(file['title']), textIn(file['summary']), textIn(file['explains'])];
  const texts = [title, summary, explains, ...steps.flatMap((step) => [step.title, step.text])];
  return {
    id: String(file['id']),
    version: Number(file['version']),
    title,
    summary,
    explains,
    minutes: Number(file['minutes']),
    author: textOrNone(file['author']) ?? '',
    licence: textOrNone(file['licence']) ?? '',
    languages: [...new Set(texts.flatMap((text) => Object.keys(text)))],
    start: isRecord(file['start']) ? file['start'] : {},
    steps,
    graph,
  };
}
/** A text in one language is shown to everybody, as English is where nothing else is there. */
const textIn = (value: unknown): DraftText =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([language, text]) => [language, String(text)]))
    : typeof value === 'string'
      ? { en: value }
      : {};
const checkIn = (check: Loose): DraftCheck => ({
  id: String(check['id']),
  title: textIn(check['title']),
  see: SIGHTS.find((sight) => sight === check['see']) ?? 'results',
  expect: isRecord(check['expect']) ? check['expect'] : {},
  otherwise: textIn(check['otherwise']),
  hint: textIn(check['hint']),
});
