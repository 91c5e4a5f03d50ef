/** Runway: the double behaves for its own client, and our adapter asks in the types of that client. */
import RunwayML, { TaskFailedError } from '@runwayml/sdk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dollars } from '../../src/core/money.ts';
import { inWords } from '../../src/core/say.ts';
import { runway } from '../../src/providers/runway.ts';
import type { JobRequest } from '../../src/routing/job-request.ts';
import { accessRig } from '../rig/access.ts';
import { requestTo } from '../rig/requests.ts';
import { makeOnce, testFaults, troubleOf } from '../rig/service-faults.ts';
import { madePicture } from './made-picture.ts';
import { COURSE, startRunway, type RunwayDouble } from './runway.ts';

let double: RunwayDouble;
beforeEach(async () => void (double = await startRunway()));
afterEach(() => double.close());

const pictures = {
  still: { bytes: madePicture('still'), mime: 'image/png' },
  last: { bytes: madePicture('last'), mime: 'image/jpeg' },
  clip: { bytes: madePicture('clip'), mime: 'video/mp4' },
  large: { bytes: new Uint8Array(4 * 2 ** 20), mime: 'image/png' },
};
const inline = (name: keyof typeof pictures) =>
  `data:${pictures[name].mime};base64,${Buffer.from(pictures[name].bytes).toString('base64')}`;
const attached = (picture: string) => ({ picture, width: 1024, height: 1024 });
const still = attached('still');
const lastFrame = attached('last');
const reference = (picture: string) => ({ ...attached(picture), strength: 1 });
const requestOf = (model: string, more: Partial<JobRequest> = {}) => requestTo('runway', model, more);
const rigOf = () => accessRig(runway, double.base, { pictures });
const prompt = 'A lighthouse at dusk';
const wide = { width: 1360, height: 768, ratio: [16, 9] } as const;

describe("Runway's own client", () => {
  const client = () => new RunwayML({ apiKey: 'test-key', baseURL: double.url, maxRetries: 0 });
  const body: RunwayML.TextToImageCreateParams.Gen4Image = {
    model: 'gen4_image',
    promptText: prompt,
    ratio: '1280:720',
  };

  test('sends, asks after and fetches', async () => {
    const { id, estimatedCost } = await client().textToImage.create(body);
    expect(estimatedCost).toEqual({ credits: 25 });
    const seen: string[] = [];
    for (let at = 0; at < COURSE.length; at++) seen.push((await client().tasks.retrieve(id)).status);
    expect(seen).toEqual(['PENDING', 'THROTTLED', 'RUNNING', 'SUCCEEDED']);
    const { output, cost } = await client().tasks.retrieve(id).waitForTaskOutput();
    expect(cost).toEqual({ credits: 20 });
    const made = await fetch(output[0]!);
    expect(new Uint8Array(await made.arrayBuffer())).toEqual(madePicture(body));
    expect(double.paid).toBe(1);
  });

  test('uploads, takes back and hears why not', async () => {
    const { uri } = await client().uploads.createEphemeral({ file: new File(['pixels'], 'still.png') });
    expect(double.uploads.get(uri)).toContain('pixels');
    const { id } = await client().imageToVideo.create({
      model: 'gen4_turbo',
      promptText: prompt,
      promptImage: [{ uri, position: 'first' }],
      ratio: '1280:720',
    });
    await client().tasks.delete(id);
    await expect(client().tasks.retrieve(id)).rejects.toMatchObject({ status: 404 });
    double.nextGoes({ status: 'FAILED', failure: 'It failed.', failureCode: 'INTERNAL', cost: { credits: 0 } });
    const failing = await client().textToImage.create(body);
    await expect(client().tasks.retrieve(failing.id).waitForTaskOutput()).rejects.toBeInstanceOf(TaskFailedError);
    await expect(client().organization.retrieve()).resolves.toMatchObject({ creditBalance: 900 });
  });
});

type Sent =
  | (RunwayML.TextToImageCreateParams & { readonly at: 'text_to_image' })
  | (RunwayML.TextToVideoCreateParams & { readonly at: 'text_to_video' })
  | (RunwayML.ImageToVideoCreateParams & { readonly at: 'image_to_video' })
  | (RunwayML.VideoToVideoCreateParams & { readonly at: 'video_to_video' })
  | (RunwayML.ImageUpscaleCreateParams & { readonly at: 'image_upscale' });
