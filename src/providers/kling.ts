/**
 * Kling: clips by its newer API, where the model stands in the path, and pictures by the older one, where it stands in
 * the request. Tasks of both are asked after in one place.
 *
 * Each task has a name of ours, and no name is taken twice: a job that was lost is found by it, and one that is sent
 * again by mistake is refused and not paid for.
 *
 * Fields: https://kling.ai/document-api. The newer API takes API keys only, no pairs of access and secret key.
 */
import { toBase64 } from '../core/base64.ts';
import { isRecord, listIn, textOrNone, type Loose } from '../core/loose.ts';
import { dollars, isCountable, sumOf, type Micros } from '../core/money.ts';
import { own } from '../core/own.ts';
import { say, type Said } from '../core/say.ts';
import { isVideoWork } from '../core/take.ts';
import type { Attached, JobRequest, ModelFields } from '../routing/job-request.ts';
import type { Access, Adapter, Answer, Call, JobMade, Submitting } from './adapter.ts';
import { answeredTrouble, answerTrouble, askedAfter, unnamedJob } from './answer-trouble.ts';
import { bearerOf } from './bearer.ts';
import { inputOf } from './fields.ts';
import { kindOfStatus, notItsWork, ServiceTrouble, type TroubleKind } from './service-trouble.ts';
import { wholeNumbers } from './whole-numbers.ts';

const NAME = 'Kling';
const name = say(NAME);
const ASK_EVERY_MS = 3000;

export const kling: Adapter = {
  id: 'kling',
  version: 1,
  name: NAME,
  home: 'https://api-singapore.klingai.com',
  hosts: ['*.klingai.com', '*.kling.ai', '*.kechuangai.com', '*.kwimgs.com'],
  keyNames: ['KLING_API_KEY'],
  keyPage: 'https://kling.ai/dev/api-key',
  // What is too much is refused, and small packs of units have room for so many.
  atOnce: 3,
  longestMs: 60 * 60_000,

  async submit(request, access) {
    const { to, json } = await orderFor(request, access);
    try {
      return { job: { id: idIn(await asked({ method: 'POST', to, json, pays: true }, access)) } };
    } catch (thrown) {
      const isNameTaken = thrown instanceof ServiceTrouble && thrown.facts.code === WRONG_VALUE;
      const there = isNameTaken ? await taskNamed(access.id, access) : undefined;
      if (!there) throw thrown;
      return { job: { id: idIn(there) } };
    }
  },

  async follow({ id = '' }, access, request) {
    for (;;) {
      const [task] = await askedAfter(NAME, tasksBy(`task_ids=${encodeURIComponent(id)}`, access));
      if (!task) throw answerTrouble('gone', NAME, { mayCost: true });
      const { status } = task;
      if (status === 'succeeded') return madeOf(task, request);
      if (status === 'failed') throw failureIn(task);
      access.report({ state: status === 'submitted' ? 'queued' : 'running' });
      await access.pause(ASK_EVERY_MS);
    }
  },

  async lookup(id, access) {
    const there = await taskNamed(id, access);
    return there && { job: { id: idIn(there) } };
  },

  classify,

  async test(access) {
    await taskNamed('nobody', access);
  },
};

async function asked(call: Call, access: Access): Promise<unknown> {
  const answer = await access.call({ ...call, headers: bearerOf(access) });
  const { code, data } = isRecord(answer.json) ? answer.json : {};
  if (typeof code !== 'number') throw answerTrouble('lost', NAME);
  // It may say in its body alone that it refused.
  if (code !== 0) throw classify(answer);
  return data;
}
async function tasksBy(query: string, access: Access): Promise<readonly Loose[]> {
  return listIn(await asked({ to: `/tasks?${query}` }, access));
}
const taskNamed = async (id: string, access: Access): Promise<Loose | undefined> =>
  (await tasksBy(`external_task_ids=${encodeURIComponent(id)}`, access))[0];

/** The two APIs call it differently. */
function idIn(data: unknown): string {
  const { id, task_id: older } = isRecord(data) ? data : {};
  const found = textOrNone(id) ?? textOrNone(older);
  if (!found) throw unnamedJob(NAME);
  return found;
}

interface Clips {
  /** Its name in the path. */
  readonly path: string;
  /** One address for everything, which takes pictures besides the first and last, so many with them. */
  readonly omni?: number;
  readonly resolutions: readonly string[];
  readonly seconds: readonly number[];
  /** Lengths where it has no pictures to refer to. */
  readonly secondsAlone?: readonly number[];
  /** `only 1080p`: clips with a last frame are made in no other resolution. */
  readonly lastFrame?: 'yes' | 'only 1080p' | 'without references';
  readonly always?: Loose;
}
const TO_1080 = ['720p', '1080p'];
const TO_4K = [...TO_1080, '4k'];
// Clips come in one shot, and without sound where none was asked for.
const SILENT = { audio: 'off' };
const ONE_SHOT = { ...SILENT, multi_shot: false };

