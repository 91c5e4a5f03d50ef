import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { byteplus } from '../../src/providers/byteplus.ts';
import { startBytePlus, type BytePlusDouble, type BytePlusTask } from '../contract/byteplus.ts';
import { madePicture } from '../contract/made-picture.ts';
import { contentsIn } from '../contract/minimax.ts';
import { accessRig } from '../rig/access.ts';
import { requestTo } from '../rig/requests.ts';
import { makeOnce, testFaults, troubleOf } from '../rig/service-faults.ts';

const PICTURES = {
  still: { bytes: madePicture('still'), mime: 'image/png' },
  last: { bytes: madePicture('last'), mime: 'image/jpeg' },
  one: { bytes: madePicture('one'), mime: 'image/png' },
};
const inline = (name: keyof typeof PICTURES) =>
  `data:${PICTURES[name].mime};base64,${Buffer.from(PICTURES[name].bytes).toString('base64')}`;
const attached = (picture: keyof typeof PICTURES) => ({ picture, width: 8, height: 8 });
const still = attached('still');
const lastFrame = attached('last');
const references = [{ ...attached('one'), strength: 1 }];
const requestOf = (model: string, more: Parameters<typeof requestTo>[2] = {}) => requestTo('byteplus', model, more);
const clip = { work: 'text to video', width: 1280, height: 720, ratio: [16, 9], seconds: 6 } as const;
const clipOf = (model: string, more: Parameters<typeof requestTo>[2] = {}) => requestOf(model, { ...clip, ...more });
const LITE = 'seedance-1-0-pro-250528';

let double: BytePlusDouble;
beforeEach(async () => void (double = await startBytePlus()));
afterEach(() => double.close());
const base = () => `${double.url}/api/v3`;
const rigOf = () => accessRig(byteplus, base(), { pictures: PICTURES });

const prompt = 'A lighthouse at dusk';
const always = { prompt, response_format: 'b64_json', watermark: false };
describe('pictures', () => {
  test.each([
    ['seedream-4-0-250828', { seed: 7, negative: 'fog' }, { ...always, size: '1024x1024' }],
    ['seedream-4-5-251128', {}, { ...always, size: '1920x1920' }],
    ['seedream-4-5-251128', { width: 1280, height: 720 }, { ...always, size: '2560x1440' }],
    [
      'seedream-5-0-lite-260128',
      { work: 'image edit', still },
      { ...always, size: '1920x1920', output_format: 'png', image: inline('still') },
    ],
    [
      'dola-seedream-5-0-pro-260628',
      { work: 'image edit', still, references },
      { ...always, size: '1024x1024', output_format: 'png', image: [inline('still'), inline('one')] },
    ],
  ] as const)('%s makes one from %j, in its answer', async (model, more, sent) => {
    const rig = rigOf();
    const made = await makeOnce(byteplus, requestOf(model, more), rig);
    expect(double.asked.map(({ json }) => json)).toEqual([{ model, ...sent }]);
    expect(made).toEqual({ output: { bytes: madePicture({ model, ...sent }) } });
    expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
  });

  test.each([
    [{ error: { code: 'OutputImageSensitiveContentDetected', message: 'No.' } }, 'refused', false],
    [{ error: { code: 'InternalServiceError', message: 'No.' } }, 'broken', false],
    [{}, 'unreadable', true],
    [{ b64_json: '' }, 'unreadable', true],
  ] as const)('one that stands there as %j was not made', async (picture, kind, mayCost) => {
    double.nextPicture(picture);
    const trouble = await troubleOf(makeOnce(byteplus, requestOf('seedream-4-0-250828'), rigOf()));
    expect(trouble).toMatchObject({ kind, facts: { mayCost } });
    expect(double.paid).toBe(1);
  });
});