const video = { ...wide, work: 'text to video', seconds: 5 } as const;
const animate = { ...video, work: 'image to video', still } as const;
const goingOn = (name: string) => ({ clip: { ...attached('clip'), seconds: 1 }, fields: { clip: { name } } });
const first = { uri: inline('still'), position: 'first' } as const;
const last = { uri: inline('last'), position: 'last' } as const;

/** `undefined`: not even what the others have. */
type Asked = { readonly [N in keyof JobRequest]?: JobRequest[N] | undefined };
const CASES: readonly (readonly [model: string, asked: Asked, sent: Sent])[] = [
  [
    'gen4_image',
    { ...wide, seed: 2 ** 32 },
    { at: 'text_to_image', model: 'gen4_image', promptText: prompt, ratio: '1360:768', seed: 0 },
  ],
  [
    'gen4_image_turbo',
    { work: 'image edit', still, references: [reference('last')] },
    {
      at: 'text_to_image',
      model: 'gen4_image_turbo',
      promptText: prompt,
      ratio: '1024:1024',
      referenceImages: [{ uri: inline('still') }, { uri: inline('last') }],
    },
  ],
  [
    'grok_imagine_image_2',
    { work: 'image edit', still },
    {
      at: 'text_to_image',
      model: 'grok_imagine_image_2',
      promptText: prompt,
      ratio: '1024:1024',
      edit: true,
      referenceImages: [{ uri: inline('still') }],
    },
  ],
  [
    'gpt_image_2_5_flare',
    { width: 720, height: 1280 },
    { at: 'text_to_image', model: 'gpt_image_2_5_flare', promptText: prompt, ratio: '1088:1920' },
  ],
  [
    'gen4.5',
    { ...video, seconds: 4.2 },
    { at: 'text_to_video', model: 'gen4.5', promptText: prompt, ratio: '1280:720', duration: 5 },
  ],
  [
    'veo3.1',
    { ...video, negative: 'fog', width: 1920, height: 1080 },
    {
      at: 'text_to_video',
      model: 'veo3.1',
      promptText: prompt,
      negativePrompt: 'fog',
      ratio: '1920:1080',
      duration: 6,
      audio: false,
    },
  ],
  [
    'veo3.1_fast',
    { ...video, sound: true, width: 1920, height: 1080 },
    { at: 'text_to_video', model: 'veo3.1_fast', promptText: prompt, ratio: '1920:1080', duration: 6, audio: true },
  ],
  [
    'hailuo3',
    { ...video, seconds: 3, references: [reference('still')] },
    {
      at: 'text_to_video',
      model: 'hailuo3',
      promptText: prompt,
      ratio: '16:9',
      resolution: '768p',
      duration: 5,
      references: [{ uri: inline('still') }],
    },
  ],
  [
    'gen4_turbo',
    { ...animate, motion: { move: 'push in', amount: 0.2, easing: 'linear' } },
    {
      at: 'image_to_video',
      model: 'gen4_turbo',
      promptText: `${prompt}. Camera: slow push in, at an even speed.`,
      promptImage: [first],
      ratio: '1280:720',
      duration: 5,
    },
  ],
  [
    'seedance2_5',
    { ...animate, lastFrame, seed: 7, width: 854, height: 480 },
    {
      at: 'image_to_video',
      model: 'seedance2_5',
      promptText: prompt,
      promptImage: [first, last],
      ratio: '854:480',
      duration: 5,
      seed: 7,
      audio: false,
    },
  ],
  [
    'seedance2_5',
    { ...animate, still: undefined, ...goingOn('promptVideo') },
    {
      at: 'video_to_video',
      model: 'seedance2_5',
      promptText: prompt,
      promptVideo: inline('clip'),
      mode: 'extend',
      duration: 5,
      audio: false,
    },
  ],
  [
    'gemini_omni_flash_1.1',
    { ...animate, still: undefined, ...goingOn('videoUri') },
    {
      at: 'video_to_video',
      model: 'gemini_omni_flash_1.1',
      promptText: prompt,
      videoUri: inline('clip'),
      mode: 'extend',
      ratio: '1280:720',
      duration: 5,
    },
  ],
  [
    'happyhorse_1_0',
    { ...animate, seconds: 4.2 },
    {
      at: 'image_to_video',
      model: 'happyhorse_1_0',
      promptText: prompt,
      promptImage: [first],
      resolution: '720p',
      duration: 5,
    },
  ],
  [
    'h3_max',
    animate,
    {
      at: 'image_to_video',
      model: 'h3_max',
      promptText: prompt,
      promptImage: [first],
      resolution: '768p',
      duration: 5,
      promptExpansionMode: 'disabled',
    },
  ],
  [
    'magnific_precision_upscaler_v2',
    { work: 'upscale', still, width: 3000, height: 3000 },
    { at: 'image_upscale', model: 'magnific_precision_upscaler_v2', imageUri: inline('still'), scaleFactor: 4 },
  ],
  [
    // 8 times as wide would be more pixels than it makes.
    'magnific_precision_upscaler_v2',
    { work: 'upscale', still, width: 8192, height: 8192 },
    { at: 'image_upscale', model: 'magnific_precision_upscaler_v2', imageUri: inline('still'), scaleFactor: 4 },
  ],
];

