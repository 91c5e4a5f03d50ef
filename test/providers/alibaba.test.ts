import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alibaba } from '../../src/providers/alibaba.ts';
import { alibabaError, startAlibaba, type AlibabaDouble, type AlibabaTask } from '../contract/alibaba.ts';
import { madePicture } from '../contract/made-picture.ts';
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
const requestOf = (model: string, more: Parameters<typeof requestTo>[2] = {}) => requestTo('alibaba', model, more);
const clip = { work: 'text to video', width: 1280, height: 720, ratio: [16, 9], seconds: 6 } as const;
const clipOf = (model: string, more: Parameters<typeof requestTo>[2] = {}) => requestOf(model, { ...clip, ...more });
/** As the catalog has them. */
const NEW = 'wan2.7-t2v / wan2.7-i2v / wan2.7-r2v';
const OLD = 'wan2.6-t2v / wan2.6-i2v / wan2.6-r2v';

let double: AlibabaDouble;
beforeEach(async () => void (double = await startAlibaba()));
afterEach(() => double.close());
const base = () => `${double.url}/api/v1`;
const rigOf = () => accessRig(alibaba, base(), { pictures: PICTURES });

const prompt = 'A lighthouse at dusk';
const asItStands = { prompt_extend: false, watermark: false };
const image = { work: 'image to video', still } as const;
test.each([
  [
    NEW,
    { ...clip, seed: 0, negative: 'fog', guidance: 5, fps: 24 },
    'wan2.7-t2v',
    { prompt, negative_prompt: 'fog' },
    { ...asItStands, seed: 0, ratio: '16:9', resolution: '720P', duration: 6 },
  ],
  [
    NEW,
    { ...clip, ...image, lastFrame, seconds: 40, seed: 2 ** 31 },
    'wan2.7-i2v',
    {
      prompt,
      media: [
        { type: 'first_frame', url: inline('still') },
        { type: 'last_frame', url: inline('last') },
      ],
    },
    { ...asItStands, seed: 0, resolution: '720P', duration: 15 },
  ],
  [
    NEW,
    { ...clip, references, width: 1080, height: 1920 },
    'wan2.7-r2v',
    { prompt, media: [{ type: 'reference_image', url: inline('one') }] },
    { ...asItStands, ratio: '9:16', resolution: '1080P', duration: 6 },
  ],
  ['wan2.7-t2v', clip, 'wan2.7-t2v', { prompt }, { ...asItStands, ratio: '16:9', resolution: '720P', duration: 6 }],
  [OLD, clip, 'wan2.6-t2v', { prompt }, { ...asItStands, size: '1280*720', duration: 10 }],
  [
    OLD,
    { ...clip, width: 1080, height: 1920, seconds: 2 },
    'wan2.6-t2v',
    { prompt },
    { ...asItStands, size: '1080*1920', duration: 5 },
  ],
  [
    OLD,
    { ...clip, ...image },
    'wan2.6-i2v',
    { prompt, img_url: inline('still') },
    { ...asItStands, resolution: '720P', duration: 10 },
  ],
  [
    'qwen-image-plus',
    { width: 1344, height: 768, seed: 7, negative: 'fog' },
    'qwen-image-plus',
    { prompt, negative_prompt: 'fog' },
    { ...asItStands, seed: 7, size: '1664*928', n: 1 },
  ],
  ['wan2.5-t2i-preview', {}, 'wan2.5-t2i-preview', { prompt }, { ...asItStands, size: '1024*1024', n: 1 }],
  [
    'wan2.7-image-pro',
    { work: 'image edit', still, references, seed: 3 },
    'wan2.7-image-pro',
    {
      messages: [{ role: 'user', content: [{ image: inline('still') }, { image: inline('one') }, { text: prompt }] }],
    },
    { watermark: false, thinking_mode: false, seed: 3, size: '1024*1024', n: 1 },
  ],
] as const)(
  '%s is asked once for what it takes (%j), and asked after',
  async (asked, more, model, input, parameters) => {
    const rig = rigOf();
    const made = await makeOnce(alibaba, requestOf(asked, more), rig);
    expect(double.asked[0]!.json).toEqual({ model, input, parameters });
    expect(made).toEqual({ output: { url: `${double.url}/made/1` }, notes: [] });
    expect(rig.steps).toEqual([{ state: 'queued' }, { state: 'running' }]);
    expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
  },
);

