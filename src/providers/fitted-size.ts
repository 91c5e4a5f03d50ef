/** A size that a model takes, as near as can be to the one that is wanted. */
import type { SizeLimits } from '../routing/job-request.ts';

export interface WholeSize {
  readonly width: number;
  readonly height: number;
}

/** Whole pixels within the limits. The shape is kept as far as limits and whole multiples allow. */
export function fittedSize(
  width: number,
  height: number,
  { multiple = 1, sides: [shortest, longest] = [1, Infinity], pixels: [fewest, most] = [1, Infinity] }: SizeLimits,
): WholeSize {
  const area = width * height;
  const wanted = Math.sqrt(Math.min(Math.max(area, fewest), most) / area);
  const scale = Math.min(Math.max(wanted, shortest / Math.min(width, height)), longest / Math.max(width, height));
  const least = Math.ceil(shortest / multiple) * multiple;
  const greatest = longest === Infinity ? longest : Math.floor(longest / multiple) * multiple;
  const sideBy = (round: (value: number) => number, side: number) =>
    Math.min(Math.max(round((side * scale) / multiple) * multiple, least), greatest);
  const sizes = [Math.round, Math.ceil, Math.floor].map((round) => ({
    width: sideBy(round, width),
    height: sideBy(round, height),
  }));
  // Rounding can step over a limit, and a few pixels too many are refused.
  return sizes.find((size) => size.width * size.height >= fewest && size.width * size.height <= most) ?? sizes[0]!;
}
