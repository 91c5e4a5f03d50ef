/** Two gateways, or a gateway and a command line, as real processes on one folder: one key file, one journal. */
import { chmod, mkdir, mkdtemp, readdir, readFile, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { JobView } from '../../src/routing/job.ts';
import { startQueue, type QueueDouble } from '../contract/queue.ts';
import { buildJobChild, startJobProcess, type JobProcess } from '../rig/job-process.ts';
import { orderOf } from '../rig/jobs.ts';

let queue: QueueDouble;
let home: string;
let open: JobProcess[];
beforeAll(buildJobChild, 60_000);
beforeEach(async () => {
  queue = await startQueue();
  home = await mkdtemp(join(tmpdir(), 'triptych-processes-'));
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((each) => each.kill()));
  await queue.close();
});
async function start(canLookUp = 'no'): Promise<JobProcess> {
  const one = await startJobProcess({
    TRIPTYCH_HOME: home,
    QUEUE_URL: queue.url,
    QUEUE_KEY: 'queue-secret',
    CAN_LOOK_UP: canLookUp,
  });
  open.push(one);
  return one;
}
async function ended(one: JobProcess, id: string): Promise<JobView> {
  for (;;) {
    const view = (await one.ask('get', id)) as JobView | null;
    if (view && (view.endedAt !== undefined || view.state === 'unknown')) return view;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('a job that both are given at the same moment is sent once', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  const ids = Array.from({ length: 20 }, (_, n) => `take-${n}`);
  for (const id of ids) await Promise.all([one, other].map((each) => each.ask('put', id, orderOf())));
  for (const id of ids) expect(await ended(other, id)).toMatchObject({ state: 'made' });
  expect(queue.paid).toBe(20);
});

test('a folder that several open first at the same moment opens for all', async () => {
  const all = await Promise.all(Array.from({ length: 4 }, () => start()));
  for (const one of all) expect(await one.ask('get', 'take-1')).toBeNull();
});

test('a month’s budget holds for both together', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  const order = { ...orderOf(), monthlyBudget: 200_000 };
  const put = (each: JobProcess, name: string) =>
    Promise.all(Array.from({ length: 5 }, (_, n) => each.ask('put', `${name}-${n}`, order)));
  const answers = (await Promise.all([put(one, 'one'), put(other, 'other')])).flat() as { failed?: string }[];
  expect(answers.filter(({ failed }) => !failed)).toHaveLength(5);
});

test.each(['yes', 'no'])('what one was at when it was killed, the other goes on with (%s)', async (canLookUp) => {
  queue.answersAfter = 300;
  const one = await start(canLookUp);
  await one.ask('put', 'sending', orderOf());
  while (queue.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await one.kill();
  const other = await start(canLookUp);
  expect(await ended(other, 'sending')).toMatchObject({ state: canLookUp === 'yes' ? 'made' : 'unknown' });
  expect(queue.paid).toBe(1);
});

test('keys that both take at the same moment are both kept, for their owner only', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  for (let round = 0; round < 10; round++) {
    const [mine, theirs] = [`first-secret-${round}`, `second-secret-${round}`];
    await Promise.all([one.ask('enterKey', 'queue', mine), other.ask('enterKey', 'other', theirs)]);
    expect(JSON.parse(await readFile(join(home, 'keys.json'), 'utf8'))).toEqual({ queue: mine, other: theirs });
  }
  expect((await stat(join(home, 'keys.json'))).mode & 0o777).toBe(0o600);
  expect((await readdir(home)).filter((name) => /part|lock/.test(name))).toEqual([]);
  // And each knows the other's.
  await one.ask('resume');
  expect(await one.ask('providers')).toMatchObject([{ key: 'entered' }, { key: 'entered' }]);
});

test('keys and a journal that others could read, as copied by hand, are their owner’s again', async () => {
  const one = await start();
  await one.ask('enterKey', 'queue', 'a-secret');
  await one.kill();
  const files = ['keys.json', 'journal.db', 'journal.db-wal'].map((name) => join(home, name));
  for (const file of files) await chmod(file, 0o644);
  const next = await start();
  expect(await next.ask('providers')).toMatchObject([{ key: 'entered' }, {}]);
  for (const file of files) expect((await stat(file)).mode & 0o777, file).toBe(0o600);
});

test('a lock that was left by a process that is gone keeps nobody waiting for long', async () => {
  const lock = join(home, 'keys.json.lock');
  await mkdir(lock);
  await utimes(lock, new Date(0), new Date(0));
  const one = await start();
  await one.ask('enterKey', 'queue', 'a-secret');
  expect(JSON.parse(await readFile(join(home, 'keys.json'), 'utf8'))).toEqual({ queue: 'a-secret' });
});
