/** `npm run triptych` beside a running `npm start`, both as processes; the app is built before the tests run. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ensureBuilt } from '../../src/setup/build.js';
import { root } from '../../src/setup/install.js';
import { FAL_KEY, startFal, type FalDouble } from '../contract/fal.ts';
import { REPLICATE_TOKEN, startReplicate, type ReplicateDouble } from '../contract/replicate.ts';
import { openJobsRig } from '../rig/jobs.ts';
import { graphIn, tableIn } from '../rig/two-services.ts';

let fal: FalDouble;
let replicate: ReplicateDouble;
let folder: string;
let home: string;
let begun: ChildProcess[] = [];

beforeAll(ensureBuilt, 120_000);
beforeEach(async () => {
  fal = await startFal();
  replicate = await startReplicate();
  folder = mkdtempSync(join(tmpdir(), 'triptych-'));
  home = join(folder, 'home');
  mkdirSync(home);
  // As they were entered in Settings.
  writeFileSync(join(home, 'keys.json'), JSON.stringify({ fal: FAL_KEY, replicate: REPLICATE_TOKEN }));
});
afterEach(async () => {
  for (const child of begun) child.kill('SIGKILL');
  begun = [];
  await Promise.all([fal.close(), replicate.close()]);
});

interface Started {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}
function start(script: string, ...words: readonly string[]): Started {
  const { FAL_KEY: _, REPLICATE_API_TOKEN: __, ...rest } = process.env;
  const child = spawn(process.execPath, [join(root, script), ...words], {
    env: {
      ...rest,
      PORT: '0',
      TRIPTYCH_HOME: home,
      TRIPTYCH_FAL_URL: fal.url,
      TRIPTYCH_REPLICATE_URL: replicate.base,
    },
  });
  begun.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (text += String(bytes)));
  return { child, said: () => text, ended: new Promise((resolve) => child.once('close', resolve)) };
}
const until = (isSo: () => boolean) => expect.poll(isSo, { timeout: 60_000, interval: 50 }).toBe(true);
async function startGateway(): Promise<Started> {
  const gateway = start('src/gateway/start.js');
  await until(() => gateway.said().includes('is ready'));
  return gateway;
}
const startCommand = () =>
  start('src/headless/command-line.js', 'run', graphIn(folder), '--table', tableIn(folder), '--out', folder);
/** What the month came to, in millionths of a dollar. */
async function spent(): Promise<Readonly<Record<string, readonly number[]>>> {
  const { journal, service } = await openJobsRig([], home);
  const spending = await journal.spending();
  await service.close();
  return Object.fromEntries(spending.map(({ provider, charged, reserved }) => [provider, [charged, reserved]]));
}
const announced = () => join(home, 'gateway.json');

test('the running gateway is asked: one submission each, and the ledger right', { timeout: 120_000 }, async () => {
  const gateway = await startGateway();
  expect(statSync(announced()).mode & 0o777).toBe(0o600);
  const command = startCommand();
  expect(await command.ended, command.said()).toBe(0);
  expect(command.said()).toContain('Services are asked through the Triptych that runs at http://127.0.0.1:');
  expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
  // Two seconds at the price that fal says.
  expect(await spent()).toEqual({ replicate: [3000, 0], fal: [80_000, 0] });
  const { token } = JSON.parse(readFileSync(announced(), 'utf8')) as { token: string };
  expect(command.said() + gateway.said()).not.toContain(token);

  gateway.child.kill('SIGTERM');
  await gateway.ended;
  expect(existsSync(announced())).toBe(false);
});

test('a gateway that is killed in the middle: the command goes on with its jobs', { timeout: 120_000 }, async () => {
  const gateway = await startGateway();
  fal.hold();
  const command = startCommand();
  // Who asks after a job has written down that it was taken.
  await until(() => fal.asked.some(({ path }) => path.endsWith('/status')));
  gateway.child.kill('SIGKILL');
  fal.go();
  expect(await command.ended, command.said()).toBe(0);
  expect(command.said()).toContain('The running Triptych has ended. What was sent goes on from here.');
  expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
  expect(await spent()).toEqual({ replicate: [3000, 0], fal: [80_000, 0] });

  // What it left behind says nothing of who runs: the next command finds what was paid for by itself.
  expect(existsSync(announced())).toBe(true);
  const next = startCommand();
  expect(await next.ended, next.said()).toBe(0);
  expect(next.said()).not.toContain('that runs at');
  expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
});
