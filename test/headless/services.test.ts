/** The command line over services that behave as their vendors document them. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { announce } from '../../src/gateway/announcement.js';
import { jobRoutes, openJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { serve } from '../../src/gateway/server.js';
import { headless, type HeadlessOptions } from '../../src/headless/headless.ts';
import { ensureBuilt, hashOfSources } from '../../src/setup/build.js';
import { PIXEL, startFal, FAL_KEY, type FalDouble } from '../contract/fal.ts';
import { REPLICATE_TOKEN, startReplicate, type ReplicateDouble } from '../contract/replicate.ts';
import { graphIn, tableIn } from '../rig/two-services.ts';

let fal: FalDouble;
let replicate: ReplicateDouble;
let folder: string;
beforeEach(async () => {
  fal = await startFal();
  replicate = await startReplicate();
  folder = mkdtempSync(join(tmpdir(), 'triptych-'));
});
afterEach(() => Promise.all([fal.close(), replicate.close()]));

async function run(environment: Record<string, string> = {}, options: Partial<HeadlessOptions> = {}) {
  const lines: string[] = [];
  const out = mkdtempSync(join(folder, 'out-'));
  const status = await headless({
    command: 'run',
    file: graphIn(folder),
    table: options.table ?? tableIn(folder),
    mode: 'delivery',
    rows: false,
    out,
    home: '.',
    environment: {
      TRIPTYCH_HOME: join(folder, 'home'),
      TRIPTYCH_FAL_URL: fal.url,
      TRIPTYCH_REPLICATE_URL: replicate.base,
      FAL_KEY,
      REPLICATE_API_TOKEN: REPLICATE_TOKEN,
      ...environment,
    },
    print: (line) => void lines.push(line),
    ...options,
  });
  return { status, text: lines.join('\n'), files: readdirSync(out).map((name) => join(out, name)) };
}

test('a table routes to services, what they made is delivered as it came, and the same command again pays for nothing', async () => {
  const first = await run();
  expect(first.text).toMatch(/^done/m);
  expect(first.status).toBe(0);
  expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
  expect(readFileSync(first.files[0]!)).toEqual(readFileSync('test/fixtures/clip-128x72.mp4'));
  expect([...fal.uploads.values()]).toEqual([PIXEL].map(() => expect.any(Buffer)));

  const again = await run();
  expect(again.status).toBe(0);
  expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
});

test('a job that failed is named with why, and the next command tries again', async () => {
  replicate.script({ at: 'submit', status: 500 });
  const failed = await run();
  expect(failed.status).toBe(1);
  expect(failed.text).toContain('Image: ');
  expect((await run()).status).toBe(0);
  expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
});

test('without a key it says which one is missing', async () => {
  const { status, text } = await run({ REPLICATE_API_TOKEN: '' });
  expect(status).toBe(1);
  expect(text).toContain('no key for Replicate');
});

test('another program at the port of a gateway that ended learns nothing, and is asked nothing', async () => {
  const heard: (string | undefined)[][] = [];
  const other = createServer(({ url, headers }, response) => {
    heard.push([url, headers.cookie]);
    response.setHeader('set-cookie', 'triptych-1=another');
    response.end(JSON.stringify({ app: 'triptych', jobs: true, build: hashOfSources('.') }));
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const home = join(folder, 'home');
  mkdirSync(home);
  await announce(home, { port: (other.address() as AddressInfo).port, token: 'of-the-one-that-ended' });
  expect((await run()).status).toBe(0);
  expect(heard).toEqual([['/gateway/hello', undefined]]);
  other.close();
});

test('a key that only the command has is used by it, though a gateway runs', async () => {
  const jobs = await openJobs({
    TRIPTYCH_HOME: join(folder, 'home'),
    TRIPTYCH_FAL_URL: fal.url,
    TRIPTYCH_REPLICATE_URL: replicate.base,
  });
  const gateway = await serve(await ensureBuilt(), 0, { routes: jobRoutes(jobs.service) });
  await announce(jobs.home, { port: Number(new URL(gateway.url).port), token: gateway.token });
  const { status, text } = await run();
  expect(status).toBe(0);
  expect(text).not.toContain('that runs at');
  expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
  await gateway.close();
  await jobs.close();
});

test('below a ceiling a model is asked whose price the service said, and passed over where it is too much', async () => {
  const plan = await run({}, { command: 'plan', table: tableIn(folder, 80_000) });
  expect(plan.text).toContain('Animate: Seedance 1.0 Pro Fast, $0.00 to $0.08, quoted by fal');
  expect(fal.inputs).toHaveLength(0);
  const over = await run({}, { table: tableIn(folder, 70_000) });
  expect(over.status).toBe(1);
  expect(over.text).toContain('too dear ($0.08, ceiling $0.07)');
  expect(fal.inputs).toHaveLength(0);
  expect((await run({}, { table: tableIn(folder, 80_000) })).status).toBe(0);
  expect(fal.inputs).toHaveLength(1);
});
