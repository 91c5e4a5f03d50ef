import * as fc from 'fast-check';
import Client, { APIError, toFile } from 'openai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dollars, scaled } from '../../src/core/money.ts';
import { inWords } from '../../src/core/say.ts';
import { openai, openaiCompatible, openaiSize } from '../../src/providers/openai.ts';
import { MODELS, startOpenai, type OpenaiDouble } from '../contract/openai.ts';
import { madePicture } from '../contract/made-picture.ts';
import { accessRig } from '../rig/access.ts';
import { requestTo } from '../rig/requests.ts';
import { makeOnce, testFaults, troubleOf } from '../rig/service-faults.ts';

const SUNBURST = 'gpt-image-2.6-sunburst';
const asPng = (bytes: Uint8Array<ArrayBuffer>) => ({ bytes, mime: 'image/png' });
const PICTURES = { still: asPng(madePicture('still')), one: asPng(madePicture('one')), two: asPng(madePicture('two')) };
const attached = (picture: string) => ({ picture, width: 8, height: 8 });
const requestOf = (more: Parameters<typeof requestTo>[2] = {}) => requestTo('openai', SUNBURST, more);

let double: OpenaiDouble;
beforeEach(async () => void (double = await startOpenai()));
afterEach(() => double.close());
const base = () => `${double.url}/v1`;
const rigOf = (adapter = openai) => accessRig(adapter, base(), { pictures: PICTURES });

test('a picture is made with one call, and what its tokens cost is known', async () => {
  const rig = rigOf();
  const made = await makeOnce(openai, requestOf({ seed: 7, negative: 'fog', guidance: 5 }), rig);
  const sent = { model: SUNBURST, prompt: 'A lighthouse at dusk', size: '1024x1024' };
  // Seed, guidance and a negative prompt are not sent: it would refuse them.
  expect(double.asked.map(({ method, path, json }) => ({ method, path, json }))).toEqual([
    { method: 'POST', path: '/v1/images/generations', json: sent },
  ]);
  expect(made).toEqual({
    output: { bytes: madePicture({ fields: sent, pictures: 0 }) },
    charged: scaled(dollars(5), 20, 1e6) + scaled(dollars(30), 1000, 1e6),
    notes: [],
  });
  expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
});

test('what a model costs whose rates nobody gives is left open', async () => {
  const made = await makeOnce(openai, requestTo('openai', 'gpt-image-1.5'), rigOf());
  expect(made).not.toHaveProperty('charged');
  // It also wrote words, for which there is another rate.
  const usage = {
    input_tokens_details: { text_tokens: 20, image_tokens: 0 },
    output_tokens: 1000,
    output_tokens_details: { image_tokens: 900, text_tokens: 100 },
  };
  double.script({ at: 'submit', says: JSON.stringify({ data: [{ b64_json: 'aGk=' }], usage }) });
  expect(await makeOnce(openai, requestOf(), rigOf())).not.toHaveProperty('charged');
});

test('an edit sends the still and the references as files, the still first', async () => {
  const references = [
    { ...attached('one'), strength: 0.5 },
    { ...attached('two'), strength: 1 },
  ];
  await makeOnce(openai, requestOf({ work: 'image edit', still: attached('still'), references }), rigOf());
  const [files] = double.edited;
  expect(files!.map(({ name, type }) => [name, type])).toEqual([
    ['picture-1.png', 'image/png'],
    ['picture-2.png', 'image/png'],
    ['picture-3.png', 'image/png'],
  ]);
  const bytes = await Promise.all(files!.map(async (file) => new Uint8Array(await file.arrayBuffer())));
  expect(bytes).toEqual([PICTURES.still.bytes, PICTURES.one.bytes, PICTURES.two.bytes]);
  expect(double.paid).toBe(1);
});

test('one reference makes a picture an edit', async () => {
  await makeOnce(openai, requestOf({ references: [{ ...attached('one'), strength: 1 }] }), rigOf());
  expect(double.asked[0]!.path).toBe('/v1/images/edits');
  expect(double.edited[0]).toHaveLength(1);
});

