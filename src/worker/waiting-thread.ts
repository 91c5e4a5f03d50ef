/**
 * One thread for all tasks that mostly wait for services: they share it, so that none of them holds a core. It is
 * started when the first one comes.
 */
import type { Pool } from './pool.ts';
import { connectThread, type Thread } from './bridge.ts';
import type { TaskThread } from './protocol.ts';
import { cancelled, runIn } from './run-in.ts';

/** A service is asked to take its job back, and may think about it. */
const GRACE_MS = 20_000;

export function waitingThread(spawn: (name: string) => Worker): Pool['execute'] {
  let thread: Thread<TaskThread> | undefined;
  let atWork = 0;
  return async (task, signal, watcher, counter) => {
    watcher.started();
    const here = (thread = thread && !thread.isDead ? thread : connectThread<TaskThread>(spawn));
    const counted = counter();
    atWork++;
    const { result } = await runIn(here, task, counted, signal, watcher, GRACE_MS);
    atWork--;
    if (!result || here.isDead) counted.close();
    // What heeds nothing is stopped once nobody else works beside it.
    if (!result && atWork === 0) here.stop();
    return result && !(signal.aborted && !result.ok) ? result : cancelled;
  };
}
