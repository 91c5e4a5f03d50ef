/** Depth as a warp needs it: coarse, smooth, and nowhere so steep that the warp would fold. */
import type { DepthMap } from '../core/values.ts';

/** 0 = farthest, 1 = nearest, rows top to bottom. */
export interface Nearness {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

const LONG_SIDE = 160;

/**
 * The nearness of a layer, at most 160 places a side and at least 2. Across the frame it changes by no more than
 * `across`, down it by no more than `down`, the whole way reckoned: what is nearer spreads, so that it keeps its form.
 */
export function nearnessOf(depth: DepthMap, across: number, down: number): Nearness {
  const shrink = Math.max(1, Math.max(depth.width, depth.height) / LONG_SIDE);
  const [width, height] = [
    Math.max(2, Math.round(depth.width / shrink)),
    Math.max(2, Math.round(depth.height / shrink)),
  ];
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = span(y, depth.height, height);
    for (let x = 0; x < width; x++) {
      const [left, right] = span(x, depth.width, width);
      let sum = 0;
      for (let v = top; v < bottom; v++) for (let u = left; u < right; u++) sum += depth.data[v * depth.width + u]!;
      data[y * width + x] = 1 - sum / (255 * (bottom - top) * (right - left));
    }
  }
  const grid = { width, height, data };
  limitSlope(grid, across / width, down / height);
  return grid;
}

function span(at: number, from: number, to: number): [number, number] {
  const start = Math.min(from - 1, Math.floor((at * from) / to));
  return [start, Math.max(start + 1, Math.floor(((at + 1) * from) / to))];
}

/** Two passes, there and back, as a distance is spread over a grid (Borgefors 1986). */
function limitSlope({ width, data }: Nearness, across: number, down: number): void {
  const raise = (at: number, beside: number, slope: number): void => {
    const least = data[beside]! - slope;
    if (data[at]! < least) data[at] = least;
  };
  for (let at = 0; at < data.length; at++) {
    if (at % width > 0) raise(at, at - 1, across);
    if (at >= width) raise(at, at - width, down);
  }
  for (let at = data.length - 1; at >= 0; at--) {
    if (at % width < width - 1) raise(at, at + 1, across);
    if (at < data.length - width) raise(at, at + width, down);
  }
}
