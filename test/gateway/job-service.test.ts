import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Micros } from '../../src/core/money.ts';
import { inWords, say } from '../../src/core/say.ts';
import type { Answer, JobRef, JobWatch, Submitting } from '../../src/providers/adapter.ts';
import { answeredTrouble } from '../../src/providers/answer-trouble.ts';
import { ServiceTrouble } from '../../src/providers/service-trouble.ts';
import type { JobRequest } from '../../src/routing/job-request.ts';
import { PIXEL, queueAdapter, startQueue, type QueueDouble } from '../contract/queue.ts';
import { openJobsRig, orderOf, settled, type JobsRig } from '../rig/jobs.ts';

const NONE = new Map();
let queue: QueueDouble;
let open: JobsRig[] = [];

beforeEach(async () => {
  queue = await startQueue();
});
afterEach(async () => {
  await Promise.all(open.map(({ service }) => service.close()));
  open = [];
  await queue.close();
});
async function start(canLookUp = false, home?: string): Promise<JobsRig> {
  const rig = await openJobsRig([queueAdapter(queue.url, canLookUp)], home);
  open.push(rig);
  return rig;
}

test('a job is sent, followed, fetched and booked', async () => {
  const { service } = await start();
  expect(await service.put('t1', orderOf(), NONE)).toMatchObject({ id: 't1', state: 'waiting', estimate: 40_000 });
  const made = await settled(service, 't1');
  expect(made).toMatchObject({ state: 'made', charged: 40_000, seed: 7 });
  expect(made.media).toMatchObject({ kind: 'image', mime: 'image/png', width: 1, height: 1, bytes: PIXEL.length });
  expect(await readFile(service.output('t1'))).toEqual(PIXEL);
  expect(queue.paid).toBe(1);
});

test('where the list has no price, what the service says is set aside and booked', async () => {
  const asking = { ...queueAdapter(queue.url, false), quote: async () => 25_000 as Micros };
  const rig = await openJobsRig([{ ...asking, follow: async () => ({ output: { bytes: new Uint8Array(PIXEL) } }) }]);
  open.push(rig);
  const order = { ...orderOf({}, null), monthlyBudget: 20_000 as Micros };
  await expect(rig.service.put('t1', order, NONE)).rejects.toMatchObject({ kind: 'billing' });
  expect(await rig.service.put('t2', orderOf({}, null), NONE)).toMatchObject({ estimate: 25_000 });
  expect(await settled(rig.service, 't2')).toMatchObject({ state: 'made', charged: 25_000 });
});

test('prices are asked for once, whoever asks; where there is no answer, again; and nothing is booked', async () => {
  const asked: (readonly string[])[] = [];
  let isThere = false;
  const saying = {
    ...queueAdapter(queue.url, false),
    async prices(models: readonly string[]) {
      asked.push(models);
      if (!isThere) throw new Error('Away.');
      return new Map([['queue/one', { amount: 25_000 as Micros, unit: 'image' as const }]]);
    },
  };
  const rig = await openJobsRig([saying]);
  open.push(rig);
  const questions = ['queue/one', 'queue/two'].map((model) => ({ provider: 'queue', model }));
  expect(await rig.service.quotes([...questions, { provider: 'nobody', model: 'x' }])).toEqual([]);
  isThere = true;
  const at = expect.any(Number);
  const said = [
    { ...questions[0], price: { amount: 25_000, unit: 'image' }, at },
    { ...questions[1], price: null, at },
  ];
  expect(await rig.service.quotes(questions)).toEqual(said);
  expect(await rig.service.quotes(questions)).toEqual(said);
  expect(asked).toEqual([
    ['queue/one', 'queue/two'],
    ['queue/one', 'queue/two'],
  ]);
  expect(await rig.journal.spending()).toEqual([]);
  const keyless = await openJobsRig([saying], undefined, {});
  open.push(keyless);
  expect(await keyless.service.quotes(questions)).toEqual([]);
});

test('the same job twice is one job, at the same moment and after it has ended', async () => {
  const { service } = await start();
  await Promise.all(Array.from({ length: 8 }, () => service.put('t1', orderOf(), NONE)));
  await settled(service, 't1');
  expect(await service.put('t1', orderOf(), NONE)).toMatchObject({ state: 'made' });
  expect(queue.paid).toBe(1);
});

