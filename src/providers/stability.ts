/**
 * Stability AI: pictures and enlargements in the answer, all but the creative enlargement, which is a job.
 *
 * Fields: https://platform.stability.ai/docs/api-reference (v2beta). A model is a path of it, for `sd3` with the model.
 */
import { fromBase64 } from '../core/base64.ts';
import { isRecord, textOrNone, type Loose } from '../core/loose.ts';
import { say } from '../core/say.ts';
import type { JobRequest, ModelFields } from '../routing/job-request.ts';
import type { Access, Adapter, Answer, JobMade, Submitting } from './adapter.ts';
import { answeredTrouble, askedAfter, unnamedJob } from './answer-trouble.ts';
import { bearerOf } from './bearer.ts';
import { inputOf } from './fields.ts';
import { pictureForm, type FormPictures } from './picture-form.ts';
import { kindOfStatus, notItsWork, ServiceTrouble } from './service-trouble.ts';

const NAME = 'Stability AI';
const name = say(NAME);
const PATIENCE_MS = 180_000;
/** More often is not wanted there. */
const ASK_EVERY_MS = 10_000;

export const stability: Adapter = {
  id: 'stability',
  version: 1,
  name: NAME,
  home: 'https://api.stability.ai',
  hosts: [],
  keyNames: ['STABILITY_API_KEY'],
  keyPage: 'https://platform.stability.ai/account/keys',
  atOnce: 8,
  aMinute: 900,
  longestMs: 15 * 60_000,
  async submit(request, access) {
    const { path, form } = await sentFor(request, access);
    const answer = await access.call({
      method: 'POST',
      to: `/${path}`,
      headers: headersOf(access),
      form,
      pays: true,
      patienceMs: PATIENCE_MS,
    });
    if (!path.endsWith('/creative')) return { made: madeOf(answer) };
    const id = isRecord(answer.json) ? textOrNone(answer.json['id']) : undefined;
    if (!id) throw unnamedJob(NAME);
    return { job: { id } };
  },
  async follow({ id }, access) {
    for (;;) {
      const asking = access.call({ to: `/v2beta/results/${encodeURIComponent(id!)}`, headers: headersOf(access) });
      const answer = await askedAfter(NAME, asking);
      if (answer.status !== 202) return madeOf(answer);
      access.report({ state: 'running' });
      await access.pause(ASK_EVERY_MS);
    }
  },
  classify,
  async test(access) {
    await access.call({ to: '/v1/user/balance', headers: headersOf(access) });
  },
};

/** As JSON, the answer tells the seed too. */
const headersOf = (access: Access) => ({ accept: 'application/json', ...bearerOf(access) });

const SHAPES: ModelFields = {
  size: {
    as: 'ratio',
    name: 'aspect_ratio',
    values: ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'],
  },
  negative: 'negative_prompt',
};
/** As much as most who use it keep of the picture. */
const USUAL_CHANGE = 0.65;

/** What is sent where: each of its paths takes other fields. */
async function sentFor(request: JobRequest, access: Submitting): Promise<{ path: string; form: FormData }> {
  const [path = '', model] = request.model.split(' model=');
  const kind = /^v2beta\/stable-image\/(generate|upscale)\/(\w+)$/.exec(path);
  const isUpscale = request.work === 'upscale';
  const isPicture = request.work === 'text to image' || request.work === 'image edit';
  if (!kind || kind[1] !== (isUpscale ? 'upscale' : 'generate') || !(isUpscale || isPicture)) throw notItsWork(NAME);
  const { seed, guidance } = request;
  const start = request.still ?? request.references[0];
  const pictures: FormPictures = start ? [['image', start.picture]] : [];
  const common = {
    output_format: 'png',
    ...(seed === undefined || kind[2] === 'fast' ? {} : { seed: seedOf(seed) }),
    ...request.fields?.always,
  };
  switch (kind[2]) {
    case 'fast':
      return { path, form: await pictureForm(common, pictures, access) };
    case 'conservative':
    case 'creative':
      // A prompt is wanted, also where nobody wrote one.
      return {
        path,
        form: await pictureForm({ ...common, prompt: request.prompt || 'high quality' }, pictures, access),
      };
    case 'core':
      if (start) throw new ServiceTrouble('invalid', say('Stable Image Core starts from no picture.'));
      return { path, form: await pictureForm({ ...described(request), ...common }, [], access) };
    case 'ultra':
      return {
        path,
        form: await pictureForm({ ...described(request), ...common, ...changeOf(request) }, pictures, access),
      };
    case 'sd3': {
      const { aspect_ratio: shape, ...words } = described(request);
      const fields = {
        ...words,
        ...(start ? { mode: 'image-to-image', ...changeOf(request) } : { mode: 'text-to-image', aspect_ratio: shape }),
        ...(model ? { model } : {}),
        ...(guidance === undefined ? {} : { cfg_scale: Math.min(10, Math.max(1, guidance)) }),
        ...common,
      };
      return { path, form: await pictureForm(fields, pictures, access) };
    }
    default:
      throw notItsWork(NAME);
  }
}

const described = (request: JobRequest): Loose => inputOf({ ...request, fields: SHAPES }, () => '');

/** 0 gives the picture back as it is. */
function changeOf({ still, references: [first] }: JobRequest): Loose {
  if (still) return { strength: USUAL_CHANGE };
  return first ? { strength: 1 - first.strength } : {};
}

/** There, 0 stands for any, and the largest is one less than ours. */
const LARGEST_SEED = 4_294_967_294;
const seedOf = (seed: number): number => ((seed + LARGEST_SEED - 1) % LARGEST_SEED) + 1;

function madeOf({ json }: Answer): JobMade {
  const { image, result, finish_reason: reason, seed } = isRecord(json) ? json : {};
  if (reason === 'CONTENT_FILTERED')
    throw new ServiceTrouble('refused', say('{0} made it and blurred it, by its content rules.', name), {
      code: reason,
      mayCost: true,
    });
  const bytes = fromBase64(textOrNone(image) ?? textOrNone(result) ?? '');
  if (!bytes?.length)
    throw new ServiceTrouble('unreadable', say('{0} answered without a picture.', name), { mayCost: true });
  return { output: { bytes }, ...(Number.isSafeInteger(seed) ? { seed: seed as number } : {}) };
}

/** `{ id, name, errors }` */
function classify(answer: Answer): ServiceTrouble {
  const { name: code, errors } = isRecord(answer.json) ? answer.json : {};
  const kind = code === 'content_moderation' ? 'refused' : kindOfStatus(answer.status);
  const says = Array.isArray(errors) ? errors.filter((each) => typeof each === 'string').join(' ') : '';
  return answeredTrouble(NAME, kind, answer, { code: textOrNone(code), says: says || undefined });
}
