import { expect, test, vi } from 'vitest';
import { toFailure } from '../../src/core/errors.ts';
import { connectThread } from '../../src/worker/bridge.ts';
import { died, neverStarted } from '../../src/worker/protocol.ts';
import type { Fallible } from './workers/fallible.ts';

const worker = (script: URL) => (name: string) => new Worker(script, { type: 'module', name });
const FALLIBLE = new URL('./workers/fallible.ts', import.meta.url);
const TORN = new URL('./workers/torn.ts', import.meta.url);
const NOWHERE = new URL('./workers/nowhere.ts', import.meta.url);
const WITHOUT_LOCKS = new URL('./workers/without-locks.ts', import.meta.url);
const failureOf = (call: Promise<unknown>) => call.then(() => 'no failure', toFailure);

test('a worker that ends without a word settles what waits for it', async () => {
  const thread = connectThread<Fallible>(worker(FALLIBLE));
  expect(await thread.call.hello()).toBe('hello');
  const waiting = failureOf(thread.call.wait());
  thread.call.end().catch(() => {});
  expect(await waiting).toEqual(died);
  expect(await failureOf(thread.call.hello())).toEqual(died);
});

test('a worker that throws is ended, and settles what waits for it', async () => {
  const thread = connectThread<Fallible>(worker(FALLIBLE));
  const waiting = failureOf(thread.call.wait());
  await thread.call.throwLater();
  expect(await waiting).toEqual(died);
});

test('a thread that lives asks for no lock again and again', async () => {
  const query = vi.spyOn(navigator.locks, 'query');
  const thread = connectThread<Fallible>(worker(FALLIBLE));
  await thread.call.hello();
  const { held, pending } = await navigator.locks.query();
  const ours = (locks: LockInfo[] | undefined) =>
    locks?.filter(({ name }) => name?.startsWith('triptych-thread-')).length;
  expect([ours(held), ours(pending)]).toEqual([1, 1]);
  expect(query).toHaveBeenCalledTimes(1);
  thread.stop();
  await expect.poll(async () => ours((await navigator.locks.query()).held)).toBe(0);
  query.mockRestore();
});

test.each([
  ['throws while it loads', TORN],
  ['is not there', NOWHERE],
])('a worker whose script %s never started, and its calls say so', async (_, script) => {
  const thread = connectThread<Fallible>(worker(script));
  expect(await failureOf(thread.call.hello())).toEqual(neverStarted);
  expect(thread).toMatchObject({ isDead: true, hasStarted: false });
});

test('a worker without locks works, and ends when it is stopped', async () => {
  const thread = connectThread<Pick<Fallible, 'hello'>>(worker(WITHOUT_LOCKS));
  expect(await thread.call.hello()).toBe('hello');
  expect(thread.isDead).toBe(false);
  thread.stop();
  expect(await failureOf(thread.call.hello())).toEqual(died);
});
