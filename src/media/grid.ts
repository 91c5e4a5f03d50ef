/**
 * A picture as the means of a few fields: what stays of it after lossy encoding, whatever the encoder did to details.
 */
import type { Raster } from '../core/values.ts';

const COLUMNS = 8;
const ROWS = 6;
/** About so many pixels of each field are looked at, each way. */
const SAMPLES = 12;

/** Red, green and blue of each field, 0…255, rows from the top. */
export type Grid = Float64Array;

export function gridOf({ width, height, data }: Raster): Grid {
  const grid = new Float64Array(COLUMNS * ROWS * 3);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const [left, right] = [
        Math.floor((column * width) / COLUMNS),
        Math.max(1, Math.floor(((column + 1) * width) / COLUMNS)),
      ];
      const [top, bottom] = [Math.floor((row * height) / ROWS), Math.max(1, Math.floor(((row + 1) * height) / ROWS))];
      const [stepX, stepY] = [
        Math.max(1, Math.floor((right - left) / SAMPLES)),
        Math.max(1, Math.floor((bottom - top) / SAMPLES)),
      ];
      const at = (row * COLUMNS + column) * 3;
      let count = 0;
      for (let y = Math.min(top, height - 1); y < bottom; y += stepY) {
        for (let x = Math.min(left, width - 1); x < right; x += stepX) {
          const pixel = (y * width + x) * 4;
          for (let channel = 0; channel < 3; channel++) grid[at + channel]! += data[pixel + channel]!;
          count++;
        }
      }
      for (let channel = 0; channel < 3; channel++) grid[at + channel]! /= Math.max(1, count);
    }
  }
  return grid;
}

/** How far two pictures are apart, in levels: on the mean, and in the field where it is most. */
export function distance(a: Grid, b: Grid): { readonly mean: number; readonly worst: number } {
  let [sum, worst] = [0, 0];
  for (let at = 0; at < a.length; at++) {
    const off = Math.abs(a[at]! - b[at]!);
    sum += off;
    worst = Math.max(worst, off);
  }
  return { mean: sum / a.length, worst };
}
