import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { minimax } from '../../src/providers/minimax.ts';
import { madePicture } from '../contract/made-picture.ts';
import { contentsIn, minimaxError, startMinimax, type MinimaxDouble, type MinimaxTask } from '../contract/minimax.ts';
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
const clip = { work: 'text to video', width: 1280, height: 720, ratio: [16, 9], seconds: 6 } as const;
const requestOf = (more: Parameters<typeof requestTo>[2] = {}) =>
  requestTo('minimax', 'MiniMax-H3', { ...clip, ...more });

let double: MinimaxDouble;
beforeEach(async () => void (double = await startMinimax()));
afterEach(() => double.close());
const rigOf = () => accessRig(minimax, double.url, { pictures: PICTURES });

const prompt = 'A lighthouse at dusk';
test.each([
  [
    { seed: 0, negative: 'fog', guidance: 5, fps: 24 },
    [['text', prompt]],
    { seed: 0, ratio: '16:9', resolution: '768P', duration: 6 },
  ],
  [
    { seconds: 2, seed: 2 ** 31, width: 1440, height: 2560, ratio: [9, 16] },
    [['text', prompt]],
    { seed: 0, ratio: '9:16', resolution: '2K', duration: 5 },
  ],
  [
    { work: 'image to video', still, lastFrame, seconds: 40 },
    [
      ['text', prompt],
      ['first_frame', inline('still')],
      ['last_frame', inline('last')],
    ],
    { resolution: '768P', duration: 15 },
  ],
  [
    { references },
    [
      ['text', prompt],
      ['reference_image', inline('one')],
    ],
    { ratio: '16:9', resolution: '768P', duration: 6 },
  ],
  [
    { work: 'image to video', still, prompt: '' },
    [['first_frame', inline('still')]],
    { resolution: '768P', duration: 6 },
  ],
] as const)('%j is asked for once, in its words, and asked after', async (more, contents, parameters) => {
  const rig = rigOf();
  const made = await makeOnce(minimax, requestOf(more), rig);
  const { content, ...sent } = double.asked[0]!.json as Record<string, unknown>;
  expect(contentsIn({ content })).toEqual(contents);
  expect(sent).toEqual({ model: 'MiniMax-H3', ...parameters });
  expect(made).toEqual({ output: { url: `${double.url}/clips/1` }, notes: [] });
  expect(rig.steps).toEqual([{ state: 'queued' }, { state: 'running' }]);
  expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 1, paying: 1 });
});

test('references beside a first frame are not sent, and that is said', async () => {
  const made = await makeOnce(minimax, requestOf({ work: 'image to video', still, references }), rigOf());
  expect(contentsIn(double.asked[0]!.json).map(([role]) => role)).toEqual(['text', 'first_frame']);
  expect(made.notes).toHaveLength(1);
});

test('the seed that it says it used is kept', async () => {
  double.nextGoes({ status: 'succeeded', seed: 77 });
  expect((await makeOnce(minimax, requestOf(), rigOf())).seed).toBe(77);
});

test.each([
  ['cancelled', {}, 'cancelled', 'cancelled', false],
  ['expired', {}, 'endless', 'expired', true],
  ['failed', { error: { code: 1026, message: 'Sensitive.' } }, 'refused', '1026', false],
  ['failed', { error: { code: '1027', message: 'Sensitive.' }, usage: { total_seconds: 6 } }, 'refused', '1027', true],
  ['failed', { error: { code: 2013, message: 'Too small.' } }, 'invalid', '2013', false],
  // Kinds that the job service would ask after again are no endings.
  ['failed', { error: { code: 1002, message: 'Busy.' } }, 'broken', '1002', false],
  ['failed', { error: { code: 1000, message: 'Unknown.' } }, 'broken', '1000', false],
  ['failed', {}, 'broken', 'failed', false],
  ['succeeded', { content: {} }, 'unreadable', undefined, true],
] as const)('a task that ends as %s with %j is %s', async (status, more, kind, code, mayCost) => {
  double.nextGoes({ status: 'running' }, { status, ...more });
  const trouble = await troubleOf(makeOnce(minimax, requestOf(), rigOf()));
  expect(trouble).toMatchObject({ kind, facts: { mayCost } });
  expect(trouble.facts).not.toHaveProperty('status');
  expect(trouble.facts.code).toBe(code);
  expect(double.paid).toBe(1);
});

