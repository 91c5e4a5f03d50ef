/** The cut of a film says the very frames that Stitch shows, whatever its joins. */
import { expect, test } from 'vitest';
import type { NodeId } from '../../src/core/ids.ts';
import type { NodeDefinition } from '../../src/core/node.ts';
import type { Outputs, Raster, VideoValue } from '../../src/core/values.ts';
import { framesInCut, placedClips } from '../../src/file/cut.ts';
import { stretchesOfFilm } from '../../src/file/film-stretches.ts';
import { cutOf, filmClips, handOffOf } from '../../src/file/hand-off.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';
import { contextOver } from '../rig/node-context.ts';
import { clipFrom, framesIn } from '../rig/run-node.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const FILM = 'film' as NodeId;
const flat = (grey: number): Raster => ({
  width: 8,
  height: 4,
  data: Uint8ClampedArray.from({ length: 128 }, (_, at) => (at % 4 === 3 ? 255 : grey)),
});
/** A film of clips that import nodes brought in. */
const filmOf = (count: number, params: Readonly<Record<string, unknown>>) => {
  const names = Array.from({ length: count }, (_, at) => `c${at}`);
  const nodes = Object.fromEntries(names.map((name) => [name, 'import']));
  return graphOf(
    { ...nodes, film: ['stitch', params] },
    names.map((name) => `${name}.video > film.videos`),
  );
};
const madeOf =
  (videos: readonly (VideoValue | undefined)[]) =>
  (node: NodeId): Outputs => ({ video: videos[Number(node.slice(1))] });

const FADE = { join: 'crossfade', fade: 0.3 };
const MIXED = {
  join: 'match cut',
  window: 0.4,
  joins: [
    { after: 1, join: 'shared keyframe', seconds: 0.4 },
    { after: 2, join: 'crossfade', seconds: 0.5 },
    { after: 4, join: 'crossfade', seconds: 2 },
  ],
};
test.each([
  ['cuts', { join: 'cut' }, 10],
  ['shared keyframes', { join: 'shared keyframe' }, 10],
  ['crossfades', FADE, 10],
  ['match cuts', { join: 'match cut' }, 10],
  ['all of them', MIXED, 10],
  ['all of them, at 23.976', MIXED, 23.976],
])('%s: each frame of the film is the one that its cut names', async (_, params, fps) => {
  const artifacts = testArtifacts();
  // Each frame is a grey of its own, and the next clip begins as the one before ends.
  const videos = await Promise.all(
    [0, 1, 2, 3, 4].map((at) =>
      clipFrom(
        artifacts,
        Array.from({ length: 9 + at }, (_, k) => flat(at * 37 + k * 6)),
        { fps },
      ),
    ),
  );
  const read = filmClips(filmOf(5, params), registry, FILM, madeOf(videos));
  if (!read.ok) throw new Error('There is a cut.');
  const stretches = await stretchesOfFilm(registry, read.value, artifacts);
  const cut = cutOf(read.value, stretches, () => 'video/mp4');
  const stitch = registry.get('stitch') as NodeDefinition;
  const { params: values, inputs } = read.value;
  const ran = await stitch.run(
    { inputs, params: values } as never,
    contextOver(artifacts, new AbortController().signal),
  );
  const film = await framesIn(artifacts, (ran as { video: VideoValue }).video);
  expect(framesInCut(cut)).toBe(film.length);
  for (const [at, { start, stop, from, dissolve, dissolveOut }] of placedClips(cut).entries()) {
    const own = await framesIn(artifacts, videos[at]!);
    for (let frame = start + dissolve; frame < stop - dissolveOut; frame++)
      expect(film[frame]!.data[0], `clip ${at + 1}, frame ${frame}`).toBe(own[from + frame - start]!.data[0]);
  }
});

test('a clip of another rate counts in frames of the film, and that is said', async () => {
  const artifacts = testArtifacts();
  const frames = Array.from({ length: 12 }, (_, k) => flat(k));
  const videos = [await clipFrom(artifacts, frames), await clipFrom(artifacts, frames, { fps: 20 })];
  const read = filmClips(filmOf(2, {}), registry, FILM, madeOf(videos));
  if (!read.ok) throw new Error('There is a cut.');
  const handed = handOffOf(read.value, await stretchesOfFilm(registry, read.value, artifacts), () => 'video/quicktime');
  expect(handed.remarks).toMatchObject([{ values: ['2'] }]);
  expect(handed.files.map(({ path }) => path)).toEqual([
    'clips/01 Import.mov',
    'clips/02 Import.mov',
    'Test.otio',
    'Test.edl',
    'Test.xml',
  ]);
  const [, , otio] = handed.files;
  expect(otio && 'text' in otio && otio.text).toContain('"rate": 20');
});

test('rates that only OpenTimelineIO knows are said, and one file is named once', async () => {
  const artifacts = testArtifacts();
  const video = await clipFrom(artifacts, [flat(0), flat(9)], { fps: 12.5 });
  const read = filmClips(filmOf(2, {}), registry, FILM, madeOf([video, video]));
  if (!read.ok) throw new Error('There is a cut.');
  const handed = handOffOf(read.value, await stretchesOfFilm(registry, read.value, artifacts), () => 'video/mp4');
  expect(handed.files.map(({ path }) => path)).toEqual(['clips/01 Import.mp4', 'Test.otio']);
  expect(handed.remarks).toMatchObject([{ values: [12.5] }]);
});

test('a film without shots, or with a shot that has no clip, is told so', async () => {
  const artifacts = testArtifacts();
  const video = await clipFrom(artifacts, [flat(0)]);
  const missing = filmClips(filmOf(2, {}), registry, FILM, madeOf([video, undefined]));
  expect(missing).toMatchObject({ ok: false, error: { message: { values: [2] } } });
  expect(filmClips(filmOf(0, {}), registry, FILM, madeOf([]))).toMatchObject({
    error: { message: 'This film has no shots, so there is no cut to hand off.' },
  });
  const gone = filmClips(filmOf(1, {}), registry, 'c0' as NodeId, madeOf([video]));
  expect(gone).toMatchObject({ error: { message: 'This film is muted or gone, so there is no cut to hand off.' } });
});
