import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dollars } from '../../src/core/money.ts';
import { bfl } from '../../src/providers/bfl.ts';
import { RANDOM_SEED, startBfl, type BflDouble } from '../contract/bfl.ts';
import { madePicture } from '../contract/made-picture.ts';
import { accessRig } from '../rig/access.ts';
import { requestTo } from '../rig/requests.ts';
import { makeOnce, testFaults, troubleOf } from '../rig/service-faults.ts';

const PICTURES = {
  still: { bytes: madePicture('still'), mime: 'image/png' },
  one: { bytes: madePicture('one'), mime: 'image/png' },
};
const inline = (picture: keyof typeof PICTURES) => Buffer.from(PICTURES[picture].bytes).toString('base64');
const still = { picture: 'still', width: 8, height: 8 };
const references = [{ picture: 'one', width: 8, height: 8, strength: 1 }];
const requestOf = (model: string, more: Parameters<typeof requestTo>[2] = {}) => requestTo('bfl', model, more);

let double: BflDouble;
beforeEach(async () => void (double = await startBfl()));
afterEach(() => double.close());
const base = () => `${double.url}/v1`;
const rigOf = () => accessRig(bfl, base(), { pictures: PICTURES });

const prompt = 'A lighthouse at dusk';
const asked = { seed: 0, negative: 'fog', guidance: 5, width: 1352, height: 760 };
const common = { prompt, output_format: 'png' };
test.each([
  ['flux-2-pro', asked, { ...common, seed: 0, width: 1360, height: 768 }],
  ['flux-2-flex', asked, { ...common, seed: 0, width: 1360, height: 768, guidance: 5 }],
  [
    'flux-2-klein-4b',
    { work: 'image edit', still, references },
    { ...common, width: 1024, height: 1024, input_image: inline('still'), input_image_2: inline('one') },
  ],
  ['flux-kontext-pro', { still, work: 'image edit' }, { ...common, aspect_ratio: '1:1', input_image: inline('still') }],
  [
    'flux-pro-1.1',
    { ...asked, references },
    { ...common, seed: 0, width: 1344, height: 768, image_prompt: inline('one') },
  ],
  ['flux-pro-1.1-ultra', asked, { ...common, seed: 0, aspect_ratio: '16:9' }],
] as const)('%s is asked once for what it takes, and asked after where it is made', async (model, more, sent) => {
  const rig = rigOf();
  const made = await makeOnce(bfl, requestOf(model, more), rig);
  expect(double.asked[0]!.json).toEqual(sent);
  expect(made).toEqual({
    output: { url: `${double.url}/delivery/task-1` },
    seed: 'seed' in sent ? 0 : RANDOM_SEED,
    charged: dollars('0.045'),
  });
  expect(rig.steps).toEqual([
    { state: 'running', fraction: 0.5 },
    { state: 'running', fraction: 0.5 },
  ]);
  expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
  expect(await rig.access.bytes({ to: (made.output as { url: string }).url })).toEqual(madePicture(sent));
});

test.each([
  ['Request Moderated', 'refused', undefined],
  ['Content Moderated', 'refused', true],
  ['Error', 'broken', undefined],
  ['Failed', 'broken', undefined],
  ['Task not found', 'gone', undefined],
] as const)('a job that ends as %s is %s', async (status, kind, mayCost) => {
  double.nextGoes('Pending', status);
  const trouble = await troubleOf(makeOnce(bfl, requestOf('flux-2-pro'), rigOf()));
  expect(trouble).toMatchObject({ kind, facts: { code: status } });
  expect(trouble.facts.mayCost).toBe(mayCost);
});

test('an answer without a status says nothing of the job', async () => {
  double.script({ at: 'status', says: '{"status":null}' });
  expect((await troubleOf(makeOnce(bfl, requestOf('flux-2-pro'), rigOf()))).kind).toBe('lost');
});

test('an address that is not its own is not asked', async () => {
  const job = { url: 'https://example.com/v1/get_result?id=task-1' };
  expect((await troubleOf(bfl.follow!(job, rigOf().access, requestOf('flux-2-pro')))).kind).toBe('broken');
});

test.each([
  ['flux-3-video', { work: 'text to video' }],
  ['flux-3-video', {}],
  ['flux-2-pro', { work: 'upscale', still }],
] as const)('%s is not asked for what it does not do (%j)', async (model, more) => {
  const rig = rigOf();
  expect((await troubleOf(makeOnce(bfl, requestOf(model, more), rig))).kind).toBe('invalid');
  expect({ asked: double.asked, paying: rig.paying }).toEqual({ asked: [], paying: 0 });
});

test('a wrong key is refused', async () => {
  expect((await troubleOf(bfl.test(accessRig(bfl, base(), { key: 'wrong' }).access))).kind).toBe('key');
});

describe('when it goes wrong', () => {
  const body = { detail: 'As the service words it.' };
  const limit = { error: 'rate_limit_exceeded', message: 'Too many.', retry_after: 12 };
  testFaults({
    adapter: bfl,
    request: requestOf('flux-2-pro'),
    start: () => startBfl(),
    baseOf: ({ url }) => `${url}/v1`,
    cases: {
      '400': { status: 400, body, kind: 'invalid' },
      '401': { status: 401, body, kind: 'key' },
      '402': { status: 402, body, kind: 'billing' },
      '403': { status: 403, body, kind: 'key' },
      '404': { status: 404, body, kind: 'retired' },
      '409': { status: 409, body, kind: 'invalid' },
      '413': { status: 413, body: 'too large', kind: 'invalid' },
      '422': { status: 422, body: { detail: [{ loc: ['body', 'width'], msg: 'wrong' }] }, kind: 'invalid' },
      '429': { status: 429, body, kind: 'busy' },
      '429 with seconds in it': {
        status: 429,
        body: limit,
        kind: 'busy',
        code: 'rate_limit_exceeded',
        retryAfterMs: 12_000,
      },
      '429 with a header': {
        status: 429,
        headers: { 'retry-after': '3' },
        body: limit,
        kind: 'busy',
        retryAfterMs: 3000,
      },
      '500': { status: 500, body, kind: 'broken' },
      '503': { status: 503, body, kind: 'broken' },
    },
  });
});
