/** From finished pictures of a scene, each with one layer more than the last, to layers that lie over each other. */
import type { DepthMap, DepthLayer, Raster } from '../core/values.ts';
import { LIGHT_STEPS, lightTables } from '../raster/light.ts';
import { clamp } from '../raster/math.ts';

/** A finished picture that shows this layer and all that is farther, with how much of it the layer covers. */
export interface Grown {
  readonly picture: Raster;
  /** A byte each. */
  readonly cover: Uint8Array;
  readonly depth: DepthMap;
  /** From this row on nobody will ever see it. */
  readonly end: number;
}

/**
 * For each layer, from the farthest on, the row from which on it is hidden by nearer ones, and `reach` rows more. One
 * that covers nothing is never hidden.
 */
export function lastSeenRows(covers: readonly Uint8Array[], width: number, height: number, reach: number): number[] {
  const hidden = new Uint8Array(width * height);
  const ends: number[] = [];
  for (const cover of covers.toReversed()) {
    let at = hidden.length - 1;
    while (at >= 0 && (hidden[at] === 255 || cover[at] === 0)) at--;
    ends.unshift(at < 0 ? height : Math.min(height, Math.floor(at / width) + 1 + reach));
    for (let p = 0; p < hidden.length; p++) hidden[p]! |= cover[p] === 255 ? 255 : 0;
  }
  return ends;
}

/**
 * Layers that show each of the pictures when they are laid over each other in linear light, to a level of a byte. Where
 * a layer covers nothing and yet changes the picture, as a glow or rain does, it is as transparent as it can be. The
 * farthest goes on below its end as it ends; the others stop there.
 */
export function takenApart(grown: readonly Grown[]): DepthLayer[] {
  const [farthest, ...nearer] = grown;
  if (!farthest) return [];
  const { picture, depth, end } = farthest;
  const { width, height } = picture;
  const shown = new Uint8ClampedArray(picture.data);
  for (let row = end; row < height; row++) shown.copyWithin(row * width * 4, (end - 1) * width * 4, end * width * 4);
  const layers: DepthLayer[] = [{ raster: { ...picture, data: shown.slice() }, depth }];
  for (const layer of nearer) {
    const data = new Uint8ClampedArray(shown.length);
    if (lift(layer, shown, data)) layers.push({ raster: { width, height, data }, depth: layer.depth });
  }
  return layers;
}

/** Writes into `out` what turns `shown` into the picture, and lays it over `shown`. Returns whether there is any. */
function lift({ picture, cover, end }: Grown, shown: Uint8ClampedArray, out: Uint8ClampedArray): boolean {
  const { light, bytes } = lightTables();
  const wanted = picture.data;
  const [wantedPixels, shownPixels, outPixels] = [pixelsOf(wanted), pixelsOf(shown), pixelsOf(out)];
  const count = end * picture.width;
  let isSeen = false;
  for (let p = 0; p < count; p++) {
    const covered = cover[p]!;
    if (covered === 0 && wantedPixels[p] === shownPixels[p]) continue;
    const i = p * 4;
    if (
      covered === 0 &&
      Math.abs(wanted[i]! - shown[i]!) <= 1 &&
      Math.abs(wanted[i + 1]! - shown[i + 1]!) <= 1 &&
      Math.abs(wanted[i + 2]! - shown[i + 2]!) <= 1
    )
      continue;
    isSeen = true;
    let alpha = covered;
    if (alpha < 255) {
      for (let c = i; c < i + 3; c++) {
        const [under, over] = [light[shown[c]!]!, light[wanted[c]!]!];
        const least = over > under ? (over - under) / (1 - under) : over < under ? (under - over) / under : 0;
        alpha = Math.max(alpha, Math.ceil(least * 255 - 1e-4));
      }
    }
    if (alpha === 255) {
      shownPixels[p] = outPixels[p] = wantedPixels[p]!;
      continue;
    }
    const share = alpha / 255;
    out[i + 3] = alpha;
    for (let c = i; c < i + 3; c++) {
      const under = light[shown[c]!]!;
      const own = bytes[Math.round(clamp(under + (light[wanted[c]!]! - under) / share) * LIGHT_STEPS)]!;
      out[c] = own;
      shown[c] = bytes[Math.round((under + (light[own]! - under) * share) * LIGHT_STEPS)]!;
    }
  }
  return isSeen;
}
/** A pixel at a time. */
export const pixelsOf = ({ buffer, byteOffset, length }: Uint8ClampedArray): Uint32Array =>
  new Uint32Array(buffer, byteOffset, length / 4);

