/** Servers on this computer: looked for when asked, where they usually are, and used where a person says. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jobRoutes, openJobs, type OpenJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { serve } from '../../src/gateway/server.js';
import { a1111 } from '../../src/providers/a1111.ts';
import type { Adapter } from '../../src/providers/adapter.ts';
import { comfyui } from '../../src/providers/comfyui.ts';
import type { LocalServer, ProviderView } from '../../src/routing/job.ts';
import { startA1111 } from '../contract/a1111.ts';
import { startComfyUi, type ComfyDouble } from '../contract/comfyui.ts';

let comfy: ComfyDouble;
let home: string;
let silent: number;
let open: { readonly jobs: OpenJobs; close(): Promise<void>; ask(path: string, body?: object): Promise<Response> };

/** A port where nobody listens. */
const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
const portOf = ({ url }: { readonly url: string }) => Number(new URL(url).port);

async function start(adapters: readonly Adapter[], environment: Record<string, string> = {}): Promise<void> {
  const jobs = await openJobs({ TRIPTYCH_HOME: home, ...environment }, adapters);
  const server = await serve(home, 0, { routes: jobRoutes(jobs.service) });
  const hello = await fetch(new URL('gateway/hello', server.url));
  const cookie = hello.headers.get('set-cookie')!.split(';')[0]!;
  open = {
    jobs,
    ask: (path, body) =>
      fetch(new URL(`gateway/${path}`, server.url), {
        method: path.endsWith('/address') ? 'PUT' : 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    close: async () => {
      await jobs.close();
      await server.close();
    },
  };
}
/** ComfyUI answers at the second of its places. */
const there = (): Adapter => ({ ...comfyui, home: `http://127.0.0.1:${silent}`, ports: [silent, portOf(comfy)] });
const found = async () => (await (await open.ask('servers')).json()) as readonly LocalServer[];
const provider = async (id = comfyui.id): Promise<ProviderView> =>
  (await open.jobs.service.providers()).find((one) => one.id === id)!;

beforeEach(async () => {
  comfy = await startComfyUi();
  home = await mkdtemp(join(tmpdir(), 'triptych-home-'));
  silent = await freePort();
});
afterEach(async () => {
  await open.close();
  await comfy.close();
});

test('what answers is told from what does not; nothing is used before a person says so, and then it lasts', async () => {
  await start([there()]);
  expect(comfy.asked).toHaveLength(0);
  const [first, second] = await found();
  expect([first, second]).toEqual([
    expect.objectContaining({ address: `http://127.0.0.1:${silent}`, answers: false, isUsed: true }),
    expect.objectContaining({ address: comfy.url, answers: true, isUsed: false, name: 'ComfyUI' }),
  ]);
  expect((await provider()).isReady).toBe(false);
  const used = (await (
    await open.ask('providers/comfyui-local/address', { address: comfy.url })
  ).json()) as ProviderView;
  expect([used.isReady, used.lastTest?.works]).toEqual([true, true]);
  await open.close();
  await start([there()]);
  expect((await provider()).isReady).toBe(true);
  expect((await found()).map(({ isUsed }) => isUsed)).toEqual([false, true]);
});

test('one that answers where it is asked anyway can be asked from then on', async () => {
  await start([{ ...comfyui, home: comfy.url, ports: [portOf(comfy)] }]);
  expect((await provider()).isReady).toBe(false);
  await found();
  expect((await provider()).isReady).toBe(true);
  // And when it is gone, that is known as well.
  await comfy.close();
  await found();
  expect((await provider()).isReady).toBe(false);
});

test('what the environment says goes before all: it is looked for there and nowhere else', async () => {
  await start([there()], { TRIPTYCH_COMFYUI_URL: `http://127.0.0.1:${silent}` });
  expect(await found()).toEqual([
    expect.objectContaining({ address: `http://127.0.0.1:${silent}`, setBy: 'TRIPTYCH_COMFYUI_URL', answers: false }),
  ]);
  await open.ask('providers/comfyui-local/address', { address: comfy.url });
  expect((await provider()).isReady).toBe(false);
  expect(comfy.asked).toHaveLength(0);
});

test('nobody is sent anywhere but to the usual places, by a page or by a file', async () => {
  await writeFile(join(home, 'addresses.json'), JSON.stringify({ [comfyui.id]: 'http://example.com' }));
  await start([there()]);
  for (const address of ['http://example.com', 'http://127.0.0.1:22', `${comfy.url}/`, 5, undefined])
    expect((await open.ask('providers/comfyui-local/address', { address })).ok).toBe(false);
  expect((await found()).map(({ address, isUsed }) => [address, isUsed])).toEqual([
    [`http://127.0.0.1:${silent}`, true],
    [comfy.url, false],
  ]);
  expect(await readFile(join(home, 'addresses.json'), 'utf8')).toContain('example.com');
});

test('a web UI that wants a password is there; the password is not sent to find out', async () => {
  const webUi = await startA1111({ auth: 'me:secret' });
  const ports = [portOf(webUi), portOf(comfy)];
  await start([{ ...a1111, home: `http://127.0.0.1:${silent}`, ports }], { A1111_API_AUTH: 'me:secret' });
  expect((await found()).map(({ answers, remark }) => [answers, remark !== undefined])).toEqual([
    [true, true],
    // ComfyUI is none.
    [false, false],
  ]);
  expect([...webUi.asked, ...comfy.asked].map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  await webUi.close();
});

test('nodes are told of by name, and what is no list of names is none', async () => {
  await start([{ ...comfyui, home: comfy.url, ports: [portOf(comfy)] }]);
  const told = await open.ask('providers/comfyui-local/nodes', { names: ['SaveImage', 'Unheard', '../queue'] });
  expect(Object.keys((await told.json()) as object)).toEqual(['SaveImage']);
  for (const names of ['SaveImage', [1], [''], Array.from({ length: 3000 }, () => 'x')])
    expect((await open.ask('providers/comfyui-local/nodes', { names })).status).toBe(400);
  await comfy.close();
  expect((await open.ask('providers/comfyui-local/nodes', { names: ['SaveImage'] })).status).toBe(502);
});
