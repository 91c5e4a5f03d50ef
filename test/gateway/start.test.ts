/** `npm start` as a person calls it; the app is built before the tests run. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../../src/setup/build.js';
import { root } from '../../src/setup/install.js';
import { serve } from '../../src/gateway/server.js';

const hasIPv6 = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === '::1');

// Usually it was built before the tests began.
beforeAll(ensureBuilt, 120_000);

const home = mkdtempSync(join(tmpdir(), 'triptych-home-'));

interface Ended {
  readonly code: number | null;
  readonly said: string;
}
/** Starts it, and waits until it ends or says that it is ready. */
const start = (port: string) =>
  new Promise<Ended>((resolve) => {
    const started = spawn(process.execPath, [join(root, 'src/gateway/start.js')], {
      env: { ...process.env, PORT: port, TRIPTYCH_HOME: home },
    });
    let said = '';
    const hear = (bytes: Buffer) => {
      said += String(bytes);
      if (said.includes('is ready')) started.kill();
    };
    started.stdout.on('data', hear);
    started.stderr.on('data', hear);
    started.on('close', (code) => resolve({ code, said }));
  });
const portOf = (server: Server) => (server.address() as AddressInfo).port;
/** Another program that has a port. */
async function withProgram(
  answer: Parameters<typeof createServer>[1],
  work: (port: number) => Promise<void>,
): Promise<void> {
  const server = createServer(answer!).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  await work(portOf(server)).finally(() => {
    server.close();
    server.closeAllConnections();
  });
}

test('where Triptych runs already, its address is said and nothing else is started', async () => {
  const running = await serve(await ensureBuilt(), 0);
  const { code, said } = await start(new URL(running.url).port);
  expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining(`Triptych runs already: ${running.url}`) });
  expect(said).not.toContain('another version');
  await running.close();
});
test('where another version of it runs, that is said too', async () => {
  const hello = { app: 'triptych', folder: '/elsewhere/dist', build: 'older' };
  await withProgram(
    (_, response) => response.end(JSON.stringify(hello)),
    async (port) => {
      const { code, said } = await start(String(port));
      expect(code).toBe(0);
      expect(said).toContain('It serves another version, from /elsewhere/dist.');
    },
  );
});
test.each([
  ['answers something else', (_: unknown, response: { end(text: string): void }) => response.end('hello')],
  ['answers another JSON', (_: unknown, response: { end(text: string): void }) => response.end('{"app":"other"}')],
  ['ends the connection', (request: { socket: { destroy(): void } }) => request.socket.destroy()],
])('a port whose owner %s is left to it; how to choose another is said', async (_, answer) => {
  await withProgram(answer as never, async (port) => {
    const { code, said } = await start(String(port));
    expect(code).toBe(1);
    expect(said).toContain(`Port ${port} is taken by another program, so Triptych was not started.`);
    expect(said).toMatch(/PORT=\d+ .*npm start/);
    expect(said).not.toContain('is ready');
  });
});
test.runIf(hasIPv6)('a port that another program has at the other loopback address is left to it too', async () => {
  const other = createServer((_, response) => response.end('hello')).listen(0, '::1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { code, said } = await start(String(portOf(other)));
  expect(code).toBe(1);
  expect(said).toContain('is taken by another program');
  other.close();
});
test('otherwise it is served, and says where', async () =>
  expect((await start('0')).said).toMatch(/Triptych is ready: http:\/\/localhost:\d+\//));
test.each(['abc', '-1', '65536', '41.5'])('“%s” is no port', async (port) => {
  const { code, said } = await start(port);
  expect(code).toBe(1);
  expect(said).toContain(`“${port}” is no port.`);
});
