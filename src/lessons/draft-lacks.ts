/** What a draft still lacks before it is a lesson, in sentences; whoever writes it sees them beside the steps. */
import { say, type Sentence } from '../core/say.ts';
import type { DraftCheck, DraftStep, DraftText, LessonDraft } from './lesson-draft.ts';

export interface DraftLack {
  /** The step it is in. */
  readonly step?: string;
  readonly what: Sentence;
}

export function lacksOf(draft: LessonDraft): readonly DraftLack[] {
  const { steps, languages } = draft;
  const face: readonly (readonly [DraftText, Sentence])[] = [
    [draft.title, say('The lesson has no title.')],
    [draft.summary, say('Nothing says what the lesson is about.')],
    [draft.explains, say('Nothing says what a learner can explain afterwards.')],
  ];
  const lacks: DraftLack[] = missingOf(face).map((what) => ({ what }));
  if (steps.length === 0) lacks.push({ what: say('No step is recorded yet.') });
  else if (steps.every(({ checks }) => checks.length === 0))
    lacks.push({ what: say('Nothing is checked in any step.') });
  lacks.push(...steps.flatMap(lacksOfStep));
  const texts = [...face.map(([text]) => text), ...steps.flatMap(textsOf)];
  for (const language of languages.slice(1)) {
    const count = texts.filter((text) => isFilled(text) && !text[language]?.trim()).length;
    if (count > 0) lacks.push({ what: say('{0} {0|text has|texts have} no “{1}” yet.', count, language) });
  }
  return lacks;
}

function lacksOfStep(step: DraftStep): readonly DraftLack[] {
  const texts: (readonly [DraftText, Sentence])[] = [
    [step.title, say('It has no title.')],
    [step.text, say('Nothing says what is to be done.')],
  ];
  if (step.picture) texts.push([step.picture.alt, say('Nothing says what its picture shows.')]);
  const ofChecks = step.checks.flatMap((check, at) => missingOf(textsOfCheck(check, at + 1, step.isTask)));
  return [...missingOf(texts), ...ofChecks].map((what) => ({ step: step.id, what }));
}
function textsOfCheck(check: DraftCheck, number: number, isTask: boolean): readonly (readonly [DraftText, Sentence])[] {
  return [
    [check.title, say('Check {0} has no title.', number)],
    [check.otherwise, say('Whoever does not pass check {0} is told nothing.', number)],
    ...(isTask ? [] : ([[check.hint, say('Check {0} has no hint.', number)]] as const)),
  ];
}

const isFilled = (text: DraftText): boolean => Object.values(text).some((words) => words.trim() !== '');
const missingOf = (texts: readonly (readonly [DraftText, Sentence])[]): readonly Sentence[] =>
  texts.flatMap(([text, what]) => (isFilled(text) ? [] : [what]));
const textsOf = ({ title, text, show, notice, picture, checks }: DraftStep): readonly DraftText[] => [
  title,
  text,
  show,
  notice,
  ...(picture ? [picture.alt] : []),
  ...checks.flatMap((check) => [check.title, check.otherwise, check.hint]),
];
