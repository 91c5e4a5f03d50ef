/** The job service over HTTP: who may ask, what is taken, and what comes back. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { say } from '../../src/core/say.ts';
import type { Micros } from '../../src/core/money.ts';
import { openJobs, jobRoutes, type OpenJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { serve } from '../../src/gateway/server.js';
import { madePicture } from '../contract/made-picture.ts';
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

test('what each job has cost is told to whoever may ask, and what a month may cost as it was said', async () => {
  await put('t1');
  await settled(jobs.service, 't1');
  const booked = async (since: unknown) => ask(`booked?since=${since}`);
  expect(await (await booked(0)).json()).toEqual([
    { id: 't1', provider: 'queue', at: expect.any(Number), state: 'made', charged: 40_000, reserved: 0 },
  ]);
  expect(await (await booked(Date.now() + 60_000)).json()).toEqual([]);
  expect((await booked('soon')).status).toBe(400);
  const told = async () => (await ask('budget')).json();
  expect(await told()).toEqual({ monthlyBudget: null });
  await jobs.service.keepBudget(70_000 as Micros);
  expect(await told()).toEqual({ monthlyBudget: 70_000 });
});

test('what is refused leaves no pictures behind', async () => {
  const references = [{ picture: 'one', width: 8, height: 8, strength: 1 }];
  for (const estimate of [40_000, null]) {
    const form = formOf({ ...orderOf({ references }, estimate), monthlyBudget: 10_000 });
    form.set('one', new Blob([madePicture('x')], { type: 'image/png' }));
    expect((await ask('jobs/t1', { method: 'PUT', body: form })).status).toBe(402);
  }
  expect((await readdir(home, { recursive: true })).filter((name) => name.includes('one'))).toEqual([]);
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

/** Bytes on a connection of its own, and all that comes back. */
const raw = (bytes: string, isCut = false) =>
  new Promise<string>((resolve) => {
    let heard = '';
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
      if (isCut) socket.end(bytes);
      else socket.write(bytes);
    });
    socket.on('data', (part) => (heard += String(part))).on('error', () => {});
    socket.on('close', () => resolve(heard));
    if (!isCut) socket.once('data', () => socket.destroy());
  });
const putHead = (length: number) =>
  `PUT /gateway/jobs/t1 HTTP/1.1\r\nHost: localhost:${new URL(server.url).port}\r\nCookie: ${cookie}\r\n` +
  `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${length}\r\n\r\n`;
const orderPart = `--b\r\nContent-Disposition: form-data; name="order"\r\n\r\n${JSON.stringify(orderOf())}\r\n`;

test('an order that is cut on the way is none, and one that is too large is not read', async () => {
  for (const part of ['', orderPart.slice(0, 200), orderPart]) await raw(putHead(10_000) + part, true);
  expect(await jobs.service.get('t1')).toBeUndefined();
  expect(await raw(putHead(300 * 2 ** 20))).toContain(' 413 ');
  expect((await put('t1')).status).toBe(200);
});

test('who does not say how much comes is not read, wherever that is', async () => {
  const { port } = new URL(server.url);
  const ways = ['PUT budget', 'PUT jobs/t1', 'POST quotes', 'PUT providers/queue/key', 'PUT providers/queue/address'];
  for (const [method, path] of ways.map((way) => way.split(' '))) {
    const head = `${method} /gateway/${path} HTTP/1.1\r\nHost: localhost:${port}\r\nCookie: ${cookie}\r\n`;
    expect(await raw(`${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`), path).toContain(' 411 ');
  }
  const nothing = `POST /gateway/providers/queue/test HTTP/1.1\r\nHost: localhost:${port}\r\nCookie: ${cookie}\r\n\r\n`;
  expect(await raw(nothing)).toContain(' 200 ');
});

test('what could not be put in its place leaves nothing beside it', async () => {
  const before = (await readdir(home)).toSorted();
  await mkdir(join(home, 'budget.json'));
  expect((await ask('budget', { method: 'PUT', body: JSON.stringify({ monthlyBudget: 5 }) })).status).toBe(507);
  expect((await readdir(home)).toSorted()).toEqual(['budget.json', ...before].toSorted());
});

test('what cannot be written down here is said to be so, and is not taken', async () => {
  await rm(home, { recursive: true });
  for (const [path, body] of [
    ['providers/queue/key', { key: 'another-secret' }],
    ['budget', { monthlyBudget: 5 }],
  ] as const) {
    const answer = await ask(path, { method: 'PUT', body: JSON.stringify(body) });
    expect([answer.status, await answer.json()]).toEqual([
      507,
      expect.objectContaining({ kind: 'broken', message: say('This could not be written down on this computer.') }),
    ]);
  }
  expect((await jobs.service.providers())[0]).toMatchObject({ key: 'missing' });
  // Whether it works is known all the same.
  const test = await ask('providers/queue/test', { method: 'POST' });
  expect([test.status, await test.json()]).toMatchObject([200, { lastTest: { at: expect.any(Number) } }]);
});

