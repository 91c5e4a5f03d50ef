import { describe, expect, test } from 'vitest';
import type { CameraPose, MotionValue, Raster } from '../../src/core/values.ts';
import { RESTING } from '../../src/raster/camera.ts';
import { moveThrough } from '../../src/raster/move-through.ts';
import { exposuresOf } from '../../src/raster/moves.ts';
import { lumaPlane } from '../../src/measure/plane.ts';
import { ssim } from '../../src/measure/ssim.ts';
import { sketchFilm, sketchInLayers, sketchStill, type SketchRequest } from '../../src/sketch/sketch.ts';

const SIZE = { width: 192, height: 128 };
const request = (prompt: string, change: Partial<SketchRequest> = {}): SketchRequest => ({
  prompt,
  negative: '',
  seed: 4,
  guidance: 7,
  ...SIZE,
  simple: false,
  references: [],
  ...change,
});
async function framesOf(frames: AsyncIterable<Raster>): Promise<Raster[]> {
  const all = [];
  for await (const frame of frames) all.push(frame);
  return all;
}
const apart = (a: Raster, b: Raster) =>
  a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]!), 0) / a.data.length;
const lumaOf = (frame: Raster) => lumaPlane(frame, frame.width, frame.height);
const still = (count: number): CameraPose[] => Array<CameraPose>(count).fill(RESTING);

test('the first frame of a film from a camera at rest is the still', async () => {
  const [frame] = await framesOf(sketchFilm(request('a sailboat on a calm sea at sunset'), still(6)));
  expect(frame).toEqual((await sketchStill(request('a sailboat on a calm sea at sunset'), async () => {})).raster);
});

test.each([
  'a sailboat on a calm sea at sunset',
  'mountain lake at dawn, mist',
  'a palm on a beach, wind, clouds',
  'a meadow with flowers, wind',
  'a city at night, rain',
  'a deer in a forest, snow',
  'a magical castle on a hill',
  'a street in fog',
  'abstract ribbons',
])('%s: nothing in it jumps from the last frame to the first', async (prompt) => {
  const frames = await framesOf(sketchFilm(request(prompt, { simple: true }), still(16)));
  const steps = frames.map((frame, k) => apart(frame, frames[(k + 1) % frames.length]!));
  const around = steps.pop()!;
  expect(around).toBeGreaterThan(0);
  // Snow and mist differ by some percent from step to step; a jump is several times as large as any of them.
  expect(around).toBeLessThanOrEqual(Math.max(...steps) * 1.05);
});

describe.each([
  'mountains in summer',
  'a horse in a meadow',
  'a sailboat on a calm sea',
  'a perfume bottle on a plinth',
  'a palm on a beach',
])('%s', (prompt) => {
  const seen = async (move: MotionValue['move']) => {
    const drawn = request(prompt, { negative: 'grain, vignette, stars' });
    const { layers } = await sketchInLayers(drawn, async () => {});
    const cameras = exposuresOf({ move, amount: 0.6, easing: 'linear' }, 3, SIZE).map(([pose]) => pose!);
    const warped = await framesOf(
      moveThrough(
        layers!,
        SIZE.width,
        SIZE.height,
        cameras.map((pose) => [pose]),
      ),
    );
    // One at a time: each shows the scene before anything in it has moved.
    const anew = [];
    for (const camera of cameras) anew.push(...(await framesOf(sketchFilm(drawn, [camera]))));
    return { warped, anew };
  };

  test.each(['push in', 'pan left', 'tilt up', 'orbit', 'dolly zoom', 'handheld'] as const)(
    '%s: layers and what is drawn anew move alike',
    async (move) => {
      const { warped, anew } = await seen(move);
      for (const [k, frame] of warped.entries()) {
        expect(ssim(lumaOf(frame), lumaOf(anew[k]!))).toBeGreaterThan(0.9);
      }
    },
  );
});
