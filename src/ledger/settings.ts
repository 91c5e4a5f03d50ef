/** What the user decides about money. */
import { dollars, FREE, isMicros, type Micros } from '../core/money.ts';
import { isRecord } from '../core/loose.ts';
import { NO_OVERRIDES, type PriceBook } from '../routing/prices.ts';
import type { Rates } from './costs.ts';

export interface MoneySettings extends Rates {
  /** Most that one run may spend; `undefined` without a limit. */
  readonly runCap?: Micros;
  readonly monthlyBudget?: Micros;
  readonly book: PriceBook;
  /** Months (`2026-11`, UTC) whose costs somebody looked through. */
  readonly audited: Readonly<Record<string, AuditedMonth>>;
}
export interface AuditedMonth {
  /** When it was said. */
  readonly at: number;
  readonly note: string;
  /** What the month came to when it was said, so that a later change of it shows; months from before have none. */
  readonly found?: Found;
}
export interface Found {
  readonly spent: Micros;
  readonly takes: number;
}
export const DEFAULT_SETTINGS: MoneySettings = {
  machinePerHour: dollars('0.05'),
  personPerHour: dollars('60'),
  book: NO_OVERRIDES,
  audited: {},
};

/** Stored settings, with defaults for what is missing or damaged. */
export function readSettings(raw: unknown): MoneySettings {
  const stored = (typeof raw === 'object' && raw !== null ? raw : {}) as Partial<MoneySettings>;
  const amount = (value: unknown, otherwise: Micros): Micros => (isMicros(value) ? value : otherwise);
  return {
    machinePerHour: amount(stored.machinePerHour, DEFAULT_SETTINGS.machinePerHour),
    personPerHour: amount(stored.personPerHour, DEFAULT_SETTINGS.personPerHour),
    ...(isMicros(stored.runCap) ? { runCap: stored.runCap } : {}),
    ...(isMicros(stored.monthlyBudget) ? { monthlyBudget: stored.monthlyBudget } : {}),
    book: {
      overrides: (stored.book?.overrides ?? []).filter(({ amount: own }) => isMicros(own)),
      creditRates: stored.book?.creditRates ?? {},
    },
    audited: readAudited(stored.audited),
  };
}

function readFound(raw: unknown): Found | undefined {
  if (!isRecord(raw) || !isMicros(raw['spent']) || typeof raw['takes'] !== 'number') return undefined;
  return { spent: raw['spent'], takes: raw['takes'] };
}
function readAudited(raw: unknown): MoneySettings['audited'] {
  if (!isRecord(raw)) return {};
  const months = Object.entries(raw).flatMap(([month, said]): [string, AuditedMonth][] => {
    if (!/^\d{4}-\d{2}$/.test(month) || !isRecord(said) || typeof said['at'] !== 'number') return [];
    const found = readFound(said['found']);
    const note = typeof said['note'] === 'string' ? said['note'] : '';
    return [[month, { at: said['at'], note, ...(found && { found }) }]];
  });
  return Object.fromEntries(months);
}

/** What is left of the monthly budget, and of the run's, whichever is less. Takes dated after now (a clock that was set back) count as this month's. */
export function budgetLeft(settings: MoneySettings, spentThisMonth: Micros, spentThisRun: Micros): Micros | undefined {
  const left = [
    settings.monthlyBudget === undefined ? undefined : settings.monthlyBudget - spentThisMonth,
    settings.runCap === undefined ? undefined : settings.runCap - spentThisRun,
  ].filter((amount) => amount !== undefined);
  return left.length ? (Math.max(FREE, Math.min(...left)) as Micros) : undefined;
}
