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
 * The nearness of a layer, at most 160 places a side and at least 2. From place to place it changes by no more than
 * `steepest`: what is nearer spreads, so that it keeps its form.
 */
export function nearnessOf(depth: DepthMap, steepest: number): Nearness {
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
  limitSlope(grid, steepest);
  return grid;
}

function span(at: number, from: number, to: number): [number, number] {
  const start = Math.min(from - 1, Math.floor((at * from) / to));
  return [start, Math.max(start + 1, Math.floor(((at + 1) * from) / to))];
}

/** Two passes, down and up, as a distance is spread over a grid (Borgefors 1986). */
function limitSlope({ width, height, data }: Nearness, steepest: number): void {
  const slant = steepest * Math.SQRT2;
  const raise = (at: number, x: number, y: number, dx: number, dy: number): void => {
    const [u, v] = [x + dx, y + dy];
    if (u < 0 || u >= width || v < 0 || v >= height) return;
    const least = data[v * width + u]! - (dx !== 0 && dy !== 0 ? slant : steepest);
    if (data[at]! < least) data[at] = least;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      raise(at, x, y, -1, 0);
      raise(at, x, y, -1, -1);
      raise(at, x, y, 0, -1);
      raise(at, x, y, 1, -1);
    }
    for (let x = width - 2; x >= 0; x--) raise(y * width + x, x, y, 1, 0);
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const at = y * width + x;
      raise(at, x, y, 1, 0);
      raise(at, x, y, 1, 1);
      raise(at, x, y, 0, 1);
      raise(at, x, y, -1, 1);
    }
    for (let x = 1; x < width; x++) raise(y * width + x, x, y, -1, 0);
  }
}
