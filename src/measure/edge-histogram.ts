/** Where a picture has edges, and of which kind. */
import type { Plane } from './plane.ts';

/** Parts of the picture, across and down. */
const PARTS = 4;
/** Upright, level, rising, falling, and of no direction. */
const KINDS = 5;
/** A block has an edge when its filter answers with more levels than this, as in the standard's own software. */
const LEAST_STRENGTH = 11;
/** Pixels of a block, each way; its quarters are what the filters see. */
const BLOCK = 4;

/**
 * The edge histogram of MPEG-7 (ISO/IEC 15938-3; Won, Park and Park 2002): the picture in 4 × 4 parts, and for each the
 * share of its blocks that have an edge of each of five kinds, 80 numbers from 0 to 1. Shares, not the three bits each
 * that the standard stores. A part without edges has zeros only.
 */
export function edgeHistogram({ width, height, data }: Plane): readonly number[] {
  const counts = Array.from({ length: PARTS * PARTS * KINDS }, () => 0);
  const blocks = Array.from({ length: PARTS * PARTS }, () => 0);
  const quarter = (x: number, y: number) => {
    const at = y * width + x;
    return (data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]!) / 4;
  };
  for (let y = 0; y + BLOCK <= height; y += BLOCK)
    for (let x = 0; x + BLOCK <= width; x += BLOCK) {
      const part = placeOf(y, height) * PARTS + placeOf(x, width);
      const half = BLOCK / 2;
      const kind = kindOf(quarter(x, y), quarter(x + half, y), quarter(x, y + half), quarter(x + half, y + half));
      blocks[part]!++;
      if (kind !== undefined) counts[part * KINDS + kind]!++;
    }
  return counts.map((count, at) => count / Math.max(1, blocks[Math.floor(at / KINDS)]!));
}

/** In which of the parts the middle of a block lies. */
const placeOf = (at: number, size: number): number => Math.floor(((at + BLOCK / 2) * PARTS) / size);

/** The filter that answers most to the four quarters of a block, if any does enough. */
function kindOf(a: number, b: number, c: number, d: number): number | undefined {
  const answers = [
    Math.abs(a - b + c - d),
    Math.abs(a + b - c - d),
    Math.SQRT2 * Math.abs(b - c),
    Math.SQRT2 * Math.abs(a - d),
    2 * Math.abs(a - b - c + d),
  ];
  const strongest = Math.max(...answers);
  return strongest > LEAST_STRENGTH ? answers.indexOf(strongest) : undefined;
}

/**
 * 0 to 100: the percentage of blocks that would have to get another edge, or none, for one picture to have the edges of
 * the other: half the differences of the shares, blocks without an edge counted as a kind. The mean of two: part by
 * part, which is where things stand, and over the whole picture, which is how it is drawn wherever things stand. The
 * same two levels as in Park, Jeon and Won 2000, each a share instead of a weighted sum.
 */
export function edgeDistance(a: readonly number[], b: readonly number[]): number {
  const parts = Array.from({ length: PARTS * PARTS }, (_, part) => part);
  const inPart = (histogram: readonly number[], part: number) => histogram.slice(part * KINDS, (part + 1) * KINDS);
  const local = parts.map((part) => moved(inPart(a, part), inPart(b, part)));
  const whole = (histogram: readonly number[]) =>
    Array.from({ length: KINDS }, (_, kind) => meanOf(parts.map((part) => histogram[part * KINDS + kind]!)));
  return 50 * (meanOf(local) + moved(whole(a), whole(b)));
}

/** How much of one whole must move for two distributions to be the same; what is missing of 1 is a kind of its own. */
function moved(a: readonly number[], b: readonly number[]): number {
  const without = (shares: readonly number[]) => 1 - shares.reduce((sum, share) => sum + share, 0);
  const differences = a.map((share, at) => Math.abs(share - b[at]!));
  return (differences.reduce((sum, one) => sum + one, 0) + Math.abs(without(a) - without(b))) / 2;
}
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
