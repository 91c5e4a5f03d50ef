/**
 * Filters on pictures: RGBA in, a new RGBA out, the input untouched. `breathe` is awaited between bands so that work
 * can be cancelled.
 */
import type { DepthMap, Raster } from '../core/values.ts';
import { withBench, type Bench } from './kernels.ts';
import { lightTables, LIGHT_STEPS } from './light.ts';
import { clamp, PI, sin } from './math.ts';

/** Awaited between chunks with the fraction done. */
export type Breathe = (fraction: number) => Promise<void>;

const BAND = 96;

/** Runs `work` over bands of rows. */
async function inBands(
  height: number,
  breathe: Breathe,
  work: (y0: number, y1: number) => void,
  from = 0,
  to = 1,
): Promise<void> {
  for (let y = 0; y < height; y += BAND) {
    work(y, Math.min(height, y + BAND));
    await breathe(from + ((to - from) * Math.min(height, y + BAND)) / height);
  }
}
const takeOut = (bench: Bench, at: number, width: number, height: number): Raster => ({
  width,
  height,
  data: new Uint8ClampedArray(bench.bytes(at, width * height * 4)),
});

/** Windowed sinc with three lobes. */
function lanczos3(x: number): number {
  if (x === 0) return 1;
  if (x <= -3 || x >= 3) return 0;
  return (3 * sin(PI * x) * sin((PI * x) / 3)) / (PI * PI * x * x);
}

/**
 * For each output position the first source position and its weights, which sum to 1; edges repeat by folding weights
 * inwards.
 */
function lanczosTaps(from: number, to: number): { readonly count: number; readonly data: ArrayBuffer } {
  const ratio = from / to;
  const spread = Math.max(1, ratio);
  const count = Math.min(from, Math.ceil(6 * spread));
  const data = new ArrayBuffer(to * (count + 1) * 4);
  const [ints, floats] = [new Int32Array(data), new Float32Array(data)];
  for (let x = 0; x < to; x++) {
    const centre = (x + 0.5) * ratio - 0.5;
    const start = clamp(Math.floor(centre - 3 * spread) + 1, 0, from - count);
    const at = x * (count + 1);
    ints[at] = start;
    const weights = new Float64Array(count);
    let sum = 0;
    const reach = Math.ceil(3 * spread);
    for (let source = Math.floor(centre) - reach; source <= Math.ceil(centre) + reach; source++) {
      const weight = lanczos3((source - centre) / spread);
      const place = clamp(clamp(source, 0, from - 1) - start, 0, count - 1);
      weights[place] = weights[place]! + weight;
      sum += weight;
    }
    for (let k = 0; k < count; k++) floats[at + 1 + k] = weights[k]! / sum;
  }
  return { count, data };
}

/**
 * Lanczos-3 resampling to an exact size, up or down, in linear light: fine stripes of black and white become the grey
 * they are from afar. Coverage is linear as it is.
 */
export async function resize(image: Raster, width: number, height: number, breathe: Breathe): Promise<Raster> {
  if (width === image.width && height === image.height) return image;
  return withBench(async (bench) => {
    const source = bench.put(image.data, 'bytes');
    const linear = bench.alloc(image.width * image.height * 16);
    const { light, bytes } = lightTables();
    bench.run.linearise(source, linear, image.width * image.height, bench.put(light, 'floats'));
    const across = lanczosTaps(image.width, width);
    const down = lanczosTaps(image.height, height);
    const acrossAt = bench.put(new Uint8Array(across.data), 'bytes');
    const downAt = bench.put(new Uint8Array(down.data), 'bytes');
    const middle = bench.alloc(width * image.height * 16);
    const result = bench.alloc(width * height * 16);
    const out = bench.alloc(width * height * 4);
    const stride = (across.count + 1) * 4;
    // Both passes write transposed, so bands run over output columns, then over output rows.
    await inBands(
      width,
      breathe,
      (x0, x1) =>
        bench.run.resizeLines(
          linear,
          image.width,
          image.height,
          middle + x0 * image.height * 16,
          x1 - x0,
          acrossAt + x0 * stride,
          across.count,
        ),
      0,
      0.5,
    );
    const downStride = (down.count + 1) * 4;
    await inBands(
      height,
      breathe,
      (y0, y1) =>
        bench.run.resizeLines(
          middle,
          image.height,
          width,
          result + y0 * width * 16,
          y1 - y0,
          downAt + y0 * downStride,
          down.count,
        ),
      0.5,
      1,
    );
    bench.run.encode(result, out, width * height, bench.put(bytes, 'bytes'), LIGHT_STEPS);
    return takeOut(bench, out, width, height);
  });
}

/** A Gaussian of σ = `radius` px (three boxes). */
export async function gaussian(image: Raster, radius: number, breathe: Breathe): Promise<Raster> {
  return withBench(async (bench) => {
    const count = image.width * image.height;
    const [floats, scratch] = [bench.alloc(count * 16), bench.alloc(count * 16)];
    const source = bench.put(image.data, 'bytes');
    bench.run.premultiply(source, floats, count);
    await breathe(0.2);
    bench.run.blur(floats, image.width, image.height, Math.max(1, Math.round(radius)), scratch);
    bench.run.unpremultiply(floats, source, count);
    await breathe(1);
    return takeOut(bench, source, image.width, image.height);
  });
}

