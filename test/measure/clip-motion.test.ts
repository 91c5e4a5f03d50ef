import { expect, test } from 'vitest';
import type { Raster } from '../../src/core/values.ts';
import { clipMotion, type ClipMotion } from '../../src/measure/clip-motion.ts';
import { lookOfFrame } from '../../src/measure/frame-look.ts';
import { chainDrift } from '../../src/measure/shot-drift.ts';
import { panOver } from '../rig/joined-clips.ts';

const quiet = async () => {};
const motionOf = (frames: readonly Raster[], fps = 12): Promise<ClipMotion> =>
  clipMotion(
    {
      width: frames[0]!.width,
      height: frames[0]!.height,
      fps,
      frames: frames.length,
      read: async function* () {
        yield* frames;
      },
    },
    quiet,
  );
const pan = async (speed: number, at: (k: number) => number = (k) => k): Promise<Raster[]> => {
  const shot = await panOver('mountain lake at dawn, mist', 3, speed, 0);
  return Promise.all(Array.from({ length: 9 }, (_, k) => shot(at(k))));
};
const brighter = (frame: Raster, by: number): Raster => ({
  ...frame,
  data: frame.data.map((level, at) => (at % 4 === 3 ? level : level + by)),
});

test('a clip of one picture is steady, not dynamic, and has no motion-aware error to be proud of', async () => {
  const [frame] = await pan(0);
  const measured = await motionOf(Array.from({ length: 6 }, () => frame!));
  expect(measured).toEqual({
    steadiness: 1,
    isDynamic: false,
    largestMotion: 0,
    warpingError: 0,
    motionAwareError: undefined,
    midpointLikeness: 1,
  });
  expect(await motionOf([frame!])).toEqual(measured);
});

test('flicker by a known amount gives the published figure', async () => {
  const [frame] = (await pan(0)).map((picture) => ({ ...picture, data: picture.data.map((v) => 40 + (v >> 1)) }));
  const flickering = Array.from({ length: 6 }, (_, k) => (k % 2 ? brighter(frame!, 20) : frame!));
  flickering.forEach((picture) => {
    for (let at = 3; at < picture.data.length; at += 4) picture.data[at] = 255;
  });
  const measured = await motionOf(flickering);
  expect(measured.steadiness).toBeCloseTo((255 - 20) / 255, 6);
  expect(measured.isDynamic).toBe(false);
});

test('the largest motion is that of the picture, and a fast pan is dynamic where a slow one is not', async () => {
  // At 12 frames a second every other frame is looked at.
  const [slow, fast] = [await motionOf(await pan(1)), await motionOf(await pan(8))];
  // Of the mist, which has little to hold on to, a fifth of a pixel of the small picture is not known.
  expect(Math.abs(slow.largestMotion - 2)).toBeLessThan(0.5);
  expect(slow.isDynamic).toBe(false);
  expect(Math.abs(fast.largestMotion - 16)).toBeLessThan(2);
  expect(fast.isDynamic).toBe(true);
});

test('frames that jerk are found by the middle between their neighbours, frames that flicker by the warping error', async () => {
  const smooth = await motionOf(await pan(3));
  const jerky = await motionOf(await pan(3, (k) => k + (k % 2) * 0.8));
  expect(1 - jerky.midpointLikeness).toBeGreaterThan(2 * (1 - smooth.midpointLikeness));
  const flickering = await motionOf((await pan(3)).map((frame, k) => (k % 2 ? brighter(frame, 10) : frame)));
  expect(flickering.warpingError).toBeGreaterThan(20 * smooth.warpingError);
  expect(flickering.motionAwareError).toBeGreaterThan(10 * smooth.motionAwareError!);
});

test('drift is counted from the first shot, and per hop', async () => {
  const [frame] = await pan(0);
  const gain = (by: number): Raster => ({
    ...frame!,
    data: frame!.data.map((level, at) => (at % 4 === 3 ? level : level * by)),
  });
  const shots = [1, 0.95, 0.9025, 0.857375].map((by) => lookOfFrame(gain(by)));
  const { shots: drifts, perHop } = chainDrift(shots);
  expect(drifts.map(({ luma }) => luma)).toEqual([
    expect.closeTo(-0.05, 2),
    expect.closeTo(-0.0975, 2),
    expect.closeTo(-0.1426, 2),
  ]);
  expect(perHop.luma).toBeCloseTo(-0.05, 3);
  expect(perHop.contrast).toBeCloseTo(-0.05, 2);
  expect(perHop.crispness).toBeCloseTo(0, 1);
  expect(drifts[2]!.colour).toBeGreaterThan(2 * drifts[0]!.colour);
  expect(chainDrift(shots.slice(0, 1)).shots).toEqual([]);
});
