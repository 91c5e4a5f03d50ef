/** Exact money: whole millionths of a US dollar. A sum of these is exact, which a sum of floats is not. */
declare const brand: unique symbol;
export type Micros = number & { readonly [brand]: 'micros' };

const PER_DOLLAR = 1_000_000;
export const FREE = 0 as Micros;

/**
 * Whether so many dollars are an amount: nothing, or no less than a millionth and no more than can be counted exactly.
 */
export const isCountable = (amount: number): boolean =>
  amount === 0 || (amount >= 1 / PER_DOLLAR && amount <= Number.MAX_SAFE_INTEGER / PER_DOLLAR);
/**
 * Dollars as a decimal number or text ("0.0336") in exact millionths; more digits than six are rounded half up. Throws
 * a
 * RangeError when that is no number or cannot be counted: what costs less than a millionth is not free.
 */
export function dollars(amount: number | string): Micros {
  const value = Number(amount);
  if (!isCountable(value) || String(amount).trim() === '')
    throw new RangeError(`“${amount}” is not an amount of money.`);
  return Math.round(value * PER_DOLLAR) as Micros;
}
export const isMicros = (value: unknown): value is Micros => Number.isSafeInteger(value) && (value as number) >= 0;
export const sumOf = (amounts: Iterable<Micros>): Micros => {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total as Micros;
};
/**
 * `amount` per `per` units, for `units` of them, rounded up to a whole millionth: an estimate never promises too
 * little.
 */
export const scaled = (amount: Micros, units: number, per = 1): Micros =>
  Math.max(0, Math.ceil((amount * units) / per - 1e-9)) as Micros;

/** An amount that is set aside until it is known what was charged. */
export interface Reservation {
  readonly id: string;
  readonly amount: Micros;
}

/** An amount in what is said to people; with so many digits after the point, or as many as it needs. */
export interface Money {
  readonly micros: Micros;
  readonly digits?: 2 | 4 | 6;
}
/** "$0.20", "$0.0034", "$1,250.00": cents, and more digits only where cents would hide the amount. */
export const inDollars = (micros: Micros): Money => ({ micros });
/** With so many digits after the point, as amounts that are read below one another. */
export const inDollarsTo = (digits: 2 | 4 | 6, micros: Micros): Money => ({ micros, digits });
