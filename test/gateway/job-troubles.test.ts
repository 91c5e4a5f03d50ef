/** What goes wrong on this computer, or is rare: a full disk, a locked journal, a clock that was set, another process. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Micros } from '../../src/core/money.ts';
import { openJournal } from '../../src/gateway/jobs/journal.ts';
import { sqlite } from '../../src/gateway/jobs/sqlite.ts';
import type { Adapter, Submitting } from '../../src/providers/adapter.ts';
import { ServiceTrouble } from '../../src/providers/service-trouble.ts';
import { PIXEL, queueAdapter, startQueue, type QueueDouble } from '../contract/queue.ts';
import { openJobsRig, orderOf, settled, type JobsRig, type RigFaults } from '../rig/jobs.ts';

const NONE = new Map();
const KEY = { QUEUE_KEY: 'queue-secret' };
let queue: QueueDouble;
let open: JobsRig[] = [];
beforeEach(async () => void (queue = await startQueue()));
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(open.map(({ service }) => service.close()));
  open = [];
  await queue.close();
});
async function start(more: Partial<Adapter> = {}, faults: RigFaults = {}, home?: string): Promise<JobsRig> {
  const adapter = { ...queueAdapter(queue.url, false), ...more };
  const rig = await openJobsRig([adapter], home, KEY, { isClockMoved: true, ...faults });
  open.push(rig);
  return rig;
}
async function outcome(rig: JobsRig, id = 'take-1') {
  await rig.service.put(id, orderOf(), NONE);
  return settled(rig.service, id);
}
/** Whatever is under way in this process gets its turns. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}
const error = (code: string) => Object.assign(new Error(code), { code });
/** Fails so often, and then works. */
function failing<A extends unknown[], R>(times: number, code: string, work: (...given: A) => Promise<R>) {
  let left = times;
  return async (...given: A): Promise<R> => {
    if (left-- > 0) throw error(code);
    return work(...given);
  };
}

/** The answer is the result, at an address. */
const answering: Partial<Adapter> = {
  async submit(_, access: Submitting) {
    await access.call({ method: 'POST', to: '/jobs', json: { name: access.id }, pays: true });
    return { made: { output: { url: `${queue.url}/out/j0` }, charged: 30_000 as Micros } };
  },
};
test('what is made at once is fetched for as long as the service may be away', async () => {
  queue.script(
    { at: 'output', status: 503 },
    { at: 'output', cut: 'before answer' },
    { at: 'output', cut: 'in the middle' },
    ...Array.from({ length: 20 }, () => ({ at: 'output', status: 500 }) as const),
  );
  expect(await outcome(await start(answering))).toMatchObject({ state: 'made', charged: 30_000 });
  expect(queue.paid).toBe(1);
});
test('and is given up after that, at what it cost', async () => {
  queue.script(...Array.from({ length: 200 }, () => ({ at: 'output', status: 500 }) as const));
  expect(await outcome(await start(answering))).toMatchObject({
    state: 'failed',
    charged: 30_000,
    trouble: { kind: 'broken' },
  });
  expect(queue.paid).toBe(1);
});

/** Tells of what it took only when it was asked so often. */
function listingLate(questions: number): { more: Partial<Adapter>; asked: () => number } {
  let asked = 0;
  const { lookup } = queueAdapter(queue.url, true);
  return {
    more: { lookup: async (...given) => (++asked < questions ? undefined : lookup!(...given)) },
    asked: () => asked,
  };
}
test('a service that lists what it took a little later is asked again, and the job is not sent twice', async () => {
  queue.script({ at: 'submit', cut: 'before answer' });
  expect(await outcome(await start(listingLate(3).more))).toMatchObject({ state: 'made' });
  expect(queue.paid).toBe(1);
});
test.each([
  ['a moment ago', 0, 3],
  ['long ago', 3_600_000, 1],
  ['by a clock that was set back since', -3_600_000, 3],
])(
  'after a crash, what was sent %s and is not listed is asked for as long as that may take',
  async (_, ago, questions) => {
    const before = await start({}, { clock: () => -ago });
    await before.journal.put('take-1', orderOf(), 1);
    await before.journal.hold('take-1');
    await before.journal.intend('take-1');
    await before.service.close();
    open = [];
    const late = listingLate(Infinity);
    const rig = await start(late.more, {}, before.home);
    await rig.service.resume();
    expect(await settled(rig.service, 'take-1')).toMatchObject({ state: 'made' });
    expect(late.asked()).toBe(questions);
    expect(queue.paid).toBe(1);
  },
);

