/**
 * Black Forest Labs: FLUX pictures, as jobs that are asked after at the address that came with them: it is in the
 * region that makes them. Results are there for ten minutes.
 *
 * Fields: https://docs.bfl.ai, https://github.com/black-forest-labs/skills. Clips of FLUX 3 are not asked for yet.
 */
import { toBase64 } from '../core/base64.ts';
import { isRecord, textOrNone, type Loose } from '../core/loose.ts';
import { dollars, scaled } from '../core/money.ts';
import { say } from '../core/say.ts';
import type { JobRequest, ModelFields, SizeField } from '../routing/job-request.ts';
import type { Access, Adapter, Answer, JobMade, Submitting } from './adapter.ts';
import { answeredTrouble, answerTrouble, askedAfter } from './answer-trouble.ts';
import { inputOf } from './fields.ts';
import { refusedFieldsIn } from './refused-fields.ts';
import { kindOfStatus, notItsWork, ServiceTrouble } from './service-trouble.ts';

const NAME = 'Black Forest Labs';
const name = say(NAME);
const ASK_EVERY_MS = 1000;
/** Of one credit, in which prices are told. */
const CREDIT = dollars('0.01');

export const bfl: Adapter = {
  id: 'bfl',
  version: 1,
  name: NAME,
  home: 'https://api.bfl.ai/v1',
  hosts: ['*.bfl.ai'],
  keyNames: ['BFL_API_KEY'],
  keyPage: 'https://dashboard.bfl.ai/keys',
  atOnce: 24,
  longestMs: 10 * 60_000,
  async submit(request, access) {
    const json = await inputFor(request, access);
    const to = `/${encodeURIComponent(request.model)}`;
    const answer = await access.call({ method: 'POST', to, headers: keyOf(access), json, pays: true });
    const { polling_url: address, cost } = isRecord(answer.json) ? answer.json : {};
    const url = textOrNone(address);
    if (!url) throw new ServiceTrouble('lost', say('{0} took the job and did not say where.', name));
    return { job: { url, ...(isCost(cost) ? { cost: String(cost) } : {}) } };
  },
  async follow({ url, cost }, access) {
    for (;;) {
      const { json } = await askedAfter(NAME, access.call({ to: url!, headers: keyOf(access) }));
      const job: Loose = isRecord(json) ? json : {};
      const { status, progress } = job;
      if (status === 'Ready') return madeOf(job, cost);
      const said = textOrNone(status);
      if (!said) throw answerTrouble('lost', NAME);
      if (said !== 'Pending') throw endedBadly(said);
      access.report({ state: 'running', ...(typeof progress === 'number' ? { fraction: progress } : {}) });
      await access.pause(ASK_EVERY_MS);
    }
  },
  classify,
  async test(access) {
    await access.call({ to: '/credits', headers: keyOf(access) });
  },
};

const keyOf = ({ key }: Access): Readonly<Record<string, string>> => (key === undefined ? {} : { 'x-key': key });
const isCost = (value: unknown): value is number => typeof value === 'number' && value >= 0;

interface Family {
  readonly models: RegExp;
  readonly size: SizeField;
  /** Fields of pictures, in order. */
  readonly pictures: readonly string[];
  readonly guidance?: string;
}
const RATIOS = ['21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16', '9:21'];
const numbered = (most: number) =>
  Array.from({ length: most }, (_, at) => `input_image${at === 0 ? '' : `_${at + 1}`}`);
const FAMILIES: readonly Family[] = [
  {
    models: /^flux-2-flex$/,
    size: { as: 'width and height', multiple: 16, sides: [64, 2048], pixels: [64 ** 2, 4e6] },
    pictures: numbered(8),
    guidance: 'guidance',
  },
  {
    models: /^flux-2-(pro|max|klein-[49]b)$/,
    size: { as: 'width and height', multiple: 16, sides: [64, 2048], pixels: [64 ** 2, 4e6] },
    pictures: numbered(8),
  },
  {
    models: /^flux-kontext-(pro|max)$/,
    size: { as: 'ratio', name: 'aspect_ratio', values: RATIOS },
    pictures: numbered(4),
  },
  {
    models: /^flux-pro-1\.1-ultra$/,
    size: { as: 'ratio', name: 'aspect_ratio', values: RATIOS },
    pictures: ['image_prompt'],
  },
  {
    models: /^flux-pro-1\.1$/,
    size: { as: 'width and height', multiple: 32, sides: [256, 1440] },
    pictures: ['image_prompt'],
  },
];

async function inputFor(request: JobRequest, access: Submitting): Promise<Loose> {
  const { work, model, still, references } = request;
  const family = FAMILIES.find(({ models }) => models.test(model));
  if (!family || (work !== 'text to image' && work !== 'image edit')) throw notItsWork(NAME);
  const fields: ModelFields = {
    seed: 'seed',
    size: family.size,
    ...(family.guidance ? { guidance: family.guidance } : {}),
    always: { output_format: 'png', ...request.fields?.always },
  };
  const sent: Record<string, unknown> = { ...inputOf({ ...request, fields }, () => '') };
  const attached = [...(still ? [still] : []), ...references].slice(0, family.pictures.length);
  for (const [at, { picture }] of attached.entries())
    sent[family.pictures[at]!] = toBase64((await access.picture(picture)).bytes);
  return sent;
}

function madeOf({ result }: Loose, cost: string | undefined): JobMade {
  const { sample, seed } = isRecord(result) ? result : {};
  const url = textOrNone(sample);
  if (!url) throw new ServiceTrouble('unreadable', say('{0} answered without a picture.', name), { mayCost: true });
  return {
    output: { url },
    ...(Number.isSafeInteger(seed) ? { seed: seed as number } : {}),
    ...(cost === undefined ? {} : { charged: scaled(CREDIT, Number(cost)) }),
  };
}

function endedBadly(status: string): ServiceTrouble {
  switch (status) {
    case 'Request Moderated':
      return answerTrouble('refused', NAME, { code: status });
    case 'Content Moderated':
      // It was made, and then looked at.
      return answerTrouble('refused', NAME, { code: status, mayCost: true });
    case 'Task not found':
      return answerTrouble('gone', NAME, { code: status });
    default:
      return answerTrouble('broken', NAME, { code: status });
  }
}

/** `{ detail }` of its framework, or `{ error, message, retry_after }`. */
function classify(answer: Answer): ServiceTrouble {
  const { detail, error, message, retry_after: seconds } = isRecord(answer.json) ? answer.json : {};
  const says = textOrNone(message) ?? textOrNone(detail);
  // It answers so where it does not know the key: it has no 401.
  const kind = answer.status === 403 ? 'key' : kindOfStatus(answer.status);
  const trouble = answeredTrouble(NAME, kind, answer, {
    code: textOrNone(error),
    says,
    fields: refusedFieldsIn(detail),
  });
  if (typeof seconds !== 'number' || trouble.facts.retryAfterMs !== undefined) return trouble;
  return new ServiceTrouble(trouble.kind, trouble.said, { ...trouble.facts, retryAfterMs: seconds * 1000 });
}