test('two processes on one journal send a job once', async () => {
  const one = await start();
  const other = await start(false, one.home);
  await Promise.all([one.service.put('t1', orderOf(), NONE), other.service.put('t1', orderOf(), NONE)]);
  await settled(other.service, 't1');
  expect(queue.paid).toBe(1);
});

describe('what goes wrong when it is sent', () => {
  test.each([
    [401, 'key'],
    [402, 'billing'],
    [403, 'forbidden'],
    [404, 'retired'],
    [409, 'invalid'],
    [413, 'invalid'],
    [422, 'invalid'],
    [500, 'broken'],
    [503, 'broken'],
  ])('%d ends the job as “%s”, for nothing', async (status, kind) => {
    const { service } = await start();
    queue.script({ at: 'submit', status });
    await service.put('t1', orderOf(), NONE);
    expect(await settled(service, 't1')).toMatchObject({ state: 'failed', charged: 0, trouble: { kind } });
    expect(queue.paid).toBe(0);
  });

  test('content rules end it, and it is not sent again', async () => {
    const { service } = await start();
    queue.script({ at: 'submit', status: 422, body: { code: 'policy' } });
    await service.put('t1', orderOf(), NONE);
    expect(await settled(service, 't1')).toMatchObject({ state: 'failed', trouble: { kind: 'refused' } });
    expect(queue.asked).toHaveLength(1);
  });

  test.each([{ 'retry-after': '2' }, {}])('429 with %o waits and is sent again', async (headers) => {
    const { service } = await start();
    queue.script({ at: 'submit', status: 429, headers: headers as Record<string, string> });
    await service.put('t1', orderOf(), NONE);
    expect(await settled(service, 't1')).toMatchObject({ state: 'made' });
    expect(queue.paid).toBe(1);
  });

  test('a connection that is refused is tried again, and costs nothing', async () => {
    const gone = await startQueue();
    await gone.close();
    const adapter = queueAdapter(gone.url, false);
    const rig = await openJobsRig([adapter]);
    open.push(rig);
    await rig.service.put('t1', orderOf(), NONE);
    expect(await settled(rig.service, 't1')).toMatchObject({
      state: 'failed',
      charged: 0,
      trouble: { kind: 'unreachable' },
    });
  });

  test.each([
    { at: 'submit', cut: 'before answer' } as const,
    { at: 'submit', cut: 'in the middle' } as const,
    { at: 'submit', says: '<html>502</html>' } as const,
    { at: 'submit', says: '{}' } as const,
  ])('after %o nobody knows: it stays unknown, its money set aside, and is not sent again', async (fault) => {
    const { service, journal } = await start();
    queue.script(fault);
    await service.put('t1', orderOf(), NONE);
    const view = await settled(service, 't1');
    expect(view).toMatchObject({ state: 'unknown', trouble: { kind: 'lost' } });
    await service.resume();
    await service.put('t1', orderOf(), NONE);
    expect(queue.paid).toBe(1);
    expect(await journal.spending()).toEqual([{ provider: 'queue', charged: 0, reserved: 40_000 }]);
  });

  test('a service that can be asked is: the job is found and goes on', async () => {
    const { service } = await start(true);
    queue.script({ at: 'submit', cut: 'before answer' });
    await service.put('t1', orderOf(), NONE);
    expect(await settled(service, 't1')).toMatchObject({ state: 'made', charged: 40_000 });
    expect(queue.paid).toBe(1);
  });
});

