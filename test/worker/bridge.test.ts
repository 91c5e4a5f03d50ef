import { afterEach, expect, test } from 'vitest';
import { toFailure } from '../../src/core/errors.ts';
import { connectThread, serveAnswers, type Thread } from '../../src/worker/bridge.ts';
import { died, neverStarted } from '../../src/worker/protocol.ts';
import { asWorker, PortWorker } from '../rig/threads.ts';

interface Calls {
  add(a: number, b: number): Promise<number>;
  wait(): Promise<void>;
  throwIt(): Promise<void>;
}
const CALLS: Calls = {
  add: async (a, b) => a + b,
  wait: () => new Promise(() => {}),
  throwIt: async () => {
    throw new Error('inside');
  },
};
const threads: Thread<Calls>[] = [];
function threadOver(worker: PortWorker): Thread<Calls> {
  const thread = connectThread<Calls>(() => asWorker(worker));
  threads.push(thread);
  return thread;
}
afterEach(() => threads.splice(0).forEach((thread) => thread.stop()));
const failureOf = (call: Promise<unknown>) => call.then(() => 'no failure', toFailure);

test('what is called before the worker listens is answered when it does', async () => {
  const worker = new PortWorker();
  const thread = threadOver(worker);
  const sums = [thread.call.add(1, 2), thread.call.add(3, 4)];
  expect(thread.hasStarted).toBe(false);
  worker.listen(CALLS);
  expect(await Promise.all(sums)).toEqual([3, 7]);
  expect(thread).toMatchObject({ hasStarted: true, isDead: false });
});

test.each<readonly [string, (thread: Thread<Calls>, worker: PortWorker) => void]>([
  ['is stopped', (thread) => thread.stop()],
  ['fails', (_, worker) => worker.fail()],
])('a thread that %s settles the calls it has not answered, and every later one', async (_, end) => {
  const worker = new PortWorker(CALLS);
  const thread = threadOver(worker);
  await thread.call.add(1, 2);
  const unanswered = [failureOf(thread.call.wait()), failureOf(thread.call.wait())];
  end(thread, worker);
  expect(await Promise.all(unanswered)).toEqual([died, died]);
  await thread.died;
  expect(thread.isDead).toBe(true);
  expect(worker.isTerminated).toBe(true);
  expect(await failureOf(thread.call.add(1, 2))).toEqual(died);
});

test('a worker that fails before it listens never started, and its calls say so', async () => {
  const worker = new PortWorker();
  const thread = threadOver(worker);
  const early = failureOf(thread.call.add(1, 2));
  worker.fail();
  expect(await early).toEqual(neverStarted);
  expect(thread).toMatchObject({ hasStarted: false, isDead: true });
});

test('so does one that the browser refuses to start', async () => {
  const thread = connectThread<Calls>(() => {
    throw new DOMException('Refused', 'SecurityError');
  });
  expect(await failureOf(thread.call.add(1, 2))).toEqual(neverStarted);
});

test('whoever replaces a dead thread hears of it before those whose calls failed', async () => {
  const thread = threadOver(new PortWorker(CALLS));
  const heard: string[] = [];
  const told = [thread.call.wait().catch(() => heard.push('call')), thread.died.then(() => heard.push('death'))];
  thread.stop();
  await Promise.all(told);
  expect(heard).toEqual(['death', 'call']);
});

test('an error inside is the error of the call; the thread lives on', async () => {
  const thread = threadOver(new PortWorker(CALLS));
  expect(await failureOf(thread.call.throwIt())).toMatchObject({ code: 'bug' });
  expect(await thread.call.add(2, 2)).toBe(4);
});

test('a port that is served can be closed from here', async () => {
  const { port, close } = serveAnswers({ add: CALLS.add });
  const closed = new Promise((resolve) => port.addEventListener('close', resolve));
  port.start();
  close();
  await closed;
});
