/**
 * Amounts and numbers in what is said to people, as data: each reader sees them as they are written in their language.
 */
import { numberText, type DecimalMark } from './number-text.ts';
import type { Money } from './money.ts';

/** A number with so many digits after the point, and its thousands parted or not. */
export interface Decimal {
  readonly number: number;
  readonly digits: number;
  readonly isParted?: true;
}
/** A day or a month as ISO writes it: "2026-11-27", "2026-11". */
export interface Day {
  readonly date: string;
}
export type Figure = number | Money | Decimal | Day;

export const decimal = (number: number, digits: number): Decimal => ({ number, digits });
export const onDate = (date: string): Day => ({ date });
/** "10,000": a whole number that is long to read. */
export const parted = (number: number): Decimal => ({ number, digits: 0, isParted: true });

/** As the locale writes it. A bare number keeps all its digits and no separators: it may be a version or a seed. */
export function written(figure: Figure, locale: string): string {
  if (typeof figure === 'number') return numberText(figure, decimalMarkOf(locale));
  if ('micros' in figure) return writtenMoney(figure, locale);
  if ('date' in figure) return writtenDate(figure, locale);
  // Halves are rounded as `toFixed` does, by what a float really is.
  const rounded = Number(figure.number.toFixed(figure.digits));
  return formatOf(locale, 'decimal', figure.digits, figure.digits, figure.isParted ?? false).format(rounded);
}
function writtenMoney({ micros, digits }: Money, locale: string): string {
  const most = micros === 0 || micros >= 100_000 || micros % 10_000 === 0 ? 2 : micros < 100 ? 6 : 4;
  return formatOf(locale, 'currency', digits ?? 2, digits ?? most, true).format(micros / 1e6);
}

/** What is no date is shown as it is: it may come from a file. */
function writtenDate({ date }: Day, locale: string): string {
  const at = Date.parse(date);
  if (Number.isNaN(at)) return date;
  const parts = date.length > 'YYYY-MM'.length ? ({ dateStyle: 'medium' } as const) : MONTH;
  return new Date(at).toLocaleDateString(locale, { ...parts, timeZone: 'UTC' });
}
const MONTH = { year: 'numeric', month: 'short' } as const;

export const decimalMarkOf = (locale: string): DecimalMark =>
  formatOf(locale, 'decimal', 1, 1, false).format(0.5).includes(',') ? ',' : '.';

/** A format takes longer to make than a thousand amounts to write. */
const formats = new Map<string, Intl.NumberFormat>();
function formatOf(locale: string, style: 'decimal' | 'currency', least: number, most: number, isParted: boolean) {
  const key = `${locale} ${style} ${least} ${most} ${isParted}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, {
    style,
    ...(style === 'currency' ? { currency: 'USD' } : {}),
    minimumFractionDigits: least,
    maximumFractionDigits: most,
    useGrouping: isParted,
  });
  formats.set(key, format);
  return format;
}
