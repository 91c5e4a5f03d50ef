/**
 * OpenAI's images, and servers that answer as OpenAI does. The answer is the picture: there is nothing to follow and
 * nothing to take back. Seed, guidance and a negative prompt have no field there.
 *
 * Fields and codes: npm `openai`, `resources/images.d.ts`. Its video API closed on 2026-09-24 and is not asked.
 */
import { fromBase64 } from '../core/base64.ts';
import { isRecord, textOrNone, type Loose } from '../core/loose.ts';
import { dollars, scaled, sumOf, type Micros } from '../core/money.ts';
import { own } from '../core/own.ts';
import { say, type Said } from '../core/say.ts';
import type { Attached, JobRequest } from '../routing/job-request.ts';
import type { Adapter, Answer, JobMade, Output, Submitting } from './adapter.ts';
import { answeredTrouble } from './answer-trouble.ts';
import { bearerOf } from './bearer.ts';
import { pictureForm, type FormPictures } from './picture-form.ts';
import { refusedField } from './refused-fields.ts';
import { kindOfStatus, notItsWork, ServiceTrouble, type TroubleKind } from './service-trouble.ts';

/** As long as the vendor's own client waits for a picture. */
const PATIENCE_MS = 600_000;

interface Server {
  readonly id: string;
  readonly name: string;
  readonly home: string;
  readonly keyNames: readonly string[];
  /** Fields that every request to it has. */
  readonly always: Loose;
  sizeOf(request: JobRequest): PixelSize;
  readonly facts: Partial<Adapter>;
}
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

function adapterOf(server: Server): Adapter {
  const { id, name, home, keyNames } = server;

  const made = async (request: JobRequest, access: Submitting): Promise<JobMade> => {
    if (request.work !== 'text to image' && request.work !== 'image edit') throw notItsWork(name);
    const size = server.sizeOf(request);
    const fields: Loose = {
      model: request.model,
      prompt: request.prompt,
      size: `${size.width}x${size.height}`,
      ...server.always,
      ...named(request),
      ...request.fields?.always,
    };
    const attached = request.still ? [request.still, ...request.references] : request.references;
    const answer = await access.call({
      method: 'POST',
      ...(attached.length > 0
        ? { to: '/images/edits', form: await pictureForm(fields, filesOf(attached), access) }
        : { to: '/images/generations', json: fields }),
      headers: bearerOf(access),
      pays: true,
      patienceMs: PATIENCE_MS,
    });
    return madeOf(answer, request, size, name);
  };

  return {
    id,
    version: 1,
    name,
    home,
    hosts: [],
    keyNames,
    atOnce: 4,
    longestMs: PATIENCE_MS,
    ...server.facts,
    submit: async (request, access) => ({ made: await made(request, access) }),
    classify: (answer) => classify(answer, name, home === ''),
    async test(access) {
      await access.call({ to: '/models', headers: bearerOf(access) });
    },
  };
}

/** What only servers beside OpenAI take, and only under the names the catalog has for it. */
function named({ fields, seed, negative, guidance }: JobRequest): Loose {
  const sent: Record<string, unknown> = {};
  if (fields?.seed && seed !== undefined) sent[fields.seed] = seed;
  if (fields?.negative && negative) sent[fields.negative] = negative;
  if (fields?.guidance && guidance !== undefined) sent[fields.guidance] = guidance;
  return sent;
}

const filesOf = (attached: readonly Attached[]): FormPictures =>
  attached.map(({ picture }) => [attached.length > 1 ? 'image[]' : 'image', picture]);

function madeOf({ json }: Answer, request: JobRequest, size: PixelSize, name: string): JobMade {
  const answer = isRecord(json) ? json : {};
  const [first] = Array.isArray(answer['data']) ? answer['data'] : [];
  const picture: Loose = isRecord(first) ? first : {};
  const output = outputOf(picture);
  // It answered as if it had made one, so it counts it.
  if (!output)
    throw new ServiceTrouble('unreadable', say('{0} answered without a picture.', say(name)), { mayCost: true });
  const charged = chargedFor(request.model, answer['usage']);
  const rewritten = picture['revised_prompt'];
  const notes: Said[] = [];
  // Rounding to what the model counts in is no news.
  if (Math.abs(size.width - request.width) >= STEP || Math.abs(size.height - request.height) >= STEP)
    notes.push(
      say(
        '{0} × {1} was asked for; the nearest this model makes is {2} × {3}.',
        request.width,
        request.height,
        size.width,
        size.height,
      ),
    );
  if (typeof rewritten === 'string' && rewritten !== '' && rewritten !== request.prompt)
    notes.push(say('The service rewrote the prompt: {0}', rewritten));
  return { output, notes, ...(charged === undefined ? {} : { charged }) };
}

function outputOf({ b64_json: text, url }: Loose): Output | undefined {
  if (typeof text === 'string' && text !== '') {
    const bytes = fromBase64(text);
    return bytes && { bytes };
  }
  return typeof url === 'string' && url !== '' ? { url } : undefined;
}

/**
 * Dollars for a million tokens, of models whose vendor gives all three. In 2026-11:
 * https://developers.openai.com/api/docs/models/gpt-image-2.6-sunburst
 */
const RATES = { text: dollars(5), image: dollars(8), output: dollars(30) };
const RATED: readonly string[] = ['gpt-image-2.6-sunburst', 'gpt-image-2.5-sunburst', 'gpt-image-2.5-flare'];

