/** Task threads: each runs one task at a time; a dead or stubborn one is replaced. */
import type { Result } from '../core/errors.ts';
import type { Executed, Task, TaskWatcher } from '../engine/run.ts';
import { connectThread, type Thread } from './bridge.ts';
import type { TaskThread } from './protocol.ts';
import { cancelled, runIn, type Counter } from './run-in.ts';

/** After this long a thread that does not heed a cancel is replaced. */
const GRACE_MS = 250;
/** Times a task is handed to another thread, when one died before it began with it. */
const MOST_TRIES = 3;

export interface Pool {
  /** `counter`: asked once for each thread that is tried. */
  execute(task: Task, signal: AbortSignal, watcher: TaskWatcher, counter: () => Counter): Promise<Result<Executed>>;
  readonly size: number;
}
interface Attempt {
  readonly result: Result<Executed>;
  /** The thread died before it began: nothing was done, and another can do it. */
  readonly canRepeat: boolean;
}

/**
 * `restMs`: a thread that has worked and then has nothing to do for so long gives way to a fresh one; without it none
 * does.
 */
export function threadPool(size: number, spawn: (name: string) => Worker, restMs?: number): Pool {
  const idle: Thread<TaskThread>[] = [];
  const resting = new Map<Thread<TaskThread>, ReturnType<typeof setTimeout>>();
  const start = () => connectThread<TaskThread>(spawn);
  // Started before they are needed: a first run should not wait for scripts to load.
  for (let k = 0; k < size; k++) idle.push(start());

  /** One that lives; those that died while they had nothing to do are dropped. */
  function take(): Thread<TaskThread> {
    for (let thread = idle.pop(); thread; thread = idle.pop()) {
      stir(thread);
      if (!thread.isDead) return thread;
    }
    return start();
  }

  function rest(thread: Thread<TaskThread>): void {
    idle.push(thread);
    if (restMs === undefined) return;
    const timer = setTimeout(() => void giveWay(thread), restMs);
    resting.set(thread, timer);
  }
  function stir(thread: Thread<TaskThread>): void {
    clearTimeout(resting.get(thread));
    resting.delete(thread);
  }

  /**
   * The memory that kernels and codecs work in never shrinks, and pictures stay decoded: all of it goes with the
   * thread.
   */
  async function giveWay(thread: Thread<TaskThread>): Promise<void> {
    if (thread.isDead) return;
    const fresh = start();
    const canWork = await fresh.started;
    const place = idle.indexOf(thread);
    // A newer release or a lost connection may have taken the script away: then the old thread is all there is.
    if (!canWork || place < 0) return fresh.stop();
    stir(thread);
    idle[place] = fresh;
    thread.stop();
  }

  async function execute(
    task: Task,
    signal: AbortSignal,
    watcher: TaskWatcher,
    counter: () => Counter,
  ): Promise<Result<Executed>> {
    watcher.started();
    for (let tries = 1; !signal.aborted; tries++) {
      const { result, canRepeat } = await attempt(take(), task, signal, watcher, counter());
      if (!canRepeat || tries === MOST_TRIES) return signal.aborted && !result.ok ? cancelled : result;
    }
    return cancelled;
  }

  async function attempt(
    thread: Thread<TaskThread>,
    task: Task,
    signal: AbortSignal,
    watcher: TaskWatcher,
    counted: Counter,
  ): Promise<Attempt> {
    const { result, hasBegun } = await runIn(thread, task, counted, signal, watcher, GRACE_MS);
    if (result && !thread.isDead) rest(thread);
    else {
      counted.close();
      thread.stop();
      // One that could not even start is not replaced before somebody needs it: the next would end the same way.
      if (thread.hasStarted) idle.push(start());
    }
    return { result: result ?? cancelled, canRepeat: thread.isDead && !hasBegun && result?.ok === false };
  }
  return { execute, size };
}
