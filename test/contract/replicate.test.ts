/** Replicate: the double behaves for its own client, and our adapter says the right thing in every case. */
import Replicate from 'replicate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import type { OtherJob } from '../../src/providers/adapter.ts';
import { replicate } from '../../src/providers/replicate.ts';
import type { ServiceTrouble } from '../../src/providers/service-trouble.ts';
import type { JobRequest, ModelFields } from '../../src/routing/job-request.ts';
import { accessRig } from '../rig/access.ts';
import { PIXEL } from './fal.ts';
import { REPLICATE_TOKEN, startReplicate, VERSIONED, type ReplicateDouble } from './replicate.ts';
import { requestTo } from '../rig/requests.ts';

let double: ReplicateDouble;
beforeEach(async () => void (double = await startReplicate()));
afterEach(() => double.close());

const model = 'black-forest-labs/flux-schnell';
const fields: ModelFields = { seed: 'seed', still: { name: 'image' } };
const request = (over: Partial<JobRequest> = {}) =>
  requestTo('replicate', model, { prompt: 'A fox', seed: 0, fields, ...over });
const still = (picture: string) => request({ still: { picture, width: 1, height: 1 } });
const pictures = {
  small: { bytes: new Uint8Array(PIXEL), mime: 'image/png' },
  large: { bytes: new Uint8Array(300 * 1024), mime: 'image/png' },
};
const rig = (key = REPLICATE_TOKEN, more: { sentAt?: number; others?: readonly OtherJob[] } = {}) =>
  accessRig(replicate, double.base, { key, pictures, ...more });

/** Sends a job and waits for it, as the job service does. */
async function make(asked = request(), { access } = rig()) {
  const sent = await replicate.submit(asked, access);
  if (!('job' in sent)) throw new Error('It was made at once.');
  return replicate.follow!(sent.job, access, asked);
}
const troubleOf = (work: Promise<unknown>): Promise<ServiceTrouble> =>
  work.then(
    () => Promise.reject(new Error('Nothing went wrong.')),
    (thrown: ServiceTrouble) => thrown,
  );

describe("Replicate's own client", () => {
  const client = () => new Replicate({ auth: REPLICATE_TOKEN, baseUrl: double.base, useFileOutput: false });

  test('runs a model, by name and by version, and waits', async () => {
    const seen: string[] = [];
    const output = await client().run(model, { input: { prompt: 'A fox' }, wait: { mode: 'poll', interval: 1 } }, (p) =>
      seen.push(p.status),
    );
    expect(output).toEqual([`${double.url}/delivery/prediction1.png`]);
    expect(seen).toEqual(['starting', 'starting', 'processing', 'succeeded']);
    await client().run(VERSIONED as `${string}/${string}`, { input: { prompt: 'A fox' } });
    expect(double.orders.map((order) => order.model)).toEqual([model, VERSIONED.split(':')[1]]);
    const { results } = await client().predictions.list();
    expect(results.map(({ id }) => id)).toEqual(['prediction2', 'prediction1']);
  });

  test('takes back, and hears why not', async () => {
    const { id } = await client().predictions.create({ model, input: { prompt: 'A fox' } });
    expect((await client().predictions.cancel(id)).status).toBe('canceled');
    double.next({ end: { status: 'failed', error: 'NSFW content detected.' } });
    await expect(client().run(model, { input: { prompt: 'A fox' } })).rejects.toThrow('NSFW content detected.');
    await expect(client().run('nobody/nothing', { input: {} })).rejects.toMatchObject({ response: { status: 404 } });
  });

  test('uploads', async () => {
    await client().run(model, { input: { prompt: 'A fox', image: new Blob(['pixels'], { type: 'image/png' }) } });
    const [url] = double.files.keys();
    expect(double.orders[0]!.input['image']).toBe(url);
  });
});