/** What the tokens of an answer come to; `undefined` where a rate or a number is missing. */
function chargedFor(model: string, usage: unknown): Micros | undefined {
  if (!RATED.includes(model) || !isRecord(usage) || !isRecord(usage['input_tokens_details'])) return undefined;
  const { text_tokens: text, image_tokens: image } = usage['input_tokens_details'];
  const output = usage['output_tokens'];
  const written = isRecord(usage['output_tokens_details']) ? usage['output_tokens_details']['text_tokens'] : 0;
  // Words it wrote have a rate of their own, which is not known.
  if (!isCount(text) || !isCount(image) || !isCount(output) || written !== 0) return undefined;
  return sumOf([scaled(RATES.text, text, 1e6), scaled(RATES.image, image, 1e6), scaled(RATES.output, output, 1e6)]);
}
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const KINDS: Readonly<Record<string, TroubleKind>> = {
  moderation_blocked: 'refused',
  content_policy_violation: 'refused',
  insufficient_quota: 'billing',
  billing_hard_limit_reached: 'billing',
  billing_not_active: 'billing',
  model_not_found: 'retired',
};

/** @param isSomebodys a server that only answers as OpenAI does */
function classify(answer: Answer, name: string, isSomebodys: boolean): ServiceTrouble {
  const error = isRecord(answer.json) ? answer.json['error'] : undefined;
  const { code, type, param, message }: Loose = isRecord(error) ? error : { message: error };
  const codes = [code, type].filter((each) => typeof each === 'string');
  const coded = codes.map((each) => own(KINDS, each)).find((kind) => kind !== undefined);
  const says = textOrNone(message);
  const complaint = { code: codes[0], says, fields: refusedField(param, says) };
  if (!coded && isSomebodys && answer.status === 404)
    return answeredTrouble(name, 'unreachable', answer, {
      ...complaint,
      hint: say('Check its address in TRIPTYCH_OPENAI_COMPATIBLE_URL: most end in /v1.'),
    });
  // When it is overloaded it says so itself; from anyone else on the way, a 503 says nothing of the job.
  const isOverloaded = answer.status === 503 && isRecord(error);
  return answeredTrouble(name, coded ?? (isOverloaded ? 'busy' : kindOfStatus(answer.status)), answer, complaint);
}

/** The models before gpt-image-2 make these and nothing else. */
const FIXED_SIZES: readonly PixelSize[] = [
  { width: 1024, height: 1024 },
  { width: 1536, height: 1024 },
  { width: 1024, height: 1536 },
];
const HAS_FIXED_SIZES = /^(gpt-image-1($|[-.])|chatgpt-image-latest$)/;
/** Of the others: both sides are multiples of this, no longer than that, with no fewer and no more pixels. */
const STEP = 16;
const LONGEST_SIDE = 3840;
const FEWEST_PIXELS = 655_360;
const MOST_PIXELS = 8_294_400;
/** The long side to the short one. */
const LONGEST_SHAPE = 3;

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/** The size that the model makes whose shape, then whose number of pixels, is nearest to what was asked for. */
export function openaiSize(model: string, { width, height }: PixelSize): PixelSize {
  const shape = between(1 / LONGEST_SHAPE, width / height, LONGEST_SHAPE);
  const distance = (size: PixelSize): number => Math.abs(Math.log(size.width / size.height / shape));
  const nearest = (sizes: readonly PixelSize[]): PixelSize => sizes.toSorted((a, b) => distance(a) - distance(b))[0]!;
  if (HAS_FIXED_SIZES.test(model)) return nearest(FIXED_SIZES);

  const most = Math.min(MOST_PIXELS, LONGEST_SIDE ** 2 * Math.min(shape, 1 / shape));
  const pixels = between(FEWEST_PIXELS, width * height, most);
  const around = (side: number) => [Math.floor(side / STEP) * STEP, Math.ceil(side / STEP) * STEP];
  const options = around(Math.sqrt(pixels * shape)).flatMap((wide) =>
    around(Math.sqrt(pixels / shape)).map((high): PixelSize => ({ width: wide, height: high })),
  );
  return nearest(options.filter(isMade));
}
const isMade = ({ width, height }: PixelSize): boolean =>
  Math.max(width, height) <= LONGEST_SIDE &&
  width * height >= FEWEST_PIXELS &&
  width * height <= MOST_PIXELS &&
  Math.max(width, height) <= LONGEST_SHAPE * Math.min(width, height);

export const openai: Adapter = adapterOf({
  id: 'openai',
  name: 'OpenAI',
  home: 'https://api.openai.com/v1',
  keyNames: ['OPENAI_API_KEY'],
  always: {},
  sizeOf: (request) => openaiSize(request.model, request),
  facts: { keyPage: 'https://platform.openai.com/api-keys' },
});

/** LocalAI, vLLM and their like, at an address that somebody set. */
export const openaiCompatible: Adapter = adapterOf({
  id: 'openai-compatible',
  name: 'OpenAI-compatible server',
  home: '',
  keyNames: ['OPENAI_COMPATIBLE_API_KEY'],
  // Many would answer with an address that only they can reach.
  always: { response_format: 'b64_json' },
  sizeOf: (request) => request,
  facts: { isKeyOptional: true, isLocalIfPrivate: true, atOnce: 1 },
});
