/**
 * Google's Gemini API: pictures in the answer of `generateContent`, clips as background jobs of the Interactions API.
 *
 * Fields and states: npm `@google/genai`; https://ai.google.dev/gemini-api/docs/omni. There is no list of interactions,
 * so a job whose answer was lost cannot be looked up.
 */
import { fromBase64, toBase64 } from '../core/base64.ts';
import { isRecord, listIn, textOrNone, type Loose } from '../core/loose.ts';
import { own } from '../core/own.ts';
import { say, type Said } from '../core/say.ts';
import { isVideoWork } from '../core/take.ts';
import type { JobRequest, ModelFields } from '../routing/job-request.ts';
import type { Access, Adapter, Answer, JobWatch, JobRef, JobMade, PictureFile, Submitting } from './adapter.ts';
import { answeredTrouble, askedAfter, unnamedJob } from './answer-trouble.ts';
import { inputOf } from './fields.ts';
import { refusedFieldsIn } from './refused-fields.ts';
import { kindOfStatus, notItsWork, ServiceTrouble, type TroubleKind } from './service-trouble.ts';
import { wholeNumbers } from './whole-numbers.ts';

const NAME = 'Google';
const name = say(NAME);
const PICTURE_PATIENCE_MS = 300_000;
const ASK_EVERY_MS = 5000;

export const google: Adapter = {
  id: 'google',
  version: 1,
  name: NAME,
  home: 'https://generativelanguage.googleapis.com/v1beta',
  hosts: ['generativelanguage.googleapis.com'],
  keyNames: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  keyPage: 'https://aistudio.google.com/apikey',
  atOnce: 4,
  longestMs: 30 * 60_000,
  async submit(request, access) {
    if (isVideoWork(request.work)) return { job: await beginClip(request, access) };
    if (request.work === 'upscale') throw notItsWork(NAME);
    return { made: await makePicture(request, access) };
  },
  follow: followClip,
  async cancel({ interaction }, access) {
    try {
      const { json } = await access.call({
        method: 'POST',
        to: `/interactions/${encodeURIComponent(interaction!)}/cancel`,
        headers: keyOf(access),
      });
      // Nobody says what a clip costs that was begun.
      return isRecord(json) && json['status'] === 'cancelled' ? 'asked' : 'late';
    } catch (thrown) {
      // It had ended, or is gone.
      if (thrown instanceof ServiceTrouble && [400, 404, 409].includes(thrown.facts.status ?? 0)) return 'late';
      throw thrown;
    }
  },
  classify,
  async test(access) {
    await access.call({ to: '/models?pageSize=1', headers: keyOf(access) });
  },
};

/** In a header and never in an address: addresses are logged. */
const keyOf = ({ key }: Access): Readonly<Record<string, string>> =>
  key === undefined ? {} : { 'x-goog-api-key': key };

/** The still goes first. */
const picturesOf = ({ still, references }: JobRequest, access: Submitting): Promise<PictureFile[]> =>
  Promise.all([...(still ? [still] : []), ...references].map(({ picture }) => access.picture(picture)));

// Pictures

const RATIOS = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'];
const LONG_RATIOS = ['1:4', '4:1', '1:8', '8:1'];
const HAS_LONG_RATIOS = /nano-banana-2|3\.1-flash-image/;
const HAS_ONE_SIZE = /2\.5-flash-image|flash-lite-image/;

async function makePicture(request: JobRequest, access: Submitting): Promise<JobMade> {
  const { model, prompt, seed } = request;
  const pictures = await picturesOf(request, access);
  const answer = await access.call({
    method: 'POST',
    to: `/models/${encodeURIComponent(model)}:generateContent`,
    headers: keyOf(access),
    json: {
      contents: [
        {
          role: 'user',
          parts: [
            ...pictures.map(({ bytes, mime }) => ({ inlineData: { mimeType: mime, data: toBase64(bytes) } })),
            { text: prompt },
          ],
        },
      ],
      generationConfig: {
        responseModalities: ['IMAGE'],
        imageConfig: inputOf({ ...request, fields: pictureFields(model) }, noAddress),
        ...(seed === undefined ? {} : { seed }),
      },
    },
    pays: true,
    patienceMs: PICTURE_PATIENCE_MS,
  });
  return { output: { bytes: pictureIn(answer) } };
}

const pictureFields = (model: string): ModelFields => ({
  prompt: null,
  size: {
    as: 'ratio',
    name: 'aspectRatio',
    values: HAS_LONG_RATIOS.test(model) ? [...RATIOS, ...LONG_RATIOS] : RATIOS,
    ...(HAS_ONE_SIZE.test(model) ? {} : { lines: { name: 'imageSize', values: ['1K', '2K', '4K'] } }),
  },
});
/** Pictures travel in the request itself. */
const noAddress = (): string => '';

