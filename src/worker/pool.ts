/** Task threads: each runs one task at a time; a dead or stubborn one is replaced. */
import type { Result } from '../core/errors.ts';
import type { Executed, Ports, Task } from '../engine/run.ts';
import { connect, handOver, type Thread } from './bridge.ts';
import { died, type TaskProgress, type TaskThread } from './protocol.ts';

/** After this long a thread that does not heed a cancel is replaced. */
const GRACE_MS = 250;

export interface Pool {
  readonly execute: Ports['execute'];
  readonly size: number;
}

/** `counter`: where a task's money is asked for, and how long it has waited. */
export function threadPool(size: number, spawn: (name: string) => Worker, counter: (task: Task) => { readonly port: MessagePort; readonly queuedMs: number }): Pool {
  const idle: Thread<TaskThread>[] = [];
  const start = () => connect<TaskThread>(spawn);
  // Started before they are needed: a first run should not wait for scripts to load.
  for (let k = 0; k < size; k++) idle.push(start());

  async function execute(task: Task, signal: AbortSignal, watcher: Parameters<Ports['execute']>[2]): Promise<Result<Executed>> {
    const thread = idle.pop() ?? start();
    const channel = new MessageChannel();
    channel.port1.onmessage = ({ data }: MessageEvent<TaskProgress>) => watcher.progress(data.fraction, data.note);
    watcher.started();
    let gone = false;
    const cancelled: Result<Executed> = { ok: false, error: { code: 'cancelled', message: 'Cancelled.' } };
    const stopped = new Promise<Result<Executed>>((resolve) => {
      signal.addEventListener(
        'abort',
        () => {
          void thread.call.cancel(task.key);
          setTimeout(() => resolve(cancelled), GRACE_MS);
        },
        { once: true },
      );
    });
    const lost = thread.died.then((): Result<Executed> => {
      gone = true;
      return { ok: false, error: died };
    });
    let finished = false;
    const { port, queuedMs } = counter(task);
    const done = thread.call.run(task, queuedMs, handOver(channel.port2), handOver(port)).then((result) => {
      finished = true;
      return result;
    });
    const result = await Promise.race([done, stopped, lost]);
    channel.port1.close();
    if (finished && !gone) idle.push(thread);
    else {
      thread.stop();
      idle.push(start());
    }
    return signal.aborted && !result.ok ? cancelled : result;
  }
  return { execute, size };
}