test('many puts of one job at once are one job, with the bytes of its pictures whole', async () => {
  const picture = madePicture('still', { width: 300, height: 200 });
  const references = [{ picture: 'one', width: 300, height: 200, strength: 1 }];
  const form = () => {
    const made = formOf(orderOf({ references }));
    made.set('one', new Blob([picture], { type: 'image/png' }));
    return made;
  };
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask('jobs/t1', { method: 'PUT', body: form() })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await settled(jobs.service, 't1')).toMatchObject({ state: 'made' });
  expect(queue.paid).toBe(1);
  const sent = queue.asked.filter(({ path }) => path === '/pictures');
  expect(sent.map(({ body }) => body)).toEqual([Buffer.from(picture)]);
  // What went along is removed a moment after the job has ended.
  await expect.poll(() => readdir(join(home, 'jobs/t1'))).toEqual(['output']);
});

test.each([
  ['a page', new Blob(['<html>'], { type: 'image/png' })],
  ['a clip', new Blob([Buffer.from('\0\0\0\x18ftypisom')], { type: 'image/png' })],
  ['nothing', new Blob([], { type: 'image/png' })],
  ['a picture under another type', new Blob([madePicture('x')], { type: 'text/html' })],
])('%s is no picture that could go along', async (_, blob) => {
  const form = formOf(orderOf({ references: [{ picture: 'one', width: 8, height: 8, strength: 1 }] }));
  form.set('one', blob);
  expect((await ask('jobs/t1', { method: 'PUT', body: form })).status).toBe(400);
  expect(await jobs.service.get('t1')).toBeUndefined();
  expect(await readdir(home)).not.toContain('jobs');
  expect(queue.asked).toHaveLength(0);
});

test.each([
  ['a clip', 200, new Blob([Buffer.from('\0\0\0\x18ftypisom')], { type: 'video/mp4' })],
  ['a picture', 400, new Blob([madePicture('x')], { type: 'video/mp4' })],
  ['a clip under another type', 400, new Blob([Buffer.from('\0\0\0\x18ftypisom')], { type: 'image/png' })],
])('what it goes on from is a clip and nothing else: %s', async (_, status, blob) => {
  const form = formOf(orderOf({ clip: { picture: 'clip', width: 8, height: 8, seconds: 1 } }));
  form.set('clip', blob);
  expect((await ask('jobs/t1', { method: 'PUT', body: form })).status).toBe(status);
});

test('a picture that did not come along is missed before anything is sent', async () => {
  const still = { picture: 'one', width: 8, height: 8 };
  expect((await put('t1', orderOf({ still }))).status).toBe(400);
  expect(queue.asked).toHaveLength(0);
});

test.each([
  ['a prompt of 100,000 letters', 'ä'.repeat(100_000)],
  ['half of a pair of letters', 'a \ud83d lighthouse'],
  ['letters that turn the text round, join and end it', 'a\u202e\u200d\u0000\u2028\ufeff\u{1f3f4}\u{e0067}'],
  ['an order in an order', '"},"estimate":0,"x":{"y":"'],
])('%s is sent as it was written', async (_, prompt) => {
  expect((await put('t1', orderOf({ prompt }))).status).toBe(200);
  expect(await settled(jobs.service, 't1')).toMatchObject({ state: 'made', estimate: 40_000 });
  expect(queue.asked.find(({ path }) => path === '/jobs')!.json).toMatchObject({ prompt });
});

test('a prompt beyond all is none', async () =>
  expect((await put('t1', orderOf({ prompt: 'x'.repeat(100_001) }))).status).toBe(400));

test('what is still being fetched is not there yet, and then is there whole', async () => {
  const large = madePicture('large', { width: 900, height: 900 });
  queue.settings.output = large;
  await put('t1');
  const lengths = new Set<number>();
  while (!lengths.has(large.length)) {
    const answer = await ask('jobs/t1/output');
    lengths.add(answer.status === 200 ? (await answer.arrayBuffer()).byteLength : -answer.status);
  }
  expect([...lengths].filter((length) => length !== large.length && length !== -404)).toEqual([]);
});

describe('who listens', () => {
  const listeners = new Set<(id: string) => void>();
  let other: Awaited<ReturnType<typeof serve>>;
  let headers: Record<string, string>;
  beforeEach(async () => {
    const listen = (listener: (id: string) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
    other = await serve(home, 0, { routes: jobRoutes({ ...jobs.service, listen }) });
    const hello = await fetch(new URL('gateway/hello', other.url));
    headers = { cookie: hello.headers.get('set-cookie')!.split(';')[0]! };
  });
  afterEach(() => other.close());
  const hear = (signal: AbortSignal | null = null) => fetch(new URL('gateway/events', other.url), { headers, signal });

  test('and goes away is forgotten', async () => {
    const stops = Array.from({ length: 20 }, () => new AbortController());
    // Held: an answer that nobody has any more is given up when memory is cleared.
    const answers: Response[] = [];
    for (const { signal } of stops) answers.push(await hear(signal));
    await expect.poll(() => listeners.size).toBe(20);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    for (const stop of stops) stop.abort();
    await expect.poll(() => listeners.size).toBe(0);
  });

  test('hears of a job once, however often it changed meanwhile', async () => {
    for (const id of ['t1', 't2']) {
      await put(id);
      await settled(jobs.service, id);
    }
    const reader = (await hear()).body!.pipeThrough(new TextDecoderStream()).getReader();
    for (const listener of listeners) {
      for (let times = 0; times < 1000; times++) listener('t1');
      listener('t2');
    }
    let told = '';
    while (!told.includes('"id":"t2"')) told += (await reader.read()).value;
    expect(told.match(/"id":"t1"/g)).toHaveLength(1);
    await reader.cancel();
  });
});
