/** fal: the double behaves for fal's own client, and our adapter says the right thing in every case. */
import { createFalClient } from '@fal-ai/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { fal } from '../../src/providers/fal.ts';
import type { ServiceTrouble } from '../../src/providers/service-trouble.ts';
import type { JobRequest, ModelFields } from '../../src/routing/job-request.ts';
import { accessRig } from '../rig/access.ts';
import { startDouble } from './double.ts';
import { MADE_CLIP } from './made-picture.ts';
import { FAL_KEY, PIXEL, refusal, startFal, type FalDouble } from './fal.ts';
import { requestTo } from '../rig/requests.ts';

let double: FalDouble;
beforeEach(async () => void (double = await startFal()));
afterEach(() => double.close());

const picture = { bytes: new Uint8Array(PIXEL), mime: 'image/png' };
const fields: ModelFields = {
  seed: 'seed',
  still: { name: 'image_url' },
  size: { as: 'object', name: 'image_size' },
};
const request = (over: Partial<JobRequest> = {}) =>
  requestTo('fal', 'fal-ai/flux/schnell', { prompt: 'A fox', seed: 0, height: 768, ratio: [4, 3], fields, ...over });
const withStill = request({ still: { picture: 'still', width: 1, height: 1 } });
const rig = (key = FAL_KEY) => accessRig(fal, double.url, { key, pictures: { still: picture } });

/** Sends a job and waits for it, as the job service does. */
async function make(asked = request(), { access } = rig()) {
  const sent = await fal.submit(asked, access);
  if (!('job' in sent)) throw new Error('It was made at once.');
  return fal.follow!(sent.job, access, asked);
}
const troubleOf = (work: Promise<unknown>): Promise<ServiceTrouble> =>
  work.then(
    () => Promise.reject(new Error('Nothing went wrong.')),
    (thrown: ServiceTrouble) => thrown,
  );

describe("fal's own client", () => {
  const client = () =>
    createFalClient({
      credentials: FAL_KEY,
      retry: { maxRetries: 0 },
      fetch: (url, init) =>
        fetch((url as string).replace(/^https:\/\/(queue\.fal\.run|rest\.fal\.ai)(?=\/)/, double.url), init),
    });
  const model = 'fal-ai/flux/schnell';

  test('sends, waits and fetches', async () => {
    const seen: string[] = [];
    const { data, requestId } = await client().subscribe(model, {
      input: { prompt: 'A fox', seed: 7 },
      pollInterval: 1,
      logs: true,
      onQueueUpdate: ({ status }) => seen.push(status),
    });
    expect(seen).toEqual(['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']);
    expect(requestId).toBe('request-1');
    expect(data.seed).toBe(7);
    const made = await fetch(data.images[0]!.url);
    expect(Buffer.from(await made.arrayBuffer())).toEqual(PIXEL);
    expect(double.paid).toBe(1);
  });

  test('uploads', async () => {
    const { data } = await client().subscribe('fal-ai/flux/dev/image-to-image', {
      input: { prompt: 'A fox', image_url: new Blob([picture.bytes], { type: 'image/png' }) },
      pollInterval: 1,
    });
    expect(data.images).toHaveLength(1);
    expect([...double.uploads.values()]).toEqual([PIXEL]);
  });

  test('takes back', async () => {
    double.next({ places: [2, 1, 0] });
    const { request_id: requestId } = await client().queue.submit(model, { input: { prompt: 'A fox' } });
    await client().queue.cancel(model, { requestId });
    await expect(client().queue.status(model, { requestId })).rejects.toMatchObject({ status: 404 });
  });

  test('hears why not', async () => {
    double.next({ result: refusal('content_policy_violation', 'The content was flagged.', 'prompt') });
    await expect(client().subscribe(model, { input: { prompt: 'A fox' }, pollInterval: 1 })).rejects.toMatchObject({
      name: 'ValidationError',
      status: 422,
      requestId: '',
    });
    const { request_id: requestId } = await client().queue.submit(model, { input: { prompt: 'A fox' } });
    await expect(client().queue.result(model, { requestId })).rejects.toMatchObject({ status: 400 });
    await expect(client().queue.submit('nobody/nothing', { input: {} })).rejects.toMatchObject({ status: 404 });
  });
});