/** Unsharp mask in luminance. `amount` 0…3, `radius` in px, `threshold` in levels of 255. */
export async function sharpen(
  image: Raster,
  amount: number,
  radius: number,
  threshold: number,
  breathe: Breathe,
): Promise<Raster> {
  return withBench(async (bench) => {
    const count = image.width * image.height;
    const source = bench.put(image.data, 'bytes');
    const [sharp, blurred, scratch] = [bench.alloc(count * 16), bench.alloc(count * 16), bench.alloc(count * 16)];
    bench.run.premultiply(source, sharp, count);
    bench.run.premultiply(source, blurred, count);
    await breathe(0.2);
    bench.run.blur(blurred, image.width, image.height, Math.max(1, Math.round(radius)), scratch);
    await breathe(0.7);
    bench.run.unsharp(sharp, blurred, source, count, amount, threshold);
    await breathe(1);
    return takeOut(bench, source, image.width, image.height);
  });
}

/** Median of 3 × 3, then edge-preserving smoothing; `strength` 0…1, `speckles` turns the median on. */
export async function denoise(image: Raster, strength: number, speckles: boolean, breathe: Breathe): Promise<Raster> {
  return withBench(async (bench) => {
    const { width, height } = image;
    const count = width * height;
    const source = bench.put(image.data, 'bytes');
    const out = bench.put(image.data, 'bytes');
    const scratch = bench.alloc(9 * 16);
    if (speckles) {
      await inBands(height, breathe, (y0, y1) => bench.run.median(source, out, width, y0, y1, height, scratch), 0, 0.2);
      bench.bytes(source, count * 4).set(bench.bytes(out, count * 4));
    }
    if (strength > 0) {
      const floats = bench.alloc(count * 16);
      bench.run.premultiply(source, floats, count);
      await inBands(
        height,
        breathe,
        (y0, y1) => bench.run.bilateral(floats, out, width, y0, y1, height, 4 + strength * 60),
        0.2,
        1,
      );
    }
    return takeOut(bench, out, width, height);
  });
}

/** A colour cube: `size`³ sRGB triples in 0…1, red fastest. */
export interface Cube {
  readonly size: number;
  readonly data: Float32Array;
}

/** Applies a colour cube with tetrahedral interpolation. */
export async function applyCube(image: Raster, cube: Cube, breathe: Breathe): Promise<Raster> {
  return withBench(async (bench) => {
    const entries = cube.size * cube.size * cube.size;
    const table = bench.alloc(entries * 16);
    const view = bench.floats(table, entries * 4);
    for (let i = 0; i < entries; i++) for (let c = 0; c < 3; c++) view[i * 4 + c] = cube.data[i * 3 + c]! * 255;
    const source = bench.put(image.data, 'bytes');
    const row = image.width * 4;
    await inBands(image.height, breathe, (y0, y1) =>
      bench.run.lut3d(source + y0 * row, source + y0 * row, (y1 - y0) * image.width, table, cube.size),
    );
    return takeOut(bench, source, image.width, image.height);
  });
}

/** Film grain. `amount` 0…1, `size` in px, `colourful` 0 grey … 1 in every channel, `seed` a whole number. */
export async function addGrain(
  image: Raster,
  amount: number,
  size: number,
  colourful: number,
  seed: number,
  breathe: Breathe,
): Promise<Raster> {
  return withBench(async (bench) => {
    const source = bench.put(image.data, 'bytes');
    await inBands(image.height, breathe, (y0, y1) =>
      bench.run.grain(source, source, image.width, y0, y1, amount, size, colourful, seed | 0),
    );
    return takeOut(bench, source, image.width, image.height);
  });
}

/** The picture at a size it fills: scaled until it covers, its middle kept. */
export async function cover(image: Raster, width: number, height: number, breathe: Breathe): Promise<Raster> {
  const scale = Math.max(width / image.width, height / image.height);
  const [w, h] = [Math.max(width, Math.round(image.width * scale)), Math.max(height, Math.round(image.height * scale))];
  return crop(await resize(image, w, h, breathe), (w - width) >> 1, (h - height) >> 1, width, height);
}

/** Cuts a rectangle out; coordinates in pixels inside the picture. */
export function crop(image: Raster, x: number, y: number, width: number, height: number): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * image.width + x) * 4;
    data.set(image.data.subarray(from, from + width * 4), row * width * 4);
  }
  return { width, height, data };
}

export function cropDepth(depth: DepthMap, x: number, y: number, width: number, height: number): DepthMap {
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row++)
    data.set(depth.data.subarray((y + row) * depth.width + x, (y + row) * depth.width + x + width), row * width);
  return { width, height, data };
}
