/** What a reference picture lends: a palette, a light, a horizon and masses. Works on any photo. */
import type { Raster } from '../core/values.ts';
import { randomFrom } from '../core/random.ts';
import { fromOklab, toLinear, toOklab, type Rgb } from '../raster/colour.ts';
import { clamp } from '../raster/math.ts';

export interface ReferenceLook {
  readonly strength: number;
  readonly sky: readonly [Rgb, Rgb, Rgb];
  readonly land: Rgb;
  readonly accent: Rgb;
  readonly bright: Rgb;
  /** −1 light from the left, 1 from the right. */
  readonly lightSide: number;
  readonly horizon: number;
  /** Where the most colourful, contrasting mass lies, 0…1. */
  readonly focusX: number;
}

const GRID = 24;

/** Cluster colours by k-means in OKLab, weighted by area and saturation; read light and masses from a coarse grid. */
export function lookOf(image: Raster, strength: number): ReferenceLook {
  const cells = gridOf(image);
  const at = (x: number, y: number) => cells[y * GRID + x]!;
  const clusters = cluster(
    cells.map((lab) => lab),
    6,
  );
  const rowMean = (from: number, to: number): Rgb =>
    mean(cells.slice(Math.floor(from * GRID) * GRID, Math.max(1, Math.floor(to * GRID)) * GRID));
  const saturation = ([, a, b]: Rgb) => Math.sqrt(a * a + b * b);
  const accent = clusters.reduce((best, c) =>
    saturation(c.centre) * Math.sqrt(c.weight) > saturation(best.centre) * Math.sqrt(best.weight) ? c : best,
  );
  const bright = clusters.reduce((best, c) => (c.centre[0] > best.centre[0] ? c : best));

  let [left, right] = [0, 0];
  for (let y = 0; y < GRID; y++)
    for (let x = 0; x < GRID; x++) {
      if (x < GRID / 2) left += at(x, y)[0];
      else right += at(x, y)[0];
    }
  let [horizon, steepest] = [0.5, 0];
  for (let y = Math.floor(GRID * 0.25); y < GRID * 0.8; y++) {
    let step = 0;
    for (let x = 0; x < GRID; x++) step += Math.abs(at(x, y)[0] - at(x, y - 1)[0]);
    if (step > steepest) [horizon, steepest] = [y / GRID, step];
  }
  const average = mean(cells);
  let [mass, moment] = [1e-9, 0];
  for (let y = 0; y < GRID; y++)
    for (let x = 0; x < GRID; x++) {
      const c = at(x, y);
      const [dl, da, db] = [c[0] - average[0], c[1] - average[1], c[2] - average[2]];
      const pull = dl * dl + 4 * (da * da + db * db);
      mass += pull;
      moment += pull * ((x + 0.5) / GRID);
    }
  return {
    strength: clamp(strength),
    sky: [fromOklab(rowMean(0, 0.2)), fromOklab(rowMean(0.2, 0.4)), fromOklab(rowMean(0.35, 0.55))],
    land: fromOklab(rowMean(0.6, 1)),
    accent: fromOklab(accent.centre),
    bright: fromOklab(bright.centre),
    lightSide: left > right ? -1 : 1,
    horizon,
    focusX: moment / mass,
  };
}

function gridOf(image: Raster): Rgb[] {
  const cells: Rgb[] = [];
  const { width, height, data } = image;
  for (let gy = 0; gy < GRID; gy++) {
    for (let gx = 0; gx < GRID; gx++) {
      // A regular sample of the cell is enough for its mean.
      const sum = [0, 0, 0];
      let count = 0;
      for (let j = 0; j < 6; j++) {
        for (let i = 0; i < 6; i++) {
          const x = Math.min(width - 1, Math.floor(((gx + (i + 0.5) / 6) / GRID) * width));
          const y = Math.min(height - 1, Math.floor(((gy + (j + 0.5) / 6) / GRID) * height));
          for (let c = 0; c < 3; c++) sum[c] = sum[c]! + linear[data[(y * width + x) * 4 + c]!]!;
          count++;
        }
      }
      cells.push(toOklab([sum[0]! / count, sum[1]! / count, sum[2]! / count]));
    }
  }
  return cells;
}
const linear = Float64Array.from({ length: 256 }, (_, i) => toLinear(i / 255));

function mean(labs: readonly Rgb[]): Rgb {
  const sum = [0, 0, 0];
  for (const lab of labs) for (let c = 0; c < 3; c++) sum[c] = sum[c]! + lab[c]!;
  return [sum[0]! / labs.length, sum[1]! / labs.length, sum[2]! / labs.length];
}

/** k-means with a fixed start (spread by lightness), so equal pictures give equal palettes. */
function cluster(labs: readonly Rgb[], k: number): { centre: Rgb; weight: number }[] {
  const random = randomFrom(7);
  const sorted = [...labs].sort((a, b) => a[0] - b[0]);
  let centres = Array.from(
    { length: k },
    (_, i) => sorted[Math.floor(((i + 0.25 + random() * 0.5) / k) * (sorted.length - 1))]!,
  );
  let groups: Rgb[][] = [];
  for (let round = 0; round < 12; round++) {
    groups = centres.map(() => []);
    for (const lab of labs) {
      let [best, nearest] = [0, Infinity];
      for (const [i, c] of centres.entries()) {
        const d =
          (c[0] - lab[0]) * (c[0] - lab[0]) +
          2 * ((c[1] - lab[1]) * (c[1] - lab[1]) + (c[2] - lab[2]) * (c[2] - lab[2]));
        if (d < nearest) [best, nearest] = [i, d];
      }
      groups[best]!.push(lab);
    }
    centres = centres.map((c, i) => (groups[i]!.length ? mean(groups[i]!) : c));
  }
  return centres.map((centre, i) => ({ centre, weight: groups[i]!.length / labs.length }));
}
