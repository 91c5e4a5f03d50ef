import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dollars } from '../../src/core/money.ts';
import { inWords } from '../../src/core/say.ts';
import { kling } from '../../src/providers/kling.ts';
import type { JobRequest } from '../../src/routing/job-request.ts';
import { CASH, startKling, type KlingDouble } from '../contract/kling.ts';
import { madePicture } from '../contract/made-picture.ts';
import { accessRig } from '../rig/access.ts';
import { requestTo } from '../rig/requests.ts';
import { makeOnce, testFaults, troubleOf } from '../rig/service-faults.ts';

let double: KlingDouble;
beforeEach(async () => void (double = await startKling()));
afterEach(() => double.close());

const pictures = {
  still: { bytes: madePicture('still'), mime: 'image/png' },
  last: { bytes: madePicture('last'), mime: 'image/jpeg' },
};
const encoded = (name: keyof typeof pictures) => Buffer.from(pictures[name].bytes).toString('base64');
const attached = (picture: string) => ({ picture, width: 512, height: 512 });
const still = attached('still');
const lastFrame = attached('last');
const reference = { ...attached('last'), strength: 1 };
const requestOf = (model: string, more: Partial<JobRequest> = {}) => requestTo('kling', model, more);
const rigOf = () => accessRig(kling, double.url, { pictures });
const text = 'A lighthouse at dusk';
const words = { type: 'prompt', text };
const first = { type: 'first_frame', url: encoded('still') };
const last = { type: 'last_frame', url: encoded('last') };
const beside = { type: 'refer_image', url: encoded('last') };
const options = { external_task_id: 'take-1' };
const video = { work: 'text to video', seconds: 4, width: 1280, height: 720, ratio: [16, 9] } as const;
const animate = { ...video, work: 'image to video', still } as const;
const oneShot = { audio: 'off', multi_shot: false };
const wide = { resolution: '720p', aspect_ratio: '16:9' };

const heard = { ...video, sound: true } as const;

const CASES: readonly (readonly [model: string, asked: Partial<JobRequest>, sent: object])[] = [
  [
    'kling-v3',
    { ...video, width: 3840, height: 2160 },
    {
      at: 'text-to-video/kling-3.0',
      contents: [words],
      settings: { ...oneShot, ...wide, resolution: '4k', duration: 4 },
      options,
    },
  ],
  [
    'kling-v3',
    { ...animate, lastFrame, motion: { move: 'orbit', amount: 1, easing: 'linear' } },
    {
      at: 'image-to-video/kling-3.0',
      contents: [
        { type: 'prompt', text: `${text}. Camera: fast orbit around the subject, at an even speed.` },
        first,
        last,
      ],
      settings: { ...oneShot, resolution: '720p', duration: 4 },
      options,
    },
  ],
  [
    'kling-v3',
    heard,
    {
      at: 'text-to-video/kling-3.0',
      contents: [words],
      settings: { ...oneShot, audio: 'on', ...wide, duration: 4 },
      options,
    },
  ],
  [
    'kling-3.0-turbo',
    animate,
    {
      at: 'image-to-video/kling-3.0-turbo',
      contents: [words, first],
      settings: { resolution: '720p', duration: 4 },
      options,
    },
  ],
  [
    'kling-v3-omni',
    { ...animate, references: [reference] },
    {
      at: 'omni-video/kling-3.0-omni',
      contents: [words, first, beside],
      settings: { ...oneShot, resolution: '720p', duration: 4 },
      options,
    },
  ],
  [
    'kling-video-o1',
    { ...video, references: [reference] },
    { at: 'omni-video/kling-o1', contents: [words, beside], settings: { audio: 'off', ...wide, duration: 4 }, options },
  ],
  [
    // With nothing to refer to, it makes five seconds or ten.
    'kling-video-o1',
    video,
    { at: 'omni-video/kling-o1', contents: [words], settings: { audio: 'off', ...wide, duration: 5 }, options },
  ],
  [
    'kling-v2-6',
    { ...video, seconds: 6 },
    { at: 'text-to-video/kling-2.6', contents: [words], settings: { audio: 'off', ...wide, duration: 10 }, options },
  ],
  [
    'kling-v2-5-turbo',
    { ...animate, lastFrame },
    {
      at: 'image-to-video/kling-2.5-turbo',
      contents: [words, first, last],
      settings: { resolution: '1080p', duration: 5 },
      options,
    },
  ],
  [
    'kling-image-o1',
    { width: 1536, height: 1024 },
    {
      at: 'omni-image',
      model_name: 'kling-image-o1',
      prompt: text,
      n: 1,
      aspect_ratio: '3:2',
      resolution: '1k',
      ...options,
    },
  ],
  [
    'kling-v3-omni',
    { work: 'image edit', still, references: [reference], width: 4096, height: 4096 },
    {
      at: 'omni-image',
      model_name: 'kling-v3-omni',
      prompt: text,
      n: 1,
      aspect_ratio: 'auto',
      resolution: '4k',
      image_list: [{ image: encoded('still') }, { image: encoded('last') }],
      ...options,
    },
  ],
];
test.each(CASES)('%s is asked once for what it takes', async (model, asked, sent) => {
  const rig = rigOf();
  const made = await makeOnce(kling, requestOf(model, asked), rig);
  expect(double.orders.map(({ at, input }) => ({ at, ...input }))).toEqual([sent]);
  expect(made).toEqual({ output: { url: `${double.url}/made/89360594640281` }, charged: dollars('0.42') });
  expect(rig.steps).toEqual([{ state: 'queued' }, { state: 'running' }]);
  expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
});

