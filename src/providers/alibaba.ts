/**
 * Alibaba Model Studio (DashScope): Wan clips and pictures, Qwen pictures, as tasks that are kept for a day. Its models
 * rewrite prompts unless they are told not to: then the same seed would not be the same request.
 *
 * There is no `lookup`. The list of tasks tells model and times of each, and no name of ours.
 *
 * Fields: npm `@ai-sdk/alibaba`; https://www.alibabacloud.com/help/en/model-studio. A key is of one region; another
 * than Singapore is asked at an address of one's own.
 */
import { isRecord, listIn, textOrNone, type Loose } from '../core/loose.ts';
import { own } from '../core/own.ts';
import { say, type Said } from '../core/say.ts';
import { isVideoWork } from '../core/take.ts';
import type { JobRequest, ModelFields, SizeField } from '../routing/job-request.ts';
import type { Adapter, Answer, JobMade, JobWatch, Submitting } from './adapter.ts';
import { answeredTrouble, answerTrouble, askedAfter } from './answer-trouble.ts';
import { bearerOf } from './bearer.ts';
import { dataUri } from './data-uri.ts';
import { inputOf } from './fields.ts';
import { kindOfStatus, notItsWork, ServiceTrouble, type TroubleKind } from './service-trouble.ts';

const NAME = 'Alibaba Model Studio';
const ASK_EVERY_MS = 5000;

export const alibaba: Adapter = {
  id: 'alibaba',
  version: 1,
  name: NAME,
  home: 'https://dashscope-intl.aliyuncs.com/api/v1',
  // Results lie in its object store, in a bucket for each region.
  hosts: ['*.aliyuncs.com'],
  keyNames: ['DASHSCOPE_API_KEY'],
  keyPage: 'https://modelstudio.console.alibabacloud.com/?tab=dashboard#/api-key',
  atOnce: 2,
  longestMs: 2 * 60 * 60_000,

  async submit(request, access) {
    const { to, json } = await taskFor(request, access);
    const headers = { ...bearerOf(access), 'x-dashscope-async': 'enable' };
    const answer = await access.call({ method: 'POST', to, headers, json, pays: true });
    const { output, code } = isRecord(answer.json) ? answer.json : {};
    const task = isRecord(output) ? textOrNone(output['task_id']) : undefined;
    if (task) return { job: { task } };
    // A code in place of a task is a refusal, whatever its status.
    throw textOrNone(code) ? classify(answer) : answerTrouble('lost', NAME);
  },

  async follow({ task = '' }, access, request) {
    for (;;) {
      const output = await taskCalled(task, access);
      const status = output['task_status'];
      if (status === 'SUCCEEDED') return madeOf(output, request, access);
      if (status === 'FAILED' || status === 'CANCELED' || status === 'UNKNOWN') throw endedBadly(status, output);
      access.report({ state: status === 'RUNNING' ? 'running' : 'queued' });
      await access.pause(ASK_EVERY_MS);
    }
  },

  async cancel({ task = '' }, access) {
    try {
      // Only what waits is taken back; of what has begun it says that this is not supported.
      await access.call({ method: 'POST', to: `${addressOf(task)}/cancel`, headers: bearerOf(access) });
      return 'cancelled';
    } catch (thrown) {
      if (thrown instanceof ServiceTrouble && (thrown.facts.status ?? 500) < 429) return 'late';
      throw thrown;
    }
  },

  classify,

  async test(access) {
    await access.call({ to: '/tasks/?page_no=1&page_size=1', headers: bearerOf(access) });
  },
};

const addressOf = (task: string) => `/tasks/${encodeURIComponent(task)}`;

async function taskCalled(id: string, access: JobWatch): Promise<Loose> {
  const { json } = await askedAfter(NAME, access.call({ to: addressOf(id), headers: bearerOf(access) }));
  const output = isRecord(json) ? json['output'] : undefined;
  return isRecord(output) ? output : {};
}

// What is asked for

interface Task {
  readonly to: string;
  readonly json: Loose;
}
const CLIPS = '/services/aigc/video-generation/video-synthesis';
const PICTURES = '/services/aigc/text2image/image-synthesis';
const MESSAGES = '/services/aigc/image-generation/generation';

/** Qwen's later models, and those that edit, answer at once in another shape. */
const PICTURE_MODELS = /^(qwen-image(-plus)?(-\d{4}-\d\d-\d\d)?|wan2\.[1-5]-t2i-[\w-]+)$/;

const LARGEST_SEED = 2 ** 31 - 1;
const asItStands = { prompt_extend: false, watermark: false };

function taskFor(request: JobRequest, access: Submitting): Task | Promise<Task> {
  const { model, work } = request;
  if (isVideoWork(work)) return clipTask(request, access);
  if (model.startsWith('wan2.7-image') && work !== 'upscale') return messageTask(request, access);
  if (PICTURE_MODELS.test(model) && work === 'text to image') return pictureTask(request);
  throw notItsWork(NAME);
}