test('references take the place of a last frame, and that is said', async () => {
  const made = await makeOnce(alibaba, clipOf(NEW, { ...image, lastFrame, references }), rigOf());
  const media = [
    { type: 'first_frame', url: inline('still') },
    { type: 'reference_image', url: inline('one') },
  ];
  const parameters = { ...asItStands, resolution: '720P', duration: 6 };
  expect(double.asked[0]!.json).toEqual({ model: 'wan2.7-r2v', input: { prompt, media }, parameters });
  expect(made.notes).toHaveLength(1);
});
test('a model that has no place for more than one picture says which did not go along', async () => {
  const made = await makeOnce(alibaba, clipOf(OLD, { ...image, lastFrame, references }), rigOf());
  expect(made.notes).toHaveLength(2);
});

describe('a task that has succeeded', () => {
  const made = async (output: Readonly<Record<string, unknown>>) => {
    double.nextGoes({ task_status: 'SUCCEEDED', ...output });
    return makeOnce(alibaba, requestOf('qwen-image'), rigOf());
  };
  const refused = { code: 'DataInspectionFailed', message: 'As the service words it.' };
  const broken = { code: 'InternalError.Timeout', message: 'As the service words it.' };

  test('has made what one of its parts has', async () => {
    const url = `${double.url}/made/2`;
    expect((await made({ results: [refused, { url }, { url: `${double.url}/made/3` }] })).output).toEqual({ url });
  });
  test.each([
    [[{}, refused, broken], 'refused', false],
    [[broken], 'broken', false],
    [[{ code: 'Throttling', message: 'Busy.' }], 'broken', false],
    [[], 'unreadable', true],
  ] as const)('and has no result but %j has made nothing', async (results, kind, mayCost) => {
    expect(await troubleOf(made({ results }))).toMatchObject({ kind, facts: { mayCost } });
    expect(double.paid).toBe(1);
  });
  test('says when it rewrote the prompt all the same', async () => {
    const url = `${double.url}/made/1`;
    const results = [{ url, orig_prompt: prompt, actual_prompt: 'A tall lighthouse.' }];
    expect((await made({ results })).notes).toHaveLength(1);
    expect((await made({ results: [{ ...results[0], actual_prompt: prompt }] })).notes).toEqual([]);
  });
  test('is fetched with encryption from its store', async () => {
    const { output } = await made({ results: [{ url: 'http://dashscope-result.oss-cn.aliyuncs.com/1.png' }] });
    expect(output).toEqual({ url: 'https://dashscope-result.oss-cn.aliyuncs.com/1.png' });
  });
});

test.each([
  [{ task_status: 'FAILED', code: 'DataInspectionFailed' }, 'refused', false],
  [{ task_status: 'FAILED', code: 'InvalidParameter.DataInspection' }, 'refused', false],
  [{ task_status: 'FAILED', code: 'InvalidParameter' }, 'invalid', false],
  // Kinds that the job service would ask after again are no endings.
  [{ task_status: 'FAILED', code: 'Throttling.RateQuota' }, 'broken', false],
  [{ task_status: 'FAILED', code: 'InternalError' }, 'broken', false],
  [{ task_status: 'FAILED' }, 'broken', false],
  [{ task_status: 'CANCELED' }, 'cancelled', false],
  [{ task_status: 'UNKNOWN' }, 'gone', true],
] as const)('a task that ends as %j is %s', async (ending, kind, mayCost) => {
  double.nextGoes({ task_status: 'RUNNING' }, ending);
  const trouble = await troubleOf(makeOnce(alibaba, clipOf(NEW), rigOf()));
  expect(trouble).toMatchObject({ kind, facts: { mayCost } });
  expect(trouble.facts).not.toHaveProperty('status');
  expect(double.paid).toBe(1);
});