/** Why it stopped, where that is its rules. */
const AGAINST_RULES = [
  'SAFETY',
  'RECITATION',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_RECITATION',
];

function pictureIn({ json }: Answer): Uint8Array<ArrayBuffer> {
  const answer: Loose = isRecord(json) ? json : {};
  const [first] = listIn(answer['candidates']);
  const parts = listIn(first && isRecord(first['content']) ? first['content']['parts'] : undefined);
  // Some models show what they thought of on the way.
  const bytes = parts
    .filter(({ thought }) => thought !== true)
    .map(({ inlineData }) => (isRecord(inlineData) ? bytesIn(inlineData['data']) : undefined))
    .findLast((each) => each !== undefined);
  if (bytes) return bytes;

  const blocked = isRecord(answer['promptFeedback']) ? answer['promptFeedback']['blockReason'] : undefined;
  const reason = textOrNone(blocked) ?? textOrNone(first?.['finishReason']) ?? 'no picture';
  const usage = answer['usageMetadata'];
  // It counts what it made before it withheld it; where it counts nothing, only a prompt it did not begin with is free.
  const mayCost = isRecord(usage) ? Number(usage['candidatesTokenCount'] ?? 0) > 0 : blocked === undefined;
  if (blocked !== undefined || AGAINST_RULES.includes(reason)) throw refusal(reason, mayCost);
  const words = parts.map(({ text }) => textOrNone(text)).find((text) => text !== undefined);
  throw new ServiceTrouble(
    'unreadable',
    words === undefined
      ? say('{0} answered without a picture ({1}).', name, reason)
      : say('{0} answered with words in place of a picture: {1}', name, words.slice(0, 200)),
    { code: reason, mayCost },
  );
}

const refusal = (reason: string, mayCost: boolean) =>
  new ServiceTrouble('refused', say('{0} will not make this, by its content rules ({1}).', name, reason), {
    code: reason,
    mayCost,
  });

// Clips

const CLIP_FIELDS: ModelFields = {
  size: {
    as: 'ratio',
    name: 'aspect_ratio',
    values: ['16:9', '9:16'],
    lines: { name: 'resolution', values: ['360p', '720p', '1080p', '4k'] },
  },
  duration: { name: 'duration', as: 'text with s', values: wholeNumbers(3, 15) },
};

async function beginClip(request: JobRequest, access: Submitting): Promise<JobRef> {
  const { model, still, clip, references } = request;
  const { prompt, ...format } = inputOf({ ...request, fields: CLIP_FIELDS }, noAddress);
  const pictures = await picturesOf(request, access);
  const from = clip && (await access.picture(clip.picture));
  const { json } = await access.call({
    method: 'POST',
    to: '/interactions',
    headers: keyOf(access),
    json: {
      model,
      input: [
        ...(from ? [{ type: 'video', data: toBase64(from.bytes), mime_type: from.mime }] : []),
        ...pictures.map(({ bytes, mime }) => ({ type: 'image', data: toBase64(bytes), mime_type: mime })),
        { type: 'text', text: [rolesOf(request), prompt].filter(Boolean).join(' ') },
      ],
      // What is not stored cannot be asked after.
      background: true,
      store: true,
      response_format: { type: 'video', ...format, delivery: 'uri' },
      ...(still && references.length > 0 ? {} : { generation_config: { video_config: { task: taskOf(request) } } }),
    },
    pays: true,
  });
  const id = isRecord(json) ? textOrNone(json['id']) : undefined;
  if (!id) throw unnamedJob(NAME);
  return { interaction: id };
}

function taskOf({ clip, still, references }: JobRequest): string {
  if (clip) return 'extend';
  if (still) return 'image_to_video';
  return references.length > 0 ? 'reference_to_video' : 'text_to_video';
}

/** Which picture is what, where there are two kinds: no task says so, the prompt does. */
function rolesOf({ still, references }: JobRequest): string {
  if (!still || references.length === 0) return '';
  const named = references.map((_, at) => `<IMAGE_REF_${at}>@Image${at + 2}`).join(' ');
  return `[# Sources <FIRST_FRAME>@Image1] [# References ${named}]`;
}

async function followClip({ interaction }: JobRef, access: JobWatch, request: JobRequest): Promise<JobMade> {
  for (;;) {
    const answer = await askedAfter(
      NAME,
      access.call({ to: `/interactions/${encodeURIComponent(interaction!)}`, headers: keyOf(access) }),
    );
    const job: Loose = isRecord(answer.json) ? answer.json : {};
    switch (job['status']) {
      case 'completed':
        return { output: await clipIn(job, access), ...notesOn(request) };
      case 'queued':
      case 'in_progress':
        access.report({ state: job['status'] === 'queued' ? 'queued' : 'running' });
        await access.pause(ASK_EVERY_MS);
        break;
      case 'cancelled':
        throw new ServiceTrouble('cancelled', say('{0} was told to stop.', name), { mayCost: true });
      default:
        throw endedBadly(job);
    }
  }
}