test('a picture is made: sent once, with its seed, and its place and state are told', async () => {
  double.next({ places: [2, 1], atWork: 1 });
  const used = rig();
  expect(await make(request(), used)).toEqual({
    output: { url: `${double.url}/files/made/request-1.png` },
    seed: 0,
  });
  expect(double.inputs).toEqual([{ prompt: 'A fox', seed: 0, image_size: { width: 1024, height: 768 } }]);
  expect(used.steps).toEqual([{ state: 'queued', place: 2 }, { state: 'queued', place: 1 }, { state: 'running' }]);
  expect([used.paying, double.paid]).toEqual([1, 1]);
});

test('pictures go before the job, and their bytes arrive', async () => {
  await make(withStill);
  expect([...double.uploads.values()]).toEqual([PIXEL]);
  expect(double.inputs[0]).toMatchObject({ image_url: `${double.url}/files/1.png` });
});

test('a clip to go on from goes before the job as a picture does, and is asked for as its own client has it', async () => {
  const client = createFalClient({
    credentials: FAL_KEY,
    retry: { maxRetries: 0 },
    fetch: (url, init) =>
      fetch((url as string).replace(/^https:\/\/(queue\.fal\.run|rest\.fal\.ai)(?=\/)/, double.url), init),
  });
  const bytes = new Uint8Array(MADE_CLIP);
  await client.subscribe('fal-ai/veo3.1/extend-video', {
    input: { prompt: 'A fox', duration: '7s', video_url: new Blob([bytes], { type: 'video/mp4' }) },
    pollInterval: 1,
  });
  await make(
    request({
      model: 'fal-ai/veo3.1/extend-video',
      work: 'image to video',
      seconds: 7,
      clip: { picture: 'clip', width: 1280, height: 720, seconds: 0.9 },
      fields: { clip: { name: 'video_url' }, duration: { name: 'duration', as: 'text with s', values: [7] } },
    }),
    accessRig(fal, double.url, { key: FAL_KEY, pictures: { clip: { bytes, mime: 'video/mp4' } } }),
  );
  const [theirs, ours] = [...double.uploads.entries()];
  expect([theirs![1], ours![1]]).toEqual([MADE_CLIP, MADE_CLIP].map((clip) => Buffer.from(clip)));
  expect(double.inputs).toEqual(
    [theirs![0], ours![0]].map((url) => ({ prompt: 'A fox', duration: '7s', video_url: url })),
  );
});

test('a clip is found where clips lie', async () => {
  const made = await make(request({ model: 'fal-ai/veo3.1/fast', work: 'text to video' }));
  expect(made.output).toMatchObject({ url: expect.stringContaining('/files/made/') });
});

test('a job goes on in another process by what the journal keeps', async () => {
  const sent = await fal.submit(request(), rig().access);
  const kept = JSON.parse(JSON.stringify(sent)) as { job: Record<string, string> };
  expect(JSON.stringify(kept)).not.toContain(FAL_KEY);
  expect(await fal.follow!(kept.job, rig().access, request())).toMatchObject({ seed: 0 });
  expect(double.paid).toBe(1);
});

test('a prompt that was rewritten is told', async () => {
  double.next({ result: { body: { video: { url: `${double.url}/files/made/x` }, actual_prompt: 'A red fox' } } });
  const { notes } = await make();
  expect(notes?.map((note) => inWords(note))).toEqual(['fal rewrote the prompt: “A red fox”']);
});