/** What of a request goes into `input`, and what into `parameters`. */
function parted(request: JobRequest, fields: ModelFields): { readonly input: Loose; readonly parameters: Loose } {
  const {
    prompt,
    negative_prompt: negative,
    ...parameters
  } = inputOf(
    {
      ...request,
      fields: {
        negative: 'negative_prompt',
        seed: 'seed',
        largestSeed: LARGEST_SEED,
        ...fields,
        always: { ...asItStands, ...fields.always, ...request.fields?.always },
      },
    },
    () => '',
  );
  return { input: { prompt, ...(negative === undefined ? {} : { negative_prompt: negative }) }, parameters };
}

/** Sizes that Qwen makes, and no others. */
const QWEN_SIZES = ['1664*928', '1472*1104', '1328*1328', '1104*1472', '928*1664'];

function pictureTask(request: JobRequest): Task {
  const size: SizeField = request.model.startsWith('qwen')
    ? { as: 'ratio', name: 'size', values: QWEN_SIZES }
    : { as: '*', name: 'size', sides: [512, 1440], pixels: [512 ** 2, 1440 ** 2] };
  const { input, parameters } = parted(request, { size, always: { n: 1 } });
  return { to: PICTURES, json: { model: request.model, input, parameters } };
}

/** Pictures that are made or changed by what is said in a message, beside others. */
async function messageTask(request: JobRequest, access: Submitting): Promise<Task> {
  const { model, still, references } = request;
  const images = await Promise.all(
    [...(still ? [still] : []), ...references].map(async ({ picture }) => ({
      image: dataUri(await access.picture(picture)),
    })),
  );
  const { watermark } = asItStands;
  const { prompt, ...parameters } = inputOf(
    {
      ...request,
      fields: {
        seed: 'seed',
        largestSeed: LARGEST_SEED,
        size: { as: '*', name: 'size', pixels: [768 ** 2, 2048 ** 2] },
        // It thinks about the prompt first, in words of its own.
        always: { n: 1, watermark, thinking_mode: false, ...request.fields?.always },
      },
    },
    () => '',
  );
  const content = [...images, { text: prompt }];
  return { to: MESSAGES, json: { model, input: { messages: [{ role: 'user', content }] }, parameters } };
}

const RATIOS = ['16:9', '9:16', '1:1', '4:3', '3:4'];
const LINES = { name: 'resolution', values: ['720P', '1080P'] };
/** Wan 2.6 takes these, and no others. */
const SMALL_SIZES = ['1280*720', '720*1280', '960*960', '1088*832', '832*1088'];
const LARGE_SIZES = ['1920*1080', '1080*1920', '1440*1440', '1632*1248', '1248*1632'];

async function clipTask(request: JobRequest, access: Submitting): Promise<Task> {
  const { still, lastFrame, references } = request;
  const model = clipModel(request);
  const isOld = isOldModel(model);
  const { input, parameters } = parted(request, isOld ? oldClipFields(request) : clipFields(request));
  const uri = async (picture: string) => dataUri(await access.picture(picture));
  if (isOld) {
    const image = still ? { img_url: await uri(still.picture) } : {};
    return { to: CLIPS, json: { model, input: { ...input, ...image }, parameters } };
  }
  const media = await Promise.all(
    [
      ...(still ? [{ type: 'first_frame', picture: still.picture }] : []),
      ...(lastFrame && references.length === 0 ? [{ type: 'last_frame', picture: lastFrame.picture }] : []),
      ...references.map(({ picture }) => ({ type: 'reference_image', picture })),
    ].map(async ({ type, picture }) => ({ type, url: await uri(picture) })),
  );
  return { to: CLIPS, json: { model, input: { ...input, ...(media.length > 0 ? { media } : {}) }, parameters } };
}

const isOldModel = (model: string): boolean => model.startsWith('wan2.6-');

/** The catalog names a model for each use of one generation: `wan2.7-t2v / wan2.7-i2v / wan2.7-r2v`. */
function clipModel({ model, still, lastFrame, references }: JobRequest): string {
  const names = model.split(' / ');
  const isAfterReferences = references.length > 0 && !isOldModel(model);
  const use = isAfterReferences ? 'r2v' : still || lastFrame ? 'i2v' : 't2v';
  const name = names.find((each) => /^wan2\.[67]-/.test(each) && each.includes(`-${use}`));
  if (!name) throw notItsWork(NAME);
  return name;
}

const lengths = (least: number, most: number, step = 1): readonly number[] =>
  Array.from({ length: (most - least) / step + 1 }, (_, at) => least + at * step);

