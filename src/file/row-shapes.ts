/**
 * Whether rows that come from outside have the shape that the rest of the app takes for granted. A row that has not is
 * left out whole: half of one would mean something else.
 */
import { LONGEST_ID, LONGEST_MODEL, LONGEST_TAG } from '../core/limits.ts';
import { isRecord } from '../core/loose.ts';
import { isReserved } from '../core/own.ts';
import {
  isEither,
  isAny,
  isArtifactHash,
  isFact,
  isId,
  isFiniteNumber,
  isPlace,
  isShortText,
  isTrue,
  isWhole,
  isListOf,
  isOneOf,
  isRecordOf,
  isRowLike,
  isRowOf,
  isTextUpTo,
  type DataShape,
} from '../core/data-shapes.ts';
import type { Failure } from '../core/errors.ts';
import {
  TIERS,
  WORK_KINDS,
  type Measured,
  type ModelRef,
  type Sent,
  type TakeRecord,
  type TakeRequest,
  type Verdict,
} from '../core/take.ts';
import {
  CAMERA_MOVES,
  EASINGS,
  MEASURES,
  type AcceptanceValue,
  type AspectValue,
  type CameraPose,
  type FileValue,
  type GuidanceValue,
  type PicturePart,
  type PromptValue,
  type ReferenceValue,
  type SeedValue,
  type ImageValue,
  type MotionValue,
  type SoundPiece,
  type VideoValue,
} from '../core/values.ts';
import type { TakeLabel } from '../core/take-label.ts';
import type { RunSummary } from '../engine/events.ts';
import type { KeyParts } from '../engine/key.ts';
import type { Refinement } from '../ledger/costs.ts';
import type { NodeState, StoredRun } from '../session/stores.ts';

/** Sentences within sentences. */
const DEEPEST_SENTENCE = 8;
const isName = isTextUpTo(LONGEST_MODEL);

const isFigure = isEither(
  isFiniteNumber,
  isRowOf(
    { number: isFiniteNumber, digits: isOneOf(...Array.from({ length: 21 }, (_, at) => at)) },
    { isParted: isTrue },
  ),
  isRowOf({ date: isShortText }),
  isRowOf({ micros: isFiniteNumber }, { digits: isOneOf(...Array.from({ length: 21 }, (_, at) => at)) }),
);
function isSentence(value: unknown, depth = 0): boolean {
  if (!isRecord(value) || depth > DEEPEST_SENTENCE || !isShortText(value['english'])) return false;
  return isListOf((part) => isShortText(part) || isFigure(part) || isSentence(part, depth + 1))(value['values']);
}
export const isSaid: DataShape = (value) => isShortText(value) || isSentence(value);

const isPart = isRowLike<PicturePart>(
  { x: isFiniteNumber, y: isFiniteNumber, width: isFiniteNumber, height: isFiniteNumber },
  {},
);
const isImage = isRowLike<ImageValue>(
  { kind: isOneOf('image'), hash: isArtifactHash, width: isWhole, height: isWhole },
  { depth: isArtifactHash, recipe: isArtifactHash, part: isPart },
);
const isPose = isRowLike<CameraPose>(
  {
    zoom: isFiniteNumber,
    dolly: isFiniteNumber,
    x: isFiniteNumber,
    y: isFiniteNumber,
    baseX: isFiniteNumber,
    baseY: isFiniteNumber,
    roll: isFiniteNumber,
  },
  {},
);
const isPiece = isRowLike<SoundPiece>(
  { file: isArtifactHash, from: isFiniteNumber, at: isFiniteNumber, seconds: isFiniteNumber },
  { fadeIn: isFiniteNumber, fadeOut: isFiniteNumber },
);
const isVideo = isRowLike<VideoValue>(
  {
    kind: isOneOf('video'),
    hash: isArtifactHash,
    width: isWhole,
    height: isWhole,
    fps: isFiniteNumber,
    frames: isWhole,
  },
  {
    sound: isListOf(isPiece),
    ends: isRowOf(
      {},
      {
        first: isArtifactHash,
        last: isArtifactHash,
        camera: isRowOf({ still: isImage, pose: isPose, speed: isPose }),
      },
    ),
  },
);
const isPrompt = isRowLike<PromptValue>({ kind: isOneOf('prompt'), text: isShortText, negative: isShortText }, {});
const isSeed = isRowLike<SeedValue>({ kind: isOneOf('seed'), seed: isFiniteNumber, locked: isFact }, {});
const isGuidance = isRowLike<GuidanceValue>({ kind: isOneOf('guidance'), scale: isFiniteNumber }, {});
const isPair: DataShape = (value) => Array.isArray(value) && value.length === 2 && value.every(isFiniteNumber);
const isAspect = isRowLike<AspectValue>(
  { kind: isOneOf('aspect'), ratio: isPair, width: isFiniteNumber, height: isFiniteNumber },
  {},
);
const isReference = isRowLike<ReferenceValue>(
  { kind: isOneOf('reference'), image: isImage, strength: isFiniteNumber },
  {},
);
const isMotion = isRowLike<MotionValue>(
  {
    kind: isOneOf('motion'),
    move: isOneOf(...CAMERA_MOVES),
    amount: isFiniteNumber,
    easing: isOneOf(...EASINGS),
    seconds: isFiniteNumber,
    fps: isFiniteNumber,
  },
  { loop: isFact, shutter: isFiniteNumber },
);
const isAcceptance = isRowLike<AcceptanceValue>(
  {
    kind: isOneOf('acceptance'),
    cap: isFiniteNumber,
    criteria: isListOf(isRowOf({ measure: isOneOf(...MEASURES), limit: isFiniteNumber })),
  },
  { reference: isImage },
);
const isFile = isRowLike<FileValue>(
  {
    kind: isOneOf('file'),
    hash: isArtifactHash,
    name: isShortText,
    mime: isName,
    bytes: isWhole,
    encoding: isShortText,
  },
  {},
);
const isValue: DataShape = isEither(
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
  isRowOf({ kind: isOneOf('text'), text: isShortText }),
  isRowOf({ kind: isOneOf('number'), number: isFiniteNumber }),
);
const isOutputs: DataShape = isRecordOf(isValue);
const isKeyParts: DataShape = isRowLike<KeyParts>(
  {
    type: isPlace,
    version: isFiniteNumber,
    params: isRecordOf(isAny),
    inputs: isRecordOf(isEither(isValue, isListOf(isValue))),
  },
  { route: isShortText, take: isWhole },
);

