import { expect, test } from 'vitest';
import type { Raster } from '../../src/core/values.ts';
import { applyCube, crop, denoise, gaussian, resize, sharpen, addGrain } from '../../src/raster/filters.ts';
import { cubeOf } from '../../src/raster/grade.ts';
import { withBench } from '../../src/raster/kernels.ts';
import { atan2, cbrt, cos, exp2, log2, pow, sin } from '../../src/raster/math.ts';
import { exposuresOf } from '../../src/raster/moves.ts';
import { moveThrough } from '../../src/raster/move-through.ts';
import { splitByDepth } from '../../src/raster/split-by-depth.ts';
import { bestWindow } from '../../src/raster/saliency.ts';
import { testPicture } from '../rig/samples.ts';

const quiet = async () => {};
const flat = (value: number, size = 24): Raster => ({
  width: size,
  height: size,
  data: new Uint8ClampedArray(size * size * 4).map((_, i) => (i % 4 === 3 ? 255 : value)),
});

test('our functions agree with the engine’s to nine digits', () => {
  for (let x = -20; x <= 20; x += 0.37) {
    expect(sin(x)).toBeCloseTo(Math.sin(x), 9);
    expect(cos(x)).toBeCloseTo(Math.cos(x), 9);
    expect(exp2(x) / 2 ** x).toBeCloseTo(1, 9);
    expect(cbrt(x)).toBeCloseTo(Math.cbrt(x), 9);
    expect(atan2(x, 3 - x)).toBeCloseTo(Math.atan2(x, 3 - x), 9);
    if (x > 0) expect(log2(x)).toBeCloseTo(Math.log2(x), 9);
    if (x > 0) expect(pow(x, 2.4) / x ** 2.4).toBeCloseTo(1, 8);
  }
});

const light = (byte: number) => (byte <= 0.04045 * 255 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
const level = (linear: number) => 255 * (linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055);
/** The textbook Lanczos-3 in linear light, slow and plain. For opaque pictures. */
function reference(image: Raster, width: number, height: number): Float64Array {
  const kernel = (x: number) =>
    x === 0
      ? 1
      : Math.abs(x) >= 3
        ? 0
        : (3 * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / 3)) / (Math.PI * Math.PI * x * x);
  const line = (from: number, to: number, at: number) => {
    const [ratio, spread] = [from / to, Math.max(1, from / to)];
    const centre = (at + 0.5) * ratio - 0.5;
    const taps: [number, number][] = [];
    for (let s = Math.floor(centre - 3 * spread); s <= Math.ceil(centre + 3 * spread); s++)
      taps.push([Math.min(from - 1, Math.max(0, s)), kernel((s - centre) / spread)]);
    const sum = taps.reduce((total, [, w]) => total + w, 0);
    return taps.map(([s, w]) => [s, w / sum] as const);
  };
  const out = new Float64Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (const [sy, wy] of line(image.height, height, y))
        for (const [sx, wx] of line(image.width, width, x))
          for (let c = 0; c < 4; c++)
            out[(y * width + x) * 4 + c] =
              out[(y * width + x) * 4 + c]! + light(image.data[(sy * image.width + sx) * 4 + c]!) * wx * wy;
  return out.map((linear) => level(Math.min(1, Math.max(0, linear))));
}
test.each([
  [80, 60],
  [20, 14],
  [41, 27],
  [33, 90],
])('Lanczos to %i × %i is within one level of the textbook', async (width, height) => {
  const image = testPicture(40, 28);
  const [ours, theirs] = [await resize(image, width, height, quiet), reference(image, width, height)];
  const worst = ours.data.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i]!)), 0);
  expect(worst).toBeLessThanOrEqual(1);
});

test('stripes of one pixel, black and white, become the grey they are from afar; coverage is no light', async () => {
  const size = 64;
  const stripes = (draw: (x: number, y: number) => readonly [number, number]): Raster => {
    const data = new Uint8ClampedArray(size * size * 4);
    for (let at = 0; at < size * size; at++) {
      const [value, alpha] = draw(at % size, Math.floor(at / size));
      data.set([value, value, value, alpha], at * 4);
    }
    return { width: size, height: size, data };
  };
  const middle = async (image: Raster) => {
    const half = await resize(image, size / 2, size / 2, quiet);
    return [...half.data.subarray((16 * 32 + 16) * 4, (16 * 32 + 16) * 4 + 4)];
  };
  expect(await middle(stripes((x) => [x % 2 ? 255 : 0, 255]))).toEqual([188, 188, 188, 255]);
  expect(await middle(stripes((_, y) => [y % 2 ? 255 : 0, 255]))).toEqual([188, 188, 188, 255]);
  expect(await middle(stripes((x) => [255, x % 2 ? 255 : 0]))).toEqual([255, 255, 255, 128]);
});

test('every level comes through a resize as it was', async () => {
  const image: Raster = {
    width: 256,
    height: 8,
    data: new Uint8ClampedArray(256 * 8 * 4).map((_, i) => (i % 4 === 3 ? 255 : Math.floor(i / 4) % 256)),
  };
  const out = await resize(image, 256, 4, quiet);
  expect(Array.from({ length: 256 }, (_, x) => out.data[(2 * 256 + x) * 4])).toEqual(
    Array.from({ length: 256 }, (_, x) => x),
  );
});

