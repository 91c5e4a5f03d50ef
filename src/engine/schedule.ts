/** Lanes in front of the threads: bounded concurrency, longest remaining path first, ties first in first out. */
import { toFailure, type Result } from '../core/errors.ts';
import type { Executed, Task, TaskWatcher } from './run.ts';

interface Limits {
  /** Tasks at once in each lane. */
  readonly lanes: Readonly<Record<Lane, number>>;
  /** Sum of expected memory in flight. A single larger task still runs, alone. */
  readonly megabytes: number;
}
type Lane = Task['lane'];
/** `more`: whatever else a host has to say of a task. */
type Execute<More extends readonly unknown[]> = (
  task: Task,
  signal: AbortSignal,
  watcher: TaskWatcher,
  ...more: More
) => Promise<Result<Executed>>;
interface Waiting {
  readonly task: Task;
  /**
   * Whole megabytes, at least one and never more than the limit: fractions would leave a rest when they are given back.
   */
  readonly megabytes: number;
  readonly arrival: number;
  readonly start: () => void;
}
const LANES: readonly Lane[] = ['cpu', 'network'];
const CANCELLED: Result<Executed> = { ok: false, error: { code: 'cancelled', message: 'Cancelled.' } };

/** Wraps an `execute` so that no more runs at once than the limits allow. Waiting tasks leave at once on abort. */
export function schedule<More extends readonly unknown[] = []>(limits: Limits, execute: Execute<More>): Execute<More> {
  const queues: Record<Lane, Waiting[]> = { cpu: [], network: [] };
  const running: Record<Lane, Set<Waiting>> = { cpu: new Set(), network: new Set() };
  let arrivals = 0;

  const need = ({ megabytes }: Task) => Math.min(limits.megabytes, Math.max(1, Math.ceil(megabytes) || 1));
  const inFlight = (counts: (one: Waiting) => boolean = () => true) => {
    let sum = 0;
    for (const lane of LANES) for (const one of running[lane]) if (counts(one)) sum += one.megabytes;
    return sum;
  };
  const hasPlace = (lane: Lane) => running[lane].size < limits.lanes[lane];
  const fits = (one: Waiting) => inFlight() + one.megabytes <= limits.megabytes;

  /**
   * Whether the first of another lane, which waits for memory, will find it: what arrived after it leaves that much
   * free.
   */
  function leavesRoom(one: Waiting, lane: Lane): boolean {
    return LANES.every((other) => {
      const head = queues[other][0];
      if (other === lane || !head || head.arrival > one.arrival || !hasPlace(other) || fits(head)) return true;
      const later = inFlight(({ arrival }) => arrival > head.arrival);
      return later + one.megabytes + head.megabytes <= limits.megabytes;
    });
  }

  function next(): void {
    for (const lane of LANES) {
      for (
        let head = queues[lane][0];
        head && hasPlace(lane) && fits(head) && leavesRoom(head, lane);
        head = queues[lane][0]
      ) {
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
      if (
        other.task.priority > waiting.task.priority ||
        (other.task.priority === waiting.task.priority && other.arrival < waiting.arrival)
      )
        low = middle + 1;
      else high = middle;
    }
    queue.splice(low, 0, waiting);
  }

  return (task, signal, watcher, ...more) =>
    new Promise<Result<Executed>>((resolve) => {
      if (signal.aborted) return resolve(CANCELLED);
      const { lane } = task;
      const waiting: Waiting = { task, megabytes: need(task), arrival: arrivals++, start };
      const leave = () => {
        const place = queues[lane].indexOf(waiting);
        if (place >= 0) queues[lane].splice(place, 1);
        resolve(CANCELLED);
        next();
      };
      signal.addEventListener('abort', leave, { once: true });
      enqueue(waiting);
      next();

      function start(): void {
        signal.removeEventListener('abort', leave);
        // Those that leave let the next one start, which may be of the same run and leave a moment later.
        if (signal.aborted) return resolve(CANCELLED);
        running[lane].add(waiting);
        void execute(task, signal, watcher, ...more)
          .catch((thrown: unknown) => ({ ok: false as const, error: toFailure(thrown) }))
          .then((result) => {
            running[lane].delete(waiting);
            resolve(result);
            next();
          });
      }
    });
}
