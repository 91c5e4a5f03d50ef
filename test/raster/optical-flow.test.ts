/** Optical flow against motion that is known, and frames between against frames that were drawn. */
import { expect, test } from 'vitest';
import type { Raster } from '../../src/core/values.ts';
import { FramesBetween } from '../../src/raster/frames-between.ts';
import { isCut, OpticalFlow } from '../../src/raster/optical-flow.ts';
import { drawnScene, psnr } from '../rig/moving-pictures.ts';

const quiet = async () => {};
const [WIDTH, HEIGHT] = [320, 180];

/** Mean and 95th percentile of the endpoint error in px, over what can be seen in both frames. */
async function errorOf(
  first: Raster,
  second: Raster,
  truth: (x: number, y: number) => readonly [number, number] | undefined,
) {
  const flow = new OpticalFlow(first);
  flow.look(0, first);
  flow.look(1, second);
  const meeting = await flow.meet(quiet);
  const ways = flow.waysOf(0);
  const errors: number[] = [];
  for (let y = 8; y < flow.height - 8; y++)
    for (let x = 8; x < flow.width - 8; x++) {
      const known = truth(x, y);
      if (!known) continue;
      const [toX, toY] = [x + known[0], y + known[1]];
      if (toX < 4 || toY < 4 || toX > flow.width - 5 || toY > flow.height - 5) continue;
      const at = (y * flow.width + x) * 4;
      errors.push(Math.hypot(ways[at]! - known[0], ways[at + 1]! - known[1]));
    }
  errors.sort((a, b) => a - b);
  const mean = errors.reduce((a, b) => a + b, 0) / errors.length;
  return { mean, p95: errors[Math.floor(errors.length * 0.95)]!, meeting };
}
const scene = (spec: Parameters<typeof drawnScene>[2]) => drawnScene(WIDTH, HEIGHT, spec);

test.each([
  [1, 0],
  [0.5, -0.25],
  [-6.3, 2.8],
  [17, -9],
  [40, 6],
])('a shift by %d, %d', async (u, v) => {
  const { mean, p95 } = await errorOf(scene({}), scene({ x: u, y: v }), () => [u, v]);
  expect(mean).toBeLessThan(0.03);
  expect(p95).toBeLessThan(0.06);
});

test.each([1.03, 0.96])('a zoom by %d', async (zoom) => {
  const { mean, p95 } = await errorOf(scene({}), scene({ zoom }), (x, y) => [
    (x + 0.5 - WIDTH / 2) * (zoom - 1),
    (y + 0.5 - HEIGHT / 2) * (zoom - 1),
  ]);
  expect(mean).toBeLessThan(0.12);
  expect(p95).toBeLessThan(0.3);
});

test('a disc that moves over a ground that moves the other way', async () => {
  const disc = { x: 130, y: 90, radius: 36 };
  const moved = { ...disc, x: disc.x + 9, y: disc.y - 4 };
  const inside = (x: number, y: number, { x: cx, y: cy, radius }: typeof disc) =>
    Math.hypot(x + 0.5 - cx, y + 0.5 - cy) < radius;
  const { mean, p95, meeting } = await errorOf(scene({ disc }), scene({ x: -3, y: 0, disc: moved }), (x, y) => {
    if (inside(x, y, disc)) return [9, -4];
    return inside(x - 3, y, moved) ? undefined : [-3, 0];
  });
  expect(mean).toBeLessThan(0.06);
  expect(p95).toBeLessThan(0.1);
  expect(isCut(meeting)).toBe(false);
});

test('another picture is a cut; motion, light that changes a little, and stillness are none', async () => {
  const cutBetween = async (first: Raster, second: Raster) =>
    isCut(await new FramesBetween(first).meet(first, second, quiet));
  const lit = scene({});
  const dimmed = { ...lit, data: lit.data.map((v, at) => (at % 4 === 3 ? v : v * 0.94)) };
  expect(await cutBetween(scene({}), scene({ seed: 7 }))).toBe(true);
  expect(await cutBetween(scene({}), scene({}))).toBe(false);
  expect(await cutBetween(scene({}), scene({ x: 30, zoom: 1.05 }))).toBe(false);
  expect(await cutBetween(lit, dimmed)).toBe(false);
});

test('the frame in the middle is the one that would have been taken there', async () => {
  const disc = { x: 120, y: 90, radius: 36 };
  const at = (time: number) =>
    scene({ x: -7 * time, y: 2 * time, disc: { ...disc, x: disc.x + 12 * time, y: disc.y - 4 * time } });
  const [first, second, truth] = [at(0), at(1), at(0.5)];
  const frames = new FramesBetween(first);
  await frames.meet(first, second, quiet);
  const made = await frames.at(0.5, quiet);
  const mixed = { ...first, data: first.data.map((v, k) => (v + second.data[k]!) / 2) };
  expect(psnr(made, truth)).toBeGreaterThan(37);
  expect(psnr(made, truth) - psnr(mixed, truth)).toBeGreaterThan(8);
});
