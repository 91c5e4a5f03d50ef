/** Luma: the double behaves for the client of Dream Machine, and our adapter asks each service for what it makes. */
import LumaAI from 'lumaai';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { luma } from '../../src/providers/luma.ts';
import type { JobRequest } from '../../src/routing/job-request.ts';
import { accessRig } from '../rig/access.ts';
import { requestTo } from '../rig/requests.ts';
import { makeOnce, testFaults, troubleOf } from '../rig/service-faults.ts';
import { AGENTS_KEY, DREAM_MACHINE_KEY, startLuma, type LumaDouble } from './luma.ts';
import { madePicture } from './made-picture.ts';

let double: LumaDouble;
beforeEach(async () => void (double = await startLuma()));
afterEach(() => double.close());

const pictures = {
  still: { bytes: madePicture('still'), mime: 'image/png' },
  last: { bytes: madePicture('last'), mime: 'image/jpeg' },
};
const sentAs = (name: keyof typeof pictures) => ({
  data: Buffer.from(pictures[name].bytes).toString('base64'),
  media_type: pictures[name].mime,
});
const attached = (picture: string) => ({ picture, width: 64, height: 64 });
const still = attached('still');
const lastFrame = attached('last');
const reference = { ...attached('last'), strength: 1 };
const prompt = 'A lighthouse at dusk';
const requestOf = (model: string, more: Partial<JobRequest> = {}) => requestTo('luma', model, more);
const isOld = (model: string) => /^(ray-2|ray-flash-2|photon)/.test(model);
const rigOf = (model = 'uni-1', key = isOld(model) ? DREAM_MACHINE_KEY : AGENTS_KEY) =>
  accessRig(luma, double.base, { key, pictures });

describe("Luma's own client of Dream Machine", () => {
  const client = () => new LumaAI({ authToken: DREAM_MACHINE_KEY, baseURL: double.base, maxRetries: 0 });

  test('sends, asks after and fetches', async () => {
    const asked = { model: 'ray-2', prompt, aspect_ratio: '16:9', duration: '5s' } as const;
    const { id } = await client().generations.create(asked);
    const seen: (string | undefined)[] = [];
    for (let at = 0; at < 3; at++) seen.push((await client().generations.get(id!)).state);
    expect(seen).toEqual(['queued', 'dreaming', 'completed']);
    const { assets } = await client().generations.get(id!);
    const made = await fetch(assets!.video!);
    expect(new Uint8Array(await made.arrayBuffer())).toEqual(madePicture(asked));
    expect((await client().generations.list()).generations).toHaveLength(1);
    expect(double.paid).toBe(1);
  });

  test('makes pictures, takes back and hears why not', async () => {
    const { id } = await client().generations.image.create({ model: 'photon-1', prompt });
    expect((await client().generations.get(id!)).generation_type).toBe('image');
    await client().generations.delete(id!);
    await expect(client().generations.get(id!)).rejects.toMatchObject({ status: 404 });
    expect(await client().credits.get()).toEqual({ credit_balance: 900 });
    const stranger = new LumaAI({ authToken: 'wrong', baseURL: double.base, maxRetries: 0 });
    await expect(stranger.ping.check()).rejects.toMatchObject({ status: 401 });
  });
});

