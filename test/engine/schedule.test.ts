import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Result } from '../../src/core/errors.ts';
import type { CacheKey } from '../../src/core/ids.ts';
import type { Executed, Task } from '../../src/engine/run.ts';
import { schedule } from '../../src/engine/schedule.ts';

const WATCHER = { started() {}, progress() {} };
const DONE: Result<Executed> = { ok: true, value: { outputs: {}, ms: 0 } };
let made = 0;
const task = (megabytes: number, lane: Task['lane'] = 'cpu', priority = 1): Task => {
  const key = `k${++made}` as CacheKey;
  return { key, parts: { type: 'n', version: 1, params: {}, inputs: {} }, mode: 'delivery', lane, megabytes, priority };
};

/** A schedule whose tasks run until they are told to end. */
function desk(limits: Parameters<typeof schedule>[0]) {
  const running = new Map<Task, (result: Result<Executed>) => void>();
  const run = schedule(limits, (one) => new Promise((resolve) => running.set(one, resolve)));
  const settled = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return {
    running,
    start: (one: Task, signal = new AbortController().signal) => run(one, signal, WATCHER),
    async end(one: Task) {
      running.get(one)!(DONE);
      running.delete(one);
      await settled();
    },
    settled,
  };
}

test('an oversized task begins once it is alone, whatever fractions of a megabyte ran before', async () => {
  const { running, start, end } = desk({ lanes: { cpu: 8, network: 8 }, megabytes: 1000 });
  const small = [0.1, 0.2, 0.3].map((megabytes) => task(megabytes));
  const big = task(2000);
  for (const one of [...small, big]) void start(one);
  for (const one of small) {
    expect(running.has(big)).toBe(false);
    await end(one);
  }
  expect([...running.keys()]).toEqual([big]);
});

test('a task that waits for memory is not passed for ever by those of the other lane that came later', async () => {
  const { running, start, end } = desk({ lanes: { cpu: 4, network: 4 }, megabytes: 100 });
  const [first, big, ...later] = [task(60), task(90), task(5, 'network'), task(5, 'network'), task(5, 'network')];
  for (const one of [first!, big!, ...later]) void start(one);
  // Two of them leave the ninety free.
  expect([...running.keys()]).toEqual([first, later[0], later[1]]);
  await end(first!);
  expect(running.has(big!)).toBe(true);
});

test('who leaves lets those start that waited behind it', async () => {
  const { running, start, settled } = desk({ lanes: { cpu: 4, network: 4 }, megabytes: 100 });
  const abort = new AbortController();
  const [first, big, small] = [task(10), task(100), task(10, 'network')];
  void start(first!);
  const left = start(big!, abort.signal);
  void start(small!);
  expect(running.has(small!)).toBe(false);
  abort.abort();
  await settled();
  expect((await left).ok).toBe(false);
  expect([...running.keys()]).toEqual([first, small]);
});

test('one abort ends all that waits: none of them begins first', async () => {
  const { running, start, end } = desk({ lanes: { cpu: 1, network: 1 }, megabytes: 100 });
  const abort = new AbortController();
  const [first, ...others] = [task(1), task(1), task(1), task(1)];
  void start(first!);
  const waiting = others.map((one) => start(one, abort.signal));
  abort.abort();
  await end(first!);
  expect((await Promise.all(waiting)).every((result) => !result.ok && result.error.code === 'cancelled')).toBe(true);
  expect(running.size).toBe(0);
});

test('what throws in place of answering gives its room back', async () => {
  const run = schedule({ lanes: { cpu: 1, network: 1 }, megabytes: 10 }, async (one) => {
    if (one.megabytes === 3) throw new Error('torn');
    return DONE;
  });
  const { signal } = new AbortController();
  expect(await run(task(3), signal, WATCHER)).toMatchObject({ ok: false, error: { code: 'bug' } });
  expect(await run(task(10), signal, WATCHER)).toEqual(DONE);
});

test('property: every task runs, never more memory or lanes than there are', async () => {
  const sizes = fc.oneof(fc.double({ min: 0, max: 40, noNaN: true }), fc.constantFrom(0, -1, 0.1, 500, Infinity, NaN));
  const tasks = fc.array(
    fc.record({ megabytes: sizes, lane: fc.constantFrom('cpu' as const, 'network' as const), priority: fc.nat(3) }),
    { maxLength: 25 },
  );
  const property = fc.asyncProperty(
    tasks,
    fc.array(fc.nat(99), { minLength: 25, maxLength: 25 }),
    async (wanted, choices) => {
      const limits = { lanes: { cpu: 2, network: 3 }, megabytes: 50 };
      const { running, start, end } = desk(limits);
      const all = wanted.map(({ megabytes, lane, priority }) => task(megabytes, lane, priority));
      const results = Promise.all(all.map((one) => start(one)));
      for (const choice of choices.slice(0, all.length)) {
        const now = [...running.keys()];
        expect(now.length).toBeGreaterThan(0);
        const megabytes = now.reduce((sum, one) => sum + (one.megabytes > 0 ? one.megabytes : 0), 0);
        expect(now.length === 1 || megabytes <= limits.megabytes).toBe(true);
        for (const lane of ['cpu', 'network'] as const)
          expect(now.filter((one) => one.lane === lane).length).toBeLessThanOrEqual(limits.lanes[lane]);
        await end(now[choice % now.length]!);
      }
      expect((await results).length).toBe(all.length);
    },
  );
  await fc.assert(property, { numRuns: 200 });
});