test('a picture is made: sent once, its seed read from the logs, its progress told', async () => {
  double.next({
    waits: 1,
    logs: ['Using seed: 0\n', ' 10%|█         | 1/10 [00:01<00:09]\n 50%|█████     | 5/10 [00:05<00:05]\n'],
  });
  const used = rig();
  expect(await make(request(), used)).toEqual({
    output: { url: `${double.url}/delivery/prediction1.png` },
    seed: 0,
  });
  expect(double.orders).toEqual([{ model, input: { prompt: 'A fox', seed: 0 } }]);
  expect(used.steps).toEqual([{ state: 'queued' }, { state: 'running' }, { state: 'running', fraction: 0.5 }]);
  expect([used.paying, double.paid]).toEqual([1, 1]);
});

test('a version is asked for as one', async () => {
  await make(request({ model: VERSIONED }));
  expect(double.orders[0]!.model).toBe(VERSIONED.split(':')[1]);
  const trouble = await troubleOf(make(request({ model: 'stability-ai/sdxl:0123' })));
  expect(trouble).toMatchObject({ kind: 'retired', facts: { status: 422 } });
});

test('what was made is an address, a list, an object, or the bytes themselves', async () => {
  const url = 'https://replicate.delivery/x/out.mp4';
  for (const output of [url, [url, 'https://replicate.delivery/x/2.mp4'], { seed: 7, video: url }, [{ image: url }]]) {
    double.next({ end: { output } });
    expect(await make()).toEqual({ output: { url } });
  }
  double.next({ end: { output: `data:image/png;base64,${PIXEL.toString('base64')}` } });
  expect(await make()).toEqual({ output: { bytes: new Uint8Array(PIXEL) } });
});

test('small pictures go along, larger ones are uploaded first', async () => {
  await make(still('small'));
  expect(double.orders[0]!.input['image']).toBe(`data:image/png;base64,${PIXEL.toString('base64')}`);
  expect(double.files.size).toBe(0);
  await make(still('large'));
  const [[url, body]] = [...double.files] as [[string, string]];
  expect(double.orders[1]!.input['image']).toBe(url);
  expect(body).toContain('filename="large.png"');
  expect(body.length).toBeGreaterThan(300 * 1024);
});

test('a job goes on in another process by what the journal keeps', async () => {
  const sent = await replicate.submit(request(), rig().access);
  const kept = JSON.parse(JSON.stringify(sent)) as { job: Record<string, string> };
  expect(JSON.stringify(kept)).not.toContain(REPLICATE_TOKEN);
  await replicate.follow!(kept.job, rig().access, request());
  expect(double.paid).toBe(1);
});

test('the answer of the call that pays is lost: it is paid for once, and said to be lost', async () => {
  for (const fault of [
    { at: 'submit', cut: 'before answer' },
    { at: 'submit', cut: 'in the middle' },
    { at: 'submit', says: '<html>Bad gateway</html>' },
    { at: 'submit', says: '{"status":"starting"}' },
  ] as const) {
    const before = double.paid;
    const used = rig();
    double.script(fault);
    expect(await troubleOf(make(request(), used))).toMatchObject({ kind: 'lost' });
    expect([used.paying, double.paid - before]).toEqual([1, 1]);
  }
});