test('a computer that sleeps while it looks a job up asks again when it wakes, past every time it gave', async () => {
  const running: AbortController[] = [];
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    const one = new AbortController();
    running.push(one);
    return one.signal;
  });
  const sleep = () => running.forEach((one) => one.abort(new DOMException('Time is over.', 'TimeoutError')));
  const { lookup } = queueAdapter(queue.url, true);
  let asked = 0;
  const rig = await start({
    async lookup(...given) {
      if (++asked > 2) return lookup!(...given);
      // It falls asleep while it waits to ask again.
      setImmediate(sleep);
      if (asked === 1) throw new ServiceTrouble('busy', 'Busy.');
      return undefined;
    },
  });
  queue.script({ at: 'submit', cut: 'before answer' });
  expect(await outcome(rig)).toMatchObject({ state: 'made' });
  expect([asked, queue.paid]).toEqual([3, 1]);
});

test('a job that another process took over while this one slept is not sent, and stays as it stands there', async () => {
  let stolen: unknown;
  let hasFailed = false;
  const { submit } = queueAdapter(queue.url, false);
  const rig = await start({
    async submit(request, access) {
      const other = await openJournal({
        dialect: await sqlite(join(rig.home, 'journal.db')),
        place: join(rig.home, 'journal.db'),
        now: Date.now,
        holder: 'other',
        isGone: () => true,
      });
      stolen = await other.hold('take-1');
      await other.intend('take-1');
      await other.close();
      return submit(request, access).finally(() => void (hasFailed = true));
    },
  });
  await rig.service.put('take-1', orderOf(), NONE);
  while (!hasFailed) await turns();
  await turns();
  expect(stolen).toMatchObject({ state: 'waiting' });
  expect(await rig.journal.get('take-1')).toMatchObject({ state: 'intended', intendedAt: expect.any(Number) });
  expect(queue.paid).toBe(0);
});

test('a preview that is still being written when its job fails leaves nothing behind', async () => {
  let hasBegun = () => {};
  const begun = new Promise<void>((resolve) => (hasBegun = resolve));
  let write = () => {};
  const written = new Promise<void>((resolve) => (write = resolve));
  const slow: RigFaults['files'] = (files) => ({
    ...files,
    async keepPreview(id, picture) {
      hasBegun();
      await written;
      await files.keepPreview(id, picture);
    },
  });
  const rig = await start(
    {
      async follow(_, { preview }) {
        preview({ bytes: new Uint8Array(PIXEL), mime: 'image/png' });
        await begun;
        throw new ServiceTrouble('broken', 'It broke.');
      },
    },
    { files: slow },
  );
  expect(await outcome(rig)).toMatchObject({ state: 'failed' });
  await turns();
  write();
  await rig.service.close();
  open = [];
  expect(await readdir(join(rig.home, 'jobs'))).toEqual([]);
});

test.each(['pictures', 'journal'] as const)(
  'a disk too full to write a job down (its %s) sends nothing, says so and keeps nothing',
  async (what) => {
    const rig = await start(
      {},
      what === 'pictures'
        ? {
            files: (files) => ({
              ...files,
              async keepPictures(id, pictures) {
                await files.keepPictures(id, pictures);
                throw error('ENOSPC');
              },
            }),
          }
        : { journal: (journal) => ({ ...journal, put: () => Promise.reject(error('SQLITE_FULL')) }) },
    );
    const picture = { bytes: new Uint8Array(PIXEL), mime: 'image/png' };
    const order = orderOf({ references: [{ picture: 'one', width: 1, height: 1, strength: 0.5 }] });
    const put = rig.service.put('take-1', order, new Map([['one', picture]]));
    await expect(put).rejects.toThrow('The job could not be written down on this computer, so nothing was sent.');
    expect(queue.asked).toHaveLength(0);
    expect(await readdir(join(rig.home, 'jobs'))).toEqual([]);
    expect(await rig.journal.spending()).toEqual([]);
  },
);

