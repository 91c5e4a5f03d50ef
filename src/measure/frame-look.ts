/** What a frame looks like, in a few numbers and a small plane: enough to compare it with others, and small to keep. */
import type { Raster } from '../core/values.ts';
import { toLab, type Lab } from './ciede2000.ts';
import { lumaPlane, smallSize, type Plane } from './plane.ts';
import { laplacianVariance } from './stills.ts';

export interface FrameLook {
  /** Luma, 160 pixels on the long side. */
  readonly plane: Plane;
  /** Mean luma and its standard deviation, in levels of 255. */
  readonly luma: number;
  readonly contrast: number;
  /** Mean colour of the cells of a small grid. */
  readonly lab: Lab;
  /** Mean chroma of the same cells. */
  readonly chroma: number;
  /**
   * Variance of the Laplacian of the luma, at up to 640 pixels on the long side, as a share of the variance of the luma:
   * more contrast alone is not more detail.
   */
  readonly crispness: number;
}

const [PLANE, CRISP, CELLS] = [160, 640, 40];

export function lookOfFrame(frame: Raster): FrameLook {
  const plane = lumaPlane(frame, ...smallSize(frame, PLANE));
  const { mean, variance } = momentsOf(plane.data);
  return {
    plane,
    luma: mean,
    contrast: Math.sqrt(variance),
    ...colourOf(frame),
    crispness: laplacianVariance(lumaPlane(frame, ...smallSize(frame, CRISP))) / Math.max(1, variance),
  };
}

function momentsOf(values: Float64Array): { readonly mean: number; readonly variance: number } {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, variance: Math.max(0, squares / values.length - mean * mean) };
}

/** Colours are averaged over cells before they are taken to Lab: a mean of the whole frame needs no finer ones. */
function colourOf(frame: Raster): { readonly lab: Lab; readonly chroma: number } {
  const { width, height, data } = frame;
  const [columns, rows] = smallSize(frame, CELLS);
  const sums = new Float64Array(columns * rows * 4);
  // The cell of a place in a row, by the place: dividing for each pixel costs more than adding it up.
  const cells = Int32Array.from({ length: width }, (_, x) => Math.floor((x * columns) / width) * 4);
  for (let y = 0; y < height; y++) {
    const line = Math.floor((y * rows) / height) * columns * 4;
    for (let x = 0; x < width; x++) {
      const cell = line + cells[x]!;
      const at = (y * width + x) * 4;
      sums[cell] = sums[cell]! + data[at]!;
      sums[cell + 1] = sums[cell + 1]! + data[at + 1]!;
      sums[cell + 2] = sums[cell + 2]! + data[at + 2]!;
      sums[cell + 3] = sums[cell + 3]! + 255;
    }
  }
  let [L, A, B, chroma] = [0, 0, 0, 0];
  for (let cell = 0; cell < sums.length; cell += 4) {
    const full = sums[cell + 3]!;
    const [l, a, b] = toLab([sums[cell]! / full, sums[cell + 1]! / full, sums[cell + 2]! / full]);
    L += l;
    A += a;
    B += b;
    chroma += Math.sqrt(a * a + b * b);
  }
  const count = columns * rows;
  return { lab: [L / count, A / count, B / count], chroma: chroma / count };
}
