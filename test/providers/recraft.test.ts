import Client from 'openai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dollars } from '../../src/core/money.ts';
import { recraft } from '../../src/providers/recraft.ts';
import { madePicture } from '../contract/made-picture.ts';
import { startRecraft, type RecraftDouble } from '../contract/recraft.ts';
import { accessRig } from '../rig/access.ts';
import { requestTo } from '../rig/requests.ts';
import { makeOnce, testFaults, troubleOf } from '../rig/service-faults.ts';

const PICTURES = { still: { bytes: madePicture('still'), mime: 'image/png' } };
const still = { picture: 'still', width: 8, height: 8 };
const size = `${PICTURES.still.bytes.length} bytes`;
const requestOf = (model: string, more: Parameters<typeof requestTo>[2] = {}) => requestTo('recraft', model, more);

let double: RecraftDouble;
beforeEach(async () => void (double = await startRecraft()));
afterEach(() => double.close());
const base = () => `${double.url}/v1`;
const rigOf = () => accessRig(recraft, base(), { pictures: PICTURES });

const prompt = 'A lighthouse at dusk';
const response_format = 'b64_json';
test.each([
  [
    'recraftv4_1',
    { seed: 7, negative: 'fog', guidance: 5, width: 1344, height: 768 },
    { model: 'recraftv4_1', prompt, size: '16:9', response_format },
    '0.035',
  ],
  [
    'recraftv3',
    { negative: 'fog' },
    { model: 'recraftv3', prompt, negative_prompt: 'fog', size: '1:1', response_format },
    '0.04',
  ],
  [
    'recraftv4_1_flash',
    { references: [{ ...still, strength: 0.75 }] },
    { model: 'recraftv4_1_flash', prompt, response_format, image: size, strength: '0.25' },
    '0.007',
  ],
  [
    'recraftv4_1',
    { work: 'image edit', still },
    { model: 'recraftv4_1', prompt, response_format, image: size, strength: '0.5' },
    '0.035',
  ],
  ['crispUpscale', { work: 'upscale', still }, { response_format, file: size }, '0.004'],
  ['creativeUpscale', { work: 'upscale', still }, { response_format, file: size }, '0.25'],
] as const)('%s is asked once for what it takes (%j), and says what it cost', async (model, more, sent, cost) => {
  const rig = rigOf();
  const made = await makeOnce(recraft, requestOf(model, more), rig);
  expect(double.taken).toEqual([sent]);
  expect(made).toEqual({ output: { bytes: madePicture(sent) }, charged: dollars(cost) });
  expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
});

test.each([
  ['recraftv4_1', { work: 'upscale', still }],
  ['crispUpscale', {}],
  ['crispUpscale', { work: 'upscale' }],
  ['recraftv4_1', { work: 'text to video' }],
] as const)('%s is not asked for what it does not do (%j)', async (model, more) => {
  const rig = rigOf();
  expect((await troubleOf(makeOnce(recraft, requestOf(model, more), rig))).kind).toBe('invalid');
  expect({ asked: double.asked, paying: rig.paying }).toEqual({ asked: [], paying: 0 });
});

test('an answer without a picture may cost all the same', async () => {
  double.script({ at: 'submit', says: JSON.stringify({ created: 1, credits: 35, data: [] }) });
  const trouble = await troubleOf(makeOnce(recraft, requestOf('recraftv4_1'), rigOf()));
  expect(trouble).toMatchObject({ kind: 'unreadable', facts: { mayCost: true } });
});

test('a wrong key is refused', async () => {
  expect((await troubleOf(recraft.test(accessRig(recraft, base(), { key: 'wrong' }).access))).kind).toBe('key');
});

test('the client that its vendor recommends makes the same picture there', async () => {
  const client = new Client({ apiKey: 'test-key', baseURL: base(), maxRetries: 0 });
  const theirs = await client.images.generate({
    model: 'recraftv4_1',
    prompt,
    size: '1:1' as '1024x1024',
    response_format,
  });
  const ours = await makeOnce(recraft, requestOf('recraftv4_1'), rigOf());
  expect(ours.output).toEqual({ bytes: Uint8Array.from(Buffer.from(theirs.data![0]!.b64_json!, 'base64')) });
  expect(double.taken[1]).toEqual(double.taken[0]);
});

describe('when it goes wrong', () => {
  const body = { code: 'some_code', message: 'As the service words it.' };
  testFaults({
    adapter: recraft,
    request: requestOf('recraftv4_1'),
    start: () => startRecraft(),
    baseOf: ({ url }) => `${url}/v1`,
    cases: {
      '400': { status: 400, body, kind: 'invalid', code: 'some_code' },
      '401 in plain text': { status: 401, body: 'request unauthorized', kind: 'key' },
      '402': { status: 402, body, kind: 'billing' },
      '403': { status: 403, body, kind: 'forbidden' },
      '404 in plain text': { status: 404, body: '404 page not found', kind: 'retired' },
      '409': { status: 409, body, kind: 'invalid' },
      '413': { status: 413, body: 'too large', kind: 'invalid' },
      '422': { status: 422, body, kind: 'invalid' },
      '429': { status: 429, body: 'rate limit', kind: 'busy' },
      '429 with seconds': { status: 429, headers: { 'retry-after': '2' }, body, kind: 'busy', retryAfterMs: 2000 },
      '500': { status: 500, body: { error: { message: 'Oh no.' } }, kind: 'broken' },
      '503': { status: 503, body: 'unavailable', kind: 'broken' },
    },
  });
});