describe('an answer of 200 that tells of a failure', () => {
  test.each([
    [1000, 'broken', 500],
    [1001, 'lost', 504],
    [1002, 'busy', 429],
    [1004, 'key', 401],
    [1008, 'billing', 402],
    [1026, 'refused', 422],
    [2013, 'invalid', 400],
    [2049, 'key', 401],
    [4242, 'invalid', 400],
  ] as const)('%i', async (code, kind, status) => {
    const body = { task_id: '', base_resp: { status_code: code, status_msg: 'As the service words it.' } };
    double.script({ at: 'submit', status: 200, body });
    const rig = rigOf();
    const trouble = await troubleOf(makeOnce(minimax, requestOf(), rig));
    expect(trouble).toMatchObject({ kind, facts: { status, code: String(code) } });
    expect({ paid: double.paid, paying: rig.paying }).toEqual({ paid: 0, paying: 1 });
  });

  test('in the shape of the second version', async () => {
    double.script({ at: 'submit', status: 200, body: minimaxError(402, 1008) });
    expect(await troubleOf(makeOnce(minimax, requestOf(), rigOf()))).toMatchObject({ kind: 'billing' });
    expect(double.paid).toBe(0);
  });

  test('all is well where its code is 0', async () => {
    double.script({ at: 'status', status: 200, body: { task: { status: 'queued' }, base_resp: { status_code: 0 } } });
    await expect(makeOnce(minimax, requestOf(), rigOf())).resolves.toHaveProperty('output');
  });
});

describe('a question after a task that fails', () => {
  const job = { task: 'task-1' };
  test.each([
    ['a task it does not know', { status: 400, body: minimaxError(400, 2013) }, 'gone', true],
    ['a key that is refused now', { status: 401, body: minimaxError(401, 1004) }, 'key', true],
    ['a failure of its own', { status: 500, body: minimaxError(500, 1000) }, 'broken', undefined],
    ['one in an answer of 200', { status: 200, body: { base_resp: { status_code: 1000 } } }, 'broken', undefined],
  ] as const)('%s', async (_, answer, kind, mayCost) => {
    double.script({ at: 'status', ...answer });
    const trouble = await troubleOf(minimax.follow!(job, rigOf().access, requestOf()));
    expect(trouble.kind).toBe(kind);
    expect(trouble.facts.mayCost).toBe(mayCost);
    // Its own failures are asked again, and by their status.
    expect((trouble.facts.status ?? 0) >= 500).toBe(kind === 'broken');
  });
});

describe('taking a task back', () => {
  const cancelled = async (...course: readonly MinimaxTask[]) => {
    double.nextGoes(...course);
    const { access } = rigOf();
    const sent = await minimax.submit(requestOf(), access);
    return 'job' in sent ? minimax.cancel!(sent.job, access) : undefined;
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

test.each(['text to image', 'image edit', 'upscale'] as const)('it is not asked for %s', async (work) => {
  const rig = rigOf();
  expect((await troubleOf(makeOnce(minimax, requestOf({ work, still }), rig))).kind).toBe('invalid');
  expect({ asked: double.asked, paying: rig.paying }).toEqual({ asked: [], paying: 0 });
});

test('a wrong key is refused', async () => {
  expect((await troubleOf(minimax.test(accessRig(minimax, double.url, { key: 'wrong' }).access))).kind).toBe('key');
});

describe('when it goes wrong', () => {
  const body = (status: number, code = 2013) => ({ status, body: minimaxError(status, code) });
  testFaults({
    adapter: minimax,
    request: requestOf(),
    start: () => startMinimax(),
    baseOf: ({ url }) => url,
    cases: {
      '400': { ...body(400), kind: 'invalid', code: '2013' },
      '401': { ...body(401, 1004), kind: 'key', code: '1004' },
      '402': { ...body(402, 1008), kind: 'billing', code: '1008' },
      '403': { status: 403, body: {}, kind: 'forbidden' },
      '404': { status: 404, body: {}, kind: 'retired' },
      '409': { status: 409, body: {}, kind: 'invalid' },
      '413': { status: 413, body: 'too large', kind: 'invalid' },
      '422': { ...body(422, 1026), kind: 'refused', code: '1026' },
      '422 without a code': { status: 422, body: {}, kind: 'refused' },
      '429': { ...body(429, 1002), kind: 'busy', code: '1002' },
      '429 with a header': { ...body(429, 1002), headers: { 'retry-after': '3' }, kind: 'busy', retryAfterMs: 3000 },
      '500': { ...body(500, 1000), kind: 'broken', code: '1000' },
      '503': { status: 503, body: {}, kind: 'broken' },
    },
  });
});