test('what has no field, and what has no place, is said', async () => {
  const references = [reference, reference];
  const asked = requestOf('kling-3.0-turbo', { ...animate, lastFrame, references, negative: 'fog', guidance: 3 });
  const { notes } = await makeOnce(kling, asked, rigOf());
  expect(notes!.map((note) => inWords(note))).toEqual([
    'The negative prompt went into the prompt: Kling has no field for it.',
    'Guidance of 3 ignored: Kling has none.',
    'Reference pictures: 0 of 2, the most that Kling can take.',
    'The last frame was not sent: Kling has no field for it.',
  ]);
  expect(double.orders[0]!.input['contents']).toEqual([{ ...words, text: `${text} Do not show: fog.` }, first]);
});

test('pictures that go along count up to what it takes', async () => {
  const references = Array.from({ length: 12 }, () => reference);
  const typesOf = async (model: string, asked: Partial<JobRequest>) => {
    const rig = accessRig(kling, double.url, { pictures });
    const sent = await kling.submit(requestOf(model, asked), { ...rig.access, id: `take-${double.orders.length + 1}` });
    expect(sent).toHaveProperty('job');
    const { input } = double.orders.at(-1)!;
    return ((input['contents'] ?? input['image_list']) as unknown[]).length;
  };
  expect(await typesOf('kling-v3-omni', { ...animate, lastFrame, references })).toBe(1 + 7);
  expect(await typesOf('kling-video-o1', { ...animate, lastFrame, references })).toBe(1 + 2);
  expect(await typesOf('kling-image-o1', { references })).toBe(10);
});

test.each<readonly [string, Partial<JobRequest>]>([
  ['kling-v3', {}],
  ['kling-v3', { ...video, work: 'image to video' }],
  ['kling-image-o1', video],
  ['kling-image-o1', { work: 'image edit' }],
  ['kling-v3-omni', { work: 'upscale', still }],
  ['kling-v1-6', video],
])('%s is not asked for what it does not do (%j)', async (model, asked) => {
  const rig = rigOf();
  expect(await troubleOf(makeOnce(kling, requestOf(model, asked), rig))).toMatchObject({ kind: 'invalid' });
  expect([rig.paying, double.asked]).toEqual([0, []]);
});

test('a job whose answer was lost is found by its name; one that was never sent is not', async () => {
  const rig = rigOf();
  expect(await kling.lookup!('take-1', rig.access, requestOf('kling-v3', video))).toBe(undefined);
  double.script({ at: 'submit', cut: 'before answer' });
  expect(await troubleOf(makeOnce(kling, requestOf('kling-v3', video), rig))).toMatchObject({ kind: 'lost' });
  const found = await kling.lookup!('take-1', rig.access, requestOf('kling-v3', video));
  expect(found).toEqual({ job: { id: '89360594640281' } });
  expect(await kling.follow!(found!.job, rig.access, requestOf('kling-v3', video))).toMatchObject({ output: {} });
  expect(double.paid).toBe(1);
});

test('one that is sent again is not paid again: the first is found', async () => {
  const rig = rigOf();
  const once = await kling.submit(requestOf('kling-image-o1'), rig.access);
  expect(await kling.submit(requestOf('kling-image-o1'), rig.access)).toEqual(once);
  expect(double.paid).toBe(1);
});

test.each([
  [{ message: 'Failure to pass the risk control system' }, true, undefined],
  [{ message: 'Something broke.', billing: [] }, false, undefined],
  [{ billing: CASH }, true, 420_000],
] as const)('a task that failed with %j: it has no code, and may cost: %s', async (end, mayCost, charged) => {
  double.nextGoes({ status: 'processing' }, { status: 'failed', ...end });
  const trouble = await troubleOf(makeOnce(kling, requestOf('kling-v3', video), rigOf()));
  expect([trouble.kind, trouble.facts.mayCost, trouble.facts.charged]).toEqual(['unexplained', mayCost, charged]);
  // Told without a status, or it would be asked after again.
  expect(trouble.facts.status).toBe(undefined);
  expect(double.paid).toBe(1);
});

