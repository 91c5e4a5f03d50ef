/** The job service over HTTP: who may ask, what is taken, and what comes back. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJobs, jobRoutes, type OpenJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { serve } from '../../src/gateway/server.js';
import { PIXEL, queueAdapter, startQueue, type QueueDouble } from '../contract/queue.ts';
import { orderOf, settled } from '../rig/jobs.ts';

let queue: QueueDouble;
let jobs: OpenJobs;
let server: Awaited<ReturnType<typeof serve>>;
let home: string;
let cookie: string;

beforeEach(async () => {
  queue = await startQueue();
  home = await mkdtemp(join(tmpdir(), 'triptych-home-'));
  jobs = await openJobs({ TRIPTYCH_HOME: home }, [queueAdapter(queue.url, false)]);
  server = await serve(home, 0, { routes: jobRoutes(jobs.service) });
  const hello = await fetch(new URL('gateway/hello', server.url));
  cookie = hello.headers.get('set-cookie')!.split(';')[0]!;
});
afterEach(async () => {
  await jobs.close();
  await server.close();
  await queue.close();
});
const ask = (path: string, init: RequestInit = {}) =>
  fetch(new URL(`gateway/${path}`, server.url), { ...init, headers: { cookie, ...init.headers } });
function formOf(order: unknown): FormData {
  const form = new FormData();
  form.set('order', typeof order === 'string' ? order : JSON.stringify(order));
  return form;
}
const put = (id: string, order: unknown = orderOf()) => ask(`jobs/${id}`, { method: 'PUT', body: formOf(order) });

test('without the cookie of this start nothing is told or taken', async () => {
  for (const path of ['providers', 'events', 'jobs/t1', 'jobs/t1/output'])
    expect((await fetch(new URL(`gateway/${path}`, server.url))).status).toBe(401);
  const wrong = { cookie: cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) };
  expect((await ask('providers', { headers: wrong })).status).toBe(401);
  expect((await fetch(new URL('gateway/jobs/t1', server.url), { method: 'PUT', body: formOf(orderOf()) })).status).toBe(
    401,
  );
  expect(queue.asked).toHaveLength(0);
});

test.each([
  { origin: 'http://evil.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
])('another site is refused, with the cookie and without: %o', async (headers) => {
  for (const path of ['hello', 'providers', 'jobs/t1'])
    expect((await ask(path, { headers: headers as Record<string, string> })).status).toBe(403);
});

test('a job goes its way: put, heard of, fetched as it came', async () => {
  const events = await ask('events');
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await put('t1')).status).toBe(200);
  let told = '';
  while (!told.includes('"state":"made"')) told += (await reader.read()).value;
  await reader.cancel();
  const output = await ask('jobs/t1/output');
  expect(output.headers.get('content-type')).toBe('image/png');
  expect(output.headers.get('content-disposition')).toBe('attachment');
  expect(Buffer.from(await output.arrayBuffer())).toEqual(PIXEL);
});

test.each([
  ['no JSON', '{'],
  ['no order', '{}'],
  ['an empty prompt field', { ...orderOf(), request: { ...orderOf().request, prompt: undefined } }],
  ['a size beyond all', orderOf({ width: 1e9 })],
  ['a half pixel', orderOf({ height: 0.5 })],
  ['work nobody knows', { ...orderOf(), request: { ...orderOf().request, work: 'magic' } }],
  ['a negative price', { ...orderOf(), estimate: -1 }],
  ['a picture from elsewhere', orderOf({ references: [{ picture: '../../keys', width: 1, height: 1, strength: 1 }] })],
  ['a workflow that is none', orderOf({ workflow: { graph: { 1: { inputs: {} } }, inputs: {} } as never })],
  ['a workflow with an input nobody knows', orderOf({ workflow: { graph: {}, inputs: { magic: [] } } as never })],
])('%s is no job', async (_, order) => {
  expect((await put('t1', order)).status).toBe(400);
  expect(await jobs.service.get('t1')).toBeUndefined();
});

test('what came can be asked for in parts, and its size without it, as players of clips do', async () => {
  await put('t1');
  await settled(jobs.service, 't1');
  const part = (range: string) => ask('jobs/t1/output', { headers: { range } });
  const some = await part('bytes=1-3');
  expect(some.status).toBe(206);
  expect(await some.text()).toBe('PNG');
  expect(Object.fromEntries(some.headers)).toMatchObject({
    'content-range': `bytes 1-3/${PIXEL.length}`,
    'content-length': '3',
    'content-type': 'image/png',
    'content-disposition': 'attachment',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect(Buffer.from(await (await part('bytes=-4')).arrayBuffer())).toEqual(PIXEL.subarray(-4));
  const beyond = await part(`bytes=${PIXEL.length}-`);
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${PIXEL.length}`]);
  const head = await ask('jobs/t1/output', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(Object.fromEntries(head.headers)).toMatchObject({
    'content-length': String(PIXEL.length),
    'content-type': 'image/png',
    'accept-ranges': 'bytes',
  });
  expect((await ask('jobs/nobody/output', { method: 'HEAD' })).status).toBe(404);
});

test('bytes that are gone are not there, and the server goes on', async () => {
  await put('t1');
  await settled(jobs.service, 't1');
  await rm(jobs.service.output('t1'));
  expect((await ask('jobs/t1/output')).status).toBe(404);
  expect((await ask('providers')).status).toBe(200);
});

test('a HEAD opens nothing else', async () => {
  for (const path of ['events', 'jobs/t1', 'jobs/t1/preview', 'providers'])
    expect((await ask(path, { method: 'HEAD' })).status).toBe(405);
});

test('names of jobs and pictures stay names', async () => {
  for (const id of ['..%2f..%2fx', 'a%00b', 'x'.repeat(65), '%E0%A4%A'])
    expect((await put(id)).status).toBeGreaterThanOrEqual(400);
  const form = formOf(orderOf());
  form.set('../../escaped', new Blob(['x']));
  await ask('jobs/t1', { method: 'PUT', body: form });
  await settled(jobs.service, 't1');
  expect(await readdir(join(home, 'jobs'))).toEqual(['t1']);
  expect((await readdir(join(home, 'jobs/t1'))).toSorted()).toEqual(['output']);
});

test('what is over the month’s budget is answered with what is left', async () => {
  const answer = await put('t1', { ...orderOf(), monthlyBudget: 10_000 });
  expect(answer.status).toBe(402);
  expect(JSON.stringify(await answer.json())).toContain('10000');
});

test('a key goes into a file that only its owner can read, and never comes back', async () => {
  const enter = (key: unknown) =>
    ask('providers/queue/key', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key }),
    });
  for (const none of [1, null, 'a b', 'x\ny', 'x'.repeat(5000)]) expect((await enter(none)).status).toBe(400);
  const answer = await enter('secret-of-mine');
  expect(await answer.text()).not.toContain('secret-of-mine');
  expect(await (await ask('providers')).text()).not.toContain('secret-of-mine');
  expect((await stat(join(home, 'keys.json'))).mode & 0o777).toBe(0o600);
  expect((await stat(home)).mode & 0o077).toBe(0);

  await put('t1');
  await settled(jobs.service, 't1');
  expect(queue.asked.find(({ path }) => path === '/jobs')!.headers['authorization']).toBe('Bearer secret-of-mine');
  for (const name of await readdir(home, { recursive: true })) {
    const file = join(home, name);
    if (name === 'keys.json' || !(await stat(file)).isFile()) continue;
    expect((await readFile(file)).includes('secret-of-mine'), name).toBe(false);
  }
});

test('the month’s budget is kept for who orders without it', async () => {
  const keep = (body: unknown) =>
    ask('budget', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  for (const wrong of [{}, { monthlyBudget: -1 }, { monthlyBudget: '5' }, null])
    expect((await keep(wrong)).status).toBe(400);
  expect((await keep({ monthlyBudget: 10_000 })).status).toBe(204);
  expect((await put('t1')).status).toBe(402);
  expect((await keep({ monthlyBudget: null })).status).toBe(204);
  expect((await put('t1')).status).toBe(200);
});

test('models are asked for prices by name, and not without end', async () => {
  const quotes = (body: unknown) =>
    ask('quotes', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect(await (await quotes([{ provider: 'queue', model: 'queue/one' }])).json()).toEqual([]);
  const none = { provider: 'queue', model: '' };
  for (const wrong of [{}, [none], [null], Array.from({ length: 501 }, () => ({ provider: 'a', model: 'b' }))])
    expect((await quotes(wrong)).status).toBe(400);
});

test('a test of a service says whether it works, and why not', async () => {
  expect(await (await ask('providers/queue/test', { method: 'POST' })).json()).toMatchObject({
    lastTest: { works: true },
  });
  await queue.close();
  expect(await (await ask('providers/queue/test', { method: 'POST' })).json()).toMatchObject({
    isReady: false,
    lastTest: { works: false },
  });
  expect((await ask('providers/nobody/test', { method: 'POST' })).status).toBe(404);
});
