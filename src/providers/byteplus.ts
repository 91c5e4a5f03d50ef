/**
 * BytePlus ModelArk: Seedream pictures in the answer itself, Seedance clips as tasks.
 *
 * There is no `lookup`. Pictures are kept nowhere, and the list of tasks tells nothing that two takes with other words
 * differ in.
 *
 * Fields: npm `@ai-sdk/bytedance`. Codes: https://docs.byteplus.com/en/docs/ModelArk/1299023.
 */
import { fromBase64 } from '../core/base64.ts';
import { isRecord, listIn, textOrNone, type Loose } from '../core/loose.ts';
import { own } from '../core/own.ts';
import { say } from '../core/say.ts';
import { isVideoWork } from '../core/take.ts';
import type { JobRequest, ModelFields, SizeField } from '../routing/job-request.ts';
import type { Access, Adapter, Answer, JobMade, JobRef, Submitting } from './adapter.ts';
import { answeredTrouble, answerTrouble, askedAfter } from './answer-trouble.ts';
import { bearerOf } from './bearer.ts';
import { cancelledIfQueued, contentsOf, endOfTask, notesOnContents } from './content-tasks.ts';
import { dataUri } from './data-uri.ts';
import { inputOf } from './fields.ts';
import { refusedField } from './refused-fields.ts';
import { kindOfStatus, notItsWork, type ServiceTrouble, type TroubleKind } from './service-trouble.ts';
import { wholeNumbers } from './whole-numbers.ts';

const NAME = 'BytePlus';
const TASKS = '/contents/generations/tasks';
const PICTURE_PATIENCE_MS = 300_000;
const ASK_EVERY_MS = 3000;

export const byteplus: Adapter = {
  id: 'byteplus',
  version: 1,
  name: NAME,
  home: 'https://ark.ap-southeast.bytepluses.com/api/v3',
  // Results lie in the object store of the same house.
  hosts: ['*.bytepluses.com', '*.volces.com'],
  keyNames: ['ARK_API_KEY', 'BYTEPLUS_API_KEY'],
  keyPage: 'https://console.byteplus.com/ark/apiKey',
  atOnce: 3,
  longestMs: 2 * 60 * 60_000,

  async submit(request, access) {
    return isVideoWork(request.work)
      ? { job: await beginClip(request, access) }
      : { made: await makePicture(request, access) };
  },

  async follow({ task = '' }, access, request) {
    return clipOf(await endOfTask(() => taskCalled(task, access), ASK_EVERY_MS, access), request);
  },

  cancel: ({ task = '' }, access) =>
    cancelledIfQueued(
      () => taskCalled(task, access),
      () => access.call({ method: 'DELETE', to: addressOf(task), headers: bearerOf(access) }),
    ),

  classify,

  async test(access) {
    await access.call({ to: `${TASKS}?page_num=1&page_size=1`, headers: bearerOf(access) });
  },
};

const addressOf = (task: string) => `${TASKS}/${encodeURIComponent(task)}`;

// Pictures

interface PictureModels {
  readonly models: RegExp;
  /** Width times height. */
  readonly pixels: readonly [least: number, most: number];
  /** It makes PNG, where it is told to; the older ones make JPEG and refuse the word. */
  readonly hasFormat?: true;
}
const PICTURE_MODELS: readonly PictureModels[] = [
  { models: /^seedream-4-0-/, pixels: [1280 * 720, 4096 ** 2] },
  { models: /^seedream-4-5-/, pixels: [2560 * 1440, 4096 ** 2] },
  { models: /^(dola-)?seedream-5-0-pro-/, pixels: [1280 * 720, 2048 ** 2], hasFormat: true },
  { models: /^(dola-)?seedream-5-0-/, pixels: [2560 * 1440, 3072 ** 2], hasFormat: true },
];

async function makePicture(request: JobRequest, access: Submitting): Promise<JobMade> {
  const { model, work, still, references } = request;
  const kind = PICTURE_MODELS.find(({ models }) => models.test(model));
  if (!kind || work === 'upscale') throw notItsWork(NAME);
  const fields: ModelFields = {
    size: { as: 'x', name: 'size', pixels: kind.pixels },
    always: {
      response_format: 'b64_json',
      watermark: false,
      ...(kind.hasFormat ? { output_format: 'png' } : {}),
      ...request.fields?.always,
    },
  };
  const attached = await Promise.all(
    [...(still ? [still] : []), ...references].map(async ({ picture }) => dataUri(await access.picture(picture))),
  );
  const answer = await access.call({
    method: 'POST',
    to: '/images/generations',
    headers: bearerOf(access),
    json: {
      model,
      ...inputOf({ ...request, fields }, () => ''),
      ...(attached.length > 0 ? { image: attached.length === 1 ? attached[0] : attached } : {}),
    },
    pays: true,
    patienceMs: PICTURE_PATIENCE_MS,
  });
  return { output: { bytes: pictureIn(answer) } };
}

function pictureIn({ json }: Answer): Uint8Array<ArrayBuffer> {
  const pictures = listIn(isRecord(json) ? json['data'] : undefined);
  for (const { b64_json: given } of pictures) {
    const text = textOrNone(given);
    const bytes = text && fromBase64(text);
    if (bytes) return bytes;
  }
  // A picture that could not be made stands in the list as an error of its own.
  const failed = pictures.find(({ error }) => isRecord(error));
  throw failed ? endedBadly(failed) : answerTrouble('unreadable', NAME, { mayCost: true });
}

// Clips

