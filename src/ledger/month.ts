/**
 * What a month has used of its budget: one reckoning for the run, for all tabs together and for the page that shows it.
 */
import { FREE, sumOf, type Micros } from '../core/money.ts';
import type { TakeRecord } from '../core/take.ts';
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
/** This month among all takes there are. Those dated after now (a clock that was set back) count as this month's. */
export function monthSoFar(takes: readonly TakeRecord[], now: number, monthlyBudget: Micros | undefined): MonthSoFar {
  const own = takes.filter(({ at }) => at >= monthStart(now));
  return {
    charged: sumOf(own.map(({ charged }) => charged ?? FREE)),
    unknown: own.filter(({ charged, state }) => charged === null && state !== 'pending').length,
    inWork: usedBy(own.filter(({ state }) => state === 'pending')),
    left: monthlyBudget === undefined ? undefined : budgetLeft({ monthlyBudget }, usedBy(own), FREE),
  };
}
