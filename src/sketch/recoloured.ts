/** Layers of a still whose pixels were changed since: a grade, a sharper or a larger copy. */
import type { DepthLayer, Raster } from '../core/values.ts';
import { resize } from '../raster/filters.ts';
import { LIGHT_STEPS, lightTables } from '../raster/light.ts';
import { clamp } from '../raster/math.ts';
import { takenApart, type Grown } from './taken-apart.ts';

/** Steps of each colour for which the change is learnt. */
const STEPS = 16;

/**
 * The layers as those of `changed`, at its size: what is seen of them at rest is what it shows, and what is hidden takes
 * on the change that its colours have undergone elsewhere. `still` is what the layers show.
 */
export async function recoloured(
  still: Raster,
  layers: readonly DepthLayer[],
  changed: Raster,
): Promise<readonly DepthLayer[]> {
  const { width, height } = changed;
  const isWhole = width === still.width && height === still.height;
  if (isWhole && still.data.every((value, i) => value === changed.data[i])) return layers;
  const fitted = (image: Raster) => resize(image, width, height, async () => {});
  const before = await fitted(still);
  const change = changeBetween(before, changed);
  const rasters: Raster[] = [];
  for (const { raster } of layers) rasters.push(change(await fitted(raster)));
  const isHidden = hiddenBy(rasters);
  const shown = rasters[0]!.data.slice();
  const grown = rasters.map((raster, k): Grown => {
    if (k > 0) layOver(raster.data, shown);
    const data = shown.slice();
    for (let p = 0; p < width * height; p++)
      if (!isHidden[k]![p]) data.set(changed.data.subarray(p * 4, p * 4 + 4), p * 4);
    const cover = Uint8Array.from({ length: width * height }, (_, p) => raster.data[p * 4 + 3]!);
    return { picture: { width, height, data }, cover, depth: layers[k]!.depth, end: height };
  });
  return takenApart(grown);
}

/** Of each layer, where nearer ones stand before it. */
function hiddenBy(rasters: readonly Raster[]): Uint8Array[] {
  const hidden: Uint8Array[] = [];
  let nearer = new Uint8Array(rasters[0]!.data.length / 4);
  for (const { data } of rasters.toReversed()) {
    hidden.unshift(nearer);
    nearer = nearer.map((value, p) => (value || data[p * 4 + 3]! > 0 ? 1 : 0));
  }
  return hidden;
}

/** In linear light, as layers are laid over each other in a clip. */
function layOver(over: Uint8ClampedArray, shown: Uint8ClampedArray): void {
  const { light, bytes } = lightTables();
  for (let i = 0; i < over.length; i += 4) {
    const share = over[i + 3]! / 255;
    if (share === 0) continue;
    for (let c = i; c < i + 3; c++) {
      const under = light[shown[c]!]!;
      shown[c] = bytes[Math.round((under + (light[over[c]!]! - under) * share) * LIGHT_STEPS)]!;
    }
  }
}

/**
 * Learns how colours changed from one picture to the other, as the mean shift of colours that are alike, and gives what
 * does the same to any picture. Colours that neither shows shift as those nearest to them.
 */
function changeBetween(before: Raster, after: Raster): (image: Raster) => Raster {
  const cells = STEPS ** 3;
  const [shift, count] = [new Float64Array(cells * 3), new Float64Array(cells)];
  for (let i = 0; i < before.data.length; i += 4) {
    const cell = cellOf(before.data[i]! >> 4, before.data[i + 1]! >> 4, before.data[i + 2]! >> 4);
    count[cell]! += 1;
    for (let c = 0; c < 3; c++) shift[cell * 3 + c]! += after.data[i + c]! - before.data[i + c]!;
  }
  for (let at = 0; at < shift.length; at++) shift[at]! /= Math.max(1, count[Math.floor(at / 3)]!);
  spreadShifts(shift, count);
  return ({ width, height, data }) => {
    const out = new Uint8ClampedArray(data.length);
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 0) continue;
      for (let c = 0; c < 3; c++) out[i + c] = data[i + c]! + shiftAt(shift, data[i]!, data[i + 1]!, data[i + 2]!, c);
      out[i + 3] = data[i + 3]!;
    }
    return { width, height, data: out };
  };
}
const cellOf = (r: number, g: number, b: number): number => (r * STEPS + g) * STEPS + b;

/** Between the middles of the eight cells around a colour. */
function shiftAt(shift: Float64Array, r: number, g: number, b: number, c: number): number {
  const place = (value: number) => clamp((value - 7.5) / 16, 0, STEPS - 1);
  const [x, y, z] = [place(r), place(g), place(b)];
  const [x0, y0, z0] = [
    Math.min(STEPS - 2, Math.floor(x)),
    Math.min(STEPS - 2, Math.floor(y)),
    Math.min(STEPS - 2, Math.floor(z)),
  ];
  let sum = 0;
  for (let corner = 0; corner < 8; corner++) {
    const [i, j, k] = [corner & 1, (corner >> 1) & 1, corner >> 2];
    const weight = (i ? x - x0 : 1 - x + x0) * (j ? y - y0 : 1 - y + y0) * (k ? z - z0 : 1 - z + z0);
    sum += weight * shift[cellOf(x0 + i, y0 + j, z0 + k) * 3 + c]!;
  }
  return sum;
}

/** Fills cells that no colour fell into from their neighbours, ring by ring. */
function spreadShifts(shift: Float64Array, count: Float64Array): void {
  const steps = [STEPS * STEPS, STEPS, 1];
  for (let isOpen = true; isOpen;) {
    isOpen = false;
    const known = count.slice();
    for (let cell = 0; cell < known.length; cell++) {
      if (known[cell]! > 0) continue;
      const places = [Math.floor(cell / steps[0]!), Math.floor(cell / STEPS) % STEPS, cell % STEPS];
      const around = places.flatMap((place, axis) =>
        [place > 0 ? cell - steps[axis]! : -1, place < STEPS - 1 ? cell + steps[axis]! : -1].filter(
          (at) => at >= 0 && known[at]! > 0,
        ),
      );
      isOpen ||= around.length === 0;
      if (around.length === 0) continue;
      count[cell] = 1;
      for (let c = 0; c < 3; c++)
        shift[cell * 3 + c] = around.reduce((sum, at) => sum + shift[at * 3 + c]!, 0) / around.length;
    }
  }
}