const clipFields = ({ still, lastFrame }: JobRequest): ModelFields => ({
  size:
    still || lastFrame ? { as: 'lines', lines: LINES } : { as: 'ratio', name: 'ratio', values: RATIOS, lines: LINES },
  duration: { name: 'duration', as: 'number', values: lengths(2, 15) },
});

const oldClipFields = ({ still, width, height }: JobRequest): ModelFields => ({
  // Half way between the two, measured in pixels.
  size: still
    ? { as: 'lines', lines: LINES }
    : { as: 'ratio', name: 'size', values: width * height > 1280 * 1080 ? LARGE_SIZES : SMALL_SIZES },
  duration: { name: 'duration', as: 'number', values: lengths(5, 15, 5) },
});

// What comes of it

/** A task of several results has succeeded as soon as one of them has; each of the others tells why it did not. */
function madeOf(output: Loose, request: JobRequest, { base }: JobWatch): JobMade {
  const results = listIn(output['results']);
  const messages = listIn(output['choices']).flatMap(({ message }) =>
    listIn(isRecord(message) ? message['content'] : []),
  );
  const urls = [output['video_url'], ...results.map(({ url }) => url), ...messages.map(({ image }) => image)];
  const url = urls.map(textOrNone).find((each) => each !== undefined);
  if (!url) {
    const failed = results.find(({ code }) => textOrNone(code));
    throw failed ? endedBadly('FAILED', failed) : answerTrouble('unreadable', NAME, { mayCost: true });
  }
  return { output: { url: encrypted(url, base) }, notes: notesOn([output, ...results], request) };
}

/** Some addresses in its store are told without encryption; they are the same with it. */
const encrypted = (url: string, base: string): string =>
  URL.canParse(url) && new URL(url).origin !== new URL(base).origin ? url.replace(/^http:/, 'https:') : url;

function notesOn(told: readonly Loose[], request: JobRequest): readonly Said[] {
  const { work, model, lastFrame, references } = request;
  const isOld = isOldModel(model);
  const name = say(NAME);
  const rewritten = told
    .filter(({ orig_prompt: original, actual_prompt: actual }) => actual !== original)
    .map(({ actual_prompt: actual }) => textOrNone(actual))
    .find((actual) => actual !== undefined);
  return [
    ...(rewritten === undefined ? [] : [say('{0} rewrote the prompt: “{1}”', name, rewritten)]),
    ...(lastFrame && (isOld || references.length > 0)
      ? [say('The last frame was not sent: {0} has no field for it.', name)]
      : []),
    ...(isVideoWork(work) && isOld && references.length > 0
      ? [say('The references were not sent: they have to be at public addresses for {0}.', name)]
      : []),
  ];
}

/** Only what is made is charged for. Kinds that would be asked after again are no endings. */
function endedBadly(status: 'FAILED' | 'CANCELED' | 'UNKNOWN', { code: given, message }: Loose): ServiceTrouble {
  const code = textOrNone(given) ?? status;
  const says = textOrNone(message);
  if (status === 'CANCELED') return answerTrouble('cancelled', NAME, { code, mayCost: false });
  // What it does not know has been there: it keeps tasks for a day.
  if (status === 'UNKNOWN') return answerTrouble('gone', NAME, { code, mayCost: true });
  const kind = kindOfCode(code);
  const isOfTheJob = kind === 'refused' || kind === 'invalid';
  return answerTrouble(isOfTheJob ? kind : 'broken', NAME, { code, mayCost: false }, says);
}

// Errors

/** By the first word of a code: `Throttling.RateQuota`, `InvalidParameter.DataInspection`. */
const KIND_OF_CODE: Readonly<Record<string, TroubleKind>> = {
  InvalidApiKey: 'key',
  Arrearage: 'billing',
  PrepaidBillOverdue: 'billing',
  PostpaidBillOverdue: 'billing',
  CommodityNotPurchased: 'billing',
  // Of what is free; whoever wants more has to pay.
  AllocationQuota: 'billing',
  DataInspectionFailed: 'refused',
  data_inspection_failed: 'refused',
  IPInfringementSuspect: 'refused',
  InappropriateContent: 'refused',
  Throttling: 'busy',
  ModelNotFound: 'retired',
  InvalidParameter: 'invalid',
  InvalidURL: 'invalid',
};
const kindOfCode = (code: string): TroubleKind | undefined => {
  if (/DataInspection/.test(code)) return 'refused';
  return own(KIND_OF_CODE, code.split('.')[0] ?? '');
};

/** `{ code, message, request_id }` */
function classify(answer: Answer): ServiceTrouble {
  const { code: given, message } = isRecord(answer.json) ? answer.json : {};
  const code = textOrNone(given);
  const kind = (code === undefined ? undefined : kindOfCode(code)) ?? kindOfStatus(answer.status);
  return answeredTrouble(NAME, kind, answer, { code, says: textOrNone(message) });
}
