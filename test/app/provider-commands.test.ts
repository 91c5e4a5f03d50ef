/** What a page tells the gateway to keep, and what is said where it does not. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProviderCommands } from '../../src/app/provider-commands.ts';
import { toFailure } from '../../src/core/errors.ts';
import type { Micros } from '../../src/core/money.ts';
import { inWords, say } from '../../src/core/say.ts';
import { jobRoutes, openJobs, type OpenJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { serve } from '../../src/gateway/server.js';
import { gatewayClient } from '../../src/providers/gateway-client.ts';
import { createDesk } from '../../src/state/desk.ts';
import { queueAdapter, startQueue, type QueueDouble } from '../contract/queue.ts';

let queue: QueueDouble;
let jobs: OpenJobs;
let server: Awaited<ReturnType<typeof serve>>;
let home: string;
beforeEach(async () => {
  queue = await startQueue();
  home = mkdtempSync(join(tmpdir(), 'triptych-home-'));
  jobs = await openJobs({ TRIPTYCH_HOME: home }, [queueAdapter(queue.url, false)]);
  server = await serve(home, 0, { routes: jobRoutes(jobs.service) });
});
afterEach(async () => {
  await server.close();
  await jobs.close();
  await queue.close();
});
async function open() {
  const desk = createDesk();
  const cookie = `triptych-${new URL(server.url).port}=${server.token}`;
  const client = gatewayClient(server.url, {
    fetch: (address, init) => fetch(address, { ...init, headers: { ...init?.headers, cookie } }),
    changed: async () => {},
  });
  const said: string[] = [];
  const commands = createProviderCommands(desk, client, (thrown) => void said.push(inWords(toFailure(thrown).message)));
  await commands.refreshProviders();
  return { desk, said, ...commands };
}

test('a key that is none is not kept, and that is said', async () => {
  const { enterKey, desk, said } = await open();
  expect(await enterKey('queue', 'two words')).toBe(false);
  expect(said).toEqual(['This is no key: it has characters that no key has.']);
  expect(await enterKey('queue', 'queue-secret')).toBe(true);
  expect(desk.getState().providers).toMatchObject([{ key: 'entered', lastTest: { works: true } }]);
});

test('a key and a budget that could not be written down are not kept, and that is said', async () => {
  const { enterKey, tellBudget, desk, said } = await open();
  tellBudget();
  await expect.poll(() => existsSync(join(home, 'budget.json'))).toBe(true);
  rmSync(home, { recursive: true });
  const unwritten = 'This could not be written down on this computer.';
  expect(await enterKey('queue', 'queue-secret')).toBe(false);
  expect(said).toEqual([unwritten]);
  desk.setState({ settings: { ...desk.getState().settings, monthlyBudget: 5_000_000 as Micros } });
  await expect.poll(() => said).toEqual([unwritten, unwritten]);
});

test('where the gateway is gone, what was pressed is said to have come to nothing', async () => {
  const { enterKey, testProvider, useServer, said } = await open();
  await server.close();
  expect([await enterKey('queue', 'x'), await testProvider('queue'), await useServer('queue', 'x')]).toEqual([
    false,
    false,
    false,
  ]);
  expect(said).toEqual(said.map(() => 'The local server of Triptych does not answer.'));
  expect(said).toHaveLength(3);
});

test('why a gateway that is there cannot ask anybody is known, and in which words', async () => {
  const trouble = { message: say('Services cannot be asked: {0}.', 'it is damaged'), hint: say('Put that right.') };
  const other = await serve(home, 0, { problem: 'Services cannot be asked: it is damaged.', trouble });
  const desk = createDesk();
  const away = createProviderCommands(desk, gatewayClient(other.url), () => {});
  await away.refreshProviders();
  expect(desk.getState()).toMatchObject({ providers: undefined, whyNoProviders: trouble });
  await other.close();
  await away.refreshProviders();
  expect(desk.getState()).toMatchObject({ providers: undefined, whyNoProviders: undefined });
});