test('a size that the model does not make is the nearest it makes, and that is said', async () => {
  const made = await makeOnce(openai, requestTo('openai', 'gpt-image-1.5', { width: 1920, height: 1080 }), rigOf());
  expect(double.asked[0]!.json).toMatchObject({ size: '1536x1024' });
  expect(made.notes!.map((note) => inWords(note))).toEqual([
    '1920 × 1080 was asked for; the nearest this model makes is 1536 × 1024.',
  ]);
});

test('every size is one that the model takes, of nearly the shape that was asked for', () => {
  const side = fc.integer({ min: 16, max: 8192 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const size = openaiSize(SUNBURST, { width, height });
      expect(size.width % 16).toBe(0);
      expect(size.height % 16).toBe(0);
      expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(3840);
      expect(size.width * size.height).toBeGreaterThanOrEqual(655_360);
      expect(size.width * size.height).toBeLessThanOrEqual(8_294_400);
      const shape = Math.min(3, Math.max(1 / 3, width / height));
      expect(Math.abs(Math.log(size.width / size.height / shape))).toBeLessThan(0.05);
    }),
  );
});

test('what it makes as it is asked for, is asked for so', () => {
  for (const [width, height] of [
    [1024, 1024],
    [1920, 1088],
    [3840, 2160],
    [3840, 1280],
  ] as const)
    expect(openaiSize(SUNBURST, { width, height })).toEqual({ width, height });
});

test('clips and enlargements are not asked for', async () => {
  const rig = rigOf();
  for (const work of ['text to video', 'image to video', 'upscale'] as const)
    expect((await troubleOf(makeOnce(openai, requestOf({ work }), rig))).kind).toBe('invalid');
  expect({ asked: double.asked, paying: rig.paying }).toEqual({ asked: [], paying: 0 });
});

test('an answer without a picture may cost all the same', async () => {
  double.script({ at: 'submit', says: JSON.stringify({ created: 1, data: [{}] }) });
  const trouble = await troubleOf(makeOnce(openai, requestOf(), rigOf()));
  expect(trouble).toMatchObject({ kind: 'unreadable', facts: { mayCost: true } });
});

test('a key that is wrong is found out', async () => {
  const rig = accessRig(openai, base(), { key: 'sk-wrong' });
  expect(await troubleOf(openai.test(rig.access))).toMatchObject({ kind: 'key', facts: { code: 'invalid_api_key' } });
});

const error = (code: string | null, type = 'invalid_request_error') => ({
  error: { message: 'As the service words it.', type, param: null, code },
});
const tooMuch = { status: 429, body: error('rate_limit_exceeded', 'requests'), kind: 'busy' } as const;
describe('when it goes wrong', () => {
  testFaults({
    adapter: openai,
    request: requestOf(),
    start: () => startOpenai(),
    baseOf: ({ url }) => `${url}/v1`,
    cases: {
      '400 for a field': { status: 400, body: error('invalid_value'), kind: 'invalid', code: 'invalid_value' },
      '400 by the content rules': { status: 400, body: error('moderation_blocked'), kind: 'refused' },
      '400 at the limit of the account': { status: 400, body: error('billing_hard_limit_reached'), kind: 'billing' },
      '401': { status: 401, body: error('invalid_api_key'), kind: 'key' },
      '402': { status: 402, body: error(null), kind: 'billing' },
      '403': { status: 403, body: error(null), kind: 'forbidden' },
      '404 for a model that is gone': { status: 404, body: error('model_not_found'), kind: 'retired' },
      '409': { status: 409, body: error(null), kind: 'invalid' },
      '410': { status: 410, body: error(null), kind: 'retired' },
      '413 as a proxy says it': { status: 413, body: '<html>too large</html>', kind: 'invalid' },
      '422': { status: 422, body: error(null), kind: 'invalid' },
      '429 without a time': tooMuch,
      '429 with seconds': { ...tooMuch, headers: { 'retry-after': '7' }, retryAfterMs: 7000 },
      '429 with milliseconds': {
        ...tooMuch,
        headers: { 'retry-after-ms': '250', 'retry-after': '1' },
        retryAfterMs: 250,
      },
      '429 with a date': {
        ...tooMuch,
        headers: { date: 'Fri, 27 Nov 2026 12:00:00 GMT', 'retry-after': 'Fri, 27 Nov 2026 12:00:30 GMT' },
        retryAfterMs: 30_000,
      },
      '429 that waiting does not help': {
        ...tooMuch,
        body: error('insufficient_quota', 'insufficient_quota'),
        kind: 'billing',
        code: 'insufficient_quota',
      },
      '500': { status: 500, body: error(null, 'server_error'), kind: 'broken' },
      '503 of its own': { status: 503, body: error(null, 'server_error'), kind: 'busy' },
      '503 of something on the way': { status: 503, body: 'upstream connect error', kind: 'broken' },
      '524: a proxy gave up, it may be at work': { status: 524, body: 'timeout', kind: 'lost' },
    },
  });
});

