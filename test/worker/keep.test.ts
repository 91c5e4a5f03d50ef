import { expect, test } from 'vitest';
import { connectThread } from '../../src/worker/bridge.ts';
import { keep } from '../../src/worker/keep.ts';
import { asWorker, PortWorker } from '../rig/threads.ts';

interface Calls {
  hello(): Promise<string>;
}
const CALLS: Calls = { hello: async () => 'hello' };

/** A kept thread whose workers start at once, however long they should wait: the waits are written down. */
function kept(options: { readonly works: boolean; readonly now?: () => number }) {
  const seen = { waits: [] as number[], replaced: 0, givenUp: 0, works: options.works };
  const workers: PortWorker[] = [];
  const start = (waitMs: number) => {
    seen.waits.push(waitMs);
    const worker = new PortWorker(seen.works ? CALLS : undefined);
    workers.push(worker);
    if (!seen.works) setImmediate(() => worker.fail());
    return connectThread<Calls>(() => asWorker(worker));
  };
  const watcher = { replaced: () => seen.replaced++, givenUp: () => seen.givenUp++ };
  return { seen, workers, thread: keep(start, watcher, options.now) };
}

test('a thread that does not start is tried later and later, and given up in the end', async () => {
  const { seen, thread } = kept({ works: false });
  await expect.poll(() => seen.givenUp).toBe(1);
  expect(seen).toMatchObject({ waits: [0, 0, 250, 1000, 4000], replaced: 4 });
  await expect(thread.current().call.hello()).rejects.toThrow('could not be started');
  seen.works = true;
  thread.tryAgain();
  expect(await thread.current().call.hello()).toBe('hello');
  thread.tryAgain();
  expect(seen.waits.slice(5)).toEqual([0]);
});

test('what ends a thread that was well for a while is followed at once, however often', async () => {
  let time = 0;
  const { seen, workers, thread } = kept({ works: true, now: () => time });
  for (let life = 1; life <= 12; life++) {
    expect(await thread.current().call.hello()).toBe('hello');
    time += 60_000;
    workers.at(-1)!.fail();
    await expect.poll(() => seen.replaced).toBe(life);
  }
  expect(seen).toMatchObject({ waits: Array(13).fill(0), givenUp: 0 });
});

test('whose call failed with the thread can call its successor at once', async () => {
  const { workers, thread } = kept({ works: true });
  await thread.current().call.hello();
  const again = thread
    .current()
    .call.hello()
    .catch(() => thread.current().call.hello());
  workers[0]!.fail();
  expect(await again).toBe('hello');
});

test('a worker is started only after its wait; what is called meanwhile is answered then', async () => {
  let started = 0;
  const thread = connectThread<Calls>(() => {
    started++;
    return asWorker(new PortWorker(CALLS));
  }, 30);
  const hello = thread.call.hello();
  expect(started).toBe(0);
  expect(await hello).toBe('hello');
  thread.stop();
  const stopped = connectThread<Calls>(() => asWorker(new PortWorker(CALLS)), 60_000);
  stopped.stop();
  await expect(stopped.call.hello()).rejects.toThrow();
});
