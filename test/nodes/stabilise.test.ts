/** Stabilise: shaking goes, what was meant stays, and no border is seen. */
import { expect, test } from 'vitest';
import { randomFrom } from '../../src/core/random.ts';
import type { Raster } from '../../src/core/values.ts';
import { motionsOf } from '../../src/raster/global-motion.ts';
import type { Similarity } from '../../src/raster/similarity.ts';
import { asFarAsSeen, leastZoom, lookUpOf, steadied } from '../../src/raster/steady-path.ts';
import { drawnScene, psnr } from '../rig/moving-pictures.ts';
import { clipFrom, clipMade, framesIn } from '../rig/run-node.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const [WIDTH, HEIGHT] = [240, 136];
const size = { width: WIDTH, height: HEIGHT };
async function* each(frames: readonly Raster[]) {
  yield* frames;
}
const wholeMotions = (frames: readonly Raster[]) => motionsOf(each(frames), size, async () => {});
const spreadOf = (values: readonly number[]): number => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};
async function stabilised(frames: readonly Raster[], params: Readonly<Record<string, unknown>> = {}) {
  const artifacts = testArtifacts();
  return framesIn(artifacts, await clipMade(artifacts, 'stabilise', await clipFrom(artifacts, frames), params));
}

/** A pan, held by a hand that shakes, past a disc that goes its own way. */
function shakyPan(count: number): readonly Raster[] {
  const random = randomFrom(5);
  const shake = (most: number) => (random() * 2 - 1) * most;
  return Array.from({ length: count }, (_, k) =>
    drawnScene(WIDTH, HEIGHT, {
      x: -1.5 * k + shake(3),
      y: shake(3),
      zoom: 1 + shake(0.008),
      angle: shake(0.012),
      disc: { x: 60 + 5 * k, y: 70, radius: 20 },
    }),
  );
}

test('the whole of a frame moves as it was moved, whatever else moves in it', async () => {
  const spec = { x: 3.2, y: -1.7, zoom: 1.02, angle: 0.015 };
  const disc = { x: 90, y: 70, radius: 32 };
  const [motion] = await wholeMotions([
    drawnScene(WIDTH, HEIGHT, { disc }),
    drawnScene(WIDTH, HEIGHT, { ...spec, disc: { ...disc, x: 100 } }),
  ]);
  const { ax, ay, bx, by } = motion as Similarity;
  expect(ax).toBeCloseTo(1.02 * Math.cos(0.015), 3);
  expect(ay).toBeCloseTo(1.02 * Math.sin(0.015), 3);
  expect(Math.hypot(bx - 3.2, by + 1.7)).toBeLessThan(0.05);
});

test('shaking falls to a fifth and less, and the pan stays', { timeout: 60_000 }, async () => {
  const frames = shakyPan(26);
  const [before, after] = await Promise.all([wholeMotions(frames), stabilised(frames).then(wholeMotions)]);
  // The ends of a path are where they are: the frames next to them are not counted.
  const inner = (motions: readonly (Similarity | 'cut')[], of: keyof Similarity) =>
    motions.slice(4, -4).map((motion) => (motion as Similarity)[of]);
  for (const part of ['bx', 'by', 'ax', 'ay'] as const)
    expect(spreadOf(inner(before, part)) / spreadOf(inner(after, part)), part).toBeGreaterThan(5);
  const pan = inner(after, 'bx').reduce((a, b) => a + b, 0) / inner(after, 'bx').length;
  expect(pan).toBeGreaterThan(-2);
  expect(pan).toBeLessThan(-1.2);
});

test('a cut begins anew: nothing leaks from one shot into the other', async () => {
  const frames = [1, 1, 1, 9, 9, 9].map((seed, k) => drawnScene(WIDTH, HEIGHT, { seed, x: seed === 9 ? 4 * k : 0 }));
  expect((await wholeMotions(frames))[2]).toBe('cut');
  const steady = await stabilised(frames);
  frames.forEach((frame, at) => expect(psnr(steady[at]!, frame)).toBeGreaterThan(40));
});

test('the zoom is the least that shows no border, and a smaller one holds less', async () => {
  const steady = steadied(await wholeMotions(shakyPan(16)), 5);
  const zoom = leastZoom(steady, size, 1.5);
  const farthest = (at: number, held: readonly Similarity[]) =>
    Math.max(
      ...held.flatMap((place) => {
        const { ax, ay, bx, by } = lookUpOf(place, at);
        const [right, bottom] = [(WIDTH - 1) / 2, (HEIGHT - 1) / 2];
        return [-1, 1].flatMap((across) =>
          [-1, 1].flatMap((down) => [
            Math.abs(ax * right * across - ay * bottom * down + bx) - right,
            Math.abs(ax * bottom * down + ay * right * across + by) - bottom,
          ]),
        );
      }),
    );
  expect(zoom).toBeGreaterThan(1.01);
  expect(zoom).toBeLessThan(1.2);
  expect(farthest(zoom, steady)).toBeLessThanOrEqual(0);
  expect(farthest(zoom - 0.001, steady)).toBeGreaterThan(0);
  const held = steady.map((place) => asFarAsSeen(place, 1.02, size));
  expect(farthest(1.02, held)).toBeLessThanOrEqual(0);
});

test('a steady pan is left as it is, and so is a single frame', async () => {
  const steps = Array.from({ length: 20 }, () => ({ ax: 1, ay: 0, bx: -2, by: 0.5 }));
  for (const { ax, ay, bx, by } of steadied(steps, 6)) {
    expect([ax, ay]).toEqual([1, 0]);
    expect(Math.hypot(bx, by)).toBeLessThan(1e-9);
  }
  const single = drawnScene(WIDTH, HEIGHT, {});
  expect((await stabilised([single]))[0]!.data).toEqual(single.data);
});
