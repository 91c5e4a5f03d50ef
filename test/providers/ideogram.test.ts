import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ideogram } from '../../src/providers/ideogram.ts';
import { PRICE, RANDOM_SEED, startIdeogram, type IdeogramDouble } from '../contract/ideogram.ts';
import { madePicture } from '../contract/made-picture.ts';
import { accessRig } from '../rig/access.ts';
import { requestTo } from '../rig/requests.ts';
import { makeOnce, testFaults, troubleOf } from '../rig/service-faults.ts';

const PICTURES = {
  still: { bytes: madePicture('still'), mime: 'image/png' },
  one: { bytes: madePicture('one'), mime: 'image/png' },
};
const still = { picture: 'still', width: 8, height: 8 };
const references = [{ picture: 'one', width: 8, height: 8, strength: 1 }];
const requestOf = (path: string, more: Parameters<typeof requestTo>[2] = {}) =>
  requestTo('ideogram', `v2/image/${path}`, more);
const NEWEST = 'generate/ideogram-4-5';

let double: IdeogramDouble;
beforeEach(async () => void (double = await startIdeogram()));
afterEach(() => double.close());
const rigOf = () => accessRig(ideogram, double.url, { pictures: PICTURES });

const prompt = 'A lighthouse at dusk';
const asked = { seed: 7, negative: 'fog', guidance: 5, width: 1344, height: 768 };
const written = { prompt, magic_prompt: 'off' };
test.each([
  [NEWEST, asked, { ...written, seed: 7, async: true, size: '1280x720' }],
  [NEWEST, { width: 2048, height: 1536 }, { ...written, async: true, size: '2304x1728' }],
  [
    NEWEST,
    { seed: 7, work: 'image edit', still, references },
    { ...written, seed: '7', async: 'true', size: 'source', images: 2 },
  ],
  [NEWEST, { references, width: 1000, height: 500 }, { ...written, async: 'true', size: '992x512', images: 1 }],
  [
    'precise-edit/ideogram-4-5',
    { seed: 7, work: 'image edit', still, references },
    { prompt, seed: '7', async: 'true', image: 1, reference_images: 1 },
  ],
  ['generate/ideogram-3', asked, { ...written, seed: 7, async: true, negative_prompt: 'fog', aspect_ratio: '16x9' }],
  [
    'generate/ideogram-3-character',
    { ...asked, references },
    {
      ...written,
      seed: '7',
      async: 'true',
      negative_prompt: 'fog',
      aspect_ratio: '16x9',
      character_reference_images: 1,
    },
  ],
] as const)('%s is asked once for what it takes (%j), and asked after', async (path, more, sent) => {
  const rig = rigOf();
  const made = await makeOnce(ideogram, requestOf(path, more), rig);
  expect(double.taken).toEqual([sent]);
  expect(made).toEqual({
    output: { url: `${double.url}/api/images/1` },
    seed: 'seed' in sent ? 7 : RANDOM_SEED,
    charged: PRICE,
  });
  expect(rig.steps).toEqual([{ state: 'running' }, { state: 'running' }]);
  expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
  expect(await rig.access.bytes({ to: (made.output as { url: string }).url })).toEqual(madePicture(sent));
});

test('a seed that is too large for it wraps around', async () => {
  await makeOnce(ideogram, requestOf(NEWEST, { seed: 4_294_967_295 }), rigOf());
  expect(double.taken[0]).toMatchObject({ seed: 2_147_483_647 });
});

test('a price is asked for without anything being made', async () => {
  const { access } = rigOf();
  expect(await ideogram.quote!(requestOf(NEWEST), access)).toBe(PRICE);
  expect(await ideogram.quote!(requestOf(NEWEST, { references }), access)).toBeUndefined();
  await ideogram.test(access);
  expect(double.taken).toEqual([]);
  expect(double.asked.every(({ query }) => query.get('dry_run') === 'true')).toBe(true);
});

test('a picture that is kept back was made, and is billed; one that failed is not', async () => {
  double.nextEnds('unsafe');
  const kept = await troubleOf(makeOnce(ideogram, requestOf(NEWEST), rigOf()));
  expect(kept).toMatchObject({ kind: 'refused', facts: { mayCost: true } });
  double.nextEnds('failed');
  const failed = await troubleOf(makeOnce(ideogram, requestOf(NEWEST), rigOf()));
  expect(failed.kind).toBe('broken');
  expect(failed.facts).toEqual({});
});

test('an answer without a status says nothing of the job', async () => {
  double.script({ at: 'status', says: '{"status":null}' });
  expect((await troubleOf(makeOnce(ideogram, requestOf(NEWEST), rigOf()))).kind).toBe('lost');
});

test('a job that it has forgotten is gone', async () => {
  expect((await troubleOf(ideogram.follow!({ id: 'gen-9' }, rigOf().access, requestOf(NEWEST)))).kind).toBe('gone');
});

test.each([
  [NEWEST, { work: 'upscale', still }],
  [NEWEST, { work: 'text to video' }],
  ['precise-edit/ideogram-4-5', {}],
  ['generate/ideogram-3', { work: 'image edit', still }],
  ['generate/other', {}],
] as const)('%s is not asked for what it does not do (%j)', async (path, more) => {
  const rig = rigOf();
  expect((await troubleOf(makeOnce(ideogram, requestOf(path, more), rig))).kind).toBe('invalid');
  expect({ asked: double.asked, paying: rig.paying }).toEqual({ asked: [], paying: 0 });
});

test('a wrong key is refused', async () => {
  expect((await troubleOf(ideogram.test(accessRig(ideogram, double.url, { key: 'wrong' }).access))).kind).toBe('key');
});

const rejected = (reject_reason: string) => ({ error: 'As the service words it.', reject_reason });
describe('when it goes wrong', () => {
  const body = { error: 'As the service words it.' };
  testFaults({
    adapter: ideogram,
    request: requestOf(NEWEST),
    start: () => startIdeogram(),
    baseOf: ({ url }) => url,
    cases: {
      '400': { status: 400, body, kind: 'invalid' },
      '401': { status: 401, body, kind: 'key' },
      '402': { status: 402, body: rejected('insufficient_funds'), kind: 'billing', code: 'insufficient_funds' },
      '402 for too many at once': { status: 402, body: rejected('inflight_limit'), kind: 'busy' },
      '403': { status: 403, body, kind: 'forbidden' },
      '404': { status: 404, body, kind: 'retired' },
      '409': { status: 409, body, kind: 'invalid' },
      '413': { status: 413, body: 'too large', kind: 'invalid' },
      '422 by the content rules': { status: 422, body, kind: 'refused' },
      '429': { status: 429, body: rejected('inflight_limit'), kind: 'busy', code: 'inflight_limit' },
      '429 with seconds': {
        status: 429,
        headers: { 'retry-after': '9' },
        body: rejected('inflight_limit'),
        kind: 'busy',
        retryAfterMs: 9000,
      },
      '429 that waiting does not help': { status: 429, body: rejected('daily_limit'), kind: 'billing' },
      '500': { status: 500, body, kind: 'broken' },
      '503': { status: 503, body, kind: 'broken' },
    },
  });
});