test('an answer of 200 with a code in place of a task took nothing', async () => {
  double.script({ at: 'submit', status: 200, body: alibabaError('Arrearage') });
  const rig = rigOf();
  expect(await troubleOf(makeOnce(alibaba, clipOf(NEW), rig))).toMatchObject({ kind: 'billing' });
  expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 0, paying: 1 });
});

describe('taking a task back', () => {
  const cancelled = async (...course: readonly AlibabaTask[]) => {
    double.nextGoes(...course);
    const { access } = rigOf();
    const sent = await alibaba.submit(clipOf(NEW), access);
    return 'job' in sent ? alibaba.cancel!(sent.job, access) : undefined;
  };
  test('one that waits is cancelled', async () => {
    expect(await cancelled({ task_status: 'PENDING' })).toBe('cancelled');
  });
  test.each(['RUNNING', 'SUCCEEDED', 'FAILED'])('one that is %s goes on', async (task_status) => {
    expect(await cancelled({ task_status })).toBe('late');
  });
});

test.each([
  ['qwen-image', { work: 'image edit', still }],
  ['qwen-image-edit', {}],
  ['qwen-image-2.0-pro', {}],
  ['wan2.7-image', { work: 'upscale', still }],
  ['wan2.2-t2v-plus', clip],
  ['wan2.7-t2v', { ...clip, ...image }],
  [NEW, {}],
] as const)('%s is not asked for what it does not do (%j)', async (model, more) => {
  const rig = rigOf();
  expect((await troubleOf(makeOnce(alibaba, requestOf(model, more), rig))).kind).toBe('invalid');
  expect({ asked: double.asked, paying: rig.paying }).toEqual({ asked: [], paying: 0 });
});

test('a wrong key is refused', async () => {
  expect((await troubleOf(alibaba.test(accessRig(alibaba, base(), { key: 'wrong' }).access))).kind).toBe('key');
});

describe('when it goes wrong', () => {
  const answer = (status: number, code: string) => ({ status, body: alibabaError(code), code });
  testFaults({
    adapter: alibaba,
    request: clipOf(NEW),
    start: () => startAlibaba(),
    baseOf: ({ url }) => `${url}/api/v1`,
    cases: {
      '400': { ...answer(400, 'InvalidParameter'), kind: 'invalid' },
      '400 for an account in debt': { ...answer(400, 'Arrearage'), kind: 'billing' },
      '400 for words against its rules': { ...answer(400, 'DataInspectionFailed'), kind: 'refused' },
      '401': { ...answer(401, 'InvalidApiKey'), kind: 'key' },
      '402': { status: 402, body: {}, kind: 'billing' },
      '403': { ...answer(403, 'AccessDenied.Unpurchased'), kind: 'forbidden' },
      '403 when what is free is used up': { ...answer(403, 'AllocationQuota.FreeTierOnly'), kind: 'billing' },
      '404': { ...answer(404, 'ModelNotFound'), kind: 'retired' },
      '409': { status: 409, body: {}, kind: 'invalid' },
      '413': { status: 413, body: 'too large', kind: 'invalid' },
      '422': { status: 422, body: {}, kind: 'invalid' },
      '429': { ...answer(429, 'Throttling.RateQuota'), kind: 'busy' },
      '429 for a bill that is not paid': { ...answer(429, 'PostpaidBillOverdue'), kind: 'billing' },
      '429 with a header': {
        ...answer(429, 'Throttling'),
        headers: { 'retry-after': '3' },
        kind: 'busy',
        retryAfterMs: 3000,
      },
      '500': { ...answer(500, 'InternalError'), kind: 'broken' },
      '503': { ...answer(503, 'ModelServiceFailed'), kind: 'broken' },
    },
  });
});
