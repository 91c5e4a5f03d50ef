/** What may still be spent. */
import { FREE, type Micros } from '../core/money.ts';
import type { MoneySettings } from './money-settings.ts';

/**
 * What is left of the monthly budget, and of the run's, whichever is less. Takes dated after now (a clock that was set
 * back) count as this month's.
 */
export function budgetLeft(
  settings: Pick<MoneySettings, 'runCap' | 'monthlyBudget'>,
  spentThisMonth: Micros,
  spentThisRun: Micros,
): Micros | undefined {
  const left = [
    settings.monthlyBudget === undefined ? undefined : settings.monthlyBudget - spentThisMonth,
    settings.runCap === undefined ? undefined : settings.runCap - spentThisRun,
  ].filter((amount) => amount !== undefined);
  return left.length ? (Math.max(FREE, Math.min(...left)) as Micros) : undefined;
}