describe('what goes wrong after it was sent', () => {
  test('questions that fail are asked again', async () => {
    const { service } = await start();
    queue.script(
      { at: 'status', status: 500 },
      { at: 'status', cut: 'before answer' },
      { at: 'status', status: 429, headers: { 'retry-after': '1' } },
      { at: 'status', says: 'not JSON' },
      { at: 'output', status: 503 },
      { at: 'output', cut: 'in the middle' },
    );
    await service.put('t1', orderOf(), NONE);
    expect(await settled(service, 't1')).toMatchObject({ state: 'made' });
    expect(queue.paid).toBe(1);
  });

  test.each(['0', '86400'])(
    'one that is to be asked again after %s s is asked neither at once nor too late',
    async (wait) => {
      queue.settings.questions = Infinity;
      const rig = await openJobsRig([{ ...queueAdapter(queue.url, false), longestMs: 60_000 }], undefined, undefined, {
        isClockMoved: true,
      });
      open.push(rig);
      const headers = { 'retry-after': wait };
      queue.script(...Array.from({ length: 5000 }, () => ({ at: 'status', status: 429, headers }) as const));
      await rig.service.put('t1', orderOf(), NONE);
      expect(await settled(rig.service, 't1')).toMatchObject({ state: 'failed', trouble: { kind: 'endless' } });
    },
  );

  test('a mistake of ours says nothing of the job: it may cost', async () => {
    const follow = () => Promise.reject(new TypeError('not a function'));
    const rig = await openJobsRig([{ ...queueAdapter(queue.url, false), follow }]);
    open.push(rig);
    await rig.service.put('t1', orderOf(), NONE);
    expect(await settled(rig.service, 't1')).toMatchObject({ state: 'failed', charged: 40_000 });
  });

  test('a result that is not a picture fails, with its first bytes, and is paid for', async () => {
    const { service } = await start();
    queue.settings.output = new TextEncoder().encode('<html><body>Sorry</body></html>');
    await service.put('t1', orderOf(), NONE);
    const view = await settled(service, 't1');
    expect(view).toMatchObject({ state: 'failed', charged: 40_000, trouble: { kind: 'unreadable' } });
    expect(JSON.stringify(view.trouble)).toContain('<html><body>Sorry');
  });

  test('a result whose address has expired fails, and is paid for', async () => {
    const { service } = await start();
    queue.script({ at: 'output', status: 403 });
    await service.put('t1', orderOf(), NONE);
    expect(await settled(service, 't1')).toMatchObject({ state: 'failed', charged: 40_000, trouble: { kind: 'gone' } });
  });

  test('a job that never ends is given up, and may cost', async () => {
    queue.settings.questions = Infinity;
    const rig = await openJobsRig([{ ...queueAdapter(queue.url, false), longestMs: 50 }]);
    open.push(rig);
    await rig.service.put('t1', orderOf(), NONE);
    expect(await settled(rig.service, 't1')).toMatchObject({
      state: 'failed',
      charged: 40_000,
      trouble: { kind: 'endless' },
    });
  });
});

describe('taking it back', () => {
  test('before it is sent costs nothing', async () => {
    const rig = await openJobsRig([{ ...queueAdapter(queue.url, false), atOnce: 0 }]);
    open.push(rig);
    await rig.service.put('t1', orderOf(), NONE);
    expect(await rig.service.cancel('t1')).toMatchObject({ state: 'cancelled', charged: 0 });
    expect(queue.paid).toBe(0);
  });

  test('too late is booked at what it may cost', async () => {
    queue.settings.questions = Infinity;
    const { service } = await start();
    await service.put('t1', orderOf(), NONE);
    while (!(await service.get('t1'))?.fraction) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await service.cancel('t1')).toMatchObject({ state: 'cancelled', charged: 40_000 });
    expect(await service.cancel('t1')).toMatchObject({ state: 'cancelled', charged: 40_000 });
  });
});

