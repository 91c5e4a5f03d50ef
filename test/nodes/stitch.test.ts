/** Stitch, frame by frame: how clips meet. */
import { expect, test } from 'vitest';
import { NodeError } from '../../src/core/errors.ts';
import type { Artifacts, NodeDefinition } from '../../src/core/node.ts';
import { parseParams } from '../../src/core/params.ts';
import type { ArtifactHash } from '../../src/core/ids.ts';
import type { Raster, VideoValue } from '../../src/core/values.ts';
import { mixedInLight } from '../../src/raster/light.ts';
import { registry } from '../../src/registry.ts';
import { drawnScene } from '../rig/moving-pictures.ts';
import { contextOver } from '../rig/node-context.ts';
import { clipFrom, framesIn } from '../rig/run-node.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const stitch = registry.get('stitch') as NodeDefinition;
const [WIDTH, HEIGHT] = [8, 4];
const flat = (grey: number, width = WIDTH, height = HEIGHT): Raster => ({
  width,
  height,
  data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) => (at % 4 === 3 ? 255 : grey)),
});
const greyClip = (artifacts: Artifacts, greys: readonly number[], fps = 10, width = WIDTH, height = HEIGHT) =>
  clipFrom(
    artifacts,
    greys.map((grey) => flat(grey, width, height)),
    { fps },
  );
async function stitched(artifacts: Artifacts, videos: readonly VideoValue[], params: Record<string, unknown> = {}) {
  const { values, problems } = parseParams(stitch.params, params);
  expect(problems).toEqual([]);
  const context = contextOver(artifacts, new AbortController().signal);
  return ((await stitch.run({ inputs: { videos }, params: values } as never, context)) as { video: VideoValue }).video;
}
const greysIn = async (artifacts: Artifacts, video: VideoValue) => {
  const greys = (await framesIn(artifacts, video)).map(({ data }) => data[0]!);
  expect(greys).toHaveLength(video.frames);
  return greys;
};
const crossed = (a: number, b: number, share: number) => mixedInLight(flat(a), flat(b), share).data[0]!;

test('clips are joined in order, and crossfaded without losing or doubling a frame', async () => {
  const artifacts = testArtifacts();
  const videos = [
    await greyClip(artifacts, [0, 0, 0, 0]),
    await greyClip(artifacts, [100, 100, 100, 100]),
    await greyClip(artifacts, [200, 200]),
  ];
  expect(await greysIn(artifacts, await stitched(artifacts, videos))).toEqual([
    0, 0, 0, 0, 100, 100, 100, 100, 200, 200,
  ]);
  const faded = await stitched(artifacts, videos, { join: 'crossfade', fade: 0.2 });
  expect(await greysIn(artifacts, faded)).toEqual([
    0,
    0,
    crossed(0, 100, 1 / 3),
    crossed(0, 100, 2 / 3),
    100,
    crossed(100, 200, 1 / 2),
    200,
  ]);
});

test('a crossfade mixes light: half of black and half of white is brighter than the middle grey', () => {
  expect(crossed(0, 255, 0.5)).toBe(188);
  expect([crossed(37, 37, 0.3), crossed(0, 255, 0), crossed(0, 255, 1)]).toEqual([37, 0, 255]);
});

test('a shared keyframe is shown once', async () => {
  const artifacts = testArtifacts();
  const [a, b, c] = [[10, 20, 30], [30, 40, 50], [50]];
  const videos = [
    await greyClip(artifacts, a!),
    await greyClip(artifacts, b!),
    await greyClip(artifacts, c!),
    await greyClip(artifacts, [50, 60]),
  ];
  const video = await stitched(artifacts, videos, { join: 'shared keyframe' });
  expect(await greysIn(artifacts, video)).toEqual([10, 20, 30, 40, 50, 60]);
});

test('each join can be its own; of several for one place the last counts', async () => {
  const artifacts = testArtifacts();
  const videos = [
    await greyClip(artifacts, [0, 0, 0, 0]),
    await greyClip(artifacts, [0, 90, 90, 90]),
    await greyClip(artifacts, [180, 180, 180, 180]),
    await greyClip(artifacts, [200]),
  ];
  const video = await stitched(artifacts, videos, {
    join: 'cut',
    joins: [
      { after: 1, join: 'crossfade', seconds: 0.2 },
      { after: 2, join: 'crossfade', seconds: 0.1 },
      { after: 1, join: 'shared keyframe', seconds: 0.4 },
      { after: 77, join: 'match cut', seconds: 0.4 },
    ],
  });
  const greys = await greysIn(artifacts, video);
  expect(greys).toEqual([0, 0, 0, 0, 90, 90, crossed(90, 180, 1 / 2), 180, 180, 180, 200]);
});

/** A disc that swings from left to right over a ground of its own. */
const swinging = (x: number, seed: number) => drawnScene(96, 54, { seed, disc: { x, y: 27, radius: 14 } });

