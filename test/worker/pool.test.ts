import { getEventListeners } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import type { CacheKey } from '../../src/core/ids.ts';
import type { Task, TaskWatcher } from '../../src/engine/run.ts';
import { threadPool } from '../../src/worker/pool.ts';
import { died, neverStarted, type TaskThread } from '../../src/worker/protocol.ts';
import { asWorker, collectGarbage, PortWorker } from '../rig/threads.ts';

const WATCHER = { started() {}, progress() {} };
const DONE = { ok: true as const, value: { outputs: {}, ms: 0 } };
let made = 0;
const task = (): Task => {
  const key = `k${++made}` as CacheKey;
  return {
    key,
    parts: { type: 'n', version: 1, params: {}, inputs: {} },
    mode: 'delivery',
    lane: 'cpu',
    megabytes: 1,
    priority: 1,
  };
};

/** What each worker that was started does with a task; the last entry goes for all further ones. */
type Behaviour =
  | 'works'
  | 'works once'
  | 'never starts'
  | 'dies before it begins'
  | 'dies at work'
  | 'does not heed a cancel';
const workers: PortWorker[] = [];
afterEach(() => {
  vi.useRealTimers();
  workers.splice(0).forEach((worker) => worker.terminate());
});
const REST_MS = 1000;
const poolOf = (size: number, ...behaviours: readonly Behaviour[]) => restingPoolOf(undefined, size, ...behaviours);
function restingPoolOf(restMs: number | undefined, size: number, ...behaviours: readonly Behaviour[]) {
  const seen = { cancels: 0, closed: 0 };
  const spawn = () => {
    const behaviour = behaviours[Math.min(workers.length, behaviours.length - 1)]!;
    const worker = new PortWorker();
    workers.push(worker);
    let tasks = 0;
    const run: TaskThread['run'] = async (_task, _queuedMs, progress, account) => {
      if (behaviour === 'dies before it begins') return fail(worker);
      progress.postMessage('begun');
      // What was said arrives before the end of who said it.
      await new Promise(setImmediate);
      if (behaviour === 'dies at work') return fail(worker);
      if (behaviour === 'does not heed a cancel' || (behaviour === 'works once' && ++tasks > 1))
        return new Promise(() => {});
      progress.close();
      account.close();
      return DONE;
    };
    if (behaviour === 'never starts') setImmediate(() => worker.fail());
    else worker.listen({ run, cancel: () => seen.cancels++ } satisfies TaskThread);
    return asWorker(worker);
  };
  const fail = (worker: PortWorker) => {
    worker.fail();
    return new Promise<never>(() => {});
  };
  const counter = () => {
    const { port1, port2 } = new MessageChannel();
    return { port: port2, queuedMs: 0, close: () => (seen.closed++, port1.close()) };
  };
  const pool = threadPool(size, spawn, restMs);
  const execute = (one: Task, signal: AbortSignal, watcher: TaskWatcher) => pool.execute(one, signal, watcher, counter);
  return { pool: { execute }, seen };
}
const never = () => new AbortController().signal;

test('nothing is kept of a task that is done: no object, no listener', async () => {
  const { pool, seen } = poolOf(1, 'works');
  const abort = new AbortController();
  const tasks: WeakRef<Task>[] = [];
  const one = async () => {
    const next = task();
    tasks.push(new WeakRef(next));
    await pool.execute(next, abort.signal, WATCHER);
  };
  for (let k = 0; k < 2000; k++) await one();
  await collectGarbage();
  expect(getEventListeners(abort.signal, 'abort').length).toBe(0);
  expect(tasks.filter((held) => held.deref()).length).toBeLessThan(20);
  abort.abort();
  await pool.execute(task(), never(), WATCHER);
  expect(seen.cancels).toBe(0);
  expect(workers.length).toBe(1);
});

test('a thread that died while it had nothing to do is not handed a task', async () => {
  const { pool } = poolOf(1, 'works');
  await pool.execute(task(), never(), WATCHER);
  workers[0]!.fail();
  expect(await pool.execute(task(), never(), WATCHER)).toEqual(DONE);
  expect(workers.length).toBe(2);
});

test('a task whose thread died before it began is done by another, and began once for whoever watches', async () => {
  const { pool, seen } = poolOf(1, 'dies before it begins', 'works');
  let begun = 0;
  expect(await pool.execute(task(), never(), { ...WATCHER, started: () => begun++ })).toEqual(DONE);
  expect({ begun, closed: seen.closed }).toEqual({ begun: 1, closed: 1 });
});

test('a task whose thread died at work has failed, and is not begun again; the next one finds a thread', async () => {
  const { pool } = poolOf(1, 'dies at work', 'works');
  expect(await pool.execute(task(), never(), WATCHER)).toEqual({ ok: false, error: died });
  expect(await pool.execute(task(), never(), WATCHER)).toEqual(DONE);
});

test('threads that cannot start are tried a few times, then that is said', async () => {
  const { pool } = poolOf(2, 'never starts');
  expect(await pool.execute(task(), never(), WATCHER)).toEqual({ ok: false, error: neverStarted });
  expect(workers.length).toBeLessThanOrEqual(4);
});

test('a thread that does not heed a cancel is replaced', async () => {
  const { pool, seen } = poolOf(1, 'does not heed a cancel', 'works');
  const abort = new AbortController();
  const stubborn = pool.execute(task(), abort.signal, { ...WATCHER, started: () => setImmediate(() => abort.abort()) });
  expect(await stubborn).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(workers[0]!.isTerminated).toBe(true);
  expect(seen.closed).toBe(1);
  expect(await pool.execute(task(), never(), WATCHER)).toEqual(DONE);
  expect(await pool.execute(task(), abort.signal, WATCHER)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});

/** A pool whose clock is turned by hand. */
function poolAtRest(...behaviours: readonly Behaviour[]) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { pool } = restingPoolOf(REST_MS, 2, ...behaviours);
  const work = () => pool.execute(task(), never(), WATCHER);
  /** What has happened by then is done. */
  const pass = async (ms: number) => {
    vi.advanceTimersByTime(ms);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  };
  return { work, pass, ended: () => workers.map((worker) => worker.isTerminated) };
}

test('a thread that has worked and then has nothing to do gives way to a fresh one, and that one stays', async () => {
  const { work, pass, ended } = poolAtRest('works');
  await work();
  await pass(REST_MS - 1);
  await work();
  await pass(REST_MS - 1);
  expect(ended()).toEqual([false, false]);
  await pass(1);
  await expect.poll(ended).toEqual([false, true, false]);
  await pass(REST_MS * 10);
  expect(await work()).toEqual(DONE);
  expect(ended()).toEqual([false, true, false]);
});

test('a thread stays when no fresh one can start', async () => {
  const { work, pass, ended } = poolAtRest('works', 'works', 'never starts');
  await work();
  await pass(REST_MS);
  await expect.poll(ended).toEqual([false, false, true]);
  expect(await work()).toEqual(DONE);
  expect(workers.length).toBe(3);
});

test('a thread that is handed a task while a fresh one starts goes on with it', async () => {
  const { work, pass, ended } = poolAtRest('works', 'works once');
  await work();
  vi.advanceTimersByTime(REST_MS);
  void work();
  await pass(0);
  await expect.poll(ended).toEqual([false, false, true]);
});

test('a thread that died while it rested is not replaced before somebody needs it', async () => {
  const { work, pass } = poolAtRest('works');
  await work();
  workers[1]!.fail();
  await pass(REST_MS);
  expect(workers.length).toBe(2);
  expect(await work()).toEqual(DONE);
});
