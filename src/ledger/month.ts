/**
 * What a month has used of its budget: one reckoning for the run, for all tabs together and for the page that shows it.
 * The job service is the owner of what services cost, whoever ordered it; takes it does not know of count by themselves.
 */
import { FREE, sumOf, type Micros } from '../core/money.ts';
import type { TakeRecord } from '../core/take.ts';
import { hasEnded, type BookedJob } from '../routing/job.ts';
import { budgetLeft } from './budget-left.ts';

/** When the month of a moment began, UTC. */
export function monthStart(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/** What a take may have cost. A budget counts what is not known as if it was charged. */
const atMost = ({ charged, estimated }: Pick<TakeRecord, 'charged' | 'estimated'>): Micros =>
  charged ?? estimated ?? FREE;

/** What these takes may have cost together, which is what a budget has less. */
export const usedBy = (takes: readonly TakeRecord[]): Micros => sumOf(takes.map(atMost));

/** What this month has less, by takes that are of it and all jobs that are booked. */
export const usedInMonth = (takes: readonly MonthsTake[], jobs: readonly BookedJob[], now: number): Micros =>
  sumOf(entriesOf(takes, jobs, now).map((entry) => entry.atMost));

/** What the sum of a month hangs on. */
export type MonthsTake = Pick<TakeRecord, 'id' | 'at' | 'state' | 'charged' | 'estimated'>;

/** A take, a job, or both where they are the same: counted once. */
interface Entry {
  readonly charged: Micros | null;
  readonly atMost: Micros;
  readonly isInWork: boolean;
}
const entryOfTake = (take: MonthsTake): Entry => ({
  charged: take.charged,
  atMost: atMost(take),
  isInWork: take.state === 'pending',
});
const entryOfJob = ({ charged, reserved, state }: BookedJob): Entry => ({
  charged,
  atMost: charged ?? reserved,
  isInWork: !hasEnded(state) && state !== 'unknown',
});

/** As the job service counts: by when a job was ordered, and what has not ended whenever that was. */
const isOfMonth = ({ at, state }: BookedJob, since: number): boolean => !hasEnded(state) || at >= since;

function entriesOf(takes: readonly MonthsTake[], jobs: readonly BookedJob[], now: number): readonly Entry[] {
  const since = monthStart(now);
  const ownTakes = takes.filter(({ at }) => at >= since);
  const own = new Map<string, MonthsTake>(ownTakes.map((take) => [take.id, take]));
  // A job that was read while it was in work says less than its take, once that is over.
  const isNewer = (job: BookedJob) => {
    const take = own.get(job.id);
    return !hasEnded(job.state) && take !== undefined && take.state === undefined;
  };
  const counted = new Map(jobs.filter((job) => isOfMonth(job, since) && !isNewer(job)).map((job) => [job.id, job]));
  return [...[...counted.values()].map(entryOfJob), ...ownTakes.filter(({ id }) => !counted.has(id)).map(entryOfTake)];
}

export interface MonthSoFar {
  /** What is known to be charged. */
  readonly charged: Micros;
  /** Takes whose charge nobody knows, and that are over. */
  readonly unknown: number;
  /** What takes that are being made may come to. */
  readonly inWork: Micros;
  /** What a run may still spend; `undefined` without a budget. */
  readonly left: Micros | undefined;
}
/**
 * This month among all takes there are, and all jobs that are booked. What is dated after now (a clock that was set back)
 * counts as this month's.
 */
export function monthSoFar(
  takes: readonly MonthsTake[],
  jobs: readonly BookedJob[],
  now: number,
  monthlyBudget: Micros | undefined,
): MonthSoFar {
  const entries = entriesOf(takes, jobs, now);
  return {
    charged: sumOf(entries.map(({ charged }) => charged ?? FREE)),
    unknown: entries.filter(({ charged, isInWork }) => charged === null && !isInWork).length,
    inWork: sumOf(entries.map((entry) => (entry.isInWork ? entry.atMost : FREE))),
    left:
      monthlyBudget === undefined
        ? undefined
        : budgetLeft({ monthlyBudget }, sumOf(entries.map((entry) => entry.atMost)), FREE),
  };
}

/** What the job service has booked for somebody else: a command line, or another browser. */
export interface MadeElsewhere {
  readonly takes: number;
  readonly charged: Micros;
  /** What may come on top: nobody knows what it cost, or it is in work. */
  readonly atMostMore: Micros;
}
/** `takes`: all there are here. A call that failed and cost nothing is no take. */
export function madeElsewhere(
  takes: readonly Pick<TakeRecord, 'id'>[],
  jobs: readonly BookedJob[],
  isShown: (at: number) => boolean,
): MadeElsewhere {
  const own = new Set<string>(takes.map(({ id }) => id));
  const others = jobs.filter(({ id, at }) => !own.has(id) && isShown(at));
  const entries = others.map((job) => ({ ...entryOfJob(job), isMade: job.state === 'made' }));
  return {
    takes: entries.filter((entry) => entry.isMade || entry.atMost > 0).length,
    charged: sumOf(entries.map(({ charged }) => charged ?? FREE)),
    atMostMore: sumOf(entries.map((entry) => (entry.charged === null ? entry.atMost : FREE))),
  };
}