test('flat pictures stay flat under every filter', async () => {
  const image = flat(100);
  for (const out of [
    await resize(image, 50, 31, quiet),
    await gaussian(image, 3, quiet),
    await sharpen(image, 2, 2, 0, quiet),
    await denoise(image, 0.8, true, quiet),
  ])
    expect(new Set(out.data)).toEqual(new Set([100, 255]));
});

test('the median removes a stray pixel and keeps an edge', async () => {
  const image = flat(50);
  for (let y = 0; y < 24; y++)
    for (let x = 12; x < 24; x++) image.data.fill(200, (y * 24 + x) * 4, (y * 24 + x) * 4 + 3);
  image.data.fill(255, (5 * 24 + 5) * 4, (5 * 24 + 5) * 4 + 3);
  const out = await denoise(image, 0, true, quiet);
  expect(out.data[(5 * 24 + 5) * 4]).toBe(50);
  expect([out.data[(9 * 24 + 11) * 4], out.data[(9 * 24 + 12) * 4]]).toEqual([50, 200]);
});

const neutral = {
  exposure: 0,
  contrast: 0,
  temperature: 0,
  tint: 0,
  saturation: 1,
  curve: [
    [0, 0],
    [1, 1],
  ] as const,
  lutStrength: 1,
};
test('a neutral grade changes nothing below the shoulder; exposure, warmth and saturation do what they say', async () => {
  const image = flat(120);
  expect((await applyCube(image, cubeOf(neutral), quiet)).data[0]).toBeCloseTo(120, -0.5);
  expect((await applyCube(image, cubeOf({ ...neutral, exposure: 1 }), quiet)).data[0]!).toBeGreaterThan(150);
  const warm = await applyCube(image, cubeOf({ ...neutral, temperature: 0.5 }), quiet);
  expect(warm.data[0]!).toBeGreaterThan(warm.data[2]!);
  const grey = await applyCube(testPicture(), cubeOf({ ...neutral, saturation: 0 }), quiet);
  for (let i = 0; i < grey.data.length; i += 4)
    expect(Math.abs(grey.data[i]! - grey.data[i + 2]!)).toBeLessThanOrEqual(2);
});

test('grain repeats with its seed and is gone at amount 0', async () => {
  const image = flat(120);
  expect((await addGrain(image, 0, 1.4, 0.2, 5, quiet)).data).toEqual(image.data);
  expect((await addGrain(image, 0.5, 1.4, 0.2, 5, quiet)).data).toEqual(
    (await addGrain(image, 0.5, 1.4, 0.2, 5, quiet)).data,
  );
  expect((await addGrain(image, 0.5, 1.4, 0.2, 6, quiet)).data).not.toEqual(
    (await addGrain(image, 0.5, 1.4, 0.2, 5, quiet)).data,
  );
});

test('cropping keeps the subject', () => {
  const image = flat(90, 120);
  for (let y = 50; y < 70; y++) for (let x = 90; x < 110; x++) image.data.set([230, 30, 30, 255], (y * 120 + x) * 4);
  const { x } = bestWindow(image, undefined, 50, 120);
  expect(x).toBeGreaterThan(40);
  expect(crop(image, x, 0, 50, 120)).toMatchObject({ width: 50, height: 120 });
});

test('no filter reads memory it did not write: the same bytes whatever lay there', async () => {
  const [picture, cube] = [
    testPicture(61, 43),
    cubeOf({
      exposure: 0.3,
      contrast: 0.2,
      temperature: 0.1,
      tint: 0,
      saturation: 1.2,
      curve: [
        [0, 0],
        [1, 1],
      ],
      lutStrength: 1,
    }),
  ];
  const depth = { width: 61, height: 43, data: new Uint8Array(61 * 43).map((_, i) => i & 255) };
  const jobs: Readonly<Record<string, () => Promise<Raster>>> = {
    enlarge: () => resize(picture, 97, 71, quiet),
    shrink: () => resize(picture, 29, 17, quiet),
    gaussian: () => gaussian(picture, 3, quiet),
    sharpen: () => sharpen(picture, 0.7, 1.5, 2, quiet),
    bilateral: () => denoise(picture, 0.5, false, quiet),
    median: () => denoise(picture, 0, true, quiet),
    cube: () => applyCube(picture, cube, quiet),
    grain: () => addGrain(picture, 0.4, 1.7, 0.3, 5, quiet),
    motion: async () => {
      const orbit = { move: 'orbit', amount: 1, easing: 'linear' } as const;
      const layers = await splitByDepth(picture, depth, quiet);
      return (await moveThrough(layers, 53, 37, exposuresOf(orbit, 2, { width: 53, height: 37 })).next())
        .value as Raster;
    },
  };
  const soiled = async (job: () => Promise<Raster>, dirt: number) => {
    await withBench((bench) => void bench.bytes(bench.alloc(4e6), 4e6).fill(dirt));
    return (await job()).data;
  };
  for (const [name, job] of Object.entries(jobs))
    expect([name, await soiled(job, 0x3f)]).toEqual([name, await soiled(job, 0xff)]);
});