test('a disk that is full for a while is waited for; nothing is left of what could not be written', async () => {
  const full = (times: number): RigFaults => ({
    files: (files) => ({ ...files, keepOutput: failing(times, 'ENOSPC', files.keepOutput) }),
  });
  for (const more of [{}, answering]) {
    const rig = await start(more, full(5));
    expect(await outcome(rig)).toMatchObject({ state: 'made' });
    expect(await readdir(join(rig.home, 'jobs/take-1'))).toEqual(['output']);
  }
  expect(queue.paid).toBe(2);
});
test('one that stays full ends the job at what it cost, and says so', async () => {
  const never = {
    files: (files: Parameters<NonNullable<RigFaults['files']>>[0]) => ({
      ...files,
      keepOutput: failing(Infinity, 'ENOSPC', files.keepOutput),
    }),
  };
  expect(await outcome(await start(answering, never))).toMatchObject({
    state: 'failed',
    charged: 30_000,
    trouble: { message: { english: 'What came could not be written on this computer.' } },
  });
});

test.each(['intend', 'submitted', 'end'] as const)(
  'a journal that is locked for a while when it says “%s” is written again, and the job is sent once',
  async (what) => {
    const rig = await start(
      {},
      {
        journal: (journal) => ({
          ...journal,
          [what]: failing(3, 'SQLITE_BUSY', journal[what] as () => Promise<never>),
        }),
      },
    );
    expect(await outcome(rig)).toMatchObject({ state: 'made', charged: 40_000 });
    expect(queue.paid).toBe(1);
  },
);
test.each([
  ['intend', 'made', 1],
  ['submitted', 'unknown', 1],
  ['end', 'made', 1],
] as const)(
  'one that stays locked at “%s” ends no job: the next process goes on with it',
  async (what, state, paid) => {
    // It is said to whoever runs the server.
    vi.spyOn(console, 'error').mockImplementation(() => {});
    let tries = 0;
    const locked = async () => {
      tries++;
      throw error('SQLITE_BUSY');
    };
    const rig = await start({}, { journal: (journal) => ({ ...journal, [what]: locked }) });
    await rig.service.put('take-1', orderOf(), NONE);
    while (tries < 5) await turns();
    await turns();
    expect((await rig.journal.get('take-1'))?.endedAt).toBeUndefined();
    await rig.service.close();
    open = [];
    const after = await start({}, {}, rig.home);
    await after.service.resume();
    expect(await settled(after.service, 'take-1')).toMatchObject({ state });
    expect(queue.paid).toBe(paid);
  },
);

test('a clock that is set back by an hour, or on by one, in the middle of a job, does it no harm', async () => {
  for (const hours of [-1, 1]) {
    let wrong = 0;
    const { follow } = queueAdapter(queue.url, false);
    const rig = await start(
      {
        follow: async (job, access, request) => {
          wrong = hours * 3_600_000;
          return follow!(job, access, request);
        },
      },
      { clock: () => wrong },
    );
    queue.script({ at: 'submit', status: 429, headers: { 'retry-after': '1' } });
    // A question that fails when its time is over is the last one.
    if (hours < 0) queue.script({ at: 'output', status: 503 });
    queue.settings.questions = 0;
    expect(await outcome(rig)).toMatchObject({ state: 'made' });
    await rig.service.resume();
    expect(await outcome(rig, 'take-2')).toMatchObject({ state: 'made' });
  }
  expect(queue.paid).toBe(4);
});