const THREE: Clips = {
  path: 'kling-3.0',
  resolutions: TO_4K,
  seconds: wholeNumbers(3, 15),
  lastFrame: 'yes',
  always: ONE_SHOT,
};
const CLIPS: Readonly<Record<string, Clips>> = {
  'kling-v3': THREE,
  // By resolution alone Kling tells one mode from the other: each keeps to its own.
  'kling-v3 std': { ...THREE, resolutions: ['720p'] },
  'kling-v3 pro': { ...THREE, resolutions: ['1080p', '4k'] },
  'kling-v3-omni': {
    path: 'kling-3.0-omni',
    omni: 7,
    resolutions: TO_4K,
    seconds: wholeNumbers(3, 15),
    lastFrame: 'yes',
    always: ONE_SHOT,
  },
  'kling-3.0-turbo': { path: 'kling-3.0-turbo', resolutions: TO_1080, seconds: wholeNumbers(3, 15) },
  'kling-video-o1': {
    path: 'kling-o1',
    omni: 7,
    resolutions: TO_1080,
    seconds: wholeNumbers(3, 10),
    secondsAlone: [5, 10],
    lastFrame: 'without references',
    always: SILENT,
  },
  'kling-v2-6': {
    path: 'kling-2.6',
    resolutions: TO_1080,
    seconds: [5, 10],
    lastFrame: 'only 1080p',
    always: SILENT,
  },
  'kling-v2-5-turbo': {
    path: 'kling-2.5-turbo',
    resolutions: TO_1080,
    seconds: [5, 10],
    lastFrame: 'only 1080p',
  },
};
/** Resolutions of pictures. */
const PICTURES: Readonly<Record<string, readonly string[]>> = {
  'kling-image-o1': ['1k', '2k'],
  'kling-v3-omni': ['1k', '2k', '4k'],
};
const RATIO = { as: 'ratio', name: 'aspect_ratio' } as const;
const PICTURE_RATIOS = '16:9 9:16 1:1 4:3 3:4 3:2 2:3 21:9'.split(' ');
const MOST_BESIDE_WORDS = 10;

interface Order {
  readonly to: string;
  readonly json: Loose;
}
async function orderFor(request: JobRequest, access: Submitting): Promise<Order> {
  const { work, still } = request;
  if ((work === 'image edit' || work === 'image to video') && !still) throw notItsWork(NAME);
  return isVideoWork(work) ? clipOrder(request, access) : pictureOrder(request, access);
}

const encoded = async ({ picture }: Attached, access: Submitting): Promise<string> =>
  toBase64((await access.picture(picture)).bytes);

/** Its models take what is not wanted as a part of the prompt. */
const withNegative = (prompt: unknown, { negative }: JobRequest): string =>
  negative ? `${String(prompt)} Do not show: ${negative}.` : String(prompt);

async function pictureOrder(request: JobRequest, access: Submitting): Promise<Order> {
  const { model, work, still } = request;
  const resolutions = own(PICTURES, model);
  if (!resolutions || (work !== 'text to image' && work !== 'image edit')) throw notItsWork(NAME);
  const fields: ModelFields = {
    size: { ...RATIO, values: PICTURE_RATIOS, lines: { name: 'resolution', values: resolutions } },
    always: { n: 1, ...request.fields?.always },
  };
  const { prompt, ...input } = inputOf({ ...request, fields }, () => '');
  const images: Loose[] = [];
  for (const one of picturesOf(request).beside) images.push({ image: await encoded(one, access) });
  return {
    to: '/v1/images/omni-image',
    json: {
      model_name: model,
      prompt: withNegative(prompt, request),
      ...input,
      ...(images.length > 0 && still ? { aspect_ratio: 'auto' } : {}),
      ...(images.length > 0 ? { image_list: images } : {}),
      external_task_id: access.id,
    },
  };
}

async function clipOrder(request: JobRequest, access: Submitting): Promise<Order> {
  const { model, still } = request;
  const clips = own(CLIPS, model);
  if (!clips) throw notItsWork(NAME);
  const { beside, last } = picturesOf(request);
  const { path, omni, resolutions, seconds, secondsAlone = seconds, always, lastFrame } = clips;
  const fields: ModelFields = {
    size: {
      ...RATIO,
      values: ['16:9', '9:16', '1:1'],
      lines: { name: 'resolution', values: last && lastFrame === 'only 1080p' ? ['1080p'] : resolutions },
    },
    duration: { name: 'duration', as: 'number', values: beside.length > 0 ? seconds : secondsAlone },
    always: { ...always, ...(always?.['audio'] && request.sound ? { audio: 'on' } : {}), ...request.fields?.always },
  };
  const { prompt, aspect_ratio: ratio, ...settings } = inputOf({ ...request, fields }, () => '');
  const contents: Loose[] = [{ type: 'prompt', text: withNegative(prompt, request) }];
  const add = async (type: string, picture: Attached) => contents.push({ type, url: await encoded(picture, access) });
  if (still) await add('first_frame', still);
  if (last) await add('last_frame', last);
  for (const one of beside) await add('refer_image', one);
  const kind = omni ? 'omni-video' : still ? 'image-to-video' : 'text-to-video';
  return {
    to: `/${kind}/${path}`,
    json: {
      contents,
      // A clip has the shape of the picture it begins with.
      settings: { ...settings, ...(still ? {} : { aspect_ratio: ratio }) },
      options: { external_task_id: access.id },
    },
  };
}