describe('a job whose answer was lost', () => {
  const lose = async (asked = request()) => {
    double.script({ at: 'submit', cut: 'before answer' });
    await troubleOf(make(asked));
  };
  const look = (more: Parameters<typeof rig>[1] = {}, asked = request()) =>
    replicate.lookup!('take-1', rig(REPLICATE_TOKEN, more).access, asked);
  const refOf = (n: number) => ({
    id: `prediction${n}`,
    get: `${double.base}/predictions/prediction${n}`,
    cancel: `${double.base}/predictions/prediction${n}/cancel`,
  });
  /** Nobody knows, and it is asked again for a while. */
  const nobodyKnows = async (work: Promise<unknown>) => expect(await troubleOf(work)).toMatchObject({ kind: 'lost' });

  test('is found by its model and input, and followed', async () => {
    await lose(request({ prompt: 'An owl' }));
    await lose();
    await lose(request({ seed: 1 }));
    const there = await look();
    expect(there).toEqual({ job: refOf(2) });
    const made = await replicate.follow!(there!.job, rig().access, request());
    expect(made.output).toEqual({ url: `${double.url}/delivery/prediction2.png` });
    expect(double.paid).toBe(3);
  });

  test('is found by its version', async () => {
    await lose(request({ model: VERSIONED }));
    expect(await look({}, request({ model: VERSIONED }))).toEqual({ job: refOf(1) });
    await nobodyKnows(look({}, request({ model: `stability-ai/sdxl:${'0'.repeat(64)}` })));
  });

  test('is found behind pages of others; a list without end says nothing', async () => {
    await lose();
    for (let n = 0; n < 9; n++) await lose(request({ seed: n + 1 }));
    double.settings.pageSize = 2;
    expect(await look()).toEqual({ job: refOf(1) });
    double.settings.pageSize = 1;
    await lose(request({ seed: 10 }));
    await nobodyKnows(look());
  });

  test('is not known if two could be it, as where somebody else asked for the same', async () => {
    await lose();
    await make();
    await nobodyKnows(look());
    // One of them is another job of ours.
    expect(await look({ others: [{ request: request(), ref: refOf(2) }] })).toEqual({ job: refOf(1) });
  });

  test('is not known if another of ours that is lost could be what is there', async () => {
    await lose();
    await nobodyKnows(look({ others: [{ request: request() }] }));
    expect(await look({ others: [{ request: request({ seed: 1 }) }] })).toEqual({ job: refOf(1) });
  });

  test('is not known if nothing is there, or only what was asked for at another time', async () => {
    await nobodyKnows(look());
    await lose();
    for (const apart of [-70_000, 10_000]) await nobodyKnows(look({ sentAt: Date.now() + apart }));
    double.settings.clock = 3_600_000;
    await lose();
    expect(await look()).toEqual({ job: refOf(1) });
  });

  test('is not known once its input is removed, and where pictures went along', async () => {
    double.next({ end: { data_removed: true } });
    await lose();
    await nobodyKnows(look());
    await lose(still('small'));
    expect(await troubleOf(look({}, still('small')))).toMatchObject({ kind: 'unreadable' });
  });

  test.each([
    [{ says: '{}' }, 'lost'],
    [{ says: '<html>' }, 'lost'],
    [{ cut: 'in the middle' }, 'lost'],
    [{ status: 500 }, 'broken'],
    [{ status: 401 }, 'key'],
  ] as const)('is not known if the list answers with %o', async (fault, kind) => {
    await lose();
    double.script({ at: 'list', ...fault });
    expect(await troubleOf(look())).toMatchObject({ kind });
    expect(await look()).toEqual({ job: refOf(1) });
    expect(double.paid).toBe(1);
  });
});

test('an upload is cut: nothing is paid for', async () => {
  for (const cut of ['before answer', 'in the middle'] as const) {
    const used = rig();
    double.script({ at: 'upload', cut });
    expect(await troubleOf(make(still('large'), used))).toMatchObject({ kind: 'lost' });
    expect([used.paying, double.paid]).toEqual([0, 0]);
  }
});

test('nobody is there: nothing was sent', async () => {
  await double.close();
  expect(await troubleOf(make())).toMatchObject({ kind: 'unreachable' });
});

const told = (title: string, detail = '') => ({ title, detail });
const throttled = { detail: 'Request was throttled. Your rate limit resets in ~30s.', status: 429 };
test.each([
  [401, told('Unauthenticated'), {}, 'key', { code: 'Unauthenticated' }],
  [402, told('Insufficient credit'), {}, 'billing', {}],
  [403, told('Forbidden'), {}, 'forbidden', {}],
  [404, told('Not found'), {}, 'retired', {}],
  [409, told('Conflict'), {}, 'invalid', {}],
  [413, 'Payload too large', {}, 'invalid', {}],
  [422, told('Input validation failed', '- input.prompt: required'), {}, 'invalid', {}],
  [422, told('Invalid version or not permitted'), {}, 'retired', {}],
  [429, throttled, {}, 'busy', { retryAfterMs: 30_000 }],
  [429, throttled, { 'retry-after': '7' }, 'busy', { retryAfterMs: 7000 }],
  [429, told('Slow down'), {}, 'busy', {}],
  [500, told('Internal server error'), {}, 'broken', {}],
  [503, 'Service unavailable', {}, 'broken', {}],
  [504, 'Gateway timeout', {}, 'lost', {}],
])('%i %j %j: %s', async (status, body, headers, kind, facts) => {
  double.script({ at: 'submit', status, body, headers });
  expect(await troubleOf(make())).toMatchObject({ kind, facts: { status, ...facts } });
  expect(double.paid).toBe(0);
});