/** How wide steps of depth inside a layer are smoothed, as a fraction of the picture's width. */
const SMOOTHED = 1 / 80;
/** What is so smooth needs no more samples than these along its longer side. */
const LONGEST = 96;

/**
 * The depth of a layer, smooth and smaller: what covers it gives its own, and what lies between and beyond is filled
 * from there. `lies`: the depth of a layer that covers nothing.
 */
export function smoothDepth(
  width: number,
  height: number,
  cover: Uint8Array,
  depth: Uint8Array,
  lies: number,
): DepthMap {
  const cell = Math.max(1, Math.ceil(Math.max(width, height) / LONGEST));
  const step = Math.max(1, cell >> 1);
  const [w, h] = [Math.max(1, Math.floor(width / cell)), Math.max(1, Math.floor(height / cell))];
  const filled = new Float32Array(w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      let [sum, weight] = [0, 0];
      for (let j = 0; j < cell; j += step)
        for (let i = 0; i < cell; i += step) {
          const at = (y * cell + j) * width + x * cell + i;
          if (cover[at]! < 128) continue;
          sum += depth[at]!;
          weight++;
        }
      filled[y * w + x] = weight > 0 ? sum / weight : NaN;
    }
  spread(filled, w, h, lies * 255);
  const radius = Math.max(1, Math.round(w * SMOOTHED));
  for (let pass = 0; pass < 2; pass++) boxBlur(filled, w, h, radius);
  return { width: w, height: h, data: Uint8Array.from(filled, (value) => clamp(Math.round(value), 0, 255)) };
}

/** Gives every cell without a value that of the nearest one with a value, by two sweeps over the rows and back. */
function spread(values: Float32Array, width: number, height: number, fallback: number): void {
  const away = Float32Array.from(values, (value) => (Number.isNaN(value) ? Infinity : 0));
  if (away.every((distance) => distance > 0)) return void values.fill(fallback);
  const from = (at: number, neighbour: number, step: number) => {
    if (away[neighbour]! + step >= away[at]!) return;
    away[at] = away[neighbour]! + step;
    values[at] = values[neighbour]!;
  };
  const sweep = (y: number, dy: number) => {
    const row = y * width;
    const before = row - dy * width;
    const hasBefore = y - dy >= 0 && y - dy < height;
    for (let x = 0; x < width; x++) {
      if (hasBefore) from(row + x, before + x, 1);
      if (hasBefore && x > 0) from(row + x, before + x - 1, Math.SQRT2);
      if (hasBefore && x < width - 1) from(row + x, before + x + 1, Math.SQRT2);
      if (x > 0) from(row + x, row + x - 1, 1);
    }
    for (let x = width - 2; x >= 0; x--) from(row + x, row + x + 1, 1);
  };
  for (let y = 0; y < height; y++) sweep(y, 1);
  for (let y = height - 1; y >= 0; y--) sweep(y, -1);
}

/** A box blur in both directions; what lies beyond the edges goes on along their slope. */
function boxBlur(values: Float32Array, width: number, height: number, radius: number): void {
  const padded = new Float32Array(Math.max(width, height) + radius * 2 + 1);
  const line = (start: number, step: number, count: number) => {
    for (let i = 0; i < count; i++) padded[i + radius] = values[start + i * step]!;
    const [first, last] = [padded[radius]!, padded[radius + count - 1]!];
    for (let i = 1; i <= radius; i++) {
      padded[radius - i] = 2 * first - padded[radius + Math.min(count - 1, i)]!;
      padded[radius + count - 1 + i] = 2 * last - values[start + Math.max(0, count - 1 - i) * step]!;
    }
    let sum = 0;
    for (let i = 0; i <= radius * 2; i++) sum += padded[i]!;
    for (let i = 0; i < count; i++) {
      values[start + i * step] = sum / (radius * 2 + 1);
      sum += padded[i + radius * 2 + 1]! - padded[i]!;
    }
  };
  for (let y = 0; y < height; y++) line(y * width, 1, width);
  for (let x = 0; x < width; x++) line(x, width, height);
}
