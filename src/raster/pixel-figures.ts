/** Figures drawn in pixels: no font is the same on every machine. */
import type { Raster } from '../core/values.ts';

/** Rows of five pixels, the leftmost the highest bit. */
const GLYPHS: Readonly<Record<string, readonly number[]>> = {
  '0': [14, 17, 19, 21, 25, 17, 14],
  '1': [4, 12, 4, 4, 4, 4, 14],
  '2': [14, 17, 1, 2, 4, 8, 31],
  '3': [31, 2, 4, 2, 1, 17, 14],
  '4': [2, 6, 10, 18, 31, 2, 2],
  '5': [31, 16, 30, 1, 1, 17, 14],
  '6': [6, 8, 16, 30, 17, 17, 14],
  '7': [31, 1, 2, 4, 8, 8, 8],
  '8': [14, 17, 17, 14, 17, 17, 14],
  '9': [14, 17, 17, 15, 1, 2, 12],
  '.': [0, 0, 0, 0, 0, 12, 12],
  s: [0, 0, 15, 16, 14, 1, 30],
  ' ': [0, 0, 0, 0, 0, 0, 0],
};
export const FIGURE_HEIGHT = 7;
const WIDTH = 5;
const ADVANCE = 6;

/** Draws `text` into a picture, its top left at (x, y), each pixel of a figure `scale` pixels large. Others are left out. */
export function drawFigures(on: Raster, text: string, x: number, y: number, scale: number, grey: number): void {
  for (const [at, character] of [...text].entries()) {
    for (const [row, bits] of (GLYPHS[character] ?? []).entries()) {
      for (let column = 0; column < WIDTH; column++) {
        if (((bits >> (WIDTH - 1 - column)) & 1) === 0) continue;
        fillSquare(on, x + (at * ADVANCE + column) * scale, y + row * scale, scale, grey);
      }
    }
  }
}

function fillSquare(on: Raster, left: number, top: number, side: number, grey: number): void {
  for (let y = Math.max(0, top); y < Math.min(on.height, top + side); y++)
    for (let x = Math.max(0, left); x < Math.min(on.width, left + side); x++)
      on.data.set([grey, grey, grey, 255], (y * on.width + x) * 4);
}