describe('a server that answers as OpenAI does', () => {
  beforeEach(async () => {
    await double.close();
    double = await startOpenai({ isCompatible: true });
  });

  test('is asked for bytes, and for what the catalog has names for', async () => {
    const request = requestTo('openai-compatible', 'sd-turbo', {
      width: 512,
      height: 384,
      seed: 0,
      negative: 'fog',
      fields: { seed: 'seed', always: { step: 4 } },
    });
    const made = await makeOnce(openaiCompatible, request, rigOf(openaiCompatible));
    const sent = {
      model: 'sd-turbo',
      prompt: 'A lighthouse at dusk',
      size: '512x384',
      response_format: 'b64_json',
      seed: 0,
      step: 4,
    };
    expect(double.asked[0]!.json).toEqual(sent);
    expect(made).toEqual({ output: { bytes: madePicture({ fields: sent, pictures: 0 }) }, notes: [] });
  });

  test('needs no key', async () => {
    await openaiCompatible.test({ ...rigOf(openaiCompatible).access, key: undefined });
    expect(double.asked[0]!.headers).not.toHaveProperty('authorization');
  });

  test('that has nothing at that address was set up with the wrong one', async () => {
    const rig = accessRig(openaiCompatible, double.url);
    const trouble = await troubleOf(makeOnce(openaiCompatible, requestTo('openai-compatible', 'sd-turbo'), rig));
    expect(trouble.kind).toBe('unreachable');
    expect(inWords(trouble.facts.hint!)).toContain('/v1');
    expect(double.paid).toBe(0);
  });
});

describe('the client of the vendor', () => {
  const client = (apiKey = 'test-key') => new Client({ apiKey, baseURL: base(), maxRetries: 0 });

  test('makes pictures there', async () => {
    const { data, usage } = await client().images.generate({ model: SUNBURST, prompt: 'A cat', size: '1536x864' });
    expect(Buffer.from(data![0]!.b64_json!, 'base64').subarray(1, 4).toString()).toBe('PNG');
    expect(usage!.output_tokens).toBe(1000);
  });

  test('edits several pictures there, in the same form as ours', async () => {
    const image = await Promise.all(
      [PICTURES.still, PICTURES.one].map(({ bytes, mime }, at) =>
        toFile(bytes, `picture-${at + 1}.png`, { type: mime }),
      ),
    );
    const theirs = await client().images.edit({ model: SUNBURST, prompt: 'A cat', size: '1024x1024', image });
    const references = [{ ...attached('one'), strength: 1 }];
    const ours = await makeOnce(
      openai,
      requestOf({ prompt: 'A cat', work: 'image edit', still: attached('still'), references }),
      rigOf(),
    );
    expect(ours.output).toEqual({ bytes: Uint8Array.from(Buffer.from(theirs.data![0]!.b64_json!, 'base64')) });
    const [theirFiles, ourFiles] = double.edited.map((files) => files.map(({ name, size }) => [name, size]));
    expect(ourFiles).toEqual(theirFiles);
  });

  test('lists models, and understands what the double refuses', async () => {
    const models = await client().models.list();
    expect(models.data.map(({ id }) => id)).toEqual(MODELS);
    const seeded = client().images.generate({ model: SUNBURST, prompt: 'A cat', seed: 1 } as never);
    await expect(seeded).rejects.toMatchObject({ status: 400, code: 'unknown_parameter', param: 'seed' });
    await expect(client('wrong').models.list()).rejects.toBeInstanceOf(APIError);
  });
});