test('the answer of the call that pays is lost: it is paid for once, and said to be lost', async () => {
  for (const fault of [
    { at: 'submit', cut: 'before answer' },
    { at: 'submit', cut: 'in the middle' },
    { at: 'submit', says: '<html>Bad gateway</html>' },
    { at: 'submit', says: '{"status":"IN_QUEUE"}' },
  ] as const) {
    const before = double.paid;
    const used = rig();
    double.script(fault);
    expect(await troubleOf(make(request(), used))).toMatchObject({ kind: 'lost' });
    expect([used.paying, double.paid - before]).toEqual([1, 1]);
  }
});

test('an upload is cut: nothing is paid for', async () => {
  for (const cut of ['before answer', 'in the middle'] as const) {
    const used = rig();
    double.script({ at: 'upload', cut });
    expect(await troubleOf(make(withStill, used))).toMatchObject({ kind: 'lost' });
    expect([used.paying, double.paid]).toEqual([0, 0]);
  }
});

test('nobody is there: nothing was sent', async () => {
  await double.close();
  expect(await troubleOf(make())).toMatchObject({ kind: 'unreachable' });
});

const busy = { detail: 'Too many requests', error_type: 'concurrent_requests_limit' };
const flat = (detail: string, error_type: string) => ({ detail, error_type });
test.each([
  [401, { detail: 'Authentication is required' }, {}, 'key', {}],
  [403, { detail: 'Cannot access application' }, {}, 'forbidden', {}],
  [403, { detail: 'User is locked. Reason: Exhausted balance.' }, {}, 'billing', {}],
  [402, { detail: 'Payment required' }, {}, 'billing', {}],
  [404, { detail: 'Application "x" not found' }, {}, 'retired', {}],
  [410, { detail: 'Gone' }, {}, 'retired', {}],
  [409, { detail: 'Conflict' }, {}, 'invalid', {}],
  [413, { detail: 'Payload too large' }, {}, 'invalid', {}],
  [422, refusal('value_error', 'Too long', 'prompt').body, {}, 'invalid', { code: 'value_error' }],
  [422, refusal('content_policy_violation', 'Flagged', 'prompt').body, {}, 'refused', {}],
  [429, { detail: 'Slow down' }, { 'retry-after': '7' }, 'busy', { retryAfterMs: 7000 }],
  [429, busy, { 'x-fal-needs-retry': '1' }, 'busy', { code: 'concurrent_requests_limit' }],
  [500, flat('Oops', 'internal_error'), {}, 'broken', { code: 'internal_error' }],
  [500, 'Internal Server Error', {}, 'broken', {}],
  [503, flat('No runner', 'runner_scheduling_failure'), {}, 'broken', {}],
  [503, { detail: 'Later' }, { 'retry-after': 'Fri, 27 Nov 1999 12:00:00 GMT' }, 'broken', { retryAfterMs: 0 }],
  [502, 'Bad gateway', {}, 'lost', {}],
  [504, 'Gateway timeout', {}, 'lost', {}],
  [504, { detail: 'Timed out' }, { 'x-fal-request-timeout-type': 'user' }, 'broken', {}],
  [504, { detail: 'Timed out' }, { 'x-fal-error-type': 'startup_timeout' }, 'broken', { code: 'startup_timeout' }],
  [400, flat('Bad', 'bad_request'), {}, 'invalid', { code: 'bad_request' }],
])('%i %j %j: %s', async (status, body, headers, kind, facts) => {
  double.script({ at: 'submit', status, body, headers });
  expect(await troubleOf(make())).toMatchObject({ kind, facts: { status, ...facts } });
  expect(double.paid).toBe(0);
});

test('what the service says itself is passed on, without the key', async () => {
  double.script({ at: 'submit', status: 422, body: { detail: `${FAL_KEY} is no size` } });
  const { facts } = await troubleOf(make());
  expect(inWords(facts.hint!)).toBe('In the words of fal: “••• is no size”');
});

