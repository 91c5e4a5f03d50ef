/** Measures of one picture. Each gives one number a person can hold a threshold against. */
import type { Raster } from '../core/values.ts';
import { ciede2000, toLab, type Lab } from './ciede2000.ts';
import { lumaPlane, smallSize, type Plane } from './plane.ts';
import { ssim } from './ssim.ts';

/**
 * 0…100: variance of the Laplacian of the luma, squeezed so that soft pictures are below 10 and crisp ones above 40.
 */
export function sharpness(image: Raster): number {
  const variance = laplacianVariance(lumaPlane(image, ...smallSize(image, 1024)));
  return (100 * variance) / (variance + 300);
}

/** How much fine detail a plane has, in squared levels. */
export function laplacianVariance({ width, height, data }: Plane): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const laplacian = 4 * data[at]! - data[at - 1]! - data[at + 1]! - data[at - width]! - data[at + width]!;
      sum += laplacian;
      squares += laplacian * laplacian;
      count++;
    }
  }
  return squares / count - (sum / count) * (sum / count);
}

/** Percent of pixels whose luma is black (below 3) or blown (above 252). */
export function clipped({ data }: Raster): number {
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    const luma = 0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!;
    if (luma < 3 || luma > 252) count++;
  }
  return (100 * count) / (data.length / 4);
}

/**
 * Percent of the frame, in a grid of about 32 by 32 tiles, in which the luma varies by less than 2.5 (standard
 * deviation).
 */
export function emptiness(image: Raster): number {
  const [width, height] = smallSize(image, 512);
  const plane = lumaPlane(image, width, height);
  const tile = Math.max(4, Math.round(Math.max(width, height) / 32));
  let [empty, tiles] = [0, 0];
  for (let top = 0; top + tile <= height; top += tile) {
    for (let left = 0; left + tile <= width; left += tile) {
      let [sum, squares] = [0, 0];
      for (let y = top; y < top + tile; y++)
        for (let x = left; x < left + tile; x++) {
          const v = plane.data[y * width + x]!;
          sum += v;
          squares += v * v;
        }
      const n = tile * tile;
      if (squares / n - (sum / n) * (sum / n) < 6.25) empty++;
      tiles++;
    }
  }
  return (100 * empty) / tiles;
}

export interface Swatch {
  readonly lab: Lab;
  readonly share: number;
}
/**
 * The picture's main colours with their share of it: bins of 4 levels a channel, nearest bins joined, largest six kept.
 */
export function palette(image: Raster): readonly Swatch[] {
  const { width, height, data } = image;
  // Of each bin the sums of its three channels, and how many pixels it has.
  const sums = new Float64Array(512 * 4);
  const stride = Math.max(1, Math.floor(Math.sqrt((width * height) / 40_000)));
  for (let y = 0; y < height; y += stride) {
    for (let x = 0; x < width; x += stride) {
      const at = (y * width + x) * 4;
      const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
      const bin = (((r >> 5) << 6) | ((g >> 5) << 3) | (b >> 5)) * 4;
      sums[bin] = sums[bin]! + r;
      sums[bin + 1] = sums[bin + 1]! + g;
      sums[bin + 2] = sums[bin + 2]! + b;
      sums[bin + 3] = sums[bin + 3]! + 1;
    }
  }
  const found: { readonly lab: Lab; readonly n: number }[] = [];
  for (let bin = 0; bin < sums.length; bin += 4) {
    const n = sums[bin + 3]!;
    if (n > 0)
      found.push({ lab: toLab([sums[bin]! / n / 255, sums[bin + 1]! / n / 255, sums[bin + 2]! / n / 255]), n });
  }
  // Bins of as many pixels stay in their order.
  found.sort((a, b) => b.n - a.n);
  const main: { lab: Lab; n: number }[] = [];
  for (const { lab, n } of found) {
    const near = main.find((swatch) => ciede2000(swatch.lab, lab) < 12);
    if (near) near.n += n;
    else if (main.length < 6) main.push({ lab, n });
  }
  const total = main.reduce((sum, { n }) => sum + n, 0);
  return main.map(({ lab, n }) => ({ lab, share: n / total }));
}

/**
 * Mean CIEDE2000 from each main colour of one to the nearest main colour of the other, both ways, weighted by share.
 */
export function paletteDistance(a: Raster, b: Raster): number {
  return distanceOf(palette(a), palette(b));
}
export function distanceOf(a: readonly Swatch[], b: readonly Swatch[]): number {
  const oneWay = (from: readonly Swatch[], to: readonly Swatch[]) =>
    from.reduce((sum, { lab, share }) => sum + share * Math.min(...to.map((other) => ciede2000(lab, other.lab))), 0);
  return (oneWay(a, b) + oneWay(b, a)) / 2;
}

/** SSIM of two pictures at one small size; the second is fitted to the first's shape. */
export function likeness(a: Raster, b: Raster): number {
  const size = smallSize(a, 256);
  return ssim(lumaPlane(a, ...size), lumaPlane(b, ...size));
}