describe('a service that is not set up any more', () => {
  const nowhere = [
    ['is no provider by now', []],
    ['has no address by now', [{ ...queueAdapter('', false) }]],
  ] as const;
  /** A journal with jobs of a service that was set up then. */
  async function left(): Promise<JobsRig> {
    const before = await start();
    await before.service.put('made', orderOf(), NONE);
    await settled(before.service, 'made');
    for (const id of ['waiting', 'intended', 'submitted']) await before.journal.put(id, orderOf(), 1);
    for (const id of ['intended', 'submitted']) {
      await before.journal.hold(id);
      await before.journal.intend(id);
    }
    await before.journal.submitted('submitted', { job: 'j9' });
    await before.service.close();
    open = [];
    return before;
  }

  test.each(nowhere)(
    'and %s: what waits for it can be taken back, and costs what it may have cost',
    async (_, some) => {
      const { home } = await left();
      const rig = await openJobsRig(some, home);
      open.push(rig);
      await rig.service.resume();
      for (const state of ['waiting', 'submitted']) expect(await rig.service.get(state)).toMatchObject({ state });
      expect(await rig.service.cancel('waiting')).toMatchObject({ state: 'cancelled', charged: 0 });
      expect(await rig.service.cancel('intended')).toMatchObject({ state: 'cancelled', charged: 40_000 });
      expect(await rig.service.cancel('submitted')).toMatchObject({ state: 'cancelled', charged: 40_000 });
      expect(await rig.journal.spending()).toEqual([{ provider: 'queue', charged: 120_000, reserved: 0 }]);
    },
  );

  test.each(nowhere)('and %s: one that was taken back in another process ends too', async (_, some) => {
    const { home } = await left();
    const rig = await openJobsRig(some, home);
    open.push(rig);
    await rig.journal.cancel('submitted');
    await rig.service.resume();
    expect(await rig.service.get('submitted')).toMatchObject({ state: 'cancelled' });
  });

  test.each(nowhere)('and %s: what it made is found, and nothing new is taken', async (_, some) => {
    const { home } = await left();
    const rig = await openJobsRig(some, home);
    open.push(rig);
    expect(await rig.service.put('made', orderOf(), NONE)).toMatchObject({ state: 'made' });
    await expect(rig.service.put('new', orderOf(), NONE)).rejects.toMatchObject({ kind: 'invalid' });
    expect(await rig.service.get('new')).toBeUndefined();
  });

  test('goes on where it is set up again', async () => {
    const { home } = await left();
    const rig = await start(false, home);
    await rig.service.resume();
    expect(await settled(rig.service, 'waiting')).toMatchObject({ state: 'made' });
  });
});

describe('a month’s budget', () => {
  const budget = 100_000 as Micros;
  test('holds for everybody together', async () => {
    const one = await start();
    const other = await start(false, one.home);
    const put = (rig: JobsRig, id: string) =>
      rig.service.put(id, { ...orderOf(), monthlyBudget: budget }, NONE).then(
        () => 'taken',
        () => 'refused',
      );
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((id, n) => put(n % 2 ? one : other, id)));
    expect(answers.toSorted()).toEqual(['refused', 'refused', 'taken', 'taken']);
  });
  test('holds for who does not know it, in every process, until it is lifted', async () => {
    const page = await start();
    const command = await start(false, page.home);
    await page.service.keepBudget(50_000 as Micros);
    await page.service.put('a', orderOf(), NONE);
    await expect(command.service.put('b', orderOf(), NONE)).rejects.toMatchObject({ facts: { code: 'over-budget' } });
    await expect(command.service.put('b', orderOf({}, null), NONE)).rejects.toMatchObject({ kind: 'billing' });
    await page.service.keepBudget(undefined);
    expect(await command.service.put('b', orderOf(), NONE)).toMatchObject({ id: 'b' });
  });
  test.each(['', '[]', '{"monthlyBudget":"5"}', '{"monthlyBudget":-1}', '{"monthlyBudget":0.5}'])(
    'that cannot be read (%s) is not taken for none',
    async (text) => {
      const { service, home } = await start();
      await writeFile(join(home, 'budget.json'), text);
      await expect(service.put('a', orderOf(), NONE)).rejects.toMatchObject({ kind: 'billing' });
      await service.keepBudget(50_000 as Micros);
      expect(await service.put('a', orderOf(), NONE)).toMatchObject({ id: 'a' });
    },
  );
});

describe('a process that ends', () => {
  test('goes on with what it had sent, when it starts again', async () => {
    queue.settings.questions = Infinity;
    const first = await start();
    await first.service.put('t1', orderOf(), NONE);
    while (!(await first.service.get('t1'))?.fraction) await new Promise((resolve) => setTimeout(resolve, 5));
    await first.service.close();
    open = [];
    queue.settings.questions = 1;
    const next = await start(false, first.home);
    await next.service.resume();
    expect(await settled(next.service, 't1')).toMatchObject({ state: 'made' });
    expect(queue.paid).toBe(1);
  });

  test.each([true, false])('while it was sending leaves what can be looked up (%s)', async (canLookUp) => {
    const first = await start(canLookUp);
    await first.journal.put('t1', orderOf(), 1);
    await first.journal.hold('t1');
    expect(await first.journal.intend('t1')).toBe(true);
    await first.service.resume();
    const view = await settled(first.service, 't1');
    expect(view.state).toBe(canLookUp ? 'made' : 'unknown');
    // What the service says it does not have was never sent, and is sent now.
    expect(queue.paid).toBe(canLookUp ? 1 : 0);
  });
});