const isModel = isRowLike<ModelRef>({ provider: isName, model: isName }, {});
const isMoney = isEither(isFiniteNumber, isOneOf(null));
const isFailure: DataShape = isRowLike<Failure>(
  { code: isName, message: isSaid },
  { hint: isSaid, stack: isShortText },
);
const isVerdict = isRowLike<Verdict>(
  {
    state: isOneOf('accepted', 'rejected', 'open'),
    by: isOneOf('person', 'criteria', 'nobody'),
    at: isFiniteNumber,
    reviewMs: isFiniteNumber,
  },
  { reason: isShortText },
);
const isRequest = isRowLike<TakeRequest>(
  {
    work: isOneOf(...WORK_KINDS),
    tier: isOneOf(...TIERS),
    prompt: isPrompt,
    seed: isSeed,
    guidance: isGuidance,
    aspect: isAspect,
    megapixels: isFiniteNumber,
    references: isListOf(isReference),
  },
  {
    pinned: isModel,
    motion: isMotion,
    still: isImage,
    lastFrame: isImage,
    continues: isRowOf({ clip: isVideo, tail: isFiniteNumber }, { sameMove: isTrue }),
    sound: isTrue,
    acceptance: isAcceptance,
    isGuidanceSet: isTrue,
  },
);
const isMeasured = isRowLike<Measured>(
  {
    measure: isOneOf(...MEASURES),
    value: isFiniteNumber,
    limit: isFiniteNumber,
    passed: isFact,
  },
  {},
);
const isSent = isRowLike<Sent>(
  {
    model: isName,
    input: isRecordOf(isAny),
    pictures: isRecordOf(isRowOf({ width: isFiniteNumber, height: isFiniteNumber }), isShortText),
  },
  {},
);
export const isTake: DataShape = isRowLike<TakeRecord>(
  {
    id: isId,
    at: isFiniteNumber,
    graphId: isId,
    node: isPlace,
    runId: isId,
    slot: isShortText,
    number: isWhole,
    output: isPlace,
    key: isId,
    work: isOneOf(...WORK_KINDS),
    tier: isOneOf(...TIERS, 'draft'),
    mode: isOneOf('draft', 'delivery'),
    table: isRowOf({ id: isName, version: isWhole }),
    asked: isModel,
    answered: isModel,
    why: isSaid,
    seed: isFiniteNumber,
    baseSeed: isFiniteNumber,
    request: isRequest,
    queuedMs: isFiniteNumber,
    workedMs: isFiniteNumber,
    estimated: isMoney,
    charged: isMoney,
    measures: isListOf(isMeasured),
    verdict: isVerdict,
  },
  {
    priceFrom: isOneOf('list', 'quote', 'service'),
    leadsTo: isRowOf({ delivery: isFact, takes: isListOf(isPlace) }),
    cap: isWhole,
    state: isOneOf('pending', 'unknown'),
    notes: isListOf(isSaid),
    sent: isSent,
    artifact: isEither(isImage, isVideo),
    failure: isFailure,
  },
);

