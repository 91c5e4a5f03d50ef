/**
 * Ideogram: pictures and precise edits, as jobs that are asked after by name. A request can be priced without being
 * made. A picture that its safety check withholds is billed all the same.
 *
 * There is no `lookup`. Jobs are not listed: one is asked after by the name that the answer to the call gave.
 *
 * Fields: https://developer.ideogram.ai/api-reference (v2). A model is a path of it.
 */
import { isRecord, listIn, textOrNone, type Loose } from '../core/loose.ts';
import { isMicros } from '../core/money.ts';
import { own } from '../core/own.ts';
import { say } from '../core/say.ts';
import type { Attached, JobRequest, ModelFields } from '../routing/job-request.ts';
import type { Access, Adapter, Answer, JobMade } from './adapter.ts';
import { answeredTrouble, answerTrouble, askedAfter, unnamedJob } from './answer-trouble.ts';
import { inputOf } from './fields.ts';
import { fittedSize } from './fitted-size.ts';
import { pictureForm, type FormPictures } from './picture-form.ts';
import { kindOfStatus, notItsWork, ServiceTrouble, type TroubleKind } from './service-trouble.ts';

const NAME = 'Ideogram';
const name = say(NAME);
const ASK_EVERY_MS = 2000;

export const ideogram: Adapter = {
  id: 'ideogram',
  version: 1,
  name: NAME,
  home: 'https://api.ideogram.ai',
  hosts: ['ideogram.ai', '*.ideogram.ai'],
  keyNames: ['IDEOGRAM_API_KEY'],
  keyPage: 'https://ideogram.ai/manage-api',
  atOnce: 8,
  longestMs: 15 * 60_000,
  async submit(request, access) {
    const { fields, files } = sentFor(request);
    const { json } = await access.call({
      method: 'POST',
      to: `/${request.model}`,
      headers: keyOf(access),
      ...(files.length > 0 ? { form: await pictureForm(fields, files, access) } : { json: fields }),
      pays: true,
    });
    const id = isRecord(json) ? textOrNone(json['generation_id']) : undefined;
    if (!id) throw unnamedJob(NAME);
    return { job: { id } };
  },
  async follow({ id }, access) {
    for (;;) {
      const asking = access.call({ to: `/v2/generations/${encodeURIComponent(id!)}`, headers: keyOf(access) });
      const { json } = await askedAfter(NAME, asking);
      const job: Loose = isRecord(json) ? json : {};
      if (job['status'] === 'completed') return madeOf(job);
      if (!textOrNone(job['status'])) throw answerTrouble('lost', NAME);
      if (job['status'] !== 'pending')
        // That is not billed.
        throw new ServiceTrouble(
          'broken',
          say('{0} could not make it ({1}).', name, textOrNone(job['failure_reason']) ?? '?'),
        );
      access.report({ state: 'running' });
      await access.pause(ASK_EVERY_MS);
    }
  },
  classify,
  async test(access) {
    const json = { prompt: 'A mug', quality: 'low' };
    await access.call({
      method: 'POST',
      to: '/v2/image/generate/ideogram-4-5?dry_run=true',
      headers: keyOf(access),
      json,
    });
  },
  async quote(request, access) {
    const { fields, files } = sentFor(request);
    // Its pictures would have to be sent along.
    if (files.length > 0) return undefined;
    const to = `/${request.model}?dry_run=true`;
    const { json } = await access.call({ method: 'POST', to, headers: keyOf(access), json: fields });
    const price = isRecord(json) ? (json['upper_bound_usd_micros'] ?? json['usd_micros']) : undefined;
    return isMicros(price) ? price : undefined;
  },
};

const keyOf = ({ key }: Access): Readonly<Record<string, string>> => (key === undefined ? {} : { 'api-key': key });

interface Sent {
  readonly fields: Loose;
  /** Pictures, each with the field it goes into. */
  readonly files: FormPictures;
}