test('looking again finds what the service has, or says that it was never sent; a person can count it as lost', async () => {
  const blind = await start();
  queue.script({ at: 'submit', cut: 'before answer' });
  await blind.service.put('t1', orderOf(), NONE);
  await settled(blind.service, 't1');
  expect(await blind.service.lookAgain('t1')).toMatchObject({ state: 'unknown' });
  const seeing = await start(true, blind.home);
  expect(await seeing.service.lookAgain('t1')).toMatchObject({ state: 'made' });

  await blind.journal.put('t2', orderOf(), 1);
  await blind.journal.unknown('t2', { kind: 'lost', message: 'Lost.' });
  expect(await seeing.service.lookAgain('t2')).toMatchObject({ state: 'failed', charged: 0 });
  await blind.journal.put('t3', orderOf(), 1);
  await blind.journal.unknown('t3', { kind: 'lost', message: 'Lost.' });
  expect(await blind.service.countLost('t3')).toMatchObject({ state: 'failed', charged: 40_000 });
  expect(queue.paid).toBe(1);
});

test('a service that has no way to be asked about a job says so; one that has is asked again', async () => {
  for (const canLookUp of [false, true]) {
    const { service, journal } = await start(canLookUp);
    await journal.put('t1', orderOf(), 1);
    await journal.unknown('t1', { kind: 'lost', message: 'Lost.' });
    expect((await service.get('t1'))!.cannotBeAsked).toBe(canLookUp ? undefined : true);
  }
});

test('who closes waits for what goes on with the jobs of others: the journal is read until then, and not after', async () => {
  const asked: string[] = [];
  let answer = () => {};
  const slow = new Promise<void>((resolve) => (answer = resolve));
  const rig = await openJobsRig([queueAdapter(queue.url, false)], undefined, undefined, {
    journal: (real) => ({
      ...real,
      async renew() {
        asked.push('renew');
        await slow;
        await real.renew();
      },
      async orphans() {
        asked.push('orphans');
        return real.orphans();
      },
      async close() {
        asked.push('close');
        await real.close();
      },
    }),
  });
  const going = rig.service.resume();
  await expect.poll(() => asked).toEqual(['renew']);
  const closing = rig.service.close();
  answer();
  await Promise.all([going, closing]);
  // A timer may ring once more.
  await rig.service.resume();
  expect(asked).toEqual(['renew', 'orphans', 'close']);
});

test('what was sent with a key is not asked after without it: it is open, and goes on where the key is', async () => {
  queue.settings.questions = Infinity;
  const first = await start();
  await first.service.put('t1', orderOf(), NONE);
  while (!(await first.service.get('t1'))?.fraction) await new Promise((resolve) => setTimeout(resolve, 5));
  await first.service.close();
  open = [];
  const keyless = await openJobsRig([queueAdapter(queue.url, false)], first.home, {});
  open.push(keyless);
  queue.settings.questions = 1;
  const asked = queue.asked.length;
  await keyless.service.resume();
  const told = { state: 'unknown', charged: null, trouble: { kind: 'key' } };
  expect(await keyless.service.put('t1', orderOf(), NONE)).toMatchObject(told);
  expect(await keyless.service.get('t1')).toMatchObject(told);
  expect(queue.asked).toHaveLength(asked);
  const next = await start(false, first.home);
  await next.service.resume();
  expect(await settled(next.service, 't1')).toMatchObject({ state: 'made', charged: 40_000 });
  expect(await keyless.service.get('t1')).toMatchObject({ state: 'made' });
  expect(queue.paid).toBe(1);
});

test('a server on this computer is asked once it was found, also after the next start', async () => {
  const local = { ...queueAdapter(queue.url, false), isLocal: true as const, keyNames: [] };
  const rig = await openJobsRig([local]);
  open.push(rig);
  expect(await rig.service.providers()).toMatchObject([{ isLocal: true, isReady: false }]);
  expect(await rig.service.test('queue')).toMatchObject({ isReady: true, lastTest: { works: true } });
  const next = await openJobsRig([local], rig.home);
  open.push(next);
  expect(await next.service.providers()).toMatchObject([{ isReady: true }]);
});

