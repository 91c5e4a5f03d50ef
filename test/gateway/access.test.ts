/** How services are reached, over real connections: what is read of their answers, and where they may send us. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accessFor, type WideAccess } from '../../src/gateway/jobs/access.ts';
import { PIXEL, queueAdapter } from '../contract/queue.ts';
import { accessRig } from '../rig/access.ts';
import { troubleOf } from '../rig/service-faults.ts';

const MB = 2 ** 20;
let answer: (response: ServerResponse) => void;
let asked: number;
let sent: number;
const server = createServer((_, response) => {
  asked++;
  answer(response);
  response.once('close', () => void (sent = response.socket?.bytesWritten ?? sent));
});
let base: string;
beforeEach(async () => {
  asked = 0;
  sent = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(
  () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
);
const adapter = (more = {}) => ({ ...queueAdapter(base, false), ...more });
const accessTo = (more = {}) => accessRig(adapter(more), base).access;
const json =
  (text: string, status = 200) =>
  (response: ServerResponse) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
const packed = (encoding: string, bytes: Uint8Array) => (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }).end(bytes);

describe('how much of an answer is read', () => {
  test.each([
    ['gzip', (bytes: Uint8Array) => gzipSync(bytes, { level: 1 })],
    ['br', (bytes: Uint8Array) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ] as const)('%s counts as what comes out of it, and is not unpacked to its end', async (encoding, pack) => {
    // Whoever got to its end would find it broken there.
    answer = packed(encoding, pack(Buffer.alloc(100 * MB, 0x20)).subarray(0, -8));
    const tooLarge = { kind: 'unreadable', said: { english: expect.stringMatching(/larger than/) } };
    expect(await troubleOf(accessTo().call({ to: '/' }))).toMatchObject(tooLarge);
    expect(await troubleOf(accessTo().bytes({ to: '/' }))).toMatchObject(tooLarge);
  });

  test.each([
    ['arrays', `[${'[],'.repeat(2 * MB)}1]`],
    ['arrays in arrays', `${'['.repeat(3 * MB)}${']'.repeat(3 * MB)}`],
    ['fields', `{${Array.from({ length: 400_000 }, (_, n) => `"field${n}":0`).join()}}`],
    ['short strings', `[${'"ab",'.repeat(MB)}1]`],
    ['strings that end where they do not seem to', `[${'"\\\\",'.repeat(MB)}1]`],
    ['marks that end nothing', `["${'\\"'.repeat(5 * MB)}"]`],
    ['a long string and much beside it', `["${'a'.repeat(MB)}",${'[],'.repeat(2 * MB)}1]`],
  ])('an answer of far too many %s is not taken apart', async (_, text) => {
    answer = packed('gzip', gzipSync(text, { level: 1 }));
    const trouble = await troubleOf(accessTo().call({ method: 'POST', to: '/', json: {}, pays: true }));
    // The service answered: it took the job, and it may cost.
    expect(trouble).toMatchObject({ kind: 'unreadable', said: { english: expect.stringMatching(/more parts/) } });
  });

  test('pictures in an answer may be as large as pictures are', async () => {
    const picture = PIXEL.toString('base64').repeat(200_000);
    const prompt = 'A 5" lens at \\';
    answer = json(
      JSON.stringify({ prompt, data: [{ b64_json: picture }, { b64_json: `data:image/png;base64,${picture}` }] }),
    );
    const { json: read } = await accessTo().call({ to: '/' });
    expect((read as { data: { b64_json: string }[] }).data[0]!.b64_json).toHaveLength(picture.length);
  });

  test('a server on this computer may list all that is installed there', async () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 250_000 }, (_, n) => [`Node${n}`, { input: { n: ['INT'] } }]),
    );
    answer = json(JSON.stringify(nodes));
    const { json: read } = await accessTo({ isLocal: true }).call({ to: '/' });
    expect(Object.keys(read as object)).toHaveLength(250_000);
  });

  test('a refusal means what its status says, however much comes with it', async () => {
    answer = json(`{"error":"${'x'.repeat(5 * MB)}"}`, 401);
    expect((await troubleOf(accessTo().call({ to: '/' }))).kind).toBe('key');
    answer = (response) => {
      response.writeHead(503, { 'content-type': 'text/html' });
      const goOn = () => response.write('<p>Sorry</p>'.repeat(1000), () => !response.destroyed && goOn());
      goOn();
    };
    expect((await troubleOf(accessTo().call({ to: '/' }))).kind).toBe('broken');
    expect(sent).toBeLessThan(16 * MB);
  });
});

describe('how much of a result is fetched', () => {
  const fetched = async (access: WideAccess) => {
    let length = 0;
    for await (const piece of access.pieces({ to: '/' })) length += piece.length;
    return length;
  };
  const accessUpTo = (largestResult: number) =>
    accessFor({
      adapter: adapter(),
      key: undefined,
      base,
      largestResult,
      now: Date.now,
      signal: new AbortController().signal,
      pause: async () => {},
    });

  test('what says beforehand that it is too large is not begun', async () => {
    answer = (response) => response.writeHead(200, { 'content-length': 5 * 2 ** 30 }).write('x');
    const trouble = await troubleOf(fetched(accessTo()));
    expect(trouble).toMatchObject({ kind: 'unreadable', said: { english: expect.stringMatching(/larger than/) } });
  });

  test.each([
    ['as it comes', (response: ServerResponse) => response.end(Buffer.alloc(3 * MB))],
    ['as it is unpacked', packed('gzip', gzipSync(Buffer.alloc(3 * MB)))],
  ])('what is too large is counted %s', async (_, send) => {
    answer = send;
    expect((await troubleOf(fetched(accessUpTo(3 * MB - 1)))).kind).toBe('unreadable');
    expect(await fetched(accessUpTo(3 * MB))).toBe(3 * MB);
  });
});

test('an answer that does not come in time is lost, and one that is taken back is not waited for', async () => {
  answer = () => {};
  const call = { method: 'POST', to: '/', json: {}, pays: true } as const;
  expect(await troubleOf(accessTo().call({ ...call, patienceMs: 50 }))).toMatchObject({
    kind: 'lost',
    said: { english: expect.stringMatching(/in time/) },
  });
  const stop = new AbortController();
  const waiting = accessRig(adapter(), base, { signal: stop.signal }).access.call(call);
  stop.abort(new Error('taken back'));
  await expect(waiting).rejects.toThrow('taken back');
});

describe('where a service sends us', () => {
  const sendTo = (location: string) => (response: ServerResponse) => response.writeHead(302, { location }).end();
  const fetched = async (to: string, more = {}) => {
    const pieces = accessTo(more).pieces({ to });
    return troubleOf((async () => void (await pieces[Symbol.asyncIterator]().next()))());
  };

  test('a name of theirs that leads into this network is not followed: what is connected to is what was checked', async () => {
    // This name leads to loopback, as one of theirs does for whoever turns its address round after it was looked up.
    const turned = { hosts: ['localhost'] };
    const inWords = { kind: 'broken', said: { english: expect.stringMatching(/leads into this network/) } };
    expect(await fetched('https://localhost/result.png', turned)).toMatchObject(inWords);
    answer = sendTo('https://localhost/result.png');
    expect(await fetched('/moved', turned)).toMatchObject(inWords);
    const paying = accessTo(turned).call({ method: 'POST', to: 'https://localhost/jobs', json: {}, pays: true });
    expect(await troubleOf(paying)).toMatchObject(inWords);
  });

  test.each([
    'http://169.254.169.254/latest/meta-data',
    'https://169.254.169.254/',
    'https://[::1]/',
    'https://[::ffff:7f00:1]/',
    'https://2130706433/',
    'file:///etc/passwd',
    'https://vendor.example:8443/',
    'http://vendor.example/',
    'https://vendor.example.evil.example/',
    'https://evil-vendor.example/',
    'https://user:pass@vendor.example/',
    '//evil.example/',
    'https://vendor.example@evil.example/',
  ])('%s is none of its addresses', async (location) => {
    const theirs = { hosts: ['vendor.example', '*.vendor.example'] };
    const trouble = { kind: 'broken', said: { english: expect.stringMatching(/not one of its addresses/) } };
    answer = sendTo(location);
    expect(await fetched('/moved', theirs)).toMatchObject(trouble);
    expect(asked).toBe(1);
  });
});

test('an address of its own with a name and a password in it is not asked', async () => {
  answer = json('{}');
  const to = `${base.replace('//', '//user:pass@')}/result.png`;
  expect(await troubleOf(accessTo().call({ to }))).toMatchObject({ kind: 'broken' });
  expect(asked).toBe(0);
});

test.each(['“queue-secret”', 'queue\nsecret'])(
  'a key that no header can carry (%j) is told before anything is sent',
  async (key) => {
    const { access, ...rig } = accessRig(adapter(), base, { key });
    const call = { method: 'POST', to: '/jobs', headers: { authorization: `Key ${key}` }, json: {} } as const;
    expect(await troubleOf(access.call({ ...call, pays: true }))).toMatchObject({ kind: 'key' });
    expect([asked, rig.paying]).toEqual([0, 0]);
  },
);