const notesOn = ({ lastFrame }: JobRequest): { readonly notes?: readonly Said[] } =>
  lastFrame ? { notes: [say('The last frame was not sent: {0} has no field for it.', name)] } : {};

async function clipIn(job: Loose, access: JobWatch): Promise<JobMade['output']> {
  const clip = listIn(job['steps'])
    .filter(({ type }) => type === 'model_output')
    .flatMap(({ content }) => listIn(content))
    .findLast(({ type }) => type === 'video');
  const bytes = clip && bytesIn(clip['data']);
  if (bytes) return { bytes };
  const uri = clip && textOrNone(clip['uri']);
  if (!uri) {
    // Filters look at what was made, too, and then there is nothing to give.
    throw listIn(job['errors']).length > 0 ? endedBadly(job) : refusal('completed without a clip', true);
  }
  await ready(uri, access);
  return { url: uri, headers: keyOf(access) };
}

/** Files are there before they can be fetched. */
async function ready(uri: string, access: JobWatch): Promise<void> {
  const file = /\/files\/([^/:?]+)/.exec(uri)?.[1];
  if (!file) return;
  for (;;) {
    const { json } = await askedAfter(NAME, access.call({ to: `/files/${file}`, headers: keyOf(access) }));
    const state = isRecord(json) ? json['state'] : undefined;
    if (state === 'FAILED')
      throw new ServiceTrouble('broken', say('{0} could not finish the clip.', name), { mayCost: true });
    if (state !== 'PROCESSING') return;
    access.report({ state: 'running' });
    await access.pause(ASK_EVERY_MS);
  }
}

/** `failed`, `incomplete`, `budget_exceeded`, or asking for what we cannot give. */
function endedBadly(job: Loose): ServiceTrouble {
  const [error] = listIn(job['errors']);
  const status = textOrNone(job['status']) ?? '?';
  const message = textOrNone(error?.['message']);
  const what = say('{0} ended the job without a clip ({1}).', name, status);
  return new ServiceTrouble('broken', message ? say('{0} It says: {1}', what, message.slice(0, 200)) : what, {
    code: textOrNone(error?.['code']) ?? status,
    // Only a failure is said to be one of the service.
    mayCost: status !== 'failed',
  });
}

// Errors

/** By the reason of an `ErrorInfo`, which says more than the status. */
const BY_REASON: Readonly<Record<string, TroubleKind>> = {
  API_KEY_INVALID: 'key',
  API_KEY_SERVICE_BLOCKED: 'key',
  SERVICE_DISABLED: 'key',
  CONSUMER_SUSPENDED: 'key',
  BILLING_DISABLED: 'billing',
};
const BY_STATUS: Readonly<Record<string, TroubleKind>> = {
  // No free use where the account is, and nothing to bill.
  FAILED_PRECONDITION: 'billing',
  UNAVAILABLE: 'busy',
};

function classify(answer: Answer): ServiceTrouble {
  const error: Loose = isRecord(answer.json) && isRecord(answer.json['error']) ? answer.json['error'] : {};
  const details = listIn(error['details']);
  const status = textOrNone(error['status']) ?? textOrNone(error['code']);
  const reason = details.map((detail) => textOrNone(detail['reason'])).find((each) => each !== undefined);
  const kind =
    own(BY_REASON, reason ?? '') ??
    (details.some(hasNoQuota) ? 'billing' : undefined) ??
    own(BY_STATUS, status ?? '') ??
    kindOfStatus(answer.status);
  const fields = details.flatMap(({ fieldViolations }) => refusedFieldsIn(fieldViolations));
  const trouble = answeredTrouble(NAME, kind, answer, {
    code: reason ?? status,
    says: textOrNone(error['message']),
    fields,
  });
  const wait = details.map((detail) => /^([\d.]+)s$/.exec(textOrNone(detail['retryDelay']) ?? '')?.[1]).find(Boolean);
  if (wait === undefined || trouble.facts.retryAfterMs !== undefined) return trouble;
  return new ServiceTrouble(kind, trouble.said, { ...trouble.facts, retryAfterMs: Number(wait) * 1000 });
}

/** A quota of nothing: the model is for accounts that pay. Waiting does not help. */
const hasNoQuota = ({ violations }: Loose): boolean =>
  listIn(violations).some(({ quotaValue }) => Number(quotaValue ?? Number.NaN) === 0);

// Reading

const bytesIn = (value: unknown): Uint8Array<ArrayBuffer> | undefined => {
  const text = textOrNone(value);
  return text === undefined ? undefined : fromBase64(text);
};