interface ClipModels {
  readonly models: RegExp;
  readonly lines: readonly string[];
  /** Seconds. */
  readonly lengths: readonly [least: number, most: number];
  /** It makes sound unless it is told not to, and some charge for it; the older ones refuse the word. */
  readonly hasSound?: true;
}
const CLIP_MODELS: readonly ClipModels[] = [
  { models: /seedance-2-5-/, lines: ['480p', '720p', '1080p'], lengths: [4, 30], hasSound: true },
  { models: /seedance-2-0-(fast|mini)-/, lines: ['480p', '720p'], lengths: [4, 15], hasSound: true },
  { models: /seedance-2-0-/, lines: ['480p', '720p', '1080p', '4k'], lengths: [4, 15], hasSound: true },
  { models: /seedance-1-5-/, lines: ['480p', '720p', '1080p'], lengths: [4, 12], hasSound: true },
  { models: /seedance-1-0-/, lines: ['480p', '720p', '1080p'], lengths: [2, 12] },
];
const RATIOS = ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16'];

async function beginClip(request: JobRequest, access: Submitting): Promise<JobRef> {
  const { prompt, ...parameters } = inputOf({ ...request, fields: clipFields(request) }, () => '');
  const { json } = await access.call({
    method: 'POST',
    to: TASKS,
    headers: bearerOf(access),
    json: { model: request.model, content: await contentsOf(request, prompt, access), ...parameters },
    pays: true,
  });
  const task = isRecord(json) ? textOrNone(json['id']) : undefined;
  if (!task) throw answerTrouble('lost', NAME);
  return { task };
}

function clipFields({ model, still, lastFrame, fields }: JobRequest): ModelFields {
  const kind = CLIP_MODELS.find(({ models }) => models.test(model));
  if (!kind) throw notItsWork(NAME);
  const [least, most] = kind.lengths;
  const lines = { name: 'resolution', values: kind.lines };
  // A clip that begins or ends with a picture has its shape.
  const size: SizeField =
    still || lastFrame ? { as: 'lines', lines } : { as: 'ratio', name: 'ratio', values: RATIOS, lines };
  return {
    seed: 'seed',
    largestSeed: 2 ** 32 - 1,
    size,
    duration: {
      name: 'duration',
      as: 'number',
      values: wholeNumbers(least, most),
    },
    ...(kind.hasSound ? { audio: 'generate_audio' } : {}),
    always: { watermark: false, ...(kind.hasSound ? { generate_audio: false } : {}), ...fields?.always },
  };
}

async function taskCalled(id: string, access: Access): Promise<Loose> {
  const { json } = await askedAfter(NAME, access.call({ to: addressOf(id), headers: bearerOf(access) }));
  return isRecord(json) ? json : {};
}

function clipOf(task: Loose, request: JobRequest): JobMade {
  const { status, content, seed } = task;
  if (status === 'cancelled') throw answerTrouble('cancelled', NAME, { mayCost: false });
  // It had waited for longer than it may.
  if (status === 'expired') throw answerTrouble('endless', NAME, { code: 'expired', mayCost: false });
  if (status !== 'succeeded') throw endedBadly(task);
  const url = isRecord(content) ? textOrNone(content['video_url']) : undefined;
  if (!url) throw answerTrouble('unreadable', NAME, { mayCost: true });
  return {
    output: { url },
    ...(Number.isSafeInteger(seed) ? { seed: seed as number } : {}),
    notes: notesOnContents(request, NAME),
  };
}

// Errors

/** A job that failed; only what is made is charged for. */
function endedBadly({ error }: Loose): ServiceTrouble {
  const { code: given, message } = isRecord(error) ? error : {};
  const code = textOrNone(given) ?? 'failed';
  const isInvalid = /^(Invalid|Missing)Parameter/.test(code);
  const kind = isAgainstRules(code) ? 'refused' : isInvalid ? 'invalid' : 'broken';
  return answerTrouble(kind, NAME, { code, mayCost: false }, textOrNone(message));
}

/** `InputTextSensitiveContentDetected`, `OutputImageSensitiveContentDetected.PolicyViolation`, … */
const isAgainstRules = (code: string): boolean => /(SensitiveContentDetected|RiskDetection)(\.|$)/.test(code);

/** What its codes mean where the status says less. */
const KIND_OF_CODE: Readonly<Record<string, TroubleKind>> = {
  AccountOverdueError: 'billing',
  'OperationDenied.ServiceOverdue': 'billing',
  InsufficientBalance: 'billing',
  // A limit that the account has set itself: waiting does not help.
  SetLimitExceeded: 'billing',
  ModelNotOpen: 'forbidden',
  'OperationDenied.ServiceNotOpen': 'forbidden',
  ServerOverloaded: 'busy',
};

/** `{ error: { code, message, param } }` */
function classify(answer: Answer): ServiceTrouble {
  const error: Loose = isRecord(answer.json) && isRecord(answer.json['error']) ? answer.json['error'] : {};
  const code = textOrNone(error['code']);
  const byCode = code === undefined ? undefined : isAgainstRules(code) ? 'refused' : own(KIND_OF_CODE, code);
  const says = textOrNone(error['message']);
  const isNotOpen = code === 'ModelNotOpen' || code === 'OperationDenied.ServiceNotOpen';
  return answeredTrouble(NAME, byCode ?? kindOfStatus(answer.status), answer, {
    code,
    says,
    fields: refusedField(error['param'], says),
    ...(isNotOpen ? { hint: say('The model has to be activated in the console of {0} first.', say(NAME)) } : {}),
  });
}
