/** Lanes in front of the threads: bounded concurrency, longest remaining path first, ties first in first out. */
import type { Result } from '../core/errors.ts';
import type { Executed, Ports, Task, TaskWatcher } from './run.ts';

interface Limits {
  /** Tasks at once in each lane. */
  readonly lanes: Readonly<Record<Task['lane'], number>>;
  /** Sum of expected memory in flight. A single larger task still runs, alone. */
  readonly megabytes: number;
}
interface Waiting {
  readonly task: Task;
  readonly arrival: number;
  readonly start: () => void;
}

/** Wraps an `execute` so that no more runs at once than the limits allow. Waiting tasks leave at once on abort. */
export function schedule(limits: Limits, execute: Ports['execute']): Ports['execute'] {
  const busy = { cpu: 0, network: 0 };
  const queues: Record<Task['lane'], Waiting[]> = { cpu: [], network: [] };
  let memory = 0;
  let arrivals = 0;

  const fits = (task: Task) => busy[task.lane] < limits.lanes[task.lane] && (memory === 0 || memory + task.megabytes <= limits.megabytes);

  function next(): void {
    for (const lane of ['cpu', 'network'] as const) {
      for (let head = queues[lane][0]; head && fits(head.task); head = queues[lane][0]) {
        queues[lane].shift();
        head.start();
      }
    }
  }

  function enqueue(waiting: Waiting): void {
    const queue = queues[waiting.task.lane];
    let [low, high] = [0, queue.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = queue[middle]!;
      if (other.task.priority > waiting.task.priority || (other.task.priority === waiting.task.priority && other.arrival < waiting.arrival)) low = middle + 1;
      else high = middle;
    }
    queue.splice(low, 0, waiting);
  }

  return (task: Task, signal: AbortSignal, watcher: TaskWatcher) =>
    new Promise<Result<Executed>>((resolve) => {
      const cancelled: Result<Executed> = { ok: false, error: { code: 'cancelled', message: 'Cancelled.' } };
      if (signal.aborted) return resolve(cancelled);
      const waiting: Waiting = { task, arrival: arrivals++, start };
      const leave = () => {
        const queue = queues[task.lane];
        const place = queue.indexOf(waiting);
        if (place >= 0) queue.splice(place, 1);
        resolve(cancelled);
      };
      signal.addEventListener('abort', leave, { once: true });
      enqueue(waiting);
      next();

      function start(): void {
        signal.removeEventListener('abort', leave);
        busy[task.lane]++;
        memory += task.megabytes;
        void execute(task, signal, watcher).then((result) => {
          busy[task.lane]--;
          memory -= task.megabytes;
          resolve(result);
          next();
        });
      }
    });
}