test('a job that another process took over meanwhile is not sent by this one', async () => {
  const first = await start();
  await first.journal.put('t1', orderOf(), 1);
  await first.journal.hold('t1');
  await first.service.close();
  open = [];
  const other = await start(false, first.home);
  const one = await other.journal.hold('t1');
  expect(one).toMatchObject({ state: 'waiting' });
  const late = await start(false, first.home);
  expect(await late.journal.intend('t1')).toBe(false);
  expect(await late.journal.hold('t1')).toBeUndefined();
});

test('a service that answers with the result, and with one that is none, is booked at what it may cost', async () => {
  const answering = (bytes: Uint8Array<ArrayBuffer>) => ({
    ...queueAdapter(queue.url, false),
    submit: async (_: unknown, access: Submitting) => {
      await access.call({ method: 'POST', to: '/jobs', json: { name: access.id }, pays: true });
      return { made: { output: { bytes }, charged: 30_000 as Micros } };
    },
  });
  const rig = await openJobsRig([answering(new TextEncoder().encode('no picture, queue-secret'))]);
  open.push(rig);
  await rig.service.put('t1', orderOf(), NONE);
  const view = await settled(rig.service, 't1');
  expect(view).toMatchObject({ state: 'failed', charged: 30_000, trouble: { kind: 'unreadable' } });
  expect(JSON.stringify(view)).not.toContain('queue-secret');
});

test.each([Infinity, Number.NaN, 1e30, -1, 0.5])(
  'a charge of %s is no amount: it is booked at what it may cost',
  async (charged) => {
    const adapter = queueAdapter(queue.url, false);
    const follow = async (...given: Parameters<NonNullable<typeof adapter.follow>>) => ({
      ...(await adapter.follow!(...given)),
      charged: charged as Micros,
    });
    const rig = await openJobsRig([{ ...adapter, follow }]);
    open.push(rig);
    await rig.service.put('t1', orderOf(), NONE);
    expect(await settled(rig.service, 't1')).toMatchObject({ state: 'made', charged: 40_000 });
    expect(await rig.journal.spending()).toMatchObject([{ charged: 40_000 }]);
  },
);