test.each(CASES)('%s is asked once for what it takes', async (model, asked, { at, ...input }) => {
  const rig = rigOf();
  const made = await makeOnce(runway, requestOf(model, asked as Partial<JobRequest>), rig);
  expect(double.orders).toEqual([{ at, input }]);
  expect(made).toEqual({ output: { url: `${double.url}/made/task-1.png` }, charged: dollars('0.2') });
  expect(rig.steps).toEqual([{ state: 'queued' }, { state: 'queued' }, { state: 'running', fraction: 0.5 }]);
  expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
  expect(await rig.access.bytes({ to: (made.output as { url: string }).url })).toEqual(madePicture(input));
});

test('a task is asked after no more than once in five seconds', async () => {
  const rig = rigOf();
  const pauses: number[] = [];
  const access = { ...rig.access, pause: async (ms: number) => void pauses.push(ms) };
  await makeOnce(runway, requestOf('gen4_image'), { ...rig, access });
  expect(pauses).toEqual([5000, 5000, 5000]);
});

test('what has no place is said', async () => {
  const references = [reference('still'), reference('last')];
  const { notes } = await makeOnce(runway, requestOf('gen4_turbo', { ...animate, lastFrame, references }), rigOf());
  expect(notes!.map((note) => inWords(note))).toEqual([
    'Reference pictures: 0 of 2, the most that Runway can take.',
    'The last frame was not sent: Runway has no field for it.',
  ]);
});

test('large pictures are uploaded first, and never with the key', async () => {
  await makeOnce(runway, requestOf('gen4_turbo', { ...animate, still: attached('large') }), rigOf());
  const [[uri, body]] = [...double.uploads] as [[string, string]];
  expect(double.orders[0]!.input['promptImage']).toEqual([{ uri, position: 'first' }]);
  expect(body).toContain('filename="large.png"');
  expect(body.length).toBeGreaterThan(4 * 2 ** 20);
});

test('an upload is cut: nothing is paid for', async () => {
  const rig = rigOf();
  double.script({ at: 'upload', cut: 'before answer' });
  const asked = requestOf('gen4_turbo', { ...animate, still: attached('large') });
  expect(await troubleOf(makeOnce(runway, asked, rig))).toMatchObject({ kind: 'lost' });
  expect([rig.paying, double.paid]).toEqual([0, 0]);
});

test.each<readonly [string, Partial<JobRequest>]>([
  ['gen4_turbo', video],
  ['gen4_image', animate],
  ['gen4_turbo', { ...video, work: 'image to video' }],
  ['aleph2', video],
  ['magnific_precision_upscaler_v2', { work: 'upscale' }],
])('%s is not asked for what it does not do (%j)', async (model, asked) => {
  const rig = rigOf();
  expect(await troubleOf(makeOnce(runway, requestOf(model, asked), rig))).toMatchObject({ kind: 'invalid' });
  expect([rig.paying, double.asked]).toEqual([0, []]);
});