const video = { work: 'text to video', seconds: 6, width: 1280, height: 720, ratio: [16, 9] } as const;
const old = { at: 'video', model: 'ray-2', prompt } satisfies {
  at: 'video';
} & LumaAI.Generations.GenerationCreateParams;
const CASES: readonly (readonly [model: string, asked: Partial<JobRequest>, sent: object])[] = [
  ['uni-1', {}, { at: 'agents', model: 'uni-1', type: 'image', prompt, aspect_ratio: '1:1', output_format: 'png' }],
  [
    'uni-1-max',
    { references: [reference], seed: 7, negative: 'fog', guidance: 3 },
    {
      at: 'agents',
      model: 'uni-1-max',
      type: 'image',
      prompt,
      aspect_ratio: '1:1',
      output_format: 'png',
      image_ref: [sentAs('last')],
    },
  ],
  [
    'uni-1',
    { work: 'image edit', still, references: Array.from({ length: 12 }, () => reference) },
    {
      at: 'agents',
      model: 'uni-1',
      type: 'image_edit',
      prompt,
      output_format: 'png',
      source: sentAs('still'),
      image_ref: Array.from({ length: 8 }, () => sentAs('last')),
    },
  ],
  [
    'ray-3.2',
    video,
    {
      at: 'agents',
      model: 'ray-3.2',
      type: 'video',
      prompt,
      aspect_ratio: '16:9',
      video: { resolution: '720p', duration: '10s' },
    },
  ],
  [
    'ray-3.2',
    { ...video, work: 'image to video', seconds: 5, still, lastFrame },
    {
      at: 'agents',
      model: 'ray-3.2',
      type: 'video',
      prompt,
      video: { resolution: '720p', duration: '5s', start_frame: sentAs('still'), end_frame: sentAs('last') },
    },
  ],
  ['ray-2', video, { ...old, aspect_ratio: '16:9', resolution: '720p', duration: '9s' }],
  [
    'photon-flash-1',
    { width: 2560, height: 1080 },
    { at: 'image', model: 'photon-flash-1', prompt, aspect_ratio: '21:9', format: 'png' },
  ],
];
test.each(CASES)('%s is asked once for what it takes', async (model, asked, sent) => {
  const rig = rigOf(model);
  const made = await makeOnce(luma, requestOf(model, asked), rig);
  expect(double.orders.map(({ at, input }) => ({ at, ...input }))).toEqual([sent]);
  expect(made).toEqual({ output: { url: expect.stringMatching(/\/made\/(agents|dream)-1$/) } });
  expect(rig.steps).toEqual([{ state: 'queued' }, { state: 'running' }]);
  expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
});

test('held to a frame it makes five seconds, and says so', async () => {
  const asked = requestOf('ray-3.2', { ...video, work: 'image to video', seconds: 10, still });
  const { notes } = await makeOnce(luma, asked, rigOf());
  expect(double.orders[0]!.input['video']).toMatchObject({ duration: '5s' });
  expect(notes!.map((note) => inWords(note))).toEqual([
    'Length: 5 s in place of 10 s; other lengths are not made by Ray 3.2.',
  ]);
});

test.each([
  ['ray-2', { ...video, work: 'image to video', still }],
  ['ray-flash-2', { ...video, lastFrame }],
  ['photon-1', { work: 'image edit', still }],
  ['photon-1', { references: [reference] }],
] as const)('%s takes no picture of this computer: that is said before anything is sent', async (model, asked) => {
  const rig = rigOf(model);
  const trouble = await troubleOf(makeOnce(luma, requestOf(model, asked), rig));
  expect(trouble.kind).toBe('invalid');
  expect(trouble.message).toBe(
    'Luma can only fetch pictures for this model from public addresses, and yours are on this computer.',
  );
  expect([rig.paying, double.asked]).toEqual([0, []]);
});

test.each<readonly [string, Partial<JobRequest>]>([
  ['ray-3.2', {}],
  ['ray-3.2', { ...video, work: 'image to video' }],
  ['uni-1', video],
  ['uni-1', { work: 'upscale', still }],
  ['ray-1-6', video],
])('%s is not asked for what it does not do (%j)', async (model, asked) => {
  const rig = rigOf(model);
  expect(await troubleOf(makeOnce(luma, requestOf(model, asked), rig))).toMatchObject({ kind: 'invalid' });
  expect([rig.paying, double.asked]).toEqual([0, []]);
});

test.each([
  ['content_moderated', undefined, 'refused'],
  ['budget_exhausted', undefined, 'billing'],
  ['image_too_large', undefined, 'invalid'],
  ['generation_failed', undefined, 'broken'],
  ['output_not_found', undefined, 'broken'],
  [undefined, 'Moderation failed for frame0.', 'unexplained'],
  [undefined, 'It ran out of memory.', 'unexplained'],
] as const)('a generation that failed with %s, “%s”: %s', async (code, reason, kind) => {
  double.nextGoes(
    { state: 'processing' },
    { state: 'failed', ...(code ? { failure_code: code } : {}), ...(reason ? { failure_reason: reason } : {}) },
  );
  const trouble = await troubleOf(makeOnce(luma, requestOf('uni-1'), rigOf()));
  expect([trouble.kind, trouble.facts.code]).toEqual([kind, code]);
  // Told without a status, or it would be asked after again.
  expect(trouble.facts.status).toBe(undefined);
  expect(double.paid).toBe(1);
});