test('completed with an error has failed, and is not asked for again', async () => {
  double.next({ error: { error: 'Runner disconnected', error_type: 'runner_disconnected' } });
  const trouble = await troubleOf(make());
  expect(trouble).toMatchObject({ kind: 'broken', facts: { code: 'runner_disconnected' } });
  expect(trouble.facts.status).toBe(undefined);
  expect(trouble.facts.mayCost).toBe(undefined);
  // Also where something lies in the place of its result.
  double.next({ error: { error: 'Cancelled', error_type: 'client_cancelled' }, result: { body: { images: [] } } });
  expect(await troubleOf(make())).toMatchObject({ kind: 'cancelled', facts: { code: 'client_cancelled' } });
});

test('a model that refuses what it was asked for may charge for it', async () => {
  double.next({ result: refusal('content_policy_violation', 'Flagged', 'prompt') });
  expect(await troubleOf(make())).toMatchObject({ kind: 'refused', facts: { mayCost: true } });
  double.next({ result: refusal('image_too_small', 'Too small', 'image_url') });
  expect(await troubleOf(make())).toMatchObject({ kind: 'invalid', facts: { mayCost: true } });
  double.next({ result: { body: { images: [{ url: 'https://v3.fal.media/black.png' }], has_nsfw_concepts: [true] } } });
  expect(await troubleOf(make())).toMatchObject({ kind: 'refused', facts: { mayCost: true } });
});

test('a result that failed for good is told from a question that failed', async () => {
  double.next({ result: { status: 504, body: flat('Timed out', 'request_timeout') } });
  const final = await troubleOf(make());
  expect([final.kind, final.facts.status]).toEqual(['broken', undefined]);
  double.next({ result: { status: 503, body: 'Service unavailable' } });
  expect(await troubleOf(make())).toMatchObject({ facts: { status: 503 } });
});

test('a result that is not there any more is gone, and was paid for', async () => {
  double.next({ isGone: true });
  expect(await troubleOf(make())).toMatchObject({ kind: 'gone', facts: { mayCost: true } });
});

test('a result without a picture or a clip cannot be read', async () => {
  double.next({ result: { body: { description: 'I would rather not.' } } });
  expect(await troubleOf(make())).toMatchObject({ kind: 'unreadable', facts: { mayCost: true } });
});

test('a question that fails says nothing of the job', async () => {
  const { access } = rig();
  const sent = await fal.submit(request(), access);
  const job = 'job' in sent ? sent.job : {};
  double.script({ at: 'status', cut: 'before answer' }, { at: 'status', status: 503 });
  expect(await troubleOf(fal.follow!(job, access, request()))).toMatchObject({ kind: 'lost' });
  expect(await troubleOf(fal.follow!(job, access, request()))).toMatchObject({ facts: { status: 503 } });
  // The key was taken away; the job goes on, and is charged.
  double.script({ at: 'status', status: 401, body: { detail: 'Unauthorized' } });
  expect(await troubleOf(fal.follow!(job, access, request()))).toMatchObject({ kind: 'key', facts: { mayCost: true } });
  expect(await fal.follow!(job, access, request())).toMatchObject({ seed: 0 });
  expect(double.paid).toBe(1);
});

test('it sends us to nobody else', async () => {
  double.script({
    at: 'submit',
    says: JSON.stringify({
      request_id: 'x',
      status_url: 'https://example.com/status',
      response_url: 'https://example.com/',
      cancel_url: 'https://example.com/cancel',
    }),
  });
  expect(await troubleOf(make())).toMatchObject({ kind: 'broken' });
});

test('a job that never leaves the queue is waited for until somebody says stop', async () => {
  double.next({ places: Array.from({ length: 10_000 }, () => 5) });
  const stop = new AbortController();
  const used = accessRig(fal, double.url, { key: FAL_KEY, signal: stop.signal });
  const { job } = (await fal.submit(request(), used.access)) as { job: Record<string, string> };
  const following = fal.follow!(job, used.access, request());
  await expect.poll(() => used.steps.length).toBeGreaterThan(3);
  stop.abort(new Error('Enough.'));
  await expect(following).rejects.toThrow('Enough.');
});

