import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { serve } from '../../src/gateway/server.js';

const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'triptych-'))), 'dist');
mkdirSync(join(folder, 'assets'), { recursive: true });
writeFileSync(join(folder, 'index.html'), '<title>hello</title>');
writeFileSync(join(folder, 'icon.svg'), '<svg/>');
writeFileSync(join(folder, 'a b%2e.txt'), 'odd name');
writeFileSync(join(folder, '.built'), 'build-1');
writeFileSync(join(folder, 'assets/index-abc.js'), '0123456789');
writeFileSync(join(folder, '../secret.txt'), 'secret');
symlinkSync('../secret.txt', join(folder, 'out.txt'));
symlinkSync('..', join(folder, 'up'));
symlinkSync('circle', join(folder, 'circle'));
symlinkSync('icon.svg', join(folder, 'inside.svg'));
const big = join(folder, 'big.mp4');
writeFileSync(big, '');
truncateSync(big, 64 * 1024 * 1024);
const server = await serve(folder, 0);
afterAll(() => server.close());
const port = Number(new URL(server.url).port);

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}
const ask = (path: string, headers = {}, method = 'GET') =>
  new Promise<Answer>((resolve, reject) =>
    request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode!, body, headers: response.headers }));
    })
      .on('error', reject)
      .end(),
  );
/** The status of what comes back for bytes that need not be a request. */
const say = (bytes: string) =>
  new Promise<number>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.once('data', (heard) => {
      resolve(Number(/^HTTP\/1\.1 (\d+) /.exec(String(heard))?.[1]));
      socket.destroy();
    });
    socket.on('close', () => resolve(0)).on('error', reject);
  });
const breakOffAfter = (bytes: string) =>
  new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket
      .resume()
      .on('error', () => {})
      .on('close', () => resolve());
  });
/** How many files of the folder this process, which is the server's too, has open. */
const openFiles = () =>
  readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
    } catch {
      return false;
    }
  }).length;

