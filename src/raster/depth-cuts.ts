/** Where a picture comes apart: the depths between its layers. */

/** A jump in nearness that is worth a cut. */
export const JUMP = 0.05;
const LEVELS = 256;
/** One layer more than cuts. */
const MOST_CUTS = 7;

/**
 * Thresholds of nearness, ascending, that run through as many depth edges as possible and through as little of what
 * lies in depth without one (a floor, a row of hills). None where nothing stands out.
 *
 * `nearness`: 0 far … 1 near for each pixel.
 */
export function depthCuts(nearness: Float32Array, width: number, height: number): readonly number[] {
  const { jumps, level } = crossings(nearness, width, height);
  const enough = 0.008 * (width + height);
  const cuts: number[] = [];
  let open = jumps;
  while (cuts.length < MOST_CUTS) {
    const gain = new Float64Array(LEVELS);
    for (const [low, high] of open) for (let k = low; k < high; k++) gain[k] = gain[k]! + (high - low) / LEVELS;
    for (let k = 0; k < LEVELS; k++) gain[k] = gain[k]! - 0.015 * level[k]!;
    const best = gain.indexOf(Math.max(...gain));
    if (gain[best]! < enough) break;
    // The middle of all that are as good: far from both sides of the edge.
    let last = best;
    while (last + 1 < LEVELS && gain[last + 1]! > gain[best]! * 0.98) last++;
    const cut = (best + last) >> 1;
    cuts.push((cut + 0.5) / LEVELS);
    open = open.filter(([low, high]) => cut < low || cut >= high);
  }
  return cuts.sort((a, b) => a - b);
}

/**
 * Pairs of pixels a few apart. `jumps`: from which level of nearness to which, where they differ as at an edge, less a
 * margin on both sides. `level`: how many of the other pairs each level lies between.
 */
function crossings(
  nearness: Float32Array,
  width: number,
  height: number,
): { readonly jumps: (readonly [number, number])[]; readonly level: Float64Array } {
  const apart = Math.max(2, Math.round(Math.max(width, height) / 320));
  const jumps: (readonly [number, number])[] = [];
  const level = new Float64Array(LEVELS);
  const look = (a: number, b: number): void => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    if (high - low < JUMP) {
      const [from, to] = [Math.floor(low * LEVELS), Math.floor(high * LEVELS)];
      for (let k = from; k < to; k++) level[k] = level[k]! + 1;
      return;
    }
    const margin = (high - low) * 0.15;
    jumps.push([Math.ceil((low + margin) * LEVELS), Math.floor((high - margin) * LEVELS)]);
  };
  for (let y = 0; y + apart < height; y += 2) {
    for (let x = 0; x + apart < width; x += 2) {
      const here = nearness[y * width + x]!;
      look(here, nearness[y * width + x + apart]!);
      look(here, nearness[(y + apart) * width + x]!);
    }
  }
  return { jumps, level };
}
