/** Numbers as people type them, in one language or another. What could mean two things is not read. */

export type DecimalMark = '.' | ',';

/**
 * Plain decimal digits ("-0.35") from what was typed, or `undefined`. `mark` is the reader's own and always counts.
 * The other one is
 * read as a decimal mark only where it cannot part thousands: "0,35" is a number everywhere, "1,000" in English is
 * none.
 */
export function decimalIn(text: string, mark: DecimalMark = '.'): string | undefined {
  // Full-width digits are digits.
  const typed = text.normalize('NFKC').trim().replace('−', '-');
  const other = mark === '.' ? ',' : '.';
  const own = typed.replace(mark, '.');
  if (!typed.includes(other)) return isPlain(own) ? own : undefined;
  const partsThousands = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(typed);
  const foreign = typed.replace(other, '.');
  return !typed.includes(mark) && !partsThousands && isPlain(foreign) ? foreign : undefined;
}
const isPlain = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);

/** As `decimalIn`, as a number; `undefined` too when it is too large to be one. */
export function numberIn(text: string, mark: DecimalMark = '.'): number | undefined {
  const decimal = decimalIn(text, mark);
  const number = Number(decimal);
  return decimal !== undefined && Number.isFinite(number) ? number : undefined;
}

/** A number as its reader would type it. */
export const numberText = (value: number, mark: DecimalMark = '.'): string => String(value).replace('.', mark);
