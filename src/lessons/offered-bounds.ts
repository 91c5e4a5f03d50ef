/** Bounds with a little room, so that a picture made in another way passes too. */

/** A tenth, and never nothing. */
const roomOf = (value: number): number => Math.max(Math.abs(value) * 0.1, 0.02);
const digitsFor = (value: number): number => (Math.abs(value) < 2 ? 100 : 1);

/** Below it, rounded down. */
export function roomBelow(value: number): number {
  const digits = digitsFor(value);
  return Math.floor((value - roomOf(value)) * digits) / digits;
}
/** Above it, rounded up. */
export function roomAbove(value: number): number {
  const digits = digitsFor(value);
  return Math.ceil((value + roomOf(value)) * digits) / digits;
}