/** What its models take differs from one to the next. */
function sentFor(request: JobRequest): Sent {
  const { model, work, prompt, negative, seed, still, references, fields } = request;
  if (work !== 'text to image' && work !== 'image edit') throw notItsWork(NAME);
  const into = (field: string, pictures: readonly Attached[]) =>
    pictures.map(({ picture }) => [field, picture] as const);
  const common = {
    prompt,
    ...(seed === undefined ? {} : { seed: seed % (LARGEST_SEED + 1) }),
    async: true,
    ...fields?.always,
  };
  // The prompt as it was written: rewritten, the same seed would not make the same picture.
  const asWritten = { magic_prompt: 'off' };
  switch (model) {
    case 'v2/image/generate/ideogram-4-5': {
      const pictures = still ? [still, ...references] : references;
      return { fields: { ...asWritten, size: sizeOf(request), ...common }, files: into('images', pictures) };
    }
    case 'v2/image/precise-edit/ideogram-4-5':
      if (!still) throw notItsWork(NAME);
      return { fields: common, files: [...into('image', [still]), ...into('reference_images', references)] };
    case 'v2/image/generate/ideogram-3':
    case 'v2/image/generate/ideogram-3-character': {
      const field = model.endsWith('character') ? 'character_reference_images' : 'style_reference_images';
      if (still) throw notItsWork(NAME);
      return {
        fields: {
          ...asWritten,
          ...inputOf({ ...request, fields: SHAPES }, () => ''),
          ...(negative ? { negative_prompt: negative } : {}),
          ...common,
        },
        files: into(field, references),
      };
    }
    default:
      throw notItsWork(NAME);
  }
}

const LARGEST_SEED = 2_147_483_647;

const SHAPES: ModelFields = {
  prompt: null,
  size: {
    as: 'ratio',
    name: 'aspect_ratio',
    values: '1x1 1x3 3x1 1x2 2x1 9x16 16x9 10x16 16x10 2x3 3x2 3x4 4x3 4x5 5x4'.split(' '),
  },
};

/** Sizes of 4.5 where it starts from no picture: what is up to 1024 × 1024 is billed as the smaller. */
const SMALL = '1024x1024 896x1120 1120x896 864x1152 1152x864 832x1248 1248x832 800x1280 1280x800 720x1280 1280x720';
const LARGE =
  '2048x2048 1440x2880 2880x1440 1664x2496 2496x1664 1792x2240 2240x1792 1440x2560 2560x1440 1600x2560 2560x1600 ' +
  '1728x2304 2304x1728 1296x3168 3168x1296 1152x2944 2944x1152 1248x3328 3328x1248 1280x3072 3072x1280';
const SMALL_PIXELS = 1024 ** 2;
const WITH_PICTURES = { multiple: 32, sides: [256, 4096], pixels: [256 ** 2, 2048 ** 2] } as const;

function sizeOf({ work, still, references, width, height }: JobRequest): string {
  if (still && work === 'image edit') return 'source';
  if (still || references.length > 0) {
    const size = fittedSize(width, height, WITH_PICTURES);
    return `${size.width}x${size.height}`;
  }
  const sizes = (width * height <= SMALL_PIXELS * 1.2 ? SMALL : LARGE).split(' ');
  const shape = (size: string) => Number(size.split('x')[0]) / Number(size.split('x')[1]);
  const distance = (size: string) => Math.abs(Math.log(shape(size) / (width / height)));
  return sizes.toSorted((a, b) => distance(a) - distance(b))[0]!;
}

function madeOf(job: Loose): JobMade {
  const [picture = {}] = listIn(job['data']);
  const url = textOrNone(picture['url']);
  if (picture['is_image_safe'] === false)
    throw new ServiceTrouble('refused', say('{0} made it and keeps it back, by its content rules.', name), {
      mayCost: true,
    });
  if (!url) throw new ServiceTrouble('unreadable', say('{0} answered without a picture.', name), { mayCost: true });
  const { usage_cost_usd_micros: cost } = job;
  const { seed } = picture;
  return {
    output: { url },
    ...(Number.isSafeInteger(seed) ? { seed: seed as number } : {}),
    ...(isMicros(cost) ? { charged: cost } : {}),
  };
}

const BY_REASON: Readonly<Record<string, TroubleKind>> = {
  insufficient_funds: 'billing',
  subscription_required: 'billing',
  daily_limit: 'billing',
  priority_credit_required: 'billing',
  feature_limit: 'billing',
  inflight_limit: 'busy',
};

function classify(answer: Answer): ServiceTrouble {
  const { error, reject_reason: reason } = isRecord(answer.json) ? answer.json : {};
  const code = textOrNone(reason);
  // What is wrong with a request otherwise is a 400.
  const byStatus = answer.status === 422 ? 'refused' : kindOfStatus(answer.status);
  return answeredTrouble(NAME, own(BY_REASON, code ?? '') ?? byStatus, answer, { code, says: textOrNone(error) });
}