export const isTakeLabel: DataShape = isRowLike<TakeLabel>(
  { take: isId },
  { starredAt: isFiniteNumber, tags: isListOf(isTextUpTo(LONGEST_TAG)) },
);
export const isRefinement: DataShape = isRowLike<Refinement>(
  { at: isFiniteNumber, graphId: isId, node: isPlace, sources: isListOf(isPlace), ms: isFiniteNumber },
  { of: isListOf(isArtifactHash) },
);
export const isResult: DataShape = isRowOf({ key: isId, outputs: isOutputs, lastUsedAt: isFiniteNumber });
export const isNodeState: DataShape = isRowLike<NodeState>(
  { graphId: isId, node: isPlace, outputs: isOutputs },
  { parts: isKeyParts },
);

const isSummary = isRowLike<RunSummary>(
  {
    outcome: isOneOf('done', 'failed', 'cancelled', 'waiting'),
    ran: isWhole,
    cached: isWhole,
    failed: isWhole,
    skipped: isWhole,
  },
  { verdicts: isWhole, failure: isFailure },
);
/** `graph` is read for itself. */
export const isRun: DataShape = isRowLike<StoredRun>(
  { id: isId, graphId: isId, startedAt: isFiniteNumber, mode: isOneOf('draft', 'delivery'), graph: isRecord },
  { endedAt: isFiniteNumber, row: isSentence, summary: isSummary },
);
const event = (
  type: string,
  has: Readonly<Record<string, DataShape>>,
  may: Readonly<Record<string, DataShape>> = {},
): DataShape => isRowOf({ type: isOneOf(type), at: isFiniteNumber, ...has }, may);
const onNode = { node: isPlace };
const isGateTake = isRowOf(
  { node: isPlace, verdict: isOneOf('accepted', 'rejected', 'open') },
  { artifact: isArtifactHash },
);
const isEvent = isEither(
  event('queued', onNode),
  event('started', onNode),
  event('progress', { ...onNode, fraction: isFiniteNumber }, { note: isSaid }),
  event('finished', {
    ...onNode,
    from: isOneOf('run', 'cache', 'frozen'),
    key: isId,
    parts: isKeyParts,
    outputs: isOutputs,
    ms: isFiniteNumber,
  }),
  event('taken', { ...onNode, take: isTake }),
  event('waiting', { ...onNode, takes: isListOf(isGateTake), arrived: isOutputs }),
  event('failed', { ...onNode, failure: isFailure }),
  event('skipped', { ...onNode, because: isOneOf('upstream failed', 'not taken', 'cancelled', 'behind a gate') }),
  event('ended', { summary: isSummary }),
);
export const isRunEvents: DataShape = isRowOf({ runId: isId, seq: isWhole, events: isListOf(isEvent) });

const isPosition = isRowOf({ id: isTextUpTo(LONGEST_ID), seq: isWhole, edition: isWhole });
export const isGraphRow: DataShape = isRowOf(
  { id: isId, title: isShortText, head: isId, createdAt: isFiniteNumber, updatedAt: isFiniteNumber },
  { thumbnail: isArtifactHash, tags: isListOf(isShortText), deletedAt: isFiniteNumber, last: isPosition },
);
/** `graph` is read for itself. */
export const isVersion: DataShape = isRowOf({ id: isId, graphId: isId, at: isFiniteNumber, graph: isRecord });
export const isTimelineRow: DataShape = isRowOf(
  {
    id: isId,
    graphId: isId,
    number: isWhole,
    at: isFiniteNumber,
    nodes: isWhole,
    edits: isWhole,
    labels: isListOf(isSaid),
    last: isPosition,
  },
  { name: isShortText },
);
const isStep: DataShape = (value) => typeof value === 'number' || (typeof value === 'string' && !isReserved(value));
const isPatch = isRowOf({ op: isOneOf('add', 'remove', 'replace'), path: isListOf(isStep) }, { value: isAny });
const isUndoStep = isRowOf(
  { label: isSaid, redo: isListOf(isPatch), undo: isListOf(isPatch) },
  { mergeKey: isShortText },
);
/** What its patches make of a graph is read for itself. */
export const isEdit: DataShape = isRowOf({
  graphId: isId,
  id: isId,
  after: isTextUpTo(LONGEST_ID),
  seq: isWhole,
  edition: isWhole,
  did: isOneOf('edit', 'join', 'undo', 'redo'),
  step: isUndoStep,
});
export const isHistory: DataShape = isRowOf(
  { graphId: isId },
  { steps: isRowOf({ past: isListOf(isUndoStep), future: isListOf(isUndoStep) }) },
);
export const isArtifact: DataShape = isRowOf(
  {
    hash: isArtifactHash,
    kind: isOneOf('image', 'video', 'depth', 'file'),
    mime: isName,
    bytes: isWhole,
    lastUsedAt: isFiniteNumber,
    digest: isArtifactHash,
  },
  { isRemade: isTrue },
);
