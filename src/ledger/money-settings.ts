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
  /** Graphs, by id, whose takes somebody has looked at. */
  readonly reviewed: Readonly<Record<string, Mark>>;
}
/** Somebody has looked through something and says so. */
export interface Mark {
  readonly at: number;
  readonly note: string;
}
export interface AuditedMonth extends Mark {
  /** What the month came to when it was said, so that a later change of it shows; months from before have none. */
  readonly found?: Found;
}
export interface Found {
  readonly spent: Micros;
  readonly takes: number;
  /** Marks from before it was written down have none. */
  readonly deliverables?: number;
}
export const DEFAULT_SETTINGS: MoneySettings = {
  machinePerHour: dollars('0.05'),
  personPerHour: dollars('60'),
  book: NO_OVERRIDES,
  audited: {},
  reviewed: {},
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
    reviewed: readReviewed(stored.reviewed),
  };
}

function readFound(raw: unknown): Found | undefined {
  if (!isRecord(raw) || !isMicros(raw['spent']) || typeof raw['takes'] !== 'number') return undefined;
  const { deliverables } = raw;
  return {
    spent: raw['spent'],
    takes: raw['takes'],
    ...(typeof deliverables === 'number' ? { deliverables } : {}),
  };
}
function readMark(raw: unknown): Mark | undefined {
  if (!isRecord(raw) || typeof raw['at'] !== 'number') return undefined;
  return { at: raw['at'], note: typeof raw['note'] === 'string' ? raw['note'] : '' };
}
function readReviewed(raw: unknown): MoneySettings['reviewed'] {
  if (!isRecord(raw)) return {};
  const marks = Object.entries(raw).map(([graph, said]) => [graph, readMark(said)] as const);
  return Object.fromEntries(marks.flatMap(([graph, mark]): [string, Mark][] => (mark ? [[graph, mark]] : [])));
}
function readAudited(raw: unknown): MoneySettings['audited'] {
  if (!isRecord(raw)) return {};
  const months = Object.entries(raw).flatMap(([month, said]): [string, AuditedMonth][] => {
    const mark = readMark(said);
    if (!/^\d{4}-\d{2}$/.test(month) || !mark) return [];
    const found = isRecord(said) && readFound(said['found']);
    return [[month, { ...mark, ...(found && { found }) }]];
  });
  return Object.fromEntries(months);
}

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