test.each([
  [{ status: 'failed', error: 'CUDA out of memory' }, 'unexplained', { mayCost: true }],
  [{ status: 'failed', error: 'Timed out starting (E6716)', predict_time: 0 }, 'broken', { code: 'E6716' }],
  [{ status: 'failed', error: 'NSFW content detected. Try another prompt.' }, 'unexplained', { mayCost: true }],
  [{ status: 'failed', error: 'It was flagged. (E005)', predict_time: 0 }, 'refused', { mayCost: false }],
  [{ status: 'canceled' }, 'cancelled', { mayCost: true }],
  [{ status: 'aborted' }, 'cancelled', { mayCost: false }],
  [{ output: null, data_removed: true }, 'gone', { mayCost: true }],
  [{ output: ['I would rather not.'] }, 'unreadable', { mayCost: true }],
] as const)('a prediction that ended with %j: %s', async (end, kind, facts) => {
  double.next({ end });
  const trouble = await troubleOf(make());
  expect(trouble).toMatchObject({ kind, facts });
  // Told without a status, or it would be asked for again.
  expect(trouble.facts.status).toBe(undefined);
});

test('what the model says itself is passed on', async () => {
  double.next({ end: { status: 'failed', error: 'The prompt is too long.' } });
  const { facts } = await troubleOf(make());
  expect(inWords(facts.hint!)).toBe('In the words of Replicate: “The prompt is too long.”');
});

test('a question that fails says nothing of the job', async () => {
  const { access } = rig();
  const { job } = (await replicate.submit(request(), access)) as { job: Record<string, string> };
  const follow = () => replicate.follow!(job, access, request());
  double.script({ at: 'status', cut: 'in the middle' }, { at: 'status', status: 500 });
  expect(await troubleOf(follow())).toMatchObject({ kind: 'lost' });
  expect(await troubleOf(follow())).toMatchObject({ facts: { status: 500 } });
  double.script({ at: 'status', status: 401 }, { at: 'status', status: 404 });
  expect(await troubleOf(follow())).toMatchObject({ kind: 'key', facts: { mayCost: true } });
  expect(await troubleOf(follow())).toMatchObject({ kind: 'gone' });
  await follow();
  expect(double.paid).toBe(1);
});

test('taking back: before it began, while it is at work, too late', async () => {
  const { access } = rig();
  const send = async () => ((await replicate.submit(request(), access)) as { job: Record<string, string> }).job;
  expect(await replicate.cancel!(await send(), access)).toBe('cancelled');
  double.next({ waits: 0, logs: Array.from({ length: 10_000 }, () => '.') });
  const job = await send();
  const stop = new AbortController();
  const used = accessRig(replicate, double.base, { key: REPLICATE_TOKEN, signal: stop.signal });
  const following = replicate.follow!(job, used.access, request());
  await expect.poll(() => used.steps.length).toBeGreaterThan(1);
  stop.abort(new Error('Enough.'));
  await expect(following).rejects.toThrow('Enough.');
  expect(await replicate.cancel!(job, access)).toBe('asked');
  const made = await send();
  await replicate.follow!(made, access, request());
  expect(await replicate.cancel!(made, access)).toBe('late');
});

test('the test of a key costs nothing', async () => {
  await replicate.test(rig().access);
  expect(await troubleOf(replicate.test(rig('wrong').access))).toMatchObject({ kind: 'key' });
  expect(double.paid).toBe(0);
});