interface PicturesSent {
  /** Those that a clip does not begin or end with, and all of a picture. */
  readonly beside: readonly Attached[];
  readonly last?: Attached;
}
function picturesOf({ work, model, still, lastFrame, references }: JobRequest): PicturesSent {
  if (!isVideoWork(work)) return { beside: [...(still ? [still] : []), ...references].slice(0, MOST_BESIDE_WORDS) };
  const { omni = 0, lastFrame: way } = own(CLIPS, model) ?? {};
  const last = still && way ? lastFrame : undefined;
  const frames = (still ? 1 : 0) + (last ? 1 : 0);
  const most = last && way === 'without references' ? 0 : Math.max(0, omni - frames);
  return { beside: references.slice(0, most), ...(last ? { last } : {}) };
}

function madeOf(task: Loose, request: JobRequest): JobMade {
  const url = textOrNone(listIn(task['outputs'])[0]?.['url']);
  if (!url) throw answerTrouble('unreadable', NAME, { mayCost: true });
  const charged = chargeIn(task);
  const notes = notesOf(request);
  return {
    output: { url },
    ...(charged === undefined ? {} : { charged }),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

/** As the resolver calls guidance that nobody has turned. */
const USUAL_GUIDANCE = 7;

function notesOf(request: JobRequest): readonly Said[] {
  const { still, references, negative, lastFrame, guidance = USUAL_GUIDANCE, work } = request;
  const { beside, last } = picturesOf(request);
  const sent = beside.length - (still && !isVideoWork(work) ? 1 : 0);
  return [
    ...(negative ? [say('The negative prompt went into the prompt: {0} has no field for it.', name)] : []),
    ...(guidance === USUAL_GUIDANCE ? [] : [say('Guidance of {0} ignored: {1} has none.', guidance, name)]),
    ...(sent < references.length
      ? [say('Reference pictures: {0} of {1}, the most that {2} can take.', sent, references.length, name)]
      : []),
    ...(lastFrame && !last ? [say('The last frame was not sent: {0} has no field for it.', name)] : []),
  ];
}

/** In money, as far as all of it was: units of a pack have no price of their own. */
function chargeIn({ billing }: Loose): Micros | undefined {
  const parts = listIn(billing);
  const isMoney = parts.every(({ charge_type: type, currency }) => type === 'cash' && currency === 'USD');
  const amounts = parts.map(({ amount }) =>
    typeof amount === 'number' ? amount : Number(textOrNone(amount) ?? Number.NaN),
  );
  return parts.length > 0 && isMoney && amounts.every(isCountable)
    ? sumOf(amounts.map((amount) => dollars(amount)))
    : undefined;
}

/** Told without a status: it has ended. A task has no code, so that it was refused is said in words only. */
function failureIn(task: Loose): ServiceTrouble {
  const { message, billing } = task;
  const says = textOrNone(message);
  const charged = chargeIn(task);
  // Where it lists what it charged, what is not in there was not.
  const mayCost = !Array.isArray(billing) || listIn(billing).some(({ amount }) => Number(amount) !== 0);
  return answerTrouble('unexplained', NAME, { mayCost, ...(charged === undefined ? {} : { charged }) }, says);
}

/** Also what a pair of access key and secret key is answered with. */
const UNUSABLE_KEY = '1002';
/** A value is wrong; also that a task of this name is there. */
const WRONG_VALUE = '1201';

/** https://kling.ai/document-api/api/get-started/error-codes; others mean what their status means. */
const KIND_OF_CODE: Readonly<Record<string, TroubleKind>> = {
  '1000': 'key',
  '1001': 'key',
  '1002': 'key',
  '1003': 'key',
  '1004': 'key',
  '1100': 'billing',
  '1101': 'billing',
  '1102': 'billing',
  '1103': 'forbidden',
  '1203': 'retired',
  '1300': 'refused',
  '1301': 'refused',
  '1302': 'busy',
  '1303': 'busy',
  // This computer is not one of those that may ask.
  '1304': 'key',
  // It broke, or gave up waiting, in the middle: the task may be there.
  '5000': 'lost',
  '5001': 'broken',
  '5002': 'lost',
};

function classify(answer: Answer): ServiceTrouble {
  const { code: number, message } = isRecord(answer.json) ? answer.json : {};
  const code = typeof number === 'number' ? String(number) : undefined;
  const kind = own(KIND_OF_CODE, code ?? '') ?? kindOfStatus(answer.status);
  const hint = say('It takes an API key, not an access key with a secret key.');
  return answeredTrouble(NAME, kind, answer, {
    code,
    says: textOrNone(message),
    ...(code === UNUSABLE_KEY ? { hint } : {}),
  });
}