test('a generation that is gone was paid for', async () => {
  double.script({ at: 'status', status: 404, body: { detail: 'Generation not found' } });
  expect(await troubleOf(makeOnce(luma, requestOf('uni-1'), rigOf()))).toMatchObject({
    kind: 'gone',
    facts: { mayCost: true },
  });
});

test('taking back: only Dream Machine can, and never what is made', async () => {
  const send = async (model: string, asked: Partial<JobRequest>) => {
    const { access } = rigOf(model);
    const sent = await luma.submit(requestOf(model, asked), access);
    return { access, job: 'job' in sent ? sent.job : {} };
  };
  const agents = await send('ray-3.2', video);
  expect(await luma.cancel!(agents.job, agents.access)).toBe('late');
  const waiting = await send('ray-2', video);
  expect(await luma.cancel!(waiting.job, waiting.access)).toBe('asked');
  double.nextGoes({ state: 'completed' });
  const made = await send('ray-2', video);
  expect(await luma.cancel!(made.job, made.access)).toBe('late');
  expect(await luma.follow!(made.job, made.access, requestOf('ray-2', video))).toMatchObject({ output: {} });
});

test('a key of either kind is taken; one of the other kind says which it is', async () => {
  await luma.test(rigOf('uni-1', DREAM_MACHINE_KEY).access);
  expect(await troubleOf(luma.test(rigOf('uni-1', 'wrong').access))).toMatchObject({ kind: 'key' });
  const trouble = await troubleOf(makeOnce(luma, requestOf('uni-1'), rigOf('uni-1', DREAM_MACHINE_KEY)));
  expect(trouble.kind).toBe('key');
  expect(inWords(trouble.facts.hint!)).toContain('keys of two kinds');
  expect(double.paid).toBe(0);
});

test('with the address of the vendor, each service is asked at its own', async () => {
  const asked: string[] = [];
  const access = {
    ...rigOf().access,
    base: luma.home,
    call: async ({ to }: { to: string }) => {
      asked.push(to);
      return { status: 200, headers: new Headers(), text: '', json: { id: 'x' } };
    },
  };
  await luma.submit(requestOf('uni-1'), access);
  await luma.submit(requestOf('photon-1'), access);
  expect(asked).toEqual([
    'https://agents.lumalabs.ai/v1/generations',
    'https://api.lumalabs.ai/dream-machine/v1/generations/image',
  ]);
});

describe.each(['uni-1', 'photon-1'])('when it goes wrong (%s)', (model) => {
  const body = { detail: 'As the service words it.' };
  testFaults({
    adapter: luma,
    request: requestOf(model),
    start: () => startLuma(isOld(model) ? { agents: 'another', dreamMachine: 'test-key' } : { agents: 'test-key' }),
    baseOf: ({ url }) => `${url}/v1`,
    cases: {
      '400': { status: 400, body, kind: 'invalid' },
      '401': { status: 401, body, kind: 'key' },
      '402': { status: 402, body, kind: 'billing' },
      '403': { status: 403, body, kind: 'forbidden' },
      '404': { status: 404, body, kind: 'retired' },
      '409': { status: 409, body, kind: 'invalid' },
      '413': { status: 413, body: 'too large', kind: 'invalid' },
      '422': { status: 422, body: { detail: [{ loc: ['body', 'prompt'], msg: 'wrong' }] }, kind: 'invalid' },
      '429': { status: 429, body, kind: 'busy' },
      '429 with a header': { status: 429, headers: { 'retry-after': '3' }, body, kind: 'busy', retryAfterMs: 3000 },
      '500': { status: 500, body, kind: 'broken' },
      '502': { status: 502, body, kind: 'lost' },
      '503': { status: 503, body, kind: 'broken' },
    },
  });
});