test('the app is served with a policy that lets nothing foreign in', async () => {
  const answer = await ask('/');
  expect(answer).toMatchObject({
    status: 200,
    body: '<title>hello</title>',
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    },
  });
  expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
  expect((await ask('/nothing')).headers['content-security-policy']).toContain("default-src 'self'");
});
test('what carries a hash in its name is kept; everything else is asked for anew and need not be sent twice', async () => {
  expect((await ask('/assets/index-abc.js')).headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
  });
  const { headers } = await ask('/icon.svg?x=1');
  expect(headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': 'image/svg+xml' });
  expect(await ask('/icon.svg', { 'If-None-Match': headers.etag })).toMatchObject({ status: 304, body: '' });
});
test('a part of a file can be asked for', async () => {
  const part = (range: string) => ask('/assets/index-abc.js', { Range: range });
  expect(await part('bytes=2-4')).toMatchObject({
    status: 206,
    body: '234',
    headers: { 'content-range': 'bytes 2-4/10', 'content-length': '3' },
  });
  expect(await part('bytes=-2')).toMatchObject({ status: 206, body: '89' });
  expect(await part('bytes=7-')).toMatchObject({ status: 206, body: '789' });
  expect(await part('bytes=10-')).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */10' } });
  expect(await part('parsecs=1-2')).toMatchObject({ status: 200, body: '0123456789' });
  expect(await ask('/assets/index-abc.js', { Range: 'bytes=2-4', 'If-Range': '"another"' })).toMatchObject({
    status: 200,
    body: '0123456789',
  });
});
test.each([
  // A suffix that is longer than the file is all of it.
  ['bytes=-999999999', 206, '0123456789'],
  ['bytes=-10', 206, '0123456789'],
  ['bytes=-0', 416, undefined],
  ['bytes=0-', 206, '0123456789'],
  ['bytes=3-3', 206, '3'],
  ['bytes=8-999999999', 206, '89'],
  ['bytes=99999999999999999999-', 416, undefined],
  ['BYTES=2-4', 206, '234'],
  // What is no range is as if it were not there.
  ['bytes=5-2', 200, '0123456789'],
  ['bytes=', 200, '0123456789'],
  ['bytes=-', 200, '0123456789'],
  ['bytes=a-b', 200, '0123456789'],
  ['bytes=1-2,x', 200, '0123456789'],
  ['bytes=1.5-2', 200, '0123456789'],
  // Several that are one are one; others are not told apart, and one of them may lie beyond the file.
  ['bytes=0-1, 2-4', 206, '01234'],
  ['bytes=0-1,5-6', 200, '0123456789'],
  ['bytes=0-1,99-', 206, '01'],
  ['bytes=50-,99-', 416, undefined],
])('a range of “%s” is answered with %i', async (range, status, body) => {
  const answer = await ask('/assets/index-abc.js', { Range: range });
  expect(answer).toMatchObject({ status, ...(body === undefined ? {} : { body }) });
  if (status === 416) expect(answer.headers['content-range']).toBe('bytes */10');
});
test('of an empty file there is no part, and its end is all of it', async () => {
  writeFileSync(join(folder, 'empty.txt'), '');
  const part = async (range: string) => (await ask('/empty.txt', { Range: range })).status;
  expect([await part('bytes=0-'), await part('bytes=-5'), await part('bytes=-0'), await part('bytes=x')]).toEqual([
    416, 200, 416, 200,
  ]);
});
test('HEAD says what GET would, and nothing else is done', async () => {
  expect(await ask('/assets/index-abc.js', {}, 'HEAD')).toMatchObject({
    status: 200,
    body: '',
    headers: { 'content-length': '10' },
  });
  expect(await ask('/nothing', {}, 'HEAD')).toMatchObject({ status: 404, body: '' });
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PURGE'])
    expect(await ask('/', {}, method)).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
});
test.each<[string, string?]>([
  ['/../secret.txt'],
  ['/%2e%2e/secret.txt'],
  ['/..%2fsecret.txt'],
  ['/..%5csecret.txt'],
  ['/%252e%252e/secret.txt'],
  ['/assets/../../secret.txt'],
  ['//../secret.txt'],
  ['/\\..\\secret.txt'],
  ['/out.txt'],
  ['/up/secret.txt'],
  ['/circle'],
  ['/circle/x'],
  ['/.built'],
  ['/%00'],
  ['/index.html%00.js'],
  ['/icon.svg/x'],
  ['/icon.svg/'],
  ['/assets'],
  ['/assets/'],
  ['/up'],
  ['/nothing'],
  ['/gateway/fal/run'],
  ['/gateway/../out.txt'],
  ['/%E0%A4%A'],
  ['/%'],
  ['ten kilobytes of a name', `/${'a'.repeat(10_000)}`],
  ['ten kilobytes of folders', `/${'a/'.repeat(5000)}`],
])('%s gives nothing away and does not end the server', async (name: string, path = name) => {
  const answer = await ask(path);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.body).not.toContain('secret');
  expect((await ask('/')).status).toBe(200);
});
test('names are taken as they are, and links inside the folder are followed', async () => {
  expect((await ask('/a%20b%252e.txt')).body).toBe('odd name');
  expect((await ask('/inside.svg')).body).toBe('<svg/>');
});
test.each([
  { host: 'evil.example' },
  { host: 'localhost.evil.example' },
  { host: 'evil.example:4173' },
  { host: 'localhost@evil.example' },
  { host: '127.0.0.1.evil.example' },
])('a foreign host name is refused: %o', async (headers) =>
  expect((await ask('/', headers)).status).toBeGreaterThanOrEqual(400),
);
test.each([
  ['an absolute address of another host', 'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n', 403],
  [
    'an absolute address with the name of another host beside it',
    'GET http://localhost/ HTTP/1.1\r\nHost: evil.example\r\n\r\n',
    403,
  ],
  ['an absolute address of this host', 'GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n', 200],
  ['an absolute address of no host', 'GET http:// HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
  ['an address without a slash', 'GET nothing HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
  ['a star', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['no host in an old request', 'GET / HTTP/1.0\r\n\r\n', 400],
  ['two hosts', 'GET / HTTP/1.1\r\nHost: evil.example\r\nHost: localhost\r\n\r\n', 403],
  ['an expectation nobody knows', 'GET / HTTP/1.1\r\nHost: localhost\r\nExpect: the-impossible\r\n\r\n', 417],
  ['two lengths', 'GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
  ['a huge header', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ['a version that does not exist', 'GET / HTTP/9.9\r\n\r\n', 400],
  ['no request', '\0\x01\x02\r\n\r\n', 400],
  ['an upgrade', 'GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n', 200],
])('%s is answered and does not end the server', async (_, bytes, status) => {
  expect(await say(bytes)).toBe(status);
  expect((await ask('/')).status).toBe(200);
});
test('who connects and breaks off in the middle of a request does no harm', async () => {
  for (const bytes of [
    '',
    'GET',
    'GET / HTTP/1.1\r\nHost: local',
    'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf',
  ])
    await breakOffAfter(bytes);
  const unfinished = Array.from({ length: 50 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  for (const socket of unfinished) socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n');
  expect((await ask('/')).status).toBe(200);
  for (const socket of unfinished) socket.resetAndDestroy();
  expect((await ask('/')).status).toBe(200);
});
test.runIf(existsSync('/proc/self/fd'))('downloads that are broken off leave no file open', async () => {
  const breakOff = () =>
    new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('GET /big.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n'));
      socket
        .once('data', () => socket.destroy())
        .on('error', () => {})
        .on('close', () => resolve());
    });
  for (let round = 0; round < 5; round++) await Promise.all(Array.from({ length: 20 }, breakOff));
  await expect.poll(openFiles).toBe(0);
});
test('CONNECT is answered, and the server goes on', async () => {
  expect(await say('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n')).toBe(405);
  expect((await ask('/')).status).toBe(200);
});
test('a file that comes and goes while it is asked for is there or is not', async () => {
  const path = join(folder, 'fleeting.txt');
  const heard: Answer[] = [];
  const asking = Array.from({ length: 20 }, async () => {
    while (heard.length < 600) heard.push(await ask('/fleeting.txt'));
  });
  while (heard.length < 600) {
    writeFileSync(`${path}.new`, 'here');
    renameSync(`${path}.new`, path);
    await new Promise(setImmediate);
    rmSync(path);
    await new Promise(setImmediate);
  }
  await Promise.all(asking);
  const others = heard.filter(
    ({ status, body }) => !['200 here', '404 There is nothing here.'].includes(`${status} ${body}`),
  );
  expect(others).toEqual([]);
});
test('a file that is cut while it is sent ends its download, not the server', async () => {
  const path = join(folder, 'cut.mp4');
  writeFileSync(path, '');
  truncateSync(path, 64 * 1024 * 1024);
  const received = await new Promise<number>((resolve) =>
    request({ host: '127.0.0.1', port, path: '/cut.mp4' }, (response) => {
      let bytes = 0;
      response.once('data', () => truncateSync(path, 0));
      response.on('data', (chunk: Buffer) => (bytes += chunk.length)).on('error', () => {});
      response.on('close', () => resolve(bytes));
    }).end(),
  );
  expect(received).toBeLessThan(64 * 1024 * 1024);
  expect((await ask('/')).status).toBe(200);
});
test('it says who it is', async () =>
  expect(JSON.parse((await ask('/gateway/hello')).body)).toEqual({
    app: 'triptych',
    folder,
    build: 'build-1',
    jobs: false,
  }));
