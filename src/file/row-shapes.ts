/**
 * Whether rows that come from outside have the shape that the rest of the app takes for granted. A row that has not is
 * left out whole: half of one would mean something else.
 */
import { LONGEST_ID, LONGEST_MODEL } from '../core/limits.ts';
import { isRecord } from '../core/loose.ts';
import { isReserved } from '../core/own.ts';
import {
  either,
  isAny,
  isArtifactHash,
  isFact,
  isId,
  isNumber,
  isPlace,
  isText,
  isTrue,
  isWhole,
  listOf,
  oneOf,
  recordOf,
  rowOf,
  textUpTo,
  type Shape,
} from '../core/shapes.ts';
import { TIERS, WORK_KINDS } from '../core/take.ts';
import { CAMERA_MOVES, EASINGS, MEASURES } from '../core/values.ts';

/** Sentences within sentences. */
const DEEPEST_SENTENCE = 8;
const isName = textUpTo(LONGEST_MODEL);

const isFigure = either(
  isNumber,
  rowOf({ number: isNumber, digits: oneOf(...Array.from({ length: 21 }, (_, at) => at)) }, { isParted: isTrue }),
  rowOf({ date: isText }),
  rowOf({ micros: isNumber }, { digits: oneOf(...Array.from({ length: 21 }, (_, at) => at)) }),
);
function isSentence(value: unknown, depth = 0): boolean {
  if (!isRecord(value) || depth > DEEPEST_SENTENCE || !isText(value['english'])) return false;
  return listOf((part) => isText(part) || isFigure(part) || isSentence(part, depth + 1))(value['values']);
}
export const isSaid: Shape = (value) => isText(value) || isSentence(value);

const isPart = rowOf({ x: isNumber, y: isNumber, width: isNumber, height: isNumber });
const isImage = rowOf(
  { kind: oneOf('image'), hash: isArtifactHash, width: isWhole, height: isWhole },
  { depth: isArtifactHash, recipe: isArtifactHash, part: isPart },
);
const isPose = rowOf({
  zoom: isNumber,
  dolly: isNumber,
  x: isNumber,
  y: isNumber,
  baseX: isNumber,
  baseY: isNumber,
  roll: isNumber,
});
const isPiece = rowOf(
  { file: isArtifactHash, from: isNumber, at: isNumber, seconds: isNumber },
  { fadeIn: isNumber, fadeOut: isNumber },
);
const isVideo = rowOf(
  { kind: oneOf('video'), hash: isArtifactHash, width: isWhole, height: isWhole, fps: isNumber, frames: isWhole },
  {
    sound: listOf(isPiece),
    ends: rowOf(
      {},
      {
        first: isArtifactHash,
        last: isArtifactHash,
        camera: rowOf({ still: isImage, pose: isPose, speed: isPose }),
      },
    ),
  },
);
const isPrompt = rowOf({ kind: oneOf('prompt'), text: isText, negative: isText });
const isSeed = rowOf({ kind: oneOf('seed'), seed: isNumber, locked: isFact });
const isGuidance = rowOf({ kind: oneOf('guidance'), scale: isNumber });
const isPair: Shape = (value) => Array.isArray(value) && value.length === 2 && value.every(isNumber);
const isAspect = rowOf({ kind: oneOf('aspect'), ratio: isPair, width: isNumber, height: isNumber });
const isReference = rowOf({ kind: oneOf('reference'), image: isImage, strength: isNumber });
const isMotion = rowOf(
  {
    kind: oneOf('motion'),
    move: oneOf(...CAMERA_MOVES),
    amount: isNumber,
    easing: oneOf(...EASINGS),
    seconds: isNumber,
    fps: isNumber,
  },
  { loop: isFact, shutter: isNumber },
);
const isAcceptance = rowOf(
  {
    kind: oneOf('acceptance'),
    cap: isNumber,
    criteria: listOf(rowOf({ measure: oneOf(...MEASURES), limit: isNumber })),
  },
  { reference: isImage },
);
const isFile = rowOf({
  kind: oneOf('file'),
  hash: isArtifactHash,
  name: isText,
  mime: isName,
  bytes: isWhole,
  encoding: isText,
});
const isValue: Shape = either(
  isImage,
  isVideo,
  isFile,
  isPrompt,
  isSeed,
  isGuidance,
  isAspect,
  isReference,
  isMotion,
  isAcceptance,
  rowOf({ kind: oneOf('text'), text: isText }),
  rowOf({ kind: oneOf('number'), number: isNumber }),
);
const isOutputs: Shape = recordOf(isValue);
const isKeyParts: Shape = rowOf(
  { type: isPlace, version: isNumber, params: recordOf(isAny), inputs: recordOf(either(isValue, listOf(isValue))) },
  { route: isText, take: isWhole },
);