describe('clips', () => {
  const silent = { watermark: false, generate_audio: false };
  test.each([
    [
      LITE,
      { seed: 0, fps: 30, negative: 'fog' },
      [['text', prompt]],
      { watermark: false, seed: 0, ratio: '16:9', resolution: '720p', duration: 6 },
    ],
    [
      'seedance-1-5-pro-251215',
      { seconds: 2, height: 1920, width: 1080 },
      [['text', prompt]],
      { ...silent, ratio: '9:16', resolution: '1080p', duration: 4 },
    ],
    [
      'dreamina-seedance-2-0-fast-260128',
      { work: 'image to video', still, lastFrame, width: 1920, height: 1080, seconds: 40 },
      [
        ['text', prompt],
        ['first_frame', inline('still')],
        ['last_frame', inline('last')],
      ],
      { ...silent, resolution: '720p', duration: 15 },
    ],
    [
      'dreamina-seedance-2-0-260128',
      { references, width: 3840, height: 2160 },
      [
        ['text', prompt],
        ['reference_image', inline('one')],
      ],
      { ...silent, ratio: '16:9', resolution: '4k', duration: 6 },
    ],
    [
      'seedance-1-5-pro-251215',
      { sound: true },
      [['text', prompt]],
      { ...silent, generate_audio: true, ratio: '16:9', resolution: '720p', duration: 6 },
    ],
    [
      'dreamina-seedance-2-5-260628',
      { seconds: 29.5 },
      [['text', prompt]],
      { ...silent, ratio: '16:9', resolution: '720p', duration: 30 },
    ],
  ] as const)('%s is asked for once (%j) and asked after', async (model, more, contents, parameters) => {
    const rig = rigOf();
    const made = await makeOnce(byteplus, clipOf(model, more), rig);
    const { content, ...sent } = double.asked[0]!.json as Record<string, unknown>;
    expect(contentsIn({ content })).toEqual(contents);
    expect(sent).toEqual({ model, ...parameters });
    const seed = 'seed' in parameters ? 0 : 424_242;
    expect(made).toEqual({ output: { url: `${double.url}/clips/1` }, seed, notes: [] });
    expect(rig.steps).toEqual([{ state: 'queued' }, { state: 'running' }]);
    expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
  });

  test('references beside a first frame are not sent, and that is said', async () => {
    const request = clipOf('dreamina-seedance-2-0-260128', { work: 'image to video', still, references });
    const made = await makeOnce(byteplus, request, rigOf());
    expect(contentsIn(double.asked[0]!.json).map(([role]) => role)).toEqual(['text', 'first_frame']);
    expect(made.notes).toHaveLength(1);
  });

  const error = (code: string) => ({ error: { code, message: 'As the service words it.' } });
  test.each([
    ['cancelled', {}, 'cancelled', false],
    ['expired', {}, 'endless', false],
    ['failed', error('OutputVideoSensitiveContentDetected'), 'refused', false],
    ['failed', error('OutputVideoSensitiveContentDetected.PolicyViolation'), 'refused', false],
    ['failed', error('InvalidParameter.Duration'), 'invalid', false],
    // Kinds that the job service would ask after again are no endings.
    ['failed', error('ServerOverloaded'), 'broken', false],
    ['failed', {}, 'broken', false],
    ['succeeded', { content: {} }, 'unreadable', true],
  ] as const)('a task that ends as %s with %j is %s', async (status, more, kind, mayCost) => {
    double.nextGoes({ status: 'running' }, { status, ...more });
    const trouble = await troubleOf(makeOnce(byteplus, clipOf(LITE), rigOf()));
    expect(trouble).toMatchObject({ kind, facts: { mayCost } });
    expect(trouble.facts).not.toHaveProperty('status');
    expect(double.paid).toBe(1);
  });

  test('a task that is gone may have cost', async () => {
    const trouble = await troubleOf(byteplus.follow!({ task: 'cgt-9' }, rigOf().access, clipOf(LITE)));
    expect(trouble).toMatchObject({ kind: 'gone', facts: { mayCost: true } });
  });
});

