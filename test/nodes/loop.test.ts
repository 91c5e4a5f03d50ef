/** Loop: its seam is no larger a step than those inside, whatever it is made of. */
import { expect, test } from 'vitest';
import type { ArtifactHash } from '../../src/core/ids.ts';
import type { Raster } from '../../src/core/values.ts';
import { drawnScene } from '../rig/moving-pictures.ts';
import { clipFrom, clipMade, framesIn } from '../rig/run-node.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const flat = (grey: number): Raster => ({ width: 8, height: 4, data: new Uint8ClampedArray(8 * 4 * 4).fill(grey) });
const stepBetween = (a: Raster, b: Raster): number =>
  a.data.reduce((sum, level, at) => sum + Math.abs(level - b.data[at]!), 0) / a.data.length;
/** The steps from each frame to the next, and from the last to the first. */
const stepsOf = (frames: readonly Raster[]): readonly number[] =>
  frames.map((frame, at) => stepBetween(frame, frames[(at + 1) % frames.length]!));

async function looped(frames: readonly Raster[], params: Readonly<Record<string, unknown>> = {}) {
  const artifacts = testArtifacts();
  const video = await clipMade(artifacts, 'loop', await clipFrom(artifacts, frames), params);
  const shown = await framesIn(artifacts, video);
  expect(shown).toHaveLength(video.frames);
  return shown;
}
/** A disc that swings, and comes back after 12 frames. */
const swinging = (frame: number) =>
  drawnScene(128, 72, { disc: { x: 64 + 30 * Math.sin((frame * Math.PI) / 6), y: 36, radius: 14 } });

test('what comes back is cut where it does', async () => {
  const frames = Array.from({ length: 31 }, (_, k) => swinging(k));
  const shown = await looped(frames, { blend: 0, search: 0.8 });
  expect(shown).toHaveLength(24);
  const steps = stepsOf(shown);
  expect(steps.at(-1)).toBeLessThanOrEqual(Math.max(...steps.slice(0, -1)));
});

test('motion counts: the disc does not turn round at the seam', async () => {
  // Shorter than two swings: a frame that only looks the same lies nearer to both ends.
  const frames = Array.from({ length: 21 }, (_, k) => swinging(k + 1));
  const shown = await looped(frames, { blend: 0, search: 0.6 });
  expect(shown).toHaveLength(12);
});

test('what never comes back is led back along its motion', async () => {
  const frames = Array.from({ length: 24 }, (_, k) => drawnScene(160, 90, { x: 1.2 * k, zoom: 1 + 0.002 * k }));
  const shown = await looped(frames, { blend: 0.6, search: 0.3 });
  const steps = stepsOf(shown);
  const hard = stepsOf(await looped(frames, { blend: 0, search: 0.3 }));
  expect(steps.at(-1)).toBeLessThanOrEqual(Math.max(...steps.slice(0, -1)));
  expect(Math.max(...steps)).toBeLessThan(0.6 * Math.max(...hard));
});

test('there and back shows each end once', async () => {
  const greys = (await looped([0, 10, 20, 30].map(flat), { way: 'there and back' })).map(({ data }) => data[0]);
  expect(greys).toEqual([0, 10, 20, 30, 20, 10]);
  expect(await looped([flat(5)], { way: 'there and back' })).toHaveLength(1);
});

test('its sound is cut along, and a clip that is too short says so', async () => {
  const artifacts = testArtifacts();
  const sound = [{ file: 'f' as ArtifactHash, from: 0, at: 0, seconds: 1 }];
  const clip = await clipFrom(artifacts, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(flat), { sound });
  const { frames, sound: heard } = await clipMade(artifacts, 'loop', clip, { blend: 0.2, search: 0.1 });
  expect(heard).toEqual([
    { file: 'f', from: expect.any(Number) as number, at: 0, seconds: expect.closeTo(frames / 10) as number },
  ]);
  expect(heard![0]!.from).toBeGreaterThanOrEqual(0.2);
  await expect(clipMade(artifacts, 'loop', await clipFrom(artifacts, [flat(1), flat(2)]))).rejects.toThrow('too short');
});