test('taking back: asked for, or too late', async () => {
  const { access } = rig();
  const { job } = (await fal.submit(request(), access)) as { job: Record<string, string> };
  expect(await fal.cancel!(job, access)).toBe('asked');
  expect(await fal.cancel!(job, access)).toBe('late');
  const { job: other } = (await fal.submit(request(), access)) as { job: Record<string, string> };
  await fal.follow!(other, access, request());
  expect(await fal.cancel!(other, access)).toBe('late');
});

test('prices: by picture, megapixel, second and clip; other units are not known', async () => {
  const clip = { work: 'text to video', seconds: 5 } as const;
  const quote = (over: Partial<JobRequest>) => fal.quote!(request(over), rig().access);
  expect(await quote({ width: 1360, height: 768 })).toBe(6000);
  expect(await quote({ model: 'fal-ai/nano-banana-pro' })).toBe(150_000);
  const veo = { duration: { name: 'duration', as: 'text with s', values: [4, 6, 8] } } as const;
  expect(await quote({ model: 'fal-ai/veo3.1', ...clip, fields: veo })).toBe(1_200_000);
  expect(await quote({ model: 'fal-ai/minimax/video-01-director', ...clip })).toBe(500_000);
  expect(await quote({ model: 'fal-ai/esrgan', work: 'upscale' })).toBe(undefined);
  expect(await quote({ model: 'fal-ai/unknown' })).toBe(undefined);
  expect(double.paid).toBe(0);
});

test('prices of many models are asked for together; what it does not say is left out', async () => {
  const many = Array.from({ length: 60 }, (_, n) => `fal-ai/unknown-${n}`);
  const prices = await fal.prices!([...many, 'fal-ai/veo3.1', 'fal-ai/flux/schnell', 'fal-ai/esrgan'], rig().access);
  expect([...prices]).toEqual([
    ['fal-ai/veo3.1', { amount: 200_000, unit: 'second' }],
    ['fal-ai/flux/schnell', { amount: 3000, unit: 'megapixel' }],
  ]);
  expect(double.asked.filter(({ path }) => path === '/v1/models/pricing')).toHaveLength(2);
});
test('where one that it does not know is the answer to all, the others have prices all the same', async () => {
  const strict = await startDouble(() => [
    {
      method: 'GET',
      path: /^\/v1\/models\/pricing$/,
      answer({ query }) {
        const ids = query.get('endpoint_id')!.split(',');
        if (ids.includes('gone')) return { status: 404, body: { detail: 'Not found' } };
        const prices = ids.map((id) => ({ endpoint_id: id, unit_price: 0.1, unit: 'image', currency: 'USD' }));
        return { body: { prices } };
      },
    },
  ]);
  const { access } = accessRig(fal, strict.url, { key: FAL_KEY });
  expect([...(await fal.prices!(['a', 'b', 'gone', 'c', 'd'], access)).keys()]).toEqual(['a', 'b', 'c', 'd']);
  await strict.close();
});

test('the test of a key costs nothing', async () => {
  await fal.test(rig().access);
  expect(await troubleOf(fal.test(rig('wrong').access))).toMatchObject({ kind: 'key' });
  expect(double.paid).toBe(0);
});

test('with the address of the vendor, uploads and prices are at their own', async () => {
  const asked: string[] = [];
  const access = {
    ...rig().access,
    base: fal.home,
    call: async ({ to }: { to: string }) => {
      asked.push(to);
      return { status: 200, headers: new Headers(), text: '', json: { upload_url: 'u', file_url: 'f' } };
    },
    bytes: async () => new Uint8Array(),
  };
  await fal.submit(withStill, access).catch(() => {});
  await fal.quote!(request(), access);
  expect(asked.map((to) => new URL(to).origin)).toEqual([
    'https://rest.fal.ai',
    'https://queue.fal.run',
    'https://api.fal.ai',
  ]);
});
