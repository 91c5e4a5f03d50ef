/** Statistics that a few values far off do not move. */

/** The middle one of the values; of an even number the greater of the two in the middle; 0 of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Of values that are spread like a bell, their standard deviation is so many times the median deviation. */
const AS_STANDARD = 1.4826;
/** Of 2 to 9 values it comes out too small, on average by this (Croux and Rousseeuw 1992). */
const OF_FEW = [1.196, 1.495, 1.363, 1.206, 1.2, 1.14, 1.129, 1.107];

/**
 * How far values usually lie from their median: the median absolute deviation, made comparable with a standard
 * deviation, for few values too.
 */
export function medianDeviation(values: readonly number[]): number {
  const middle = median(values);
  const few = OF_FEW[values.length - 2] ?? values.length / (values.length - 0.8);
  return few * AS_STANDARD * median(values.map((value) => Math.abs(value - middle)));
}

/**
 * The place of the one that all others are nearest to (the medoid of Kaufman and Rousseeuw 1987): a median for what
 * cannot be put in a row, and always one of those given. Of many, up to `most` all over the list are compared, so the
 * answer is one of these; -1 of none.
 */
export function medoidOf<T>(things: readonly T[], distance: (a: T, b: T) => number, most = 32): number {
  const step = Math.max(1, things.length / most);
  const places = Array.from({ length: Math.min(things.length, most) }, (_, at) => Math.floor(at * step));
  const sums = new Float64Array(places.length);
  for (const [a, one] of places.entries())
    for (let b = a + 1; b < places.length; b++) {
      const apart = distance(things[one]!, things[places[b]!]!);
      sums[a]! += apart;
      sums[b]! += apart;
    }
  return places[sums.indexOf(Math.min(...sums))] ?? -1;
}