describe('taking a task back', () => {
  const cancelled = async (...course: readonly BytePlusTask[]) => {
    double.nextGoes(...course);
    const { access } = rigOf();
    const sent = await byteplus.submit(clipOf(LITE), access);
    return 'job' in sent ? byteplus.cancel!(sent.job, access) : undefined;
  };
  const deletions = () => double.asked.filter(({ method }) => method === 'DELETE').length;

  test('one that waits is cancelled', async () => {
    expect(await cancelled({ status: 'queued' })).toBe('cancelled');
    expect(deletions()).toBe(1);
  });
  test.each(['running', 'succeeded', 'failed', 'expired'])('one that is %s is left alone', async (status) => {
    expect(await cancelled({ status })).toBe('late');
    expect(deletions()).toBe(0);
  });
  test.each(['running', 'succeeded'])(
    'one that is %s before the call comes is not called cancelled',
    async (status) => {
      expect(await cancelled({ status: 'queued' }, { status })).toBe('late');
      expect(deletions()).toBe(1);
    },
  );
});

test.each([
  ['seedream-4-0-250828', { work: 'upscale', still }],
  ['seedream-3-0-t2i-250415', {}],
  ['seedream-4-0-250828', clip],
  [LITE, {}],
] as const)('%s is not asked for what it does not do (%j)', async (model, more) => {
  const rig = rigOf();
  expect((await troubleOf(makeOnce(byteplus, requestOf(model, more), rig))).kind).toBe('invalid');
  expect({ asked: double.asked, paying: rig.paying }).toEqual({ asked: [], paying: 0 });
});

test('a wrong key is refused', async () => {
  expect((await troubleOf(byteplus.test(accessRig(byteplus, base(), { key: 'wrong' }).access))).kind).toBe('key');
});

describe.each([
  ['pictures', requestOf('seedream-4-0-250828')],
  ['clips', clipOf(LITE)],
])('when it goes wrong with %s', (_, request) => {
  const body = (code: string) => ({ error: { code, message: 'As the service words it.' } });
  testFaults({
    adapter: byteplus,
    request,
    start: () => startBytePlus(),
    baseOf: ({ url }) => `${url}/api/v3`,
    cases: {
      '400': { status: 400, body: body('InvalidParameter'), kind: 'invalid', code: 'InvalidParameter' },
      '400 for words against its rules': {
        status: 400,
        body: body('InputTextSensitiveContentDetected'),
        kind: 'refused',
        code: 'InputTextSensitiveContentDetected',
      },
      '400 for words against one of its rules': {
        status: 400,
        body: body('SensitiveContentDetected.Violence'),
        kind: 'refused',
      },
      '401': { status: 401, body: body('AuthenticationError'), kind: 'key' },
      '402': { status: 402, body: {}, kind: 'billing' },
      '403': { status: 403, body: body('AccessDenied'), kind: 'forbidden' },
      '403 for an account in debt': { status: 403, body: body('AccountOverdueError'), kind: 'billing' },
      '404': { status: 404, body: body('InvalidEndpointOrModel.NotFound'), kind: 'retired' },
      '404 for a model that is not activated': { status: 404, body: body('ModelNotOpen'), kind: 'forbidden' },
      '409': { status: 409, body: {}, kind: 'invalid' },
      '413': { status: 413, body: 'too large', kind: 'invalid' },
      '422': { status: 422, body: {}, kind: 'invalid' },
      '429': { status: 429, body: body('RateLimitExceeded.EndpointRPMExceeded'), kind: 'busy' },
      '429 for a limit of the account': { status: 429, body: body('SetLimitExceeded'), kind: 'billing' },
      '429 with a header': {
        status: 429,
        headers: { 'retry-after': '3' },
        body: body('ServerOverloaded'),
        kind: 'busy',
        retryAfterMs: 3000,
      },
      '500': { status: 500, body: body('InternalServiceError'), kind: 'broken' },
      '503': { status: 503, body: {}, kind: 'broken' },
    },
  });
});
