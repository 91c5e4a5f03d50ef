/** Retime: when frames are shown, and how near those that it makes are to the ones that would have been taken. */
import { expect, test } from 'vitest';
import type { ArtifactHash } from '../../src/core/ids.ts';
import type { Raster } from '../../src/core/values.ts';
import { placesAt, speedAlong } from '../../nodes/refinement/_pace.ts';
import { drawnScene, psnr } from '../rig/moving-pictures.ts';
import { clipFrom, clipMade, framesIn } from '../rig/run-node.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const flat = (grey: number): Raster => ({ width: 8, height: 4, data: new Uint8ClampedArray(8 * 4 * 4).fill(grey) });
async function greysAfter(greys: readonly number[], params: Readonly<Record<string, unknown>>, fps = 10) {
  const artifacts = testArtifacts();
  const video = await clipMade(artifacts, 'retime', await clipFrom(artifacts, greys.map(flat), { fps }), params);
  const shown = (await framesIn(artifacts, video)).map(({ data }) => data[0]!);
  expect(shown).toHaveLength(video.frames);
  return { video, shown };
}

test('half the speed shows each frame twice as long, and what is between', async () => {
  const params = { factor: 0.5, between: 'nearest' };
  expect((await greysAfter([0, 10, 20], params)).shown).toEqual([0, 10, 10, 20, 20, 20]);
  expect((await greysAfter([0, 10, 20], { ...params, between: 'blend' })).shown).toEqual([0, 5, 10, 15, 20, 20]);
  expect((await greysAfter([0, 10, 20, 30, 40], { factor: 2 })).shown).toEqual([0, 20, 40]);
});

test('another frame rate keeps the length', async () => {
  const { video, shown } = await greysAfter([0, 12, 24, 36, 48, 60], { factor: 1, fps: '24' }, 12);
  expect(video).toMatchObject({ fps: 24, frames: 12 });
  expect(shown.filter((_, at) => at % 2 === 0)).toEqual([0, 12, 24, 36, 48, 60]);
  expect((await greysAfter([0, 1, 2, 3, 4, 5], { factor: 1, fps: '30' }, 60)).shown).toEqual([0, 2, 4]);
});

test('a curve slows down and speeds up, without a jump, and never backwards', () => {
  const places = placesAt(
    { frames: 100, fps: 25 },
    speedAlong([
      [0, 0],
      [0.5, 1],
      [1, 0.5],
    ]),
    25,
  );
  const steps = places.slice(1).map((place, at) => place - places[at]!);
  expect(places[0]).toBe(0);
  expect(steps[0]).toBeCloseTo(0.25, 1);
  expect(Math.max(...steps)).toBeGreaterThan(3.5);
  expect(Math.max(...steps)).toBeLessThanOrEqual(4);
  expect(Math.min(...steps)).toBeGreaterThan(0.2);
  expect(
    placesAt(
      { frames: 5, fps: 25 },
      speedAlong([
        [0, 0.5],
        [1, 0.5],
      ]),
      25,
    ),
  ).toEqual([0, 1, 2, 3, 4]);
});

test('a clip of one frame stays one picture', async () => {
  expect((await greysAfter([7], { factor: 0.25 })).shown).toEqual([7, 7, 7, 7]);
  expect((await greysAfter([7], { factor: 10 })).shown).toEqual([7]);
});

test('sound and ends are kept where they are still true', async () => {
  const artifacts = testArtifacts();
  const sound = [{ file: 'f' as ArtifactHash, from: 0, at: 0, seconds: 0.4 }];
  const clip = await clipFrom(artifacts, [1, 2, 3, 4].map(flat), { sound });
  expect((await clipMade(artifacts, 'retime', clip, { factor: 1, fps: '60' })).sound).toEqual(sound);
  const slow = await clipMade(artifacts, 'retime', clip, { factor: 0.5 });
  expect(slow.sound).toBeUndefined();
  expect(slow.ends).toEqual(clip.ends);
  expect((await clipMade(artifacts, 'retime', clip, { factor: 2 })).ends).toEqual({ first: clip.ends!.first });
});

test('a pan at half the speed: what is made is what would have been taken', async () => {
  const artifacts = testArtifacts();
  const taken = Array.from({ length: 9 }, (_, k) =>
    drawnScene(240, 136, { x: -4.3 * k, y: 1.1 * k, zoom: 1 + 0.006 * k }),
  );
  const clip = await clipFrom(
    artifacts,
    taken.filter((_, k) => k % 2 === 0),
  );
  const made = await framesIn(artifacts, await clipMade(artifacts, 'retime', clip, { factor: 0.5 }));
  const faded = await framesIn(artifacts, await clipMade(artifacts, 'retime', clip, { factor: 0.5, between: 'blend' }));
  for (const k of [1, 3, 5, 7]) {
    expect(psnr(made[k]!, taken[k]!)).toBeGreaterThan(34);
    expect(psnr(made[k]!, taken[k]!) - psnr(faded[k]!, taken[k]!)).toBeGreaterThan(8);
  }
  expect(made[2]!.data).toEqual(taken[2]!.data);
});

test.each(['motion', 'blend'])('no frame is made across a cut: %s', async (between) => {
  const artifacts = testArtifacts();
  const [before, after] = [1, 9].map((seed) => [0, 1].map((k) => drawnScene(160, 90, { seed, x: 3 * k })));
  const shown = [...before!, ...after!];
  const video = await clipMade(artifacts, 'retime', await clipFrom(artifacts, shown), { factor: 0.25, between });
  const around = (await framesIn(artifacts, video)).slice(5, 8);
  expect(around.map((frame) => shown.findIndex(({ data }) => data.every((v, at) => v === frame.data[at])))).toEqual([
    1, 2, 2,
  ]);
});
