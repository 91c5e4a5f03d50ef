import { expect, test } from 'vitest';
import { randomFrom } from '../../src/core/random.ts';
import type { DepthMap, Raster } from '../../src/core/values.ts';
import { RESTING } from '../../src/raster/camera.ts';
import { guessDepth } from '../../src/raster/guess-depth.ts';
import { moveThrough } from '../../src/raster/move-through.ts';
import { splitByDepth } from '../../src/raster/split-by-depth.ts';

const quiet = async () => {};
const [WIDTH, HEIGHT] = [240, 160];
const RADIUS = 34;

/** A red disc before a striped wall that gets lighter to the right. */
const inDisc = (x: number, y: number, more = 0): number =>
  RADIUS + more + 0.5 - Math.hypot(x + 0.5 - WIDTH / 2, y + 0.5 - HEIGHT / 2);
function scene(): { readonly picture: Raster; readonly depth: DepthMap } {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  const far = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const share = Math.min(1, Math.max(0, inDisc(x, y)));
      const wall = 90 + (x * 80) / WIDTH + (y % 8 < 4 ? 12 : 0);
      const mixed = [200, 30, 40].map((level) => level * share + wall * (1 - share));
      data.set([...mixed, 255], (y * WIDTH + x) * 4);
      far[y * WIDTH + x] = share > 0.5 ? 60 : 200;
    }
  }
  return { picture: { width: WIDTH, height: HEIGHT, data }, depth: { width: WIDTH, height: HEIGHT, data: far } };
}

test('a picture comes apart at the edges of its depth, and its layers at rest show it again', async () => {
  const { picture, depth } = scene();
  const layers = await splitByDepth(picture, depth, quiet);
  expect(layers).toHaveLength(2);
  const rest = (await moveThrough(layers, WIDTH, HEIGHT, [[RESTING]]).next()).value as Raster;
  expect(rest.data.filter((level, at) => Math.abs(level - picture.data[at]!) > 3)).toHaveLength(0);
});

test('behind what stands in front there is wall, and nothing of what stood there', async () => {
  const { picture, depth } = scene();
  const [wall, disc] = await splitByDepth(picture, depth, quiet);
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    const [red, green] = [wall!.raster.data[at * 4]!, wall!.raster.data[at * 4 + 1]!];
    expect([x, y, Math.abs(red - green) < 16]).toEqual([x, y, true]);
    expect(wall!.raster.data[at * 4 + 3]).toBe(255);
    // The disc is cut along its outline, within two pixels.
    const alpha = disc!.raster.data[at * 4 + 3]!;
    if (inDisc(x, y, 2) < 0) expect([x, y, alpha]).toEqual([x, y, 0]);
    if (inDisc(x, y, -2) > 1) expect([x, y, alpha]).toEqual([x, y, 255]);
  }
});

test('what is made up is as rough as what is seen', async () => {
  const { picture, depth } = scene();
  const random = randomFrom(7);
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    if (inDisc(at % WIDTH, Math.floor(at / WIDTH)) > 0) continue;
    const speck = random() < 0.5 ? 25 : -25;
    for (let c = 0; c < 3; c++) picture.data[at * 4 + c] = picture.data[at * 4 + c]! + speck;
  }
  const [wall] = await splitByDepth(picture, depth, quiet);
  const roughness = (left: number, top: number) => {
    let sum = 0;
    for (let y = top; y < top + 16; y++)
      for (let x = left; x < left + 16; x++)
        sum += Math.abs(wall!.raster.data[(y * WIDTH + x) * 4]! - wall!.raster.data[(y * WIDTH + x + 1) * 4]!);
    return sum / 256;
  };
  expect(roughness(92, 72) / roughness(12, 72)).toBeGreaterThan(0.6);
});

test('depth without an edge stays one layer', async () => {
  const { picture } = scene();
  const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => 255 - Math.floor(at / WIDTH));
  expect(await splitByDepth(picture, { width: WIDTH, height: HEIGHT, data }, quiet)).toHaveLength(1);
});

test('a thing that stands out clearly is guessed to stand in front, as far as its outline', () => {
  const { picture } = scene();
  const depth = guessDepth(picture);
  expect([depth.width, depth.height]).toEqual([WIDTH, HEIGHT]);
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    const before = depth.data[y * WIDTH]! - depth.data[at]!;
    if (inDisc(x, y, 2) < 0) expect([x, y, before]).toEqual([x, y, 0]);
    if (y < HEIGHT / 2 && inDisc(x, y, -2) > 1) expect([x, y, before > 15]).toEqual([x, y, true]);
  }
});

test('where nothing stands out clearly, the guess is smooth: lower is nearer', () => {
  const { picture } = scene();
  const data = picture.data.map((level, at) => (inDisc((at >> 2) % WIDTH, (at >> 2) / WIDTH, 2) > 0 ? 128 : level));
  const depth = guessDepth({ ...picture, data: data.map((level, at) => (at % 4 === 3 ? 255 : level)) });
  for (let y = 0; y < HEIGHT; y++) {
    const row = depth.data.slice(y * WIDTH, (y + 1) * WIDTH);
    expect(new Set(row).size).toBe(1);
    if (y > 0) expect(row[0]).toBeLessThanOrEqual(depth.data[(y - 1) * WIDTH]!);
  }
});
