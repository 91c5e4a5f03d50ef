/** Whether rows of lessons that come from outside have the shape that the rest of the app takes for granted. */
import { isRecord } from '../core/loose.ts';
import {
  isEither,
  isAny,
  isArtifactHash,
  isFact,
  isId,
  isFiniteNumber,
  isPlace,
  isShortText,
  isWhole,
  isListOf,
  isOneOf,
  isRecordOf,
  isRowOf,
  isTextUpTo,
  type DataShape,
} from '../core/data-shapes.ts';
import { SIGHTS } from '../lessons/lesson.ts';
import { isSaid } from './row-shapes.ts';

/** Characters of a lesson file or of what a learner handed in; their readers have limits of their own. */
const LONGEST_FILE = 32 * 2 ** 20;
/** Characters of a picture inside of a lesson, as a data address. */
const LONGEST_PICTURE = 8 * 2 ** 20;

const isOutcome = isEither(
  isRowOf({ state: isOneOf('identical') }),
  isRowOf({ state: isOneOf('near'), likeness: isFiniteNumber }),
  isRowOf({ state: isOneOf('different') }, { likeness: isFiniteNumber }),
  isRowOf({ state: isOneOf('cannot be reproduced'), reason: isSaid }),
);
const areReplays = isListOf(isListOf(isRowOf({ node: isPlace, title: isSaid, outcome: isOutcome })));
const isStepProgress = isRowOf({
  passed: isListOf(isId),
  attempts: isWhole,
  hints: isListOf(isId),
  isShown: isFact,
  state: isOneOf('open', 'passed', 'skipped'),
  answers: isRecordOf(isEither(isShortText, isFiniteNumber)),
});
const isProgress = isRowOf({
  id: isId,
  version: isFiniteNumber,
  startedAt: isFiniteNumber,
  at: isWhole,
  graphs: isRecordOf(isId),
  steps: isRecordOf(isStepProgress),
  replays: isRecordOf(areReplays),
});

/** By language. */
const isDraftText = isRecordOf(isShortText);
const isDraftCheck = isRowOf({
  id: isId,
  title: isDraftText,
  see: isOneOf(...SIGHTS),
  expect: isRecord,
  otherwise: isDraftText,
  hint: isDraftText,
});
const isAsk: DataShape = isRowOf(
  { id: isId, text: isEither(isShortText, isDraftText) },
  {
    options: isListOf(
      isRowOf({ id: isId, text: isEither(isShortText, isDraftText) }, { change: isRecordOf(isRecordOf(isAny)) }),
    ),
    number: isRowOf({ least: isFiniteNumber, most: isFiniteNumber }, { unit: isShortText }),
  },
);
const isDraftStep = isRowOf(
  {
    id: isId,
    title: isDraftText,
    text: isDraftText,
    show: isDraftText,
    notice: isDraftText,
    asks: isListOf(isAsk),
    checks: isListOf(isDraftCheck),
    isTask: isFact,
    recordedAt: isFiniteNumber,
  },
  { picture: isRowOf({ source: isTextUpTo(LONGEST_PICTURE), alt: isDraftText }), start: isRecord },
);
const isDraft = isRowOf({
  id: isId,
  version: isFiniteNumber,
  title: isDraftText,
  summary: isDraftText,
  explains: isDraftText,
  minutes: isFiniteNumber,
  author: isShortText,
  licence: isShortText,
  languages: isListOf(isShortText),
  start: isRecord,
  steps: isListOf(isDraftStep),
  graph: isId,
});

/** `text`, the lesson's own file, is read for itself. */
export const isLessonRow: DataShape = isRowOf(
  { id: isId },
  { progress: isProgress, text: isTextUpTo(LONGEST_FILE), draft: isDraft, replays: areReplays },
);
/** `text`, the result file, is read for itself. */
export const isHandedIn: DataShape = isRowOf(
  { id: isId, at: isFiniteNumber, text: isTextUpTo(LONGEST_FILE), note: isShortText },
  { opened: isRecordOf(isId) },
);
export const isTemplate: DataShape = isRowOf(
  { id: isId, at: isFiniteNumber, description: isShortText, tags: isListOf(isShortText), graph: isRecord },
  { thumbnail: isArtifactHash },
);
/** `component` and `needs` are read for themselves. */
export const isLibraryComponent: DataShape = isRowOf({
  id: isId,
  version: isWhole,
  at: isFiniteNumber,
  component: isRecord,
  needs: isRecord,
});