test.each([
  [{ failureCode: 'SAFETY.INPUT.TEXT' }, 'refused', true],
  [{ failureCode: 'SAFETY.OUTPUT.VIDEO', cost: { credits: 0 } }, 'refused', false],
  [{ failureCode: 'INPUT_PREPROCESSING.SAFETY.THIRD_PARTY' }, 'refused', false],
  [{ failureCode: 'ASSET.INVALID' }, 'invalid', false],
  [{ failureCode: 'THIRD_PARTY.INPUT_VALIDATION' }, 'invalid', false],
  [{ failureCode: 'INTERNAL.BAD_OUTPUT.CODE01', cost: { credits: 12 } }, 'broken', true],
  [{}, 'unexplained', true],
  [{ cost: { credits: 0 } }, 'unexplained', false],
] as const)('a task that failed with %j: %s', async (end, kind, mayCost) => {
  double.nextGoes({ status: 'RUNNING' }, { status: 'FAILED', failure: 'As Runway words it.', ...end });
  const trouble = await troubleOf(makeOnce(runway, requestOf('gen4_image'), rigOf()));
  expect(trouble).toMatchObject({ kind, facts: { mayCost } });
  expect(trouble.facts.code).toBe('failureCode' in end ? end.failureCode : undefined);
  // Told without a status, or it would be asked after again.
  expect(trouble.facts.status).toBe(undefined);
  expect(inWords(trouble.facts.hint!)).toBe('In the words of Runway: “As Runway words it.”');
  expect(double.paid).toBe(1);
});

test('a task that somebody took back, one without a result, one that is gone', async () => {
  const attempt = () => troubleOf(makeOnce(runway, requestOf('gen4_image'), rigOf()));
  double.nextGoes({ status: 'CANCELLED', cost: { credits: 0 } });
  expect(await attempt()).toMatchObject({ kind: 'cancelled', facts: { mayCost: false } });
  double.nextGoes({ status: 'SUCCEEDED', output: [] });
  expect(await attempt()).toMatchObject({ kind: 'unreadable', facts: { mayCost: true } });
  double.script({ at: 'status', status: 404, body: { error: 'There is no such task.' } });
  expect(await attempt()).toMatchObject({ kind: 'gone', facts: { mayCost: true } });
  double.script({ at: 'status', status: 401, body: { error: 'The key is not one of ours.' } });
  expect(await attempt()).toMatchObject({ kind: 'key', facts: { mayCost: true } });
});

test('taking back: while it waits, while it is at work, too late', async () => {
  const { access } = rigOf();
  const send = async () => {
    const sent = await runway.submit(requestOf('gen4_image'), access);
    return 'job' in sent ? sent.job : {};
  };
  expect(await runway.cancel!(await send(), access)).toBe('cancelled');
  double.nextGoes({ status: 'RUNNING' });
  expect(await runway.cancel!(await send(), access)).toBe('asked');
  double.nextGoes({ status: 'SUCCEEDED' });
  const made = await send();
  expect(await runway.cancel!(made, access)).toBe('late');
  // What it made is still there.
  expect(await runway.follow!(made, access, requestOf('gen4_image'))).toMatchObject({ output: {} });
});

test('a job goes on in another process by what the journal keeps', async () => {
  const sent = await runway.submit(requestOf('gen4_image'), rigOf().access);
  const { job } = JSON.parse(JSON.stringify(sent)) as { job: Record<string, string> };
  await runway.follow!(job, rigOf().access, requestOf('gen4_image'));
  expect(double.paid).toBe(1);
});

test('a wrong key is refused', async () => {
  const { access } = accessRig(runway, double.base, { key: 'wrong' });
  expect(await troubleOf(runway.test(access))).toMatchObject({ kind: 'key' });
});

describe('when it goes wrong', () => {
  const body = { error: 'As the service words it.' };
  testFaults({
    adapter: runway,
    request: requestOf('gen4_image'),
    start: () => startRunway(),
    baseOf: ({ url }) => `${url}/v1`,
    cases: {
      '400': { status: 400, body, kind: 'invalid' },
      // Runway has no code for it, and words decide nothing.
      '400 for want of credits': {
        status: 400,
        body: { error: 'You do not have enough credits to run this task.' },
        kind: 'invalid',
      },
      '401': { status: 401, body, kind: 'key' },
      '402': { status: 402, body, kind: 'billing' },
      '403': { status: 403, body, kind: 'forbidden' },
      '404': { status: 404, body, kind: 'retired' },
      '409': { status: 409, body, kind: 'invalid' },
      '413': { status: 413, body: 'too large', kind: 'invalid' },
      '422': { status: 422, body, kind: 'invalid' },
      '429': { status: 429, body, kind: 'busy' },
      '429 with a header': {
        status: 429,
        headers: { 'retry-after': '3' },
        body,
        kind: 'busy',
        retryAfterMs: 3000,
      },
      '500': { status: 500, body, kind: 'broken' },
      '503': { status: 503, body, kind: 'broken' },
      '504': { status: 504, body: 'Gateway timeout', kind: 'lost' },
    },
  });
});
