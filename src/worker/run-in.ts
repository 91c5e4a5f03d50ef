/** One task in one thread, with its progress, its money and its cancel; all of it is taken down with it. */
import { toFailure, type Failure, type Result } from '../core/errors.ts';
import type { Executed, Task, TaskWatcher } from '../engine/run.ts';
import { handOver, type Served, type Thread } from './bridge.ts';
import type { TaskProgress, TaskThread } from './protocol.ts';

const CANCELLED: Failure = { code: 'cancelled', message: 'Cancelled.' };
export const cancelled: Result<Executed> = { ok: false, error: CANCELLED };

/** Where a task's money is asked for, and how long it has waited. */
export interface Counter extends Served {
  readonly queuedMs: number;
}
export interface RanIn {
  /** Missing where it did not heed a cancel within the grace. */
  readonly result?: Result<Executed>;
  /** Whether the thread had begun with it. */
  readonly hasBegun: boolean;
}

/** `counted` is closed by whoever works in the thread; by the caller, where the thread is given up. */
export async function runIn(
  thread: Thread<TaskThread>,
  task: Task,
  counted: Counter,
  signal: AbortSignal,
  watcher: TaskWatcher,
  graceMs: number,
): Promise<RanIn> {
  const { port1: heard, port2: said } = new MessageChannel();
  let hasBegun = false;
  heard.onmessage = ({ data }: MessageEvent<TaskProgress>) => {
    hasBegun = true;
    if (data !== 'begun') watcher.progress(data.fraction, data.note);
  };

  let stopWaiting = () => {};
  let grace: ReturnType<typeof setTimeout> | undefined;
  const stopped = new Promise<undefined>((resolve) => (stopWaiting = () => resolve(undefined)));
  const cancel = () => {
    thread.call.cancel(task.key).catch(() => {});
    grace = setTimeout(stopWaiting, graceMs);
  };
  signal.addEventListener('abort', cancel, { once: true });

  const done = thread.call
    .run(task, counted.queuedMs, handOver(said), handOver(counted.port))
    .catch((thrown: unknown): Result<Executed> => ({ ok: false, error: toFailure(thrown) }));
  const result = await Promise.race([done, stopped]);

  signal.removeEventListener('abort', cancel);
  clearTimeout(grace);
  heard.close();
  return { hasBegun, ...(result ? { result } : {}) };
}
