/** Layers of a still whose pixels were changed since: a grade, a sharper or a larger copy. */
import type { DepthLayer, Raster } from '../core/values.ts';
import { resize } from '../raster/filters.ts';
import { LIGHT_STEPS, lightTables } from '../raster/light.ts';
import { clamp } from '../raster/math.ts';
import { pixelsOf, takenApart, type Grown } from './taken-apart.ts';

/** Pixels of the still beside an outline that are not taken for what is behind it. */
const BESIDE = 2;
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
  const before = await resize(still, width, height, async () => {});
  // Copies, which are painted on below.
  const fitted: Raster[] = [];
  for (const { raster } of layers)
    fitted.push(
      isWhole ? { ...raster, data: raster.data.slice() } : await resize(raster, width, height, async () => {}),
    );
  const covers = fitted.map(({ data }) => alphaOf(data));
  // A sharper or larger copy carries the edges of what stands in front over its outline.
  const beside = Math.ceil(BESIDE * Math.max(1, width / still.width));
  const hidden = hiddenBy(covers).map((mask) => widened(mask, width, height, beside));
  const change = changeBetween(before, changed);
  const shown = new Uint8ClampedArray(changed.data.length);
  const seen = pixelsOf(changed.data);
  const grown = fitted.map(({ data }, k): Grown => {
    change(data, hidden[k]!);
    layOver(data, hidden[k]!, shown);
    const picture = shown.slice();
    const pixels = pixelsOf(picture);
    for (let p = 0; p < pixels.length; p++) if (!hidden[k]![p]) pixels[p] = seen[p]!;
    return { picture: { width, height, data: picture }, cover: covers[k]!, depth: layers[k]!.depth, end: height };
  });
  return takenApart(grown);
}

function alphaOf(data: Uint8ClampedArray): Uint8Array {
  const alpha = new Uint8Array(data.length / 4);
  for (let p = 0; p < alpha.length; p++) alpha[p] = data[p * 4 + 3]!;
  return alpha;
}

/** Of each layer, where nearer ones stand before it. */
function hiddenBy(covers: readonly Uint8Array[]): Uint8Array[] {
  const nearer = new Uint8Array(covers[0]!.length);
  return covers
    .toReversed()
    .map((cover) => {
      const hidden = nearer.slice();
      for (let p = 0; p < cover.length; p++) if (cover[p]! > 0) nearer[p] = 1;
      return hidden;
    })
    .toReversed();
}

/** Set pixels and those up to `reach` from them, across and down. */
function widened(mask: Uint8Array, width: number, height: number, reach: number): Uint8Array {
  const out = mask.slice();
  const line = (start: number, step: number, count: number) => {
    for (const way of [1, -1]) {
      let since = reach + 1;
      for (let k = 0; k < count; k++) {
        const at = start + (way > 0 ? k : count - 1 - k) * step;
        since = mask[at] ? 0 : since + 1;
        if (since <= reach) out[at] = 1;
      }
    }
  };
  for (let y = 0; y < height; y++) line(y * width, 1, width);
  mask.set(out);
  for (let x = 0; x < width; x++) line(x, width, height);
  return out;
}

/** In linear light, as layers are laid over each other in a clip; where it will be hidden. */
function layOver(over: Uint8ClampedArray, isHidden: Uint8Array, shown: Uint8ClampedArray): void {
  const { light, bytes } = lightTables();
  const [overPixels, shownPixels] = [pixelsOf(over), pixelsOf(shown)];
  for (let p = 0; p < isHidden.length; p++) {
    const alpha = over[p * 4 + 3]!;
    if (!isHidden[p] || alpha === 0) continue;
    if (alpha === 255) {
      shownPixels[p] = overPixels[p]!;
      continue;
    }
    for (let c = p * 4; c < p * 4 + 3; c++) {
      const under = light[shown[c]!]!;
      shown[c] = bytes[Math.round((under + ((light[over[c]!]! - under) * alpha) / 255) * LIGHT_STEPS)]!;
    }
  }
}

/**
 * Learns how colours changed from one picture to the other, as the mean shift of colours that are alike, and gives what
 * does the same to others, where they are hidden. Colours that neither shows shift as those nearest to them.
 */
function changeBetween(before: Raster, after: Raster): (data: Uint8ClampedArray, isHidden: Uint8Array) => void {
  const cells = STEPS ** 3;
  const [shift, count] = [new Float64Array(cells * 3), new Float64Array(cells)];
  for (let i = 0; i < before.data.length; i += 4) {
    const cell = cellOf(before.data[i]! >> 4, before.data[i + 1]! >> 4, before.data[i + 2]! >> 4);
    count[cell]! += 1;
    for (let c = 0; c < 3; c++) shift[cell * 3 + c]! += after.data[i + c]! - before.data[i + c]!;
  }
  for (let at = 0; at < shift.length; at++) shift[at]! /= Math.max(1, count[Math.floor(at / 3)]!);
  spreadShifts(shift, count);
  return (data, isHidden) => {
    for (let p = 0; p < isHidden.length; p++) {
      const i = p * 4;
      if (!isHidden[p] || data[i + 3] === 0) continue;
      const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
      for (let c = 0; c < 3; c++) data[i + c] = data[i + c]! + shiftAt(shift, r, g, b, c);
    }
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