test('a match cut leaves where the next clip looks and moves alike', async () => {
  const artifacts = testArtifacts();
  const places = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at * 3);
  const videos = [
    await clipFrom(
      artifacts,
      places(18, 12).map((x) => swinging(x, 1)),
    ),
    await clipFrom(
      artifacts,
      places(36, 12).map((x) => swinging(x, 1)),
    ),
  ];
  const video = await stitched(artifacts, videos, { join: 'match cut', window: 0.5 });
  const frames = await framesIn(artifacts, video);
  const expected = places(18, frames.length).map((x) => swinging(x, 1));
  expect(frames).toEqual(expected);
  // As little as possible is taken away: the first clip is whole.
  expect(video.frames).toBe(18);
});

test('a match cut does not go back the way it came', async () => {
  const artifacts = testArtifacts();
  const there = [8, 14, 20, 26, 32, 38, 44, 50];
  const andBack = [44, 38, 32, 38, 44, 50, 56, 62, 68, 74];
  const clips = await Promise.all(
    [there, andBack].map((xs) =>
      clipFrom(
        artifacts,
        xs.map((x) => swinging(x, 1)),
      ),
    ),
  );
  const frames = await framesIn(artifacts, await stitched(artifacts, clips, { join: 'match cut', window: 0.5 }));
  const xs = [...there, ...andBack];
  const known = new Map(xs.map((x) => [swinging(x, 1).data.join(), x]));
  const shown = frames.map(({ data }) => known.get(data.join())!);
  const steps = shown.slice(1).map((x, at) => x - shown[at]!);
  expect(steps.every((step) => step === 6)).toBe(true);
});

test.each([1, 2, 3])('every join of clips of %i frames gives a clip', async (count) => {
  const artifacts = testArtifacts();
  const videos = await Promise.all([0, 100, 200].map((grey) => greyClip(artifacts, Array<number>(count).fill(grey))));
  for (const join of ['cut', 'shared keyframe', 'crossfade', 'match cut']) {
    const video = await stitched(artifacts, videos, { join });
    expect((await greysIn(artifacts, video)).length, join).toBeGreaterThan(0);
  }
});

test('other sizes and rates are brought to those of the first clip', async () => {
  const artifacts = testArtifacts();
  const videos = [
    await greyClip(artifacts, [0, 0]),
    await greyClip(artifacts, [10, 20, 30, 40, 50, 60, 70, 80], 20, 32, 32),
    await greyClip(artifacts, [90, 99], 5),
  ];
  const video = await stitched(artifacts, videos);
  expect(await greysIn(artifacts, video)).toEqual([0, 0, 10, 30, 50, 70, 90, 99, 99, 99]);
  for (const frame of await framesIn(artifacts, video)) expect([frame.width, frame.height]).toEqual([8, 4]);
  const shared = await stitched(artifacts, videos, { join: 'shared keyframe' });
  expect(await greysIn(artifacts, shared)).toEqual([0, 0, 30, 50, 70, 99, 99, 99]);
});

test('sound goes with the frames that are shown', async () => {
  const artifacts = testArtifacts();
  const sounding = (file: string) => ({
    fps: 10,
    sound: [{ file: file as ArtifactHash, from: 0, at: 0, seconds: 0.4 }],
  });
  const frames = [0, 0, 0, 0].map((grey) => flat(grey));
  const videos = await Promise.all(['a', 'b'].map((file) => clipFrom(artifacts, frames, sounding(file))));
  const { sound } = await stitched(artifacts, videos, { join: 'shared keyframe' });
  expect(sound).toEqual([
    { file: 'a', from: 0, at: 0, seconds: 0.4 },
    { file: 'b', from: 0.1, at: 0.4, seconds: expect.closeTo(0.3, 9) },
  ]);
});

test('the ends that are known stay known, where they are shown', async () => {
  const artifacts = testArtifacts();
  const videos = [await greyClip(artifacts, [0, 10]), await greyClip(artifacts, [20, 30])];
  const { ends } = await stitched(artifacts, videos, { join: 'shared keyframe' });
  expect(ends).toEqual({ first: videos[0]!.ends!.first, last: videos[1]!.ends!.last });
});

test('a clip without frames is named', async () => {
  const artifacts = testArtifacts();
  const whole = await greyClip(artifacts, [0, 10]);
  const failing = stitched(artifacts, [whole, { ...whole, frames: 0 }]);
  await expect(failing).rejects.toThrow(NodeError);
  await expect(failing).rejects.toThrow('Clip 2 has no frames.');
});

test('a fade of version 2 is a crossfade of version 3', () => {
  const [two, three] = [stitch.migrations![2]!, stitch.migrations![3]!];
  expect(three(two({ params: { join: 'fade', fade: 0.3 } }))).toEqual({ params: { join: 'crossfade', fade: 0.3 } });
  expect(three({ params: { join: 'cut' } })).toEqual({ params: { join: 'cut' } });
  expect(three({ params: {} })).toEqual({ params: {} });
});