const isModel = rowOf({ provider: isName, model: isName });
const isMoney = either(isNumber, oneOf(null));
const isFailure: Shape = rowOf({ code: isName, message: isSaid }, { hint: isSaid, stack: isText });
const isVerdict = rowOf(
  {
    state: oneOf('accepted', 'rejected', 'open'),
    by: oneOf('person', 'criteria', 'nobody'),
    at: isNumber,
    reviewMs: isNumber,
  },
  { reason: isText },
);
const isRequest = rowOf(
  {
    work: oneOf(...WORK_KINDS),
    tier: oneOf(...TIERS),
    prompt: isPrompt,
    seed: isSeed,
    guidance: isGuidance,
    aspect: isAspect,
    megapixels: isNumber,
    references: listOf(isReference),
  },
  {
    pinned: isModel,
    motion: isMotion,
    still: isImage,
    lastFrame: isImage,
    continues: rowOf({ clip: isVideo, tail: isNumber }, { sameMove: isTrue }),
    sound: isTrue,
    acceptance: isAcceptance,
  },
);
const isMeasured = rowOf({ measure: oneOf(...MEASURES), value: isNumber, limit: isNumber, passed: isFact });
const isSent = rowOf({
  model: isName,
  input: recordOf(isAny),
  pictures: recordOf(rowOf({ width: isNumber, height: isNumber }), isText),
});
export const isTake: Shape = rowOf(
  {
    id: isId,
    at: isNumber,
    graphId: isId,
    node: isPlace,
    runId: isId,
    slot: isText,
    number: isWhole,
    output: isPlace,
    key: isId,
    work: oneOf(...WORK_KINDS),
    tier: oneOf(...TIERS, 'draft'),
    mode: oneOf('draft', 'delivery'),
    table: rowOf({ id: isName, version: isWhole }),
    asked: isModel,
    answered: isModel,
    why: isSaid,
    seed: isNumber,
    baseSeed: isNumber,
    request: isRequest,
    queuedMs: isNumber,
    workedMs: isNumber,
    estimated: isMoney,
    charged: isMoney,
    measures: listOf(isMeasured),
    verdict: isVerdict,
  },
  {
    priceFrom: oneOf('list', 'quote', 'service'),
    leadsTo: rowOf({ delivery: isFact, takes: listOf(isPlace) }),
    cap: isWhole,
    state: oneOf('pending', 'unknown'),
    notes: listOf(isSaid),
    sent: isSent,
    artifact: either(isImage, isVideo),
    failure: isFailure,
  },
);

export const isRefinement: Shape = rowOf(
  { at: isNumber, graphId: isId, node: isPlace, sources: listOf(isPlace), ms: isNumber },
  { of: listOf(isArtifactHash) },
);
export const isResult: Shape = rowOf({ key: isId, outputs: isOutputs, lastUsedAt: isNumber });
export const isNodeState: Shape = rowOf({ graphId: isId, node: isPlace, outputs: isOutputs }, { parts: isKeyParts });