test('a wait that no clock can count is no reason to ask without end', async () => {
  const { service } = await start();
  const headers = { 'retry-after': '1764293337' };
  queue.script(...Array.from({ length: 50 }, () => ({ at: 'submit', status: 429, headers }) as const));
  await service.put('t1', orderOf(), NONE);
  expect(await settled(service, 't1')).toMatchObject({ state: 'failed', charged: 0, trouble: { kind: 'busy' } });
  expect(queue.asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('a service that keeps failing is set aside for a while', async () => {
  const { service } = await start();
  queue.script(...Array.from({ length: 3 }, () => ({ at: 'submit', status: 500 }) as const));
  for (const id of ['a', 'b', 'c']) {
    await service.put(id, orderOf(), NONE);
    await settled(service, id);
  }
  const [provider] = await service.providers();
  expect(provider).toMatchObject({ isReady: false, setAside: { why: 'Queue answered 500.' } });
  // A test that goes well ends it: who presses it knows that something has changed.
  const tested = await service.test(provider!.id);
  expect(tested).toMatchObject({ isReady: true, lastTest: { works: true } });
  expect(tested?.setAside).toBeUndefined();
});

const submissions = () => queue.asked.filter(({ method, path }) => method === 'POST' && path === '/jobs').length;
test.each([401, 402])('an account that is refused (%i) is asked once, not for every job', async (status) => {
  const { service } = await start();
  queue.answersAfter = 50;
  queue.script({ at: 'submit', status });
  const ids = ['a', 'b', 'c'];
  await Promise.all(ids.map((id) => service.put(id, orderOf(), NONE)));
  const ended = await Promise.all(ids.map((id) => settled(service, id)));
  expect(ended.map(({ state, charged }) => [state, charged])).toEqual(ids.map(() => ['failed', 0]));
  expect(submissions()).toBe(1);
  expect(ended.map(({ trouble }) => inWords(trouble!.message)).toSorted()).toEqual([
    `Queue answered ${status}.`,
    `Queue was not asked again: Queue answered ${status}.`,
    `Queue was not asked again: Queue answered ${status}.`,
  ]);
  // Its card says so, until somebody has put it right.
  const [told] = await service.providers();
  const lastTrouble = { message: `Queue answered ${status}.`, at: expect.any(Number) as number };
  expect(told).toMatchObject({ isReady: false, lastTrouble, setAside: { why: `Queue answered ${status}.` } });
  const entered = await service.enterKey('queue', 'another-secret');
  expect(entered).toMatchObject({ isReady: true });
  expect(entered).not.toHaveProperty('lastTrouble');
  await service.put('d', orderOf(), NONE);
  expect(await settled(service, 'd')).toMatchObject({ state: 'made' });
});
test('an account that takes jobs is sent several at once, and one that is refused is asked again by itself after a while', async () => {
  let late = 0;
  const rig = await openJobsRig([queueAdapter(queue.url, false)], undefined, undefined, { clock: () => late });
  open.push(rig);
  queue.script({ at: 'submit', status: 402 });
  await rig.service.put('a', orderOf(), NONE);
  await settled(rig.service, 'a');
  late = 5 * 60_000;
  queue.settings.questions = Infinity;
  for (const id of ['b', 'c', 'd']) await rig.service.put(id, orderOf(), NONE);
  await expect.poll(submissions).toBe(4);
  expect((await rig.service.providers())[0]).not.toHaveProperty('lastTrouble');
});
test('a service that is too busy is not refused, and its card says what it answered until it takes a job', async () => {
  const { service } = await start();
  queue.script({ at: 'submit', status: 429, headers: { 'retry-after': '1764293337' } });
  await service.put('a', orderOf(), NONE);
  await settled(service, 'a');
  expect((await service.providers())[0]).toMatchObject({ isReady: true, lastTrouble: { kind: 'busy' } });
  await service.put('b', orderOf(), NONE);
  await settled(service, 'b');
  expect((await service.providers())[0]).not.toHaveProperty('lastTrouble');
});

test('the key is in no file but its own, and in no answer', async () => {
  const { service, home } = await start();
  queue.script({ at: 'submit', status: 401, body: { error: 'Bad key queue-secret' } });
  await service.put('t1', orderOf(), NONE);
  await settled(service, 't1');
  const told = JSON.stringify([await service.get('t1'), await service.providers()]);
  expect(told).not.toContain('queue-secret');
  const journal = await readFile(`${home}/journal.db`).catch(() => Buffer.alloc(0));
  const log = await readFile(`${home}/journal.db-wal`).catch(() => Buffer.alloc(0));
  expect(Buffer.concat([journal, log]).includes('queue-secret')).toBe(false);
});

test('a short key is taken out of what is told, where it is a word, and is left in data', async () => {
  const says = 'Key "done" is wrong, done. That is undone: say done!';
  const telling = {
    ...queueAdapter(queue.url, false),
    classify: (answer: Answer) =>
      answeredTrouble('Queue', 'key', answer, { says: (answer.json as { says: string }).says }),
    follow: async (job: JobRef, access: JobWatch, request: JobRequest) => ({
      ...(await queueAdapter(queue.url, false).follow!(job, access, request)),
      notes: [say('The service rewrote the prompt: {0}', says)],
    }),
    test: async () => {
      throw new ServiceTrouble('key', say('{0}: it does not take this.', says));
    },
  };
  const rig = await openJobsRig([telling], undefined, { QUEUE_KEY: 'done' });
  open.push(rig);
  await rig.service.put('made', orderOf(), NONE);
  // The service says “done” of its jobs, and is understood.
  const made = await settled(rig.service, 'made');
  expect(made).toMatchObject({ state: 'made' });
  queue.script({ at: 'submit', status: 401, body: { says } });
  await rig.service.put('refused', orderOf(), NONE);
  const refused = await settled(rig.service, 'refused');
  const tested = await rig.service.test('queue');
  const clean = 'Key "•••" is wrong, •••. That is undone: say •••!';
  for (const told of [refused.trouble!.hint!, made.notes![0]!]) expect(inWords(told)).toContain(clean);
  expect(JSON.stringify([refused, made, tested])).not.toMatch(/[^n]done/);
});

test('nobody else reads the journal, whoever may look into its folder', async () => {
  const { home } = await start();
  await chmod(home, 0o755);
  for (const name of ['journal.db', 'journal.db-wal'])
    expect((await stat(join(home, name))).mode & 0o777, name).toBe(0o600);
});
