/** What the user decides about money. */
import { dollars, type Micros } from '../core/money.ts';
import { NO_OVERRIDES, type PriceBook } from '../routing/price-book.ts';
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