const isSummary = rowOf(
  {
    outcome: oneOf('done', 'failed', 'cancelled', 'waiting'),
    ran: isWhole,
    cached: isWhole,
    failed: isWhole,
    skipped: isWhole,
  },
  { verdicts: isWhole, failure: isFailure },
);
/** `graph` is read for itself. */
export const isRun: Shape = rowOf(
  { id: isId, graphId: isId, startedAt: isNumber, mode: oneOf('draft', 'delivery'), graph: isRecord },
  { endedAt: isNumber, row: isSentence, summary: isSummary },
);
const event = (type: string, has: Readonly<Record<string, Shape>>, may: Readonly<Record<string, Shape>> = {}): Shape =>
  rowOf({ type: oneOf(type), at: isNumber, ...has }, may);
const onNode = { node: isPlace };
const isGateTake = rowOf(
  { node: isPlace, verdict: oneOf('accepted', 'rejected', 'open') },
  { artifact: isArtifactHash },
);
const isEvent = either(
  event('queued', onNode),
  event('started', onNode),
  event('progress', { ...onNode, fraction: isNumber }, { note: isSaid }),
  event('finished', {
    ...onNode,
    from: oneOf('run', 'cache', 'frozen'),
    key: isId,
    parts: isKeyParts,
    outputs: isOutputs,
    ms: isNumber,
  }),
  event('taken', { ...onNode, take: isTake }),
  event('waiting', { ...onNode, takes: listOf(isGateTake), arrived: isOutputs }),
  event('failed', { ...onNode, failure: isFailure }),
  event('skipped', { ...onNode, because: oneOf('upstream failed', 'not taken', 'cancelled', 'behind a gate') }),
  event('ended', { summary: isSummary }),
);
export const isRunEvents: Shape = rowOf({ runId: isId, seq: isWhole, events: listOf(isEvent) });

const isPosition = rowOf({ id: textUpTo(LONGEST_ID), seq: isWhole, edition: isWhole });
export const isGraphRow: Shape = rowOf(
  { id: isId, title: isText, head: isId, createdAt: isNumber, updatedAt: isNumber },
  { thumbnail: isArtifactHash, tags: listOf(isText), deletedAt: isNumber, last: isPosition },
);
/** `graph` is read for itself. */
export const isVersion: Shape = rowOf({ id: isId, graphId: isId, at: isNumber, graph: isRecord });
export const isTimelineRow: Shape = rowOf(
  {
    id: isId,
    graphId: isId,
    number: isWhole,
    at: isNumber,
    nodes: isWhole,
    edits: isWhole,
    labels: listOf(isSaid),
    last: isPosition,
  },
  { name: isText },
);
const isStep: Shape = (value) => typeof value === 'number' || (typeof value === 'string' && !isReserved(value));
const isPatch = rowOf({ op: oneOf('add', 'remove', 'replace'), path: listOf(isStep) }, { value: isAny });
const isUndoStep = rowOf({ label: isSaid, redo: listOf(isPatch), undo: listOf(isPatch) }, { mergeKey: isText });
/** What its patches make of a graph is read for itself. */
export const isEdit: Shape = rowOf({
  graphId: isId,
  id: isId,
  after: textUpTo(LONGEST_ID),
  seq: isWhole,
  edition: isWhole,
  did: oneOf('edit', 'join', 'undo', 'redo'),
  step: isUndoStep,
});
export const isHistory: Shape = rowOf(
  { graphId: isId },
  { steps: rowOf({ past: listOf(isUndoStep), future: listOf(isUndoStep) }) },
);
export const isArtifact: Shape = rowOf(
  {
    hash: isArtifactHash,
    kind: oneOf('image', 'video', 'depth', 'file'),
    mime: isName,
    bytes: isWhole,
    lastUsedAt: isNumber,
    digest: isArtifactHash,
  },
  { isRemade: isTrue },
);
