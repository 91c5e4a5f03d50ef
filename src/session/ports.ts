/** What a session needs from its host: storage, threads, time. A browser, a server and a test each bring their own. */
import type { Result } from '../core/errors.ts';
import type { ArtifactHash } from '../core/ids.ts';
import type { Artifacts, WholeRegistry } from '../core/node.ts';
import type { TakeRecord } from '../core/take.ts';
import type { Executed, Task, TaskWatcher } from '../engine/run.ts';
import type { BookedJob } from '../routing/job.ts';
import type { RunAccount } from '../routing/produce.ts';
import type { Considered } from '../routing/resolve.ts';
import type { Clock } from './clock.ts';
import type { MonthBudget, RunStore, TakeStore } from './stores.ts';

export interface SessionPorts {
  readonly registry: WholeRegistry;
  readonly runs: RunStore;
  readonly takes: TakeStore;
  readonly month: MonthBudget;
  /** What the job service has booked this month, whoever ordered it, as far as it is known; nothing where there is none. */
  booked(): readonly BookedJob[];
  readonly artifacts: Artifacts;
  readonly clock: Clock;
  /** Runs one node. The takes it makes are paid for and written down through the account of its run. */
  execute(task: Task, signal: AbortSignal, watcher: TaskWatcher, account: RunAccount): Promise<Result<Executed>>;
  /**
   * What became of a take that a service was asked for; `undefined` where that is not known now. `candidate`: who was
   * asked. Left out by a host whose takes end with it.
   */
  collect?(take: TakeRecord, candidate: Considered | undefined): Promise<TakeRecord | undefined>;
  isStored(artifact: ArtifactHash): Promise<boolean>;
  /** These are shown, or were found again: they are swept last. */
  used(artifacts: readonly ArtifactHash[]): void;
  /** Nothing is swept while this works. */
  whileInUse<T>(work: () => Promise<T>): Promise<T>;
}
