/** Amounts as they are read in a table, where rows and columns add up to what stands at their end. */
import { inDollarsTo, type Micros, type Money } from '../core/money.ts';
import type { Components } from './costs.ts';

const CENT = 10_000;
export const PARTS = [
  'generation',
  'refinement',
  'waiting',
  'reviewing',
] as const satisfies readonly (keyof Components)[];

export const rounded = (amount: number, unit: number): Micros => (Math.round(amount / unit) * unit) as Micros;

export interface AmountTable {
  /** Of each row its parts, and last what was spent. */
  readonly rows: readonly (readonly Money[])[];
  readonly total: readonly Money[];
}
/**
 * All amounts with the same digits: whole cents where all are, or where they come to dollars. The sums are those of the
 * amounts as they are read; the last digit of the last sum may so be off by two.
 */
export function tabulated(rows: readonly Components[], total: Components): AmountTable {
  const isWhole = [...rows, total].every((row) => PARTS.every((part) => row[part] % CENT === 0));
  const spent = PARTS.reduce((sum, part) => sum + total[part], 0);
  const digits = isWhole || spent >= 100 * CENT ? 2 : spent < CENT ? 6 : 4;
  const unit = 10 ** (6 - digits);
  const columns = PARTS.map((part) =>
    split(
      rows.map((row) => row[part]),
      rounded(total[part], unit),
      unit,
    ),
  );
  const inDigits = (amount: number) => inDollarsTo(digits, rounded(amount, unit));
  const line = (parts: readonly number[]) => [...parts, parts.reduce((sum, part) => sum + part, 0)].map(inDigits);
  return {
    rows: rows.map((_, at) => line(columns.map((column) => column[at]!))),
    total: line(PARTS.map((part) => rounded(total[part], unit))),
  };
}
/**
 * Amounts in whole units that add up to the sum, which is theirs rounded: whoever was rounded most gives way. They need
 * not be whole themselves.
 */
export function split(amounts: readonly number[], sum: number, unit: number): number[] {
  const parts = amounts.map((amount) => Math.floor(amount / unit) * unit);
  let left = Math.round((sum - parts.reduce((all, part) => all + part, 0)) / unit);
  const byRest = amounts.map((amount, at) => [amount % unit, at] as const).sort((a, b) => b[0] - a[0]);
  for (const [, at] of byRest) if (left-- > 0) parts[at]! += unit;
  return parts;
}