test('a task that is gone, and one without a result, were paid for', async () => {
  const { access } = rigOf();
  const gone = kling.follow!({ id: '1' }, access, requestOf('kling-v3', video));
  expect(await troubleOf(gone)).toMatchObject({ kind: 'gone', facts: { mayCost: true } });
  double.nextGoes({ status: 'succeeded', outputs: [] });
  const empty = makeOnce(kling, requestOf('kling-v3', video), rigOf());
  expect(await troubleOf(empty)).toMatchObject({ kind: 'unreadable', facts: { mayCost: true } });
});

test.each([null, '', '1e999', 1e30, -1, {}])('a charge of %j is no amount', async (amount) => {
  double.nextGoes({ status: 'succeeded', billing: [{ ...CASH[0], amount } as never] });
  expect(await makeOnce(kling, requestOf('kling-v3', video), rigOf())).not.toHaveProperty('charged');
});

test.each([
  ['kling-v3 std', 3840, '720p'],
  ['kling-v3 pro', 1280, '1080p'],
  ['kling-v3 pro', 3840, '4k'],
] as const)('%s keeps to its resolutions: %i pixels wide is asked for in %s', async (model, width, resolution) => {
  await makeOnce(kling, requestOf(model, { ...video, width, height: (width * 9) / 16 }), rigOf());
  const { json } = double.asked.find(({ method }) => method === 'POST')!;
  expect(json).toMatchObject({ settings: { resolution } });
});

test('units of a pack are no money', async () => {
  double.nextGoes({ status: 'succeeded', billing: [{ charge_type: 'unit', amount: '2.4', package_type: 'video' }] });
  expect(await makeOnce(kling, requestOf('kling-v3', video), rigOf())).not.toHaveProperty('charged');
});

test('a refusal that only the body tells of is one, and an answer that says nothing leaves it open', async () => {
  const attempt = (says: unknown) => {
    double.script({ at: 'submit', status: 200, body: says });
    return troubleOf(makeOnce(kling, requestOf('kling-v3', video), rigOf()));
  };
  expect(await attempt({ code: 1301, message: 'No.' })).toMatchObject({ kind: 'refused', facts: { code: '1301' } });
  expect(await attempt({ code: 0, data: {} })).toMatchObject({ kind: 'lost' });
  expect(await attempt({ hello: 'world' })).toMatchObject({ kind: 'lost' });
});

test('a wrong key is refused, and what is taken is said', async () => {
  const { access } = accessRig(kling, double.url, { key: 'access:secret' });
  const trouble = await troubleOf(kling.test(access));
  expect(trouble).toMatchObject({ kind: 'key', facts: { code: '1002' } });
  expect(inWords(trouble.facts.hint!)).toBe('It takes an API key, not an access key with a secret key.');
});

describe('when it goes wrong', () => {
  const body = 'As the service words it.';
  const coded = (status: number, code: number) => ({ status, body: { code, message: body }, code: String(code) });
  testFaults({
    adapter: kling,
    request: requestOf('kling-v3', video),
    start: () => startKling(),
    baseOf: ({ url }) => url,
    cases: {
      '400': { status: 400, body, kind: 'invalid' },
      '400 / 1201': { ...coded(400, 1201), kind: 'invalid' },
      '400 / 1301': { ...coded(400, 1301), kind: 'refused' },
      '401 / 1004': { ...coded(401, 1004), kind: 'key' },
      '402': { status: 402, body, kind: 'billing' },
      '403 / 1103': { ...coded(403, 1103), kind: 'forbidden' },
      '404 / 1203': { ...coded(404, 1203), kind: 'retired' },
      '409': { status: 409, body, kind: 'invalid' },
      '413': { status: 413, body, kind: 'invalid' },
      '422': { status: 422, body, kind: 'invalid' },
      '429': { status: 429, body, kind: 'busy' },
      '429 / 1101': { ...coded(429, 1101), kind: 'billing' },
      '429 / 1102': { ...coded(429, 1102), kind: 'billing' },
      '429 / 1303 with a header': {
        ...coded(429, 1303),
        headers: { 'retry-after': '3' },
        kind: 'busy',
        retryAfterMs: 3000,
      },
      '429 / 1304': { ...coded(429, 1304), kind: 'key' },
      '500': { status: 500, body, kind: 'broken' },
      '500 / 5000': { ...coded(500, 5000), kind: 'lost' },
      '503 / 5001': { ...coded(503, 5001), kind: 'broken' },
      '504 / 5002': { ...coded(504, 5002), kind: 'lost' },
    },
  });
});
