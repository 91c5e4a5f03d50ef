/** Whether rows of lessons that come from outside have the shape that the rest of the app takes for granted. */
import { isRecord } from '../core/loose.ts';
import {
  either,
  isAny,
  isArtifactHash,
  isFact,
  isId,
  isNumber,
  isPlace,
  isText,
  isWhole,
  listOf,
  oneOf,
  recordOf,
  rowOf,
  textUpTo,
  type Shape,
} from '../core/shapes.ts';
import { isSaid } from './row-shapes.ts';

/** Characters of a lesson file or of what a learner handed in; their readers have limits of their own. */
const LONGEST_FILE = 32 * 2 ** 20;
/** Characters of a picture inside of a lesson, as a data address. */
const LONGEST_PICTURE = 8 * 2 ** 20;

const isOutcome = either(
  rowOf({ state: oneOf('identical') }),
  rowOf({ state: oneOf('near'), likeness: isNumber }),
  rowOf({ state: oneOf('different') }, { likeness: isNumber }),
  rowOf({ state: oneOf('cannot be reproduced'), reason: isSaid }),
);
const areReplays = listOf(listOf(rowOf({ node: isPlace, title: isSaid, outcome: isOutcome })));
const isStepProgress = rowOf({
  passed: listOf(isId),
  attempts: isWhole,
  hints: listOf(isId),
  isShown: isFact,
  state: oneOf('open', 'passed', 'skipped'),
  answers: recordOf(either(isText, isNumber)),
});
const isProgress = rowOf({
  id: isId,
  version: isNumber,
  startedAt: isNumber,
  at: isWhole,
  graphs: recordOf(isId),
  steps: recordOf(isStepProgress),
  replays: recordOf(areReplays),
});

/** By language. */
const isDraftText = recordOf(isText);
const isDraftCheck = rowOf({
  id: isId,
  title: isDraftText,
  see: isText,
  expect: isRecord,
  otherwise: isDraftText,
  hint: isDraftText,
});
const isAsk: Shape = rowOf(
  { id: isId, text: either(isText, isDraftText) },
  {
    options: listOf(rowOf({ id: isId, text: either(isText, isDraftText) }, { change: recordOf(recordOf(isAny)) })),
    number: rowOf({ least: isNumber, most: isNumber, unit: isText }),
  },
);
const isDraftStep = rowOf(
  {
    id: isId,
    title: isDraftText,
    text: isDraftText,
    show: isDraftText,
    notice: isDraftText,
    asks: listOf(isAsk),
    checks: listOf(isDraftCheck),
    isTask: isFact,
    recordedAt: isNumber,
  },
  { picture: rowOf({ source: textUpTo(LONGEST_PICTURE), alt: isDraftText }), start: isRecord },
);
const isDraft = rowOf({
  id: isId,
  version: isNumber,
  title: isDraftText,
  summary: isDraftText,
  explains: isDraftText,
  minutes: isNumber,
  author: isText,
  licence: isText,
  languages: listOf(isText),
  start: isRecord,
  steps: listOf(isDraftStep),
  graph: isId,
});

/** `text`, the lesson's own file, is read for itself. */
export const isLessonRow: Shape = rowOf(
  { id: isId },
  { progress: isProgress, text: textUpTo(LONGEST_FILE), draft: isDraft, replays: areReplays },
);
/** `text`, the result file, is read for itself. */
export const isHandedIn: Shape = rowOf(
  { id: isId, at: isNumber, text: textUpTo(LONGEST_FILE), note: isText },
  { opened: recordOf(isId) },
);
export const isTemplate: Shape = rowOf(
  { id: isId, at: isNumber, description: isText, tags: listOf(isText), graph: isRecord },
  { thumbnail: isArtifactHash },
);
/** `component` and `needs` are read for themselves. */
export const isLibraryComponent: Shape = rowOf({
  id: isId,
  version: isWhole,
  at: isNumber,
  component: isRecord,
  needs: isRecord,
});
