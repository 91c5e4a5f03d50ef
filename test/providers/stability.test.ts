import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stability } from '../../src/providers/stability.ts';
import { madePicture } from '../contract/made-picture.ts';
import { RANDOM_SEED, startStability, type StabilityDouble } from '../contract/stability.ts';
import { accessRig } from '../rig/access.ts';
import { requestTo } from '../rig/requests.ts';
import { makeOnce, testFaults, troubleOf } from '../rig/service-faults.ts';

const PICTURES = { still: { bytes: madePicture('still'), mime: 'image/png' } };
const still = { picture: 'still', width: 8, height: 8 };
const image = `${PICTURES.still.bytes.length} bytes`;
const requestOf = (path: string, more: Parameters<typeof requestTo>[2] = {}) =>
  requestTo('stability', `v2beta/stable-image/${path}`, more);
const SD3 = 'generate/sd3 model=sd3.5-large';

let double: StabilityDouble;
beforeEach(async () => void (double = await startStability()));
afterEach(() => double.close());
const rigOf = () => accessRig(stability, double.url, { pictures: PICTURES });

const prompt = 'A lighthouse at dusk';
const asked = { seed: 7, negative: 'fog', guidance: 12, width: 1344, height: 768 };
const common = { output_format: 'png', seed: '7', negative_prompt: 'fog' };
test.each([
  ['generate/core', asked, { ...common, prompt, aspect_ratio: '16:9' }],
  ['generate/ultra', asked, { ...common, prompt, aspect_ratio: '16:9' }],
  [
    'generate/ultra',
    { ...asked, references: [{ ...still, strength: 0.75 }] },
    { ...common, prompt, aspect_ratio: '16:9', image, strength: '0.25' },
  ],
  [
    SD3,
    asked,
    { ...common, prompt, aspect_ratio: '16:9', mode: 'text-to-image', model: 'sd3.5-large', cfg_scale: '10' },
  ],
  [
    SD3,
    { ...asked, work: 'image edit', still },
    {
      ...common,
      prompt,
      mode: 'image-to-image',
      model: 'sd3.5-large',
      cfg_scale: '10',
      image,
      strength: '0.65',
    },
  ],
  ['upscale/fast', { ...asked, work: 'upscale', still }, { output_format: 'png', image }],
  [
    'upscale/conservative',
    { work: 'upscale', still, prompt: '', seed: 7 },
    { output_format: 'png', seed: '7', prompt: 'high quality', image },
  ],
] as const)('%s is asked for what it takes, once', async (path, more, sent) => {
  const rig = rigOf();
  const made = await makeOnce(stability, requestOf(path, more), rig);
  expect(double.taken).toEqual([sent]);
  expect(made).toEqual({
    output: { bytes: madePicture(sent) },
    seed: 'seed' in sent ? 7 : RANDOM_SEED,
  });
  expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
});

test('seeds mean the same picture there: 0 would be any', async () => {
  for (const seed of [0, 1, 4_294_967_294, 4_294_967_295]) await makeOnce(stability, requestOf(SD3, { seed }), rigOf());
  expect(double.taken.map(({ seed }) => seed)).toEqual(['4294967294', '1', '4294967294', '1']);
});

test('the creative enlargement is a job that is asked after', async () => {
  const rig = rigOf();
  const made = await makeOnce(stability, requestOf('upscale/creative', { work: 'upscale', still, seed: 3 }), rig);
  expect(made).toEqual({ output: { bytes: madePicture(double.taken[0]) }, seed: 3 });
  expect(rig.steps).toEqual([{ state: 'running' }, { state: 'running' }]);
  expect(double.paid).toBe(1);
  expect((await troubleOf(stability.follow!({ id: 'job-9' }, rig.access, requestOf('upscale/creative')))).kind).toBe(
    'gone',
  );
});

test('a picture that was blurred is refused, and was made', async () => {
  double.filterNext();
  const trouble = await troubleOf(makeOnce(stability, requestOf(SD3), rigOf()));
  expect(trouble).toMatchObject({ kind: 'refused', facts: { code: 'CONTENT_FILTERED', mayCost: true } });
});

test.each([
  ['generate/core', { work: 'image edit', still }],
  ['generate/core', { work: 'upscale', still }],
  ['upscale/fast', {}],
  ['generate/ultra', { work: 'text to video' }],
  ['generate/cascade', {}],
  ['../../v1/engines', {}],
] as const)('%s is not asked for what it does not do (%j)', async (path, more) => {
  const rig = rigOf();
  expect((await troubleOf(makeOnce(stability, requestOf(path, more), rig))).kind).toBe('invalid');
  expect({ asked: double.asked, paying: rig.paying }).toEqual({ asked: [], paying: 0 });
});

test('a wrong key is refused', async () => {
  const rig = accessRig(stability, double.url, { key: 'wrong' });
  expect(await troubleOf(stability.test(rig.access))).toMatchObject({ kind: 'key', facts: { code: 'unauthorized' } });
});

const error = (name: string) => ({ id: 'e1', name, errors: ['As the service words it.'] });
describe('when it goes wrong', () => {
  testFaults({
    adapter: stability,
    request: requestOf(SD3),
    start: () => startStability(),
    baseOf: ({ url }) => url,
    cases: {
      '400': { status: 400, body: error('bad_request'), kind: 'invalid', code: 'bad_request' },
      '401': { status: 401, body: error('unauthorized'), kind: 'key' },
      '402': { status: 402, body: error('payment_required'), kind: 'billing' },
      '403': { status: 403, body: error('permission_denied'), kind: 'forbidden' },
      '403 by the content rules': { status: 403, body: error('content_moderation'), kind: 'refused' },
      '404': { status: 404, body: error('not_found'), kind: 'retired' },
      '409': { status: 409, body: error('conflict'), kind: 'invalid' },
      '413': { status: 413, body: error('payload_too_large'), kind: 'invalid' },
      '422': { status: 422, body: error('invalid_language'), kind: 'invalid' },
      '429': { status: 429, body: error('rate_limit_exceeded'), kind: 'busy' },
      '429 with seconds': {
        status: 429,
        headers: { 'retry-after': '60' },
        body: error('rate_limit_exceeded'),
        kind: 'busy',
        retryAfterMs: 60_000,
      },
      '500': { status: 500, body: error('internal_error'), kind: 'broken' },
      '503': { status: 503, body: '<html>unavailable</html>', kind: 'broken' },
    },
  });
});
