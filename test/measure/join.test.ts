import { beforeAll, expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import type { StoredClip } from '../../src/core/take.ts';
import type { Raster } from '../../src/core/values.ts';
import { joinTimes, meetingAt, seamBetweenClips } from '../../src/measure/join.ts';
import { seamFindings, seamInWords } from '../../src/measure/seam-findings.ts';
import { seamRows } from '../../src/measure/seam-rows.ts';
import { resize } from '../../src/raster/filters.ts';
import { joinedAt, panOver, type Shot } from '../rig/joined-clips.ts';

const quiet = async () => {};
const clipOf = (frames: readonly Raster[], fps = 24): StoredClip => {
  const readFrom = async function* (first: number) {
    yield* frames.slice(first);
  };
  return {
    width: frames[0]!.width,
    height: frames[0]!.height,
    fps,
    frames: frames.length,
    readFrom,
    read: () => readFrom(0),
  };
};
let shot: Shot;
beforeAll(async () => {
  shot = await panOver('mountain lake at dawn, mist', 4, 3, 0);
});
const frames = (times: readonly number[]) => Promise.all(times.map((time) => shot(time)));
const upTo = (count: number, from = 0, by = 1) => Array.from({ length: count }, (_, k) => from + k * by);

test('a picture that both clips have is repeated in a cut, and shown once where they share it', async () => {
  const [a, b] = [clipOf(await frames(upTo(14))), clipOf(await frames(upTo(14, 13)))];
  expect(inWords(seamInWords(await seamBetweenClips(a, b, {}, quiet)))).toBe('a frame shown 1 time more');
  expect(inWords(seamInWords(await seamBetweenClips(a, b, meetingAt('shared keyframe'), quiet)))).toBe(
    'No seam to be seen.',
  );
});

test('a clip of another rate and size is measured as the film shows it', async () => {
  const large = await Promise.all((await frames(upTo(26, 12, 0.5))).map((frame) => resize(frame, 480, 270, quiet)));
  const [a, b] = [clipOf(await frames(upTo(12))), clipOf(large, 48)];
  const seam = await seamBetweenClips(a, b, {}, quiet);
  expect(seamFindings(seam).filter(({ fault }) => fault !== 'crispness')).toEqual([]);
});

test('joins are timed as they are shown', () => {
  const clips = [
    { frames: 24, fps: 12 },
    { frames: 48, fps: 24 },
    { frames: 12, fps: 12 },
  ];
  expect(joinTimes(clips, [{ join: 'cut' }, { join: 'cut' }])).toEqual([2, 4]);
  expect(joinTimes(clips, [{ join: 'shared keyframe' }, { join: 'cut' }])).toEqual([2, 4 - 1 / 12]);
  expect(joinTimes(clips, [{ join: 'crossfade', seconds: 0.5 }, { join: 'cut' }])).toEqual([1.75, 3.5]);
  expect(joinTimes([], [])).toEqual([]);
});

/** A clip of 24 frames, and another one that comes over its last 8. */
const faded = async (timeOf: (at: number) => number, change = (frame: Raster) => frame) => {
  const [before, after] = [await frames(upTo(24)), await frames(upTo(24).map(timeOf))];
  return seamBetweenClips(clipOf(before), clipOf(after.map(change)), { overlap: 8 }, quiet);
};
const lit = (by: number) => (frame: Raster) => ({
  ...frame,
  data: frame.data.map((level, at) => (at % 4 === 3 ? level : Math.floor(level * by + 0.5))),
});

test('a fade between clips that show the same at the same time is not seen', async () => {
  const seam = await faded((at) => 16 + at);
  expect(inWords(seamInWords(seam))).toBe('No seam to be seen.');
  const rows = seamRows(seam);
  expect(rows[0]!.fault).toBe('double');
  expect(rows.filter(({ share }) => share >= 0.5)).toEqual([]);
  // A step of light that would be seen at a cut is spread, up to a third of that with each frame.
  expect(seamFindings(await faded((at) => 16 + at, lit(1.05)))).toEqual([]);
});

test.each([
  ['one frame too late', 'two pictures seen at once for 8 frames', (at: number) => 17 + at, 1],
  ['what comes afterwards, as clips go on', 'two pictures seen at once for 8 frames', (at: number) => 24 + at, 1],
  ['much brighter', 'luma +11 %', (at: number) => 16 + at, 1.12],
  ['another way', 'the motion turns back', (at: number) => 24 - at, 1],
] as const)('a fault in a fade is found: %s', async (_, words, timeOf, by) => {
  expect(inWords(seamInWords(await faded(timeOf, lit(by))))).toBe(words);
});

test('a fade between different pictures is no fault', async () => {
  const elsewhere = await panOver('neon street in the rain', 5, -2, 1);
  const after = await Promise.all(upTo(24).map(elsewhere));
  const seam = await seamBetweenClips(clipOf(await frames(upTo(24))), clipOf(after), { overlap: 8 }, quiet);
  expect(inWords(seamInWords(seam))).toBe('A dissolve: two different pictures meet.');
  expect(seamFindings(seam)).toEqual([]);
});

test('a match cut is measured where it is taken', async () => {
  // It leaves the one after its frame 19 and enters the next, which replays from 12 on, with its frame 8.
  const [before, after] = [clipOf(await frames(upTo(24))), clipOf(await frames(upTo(24, 12)))];
  const there = await seamBetweenClips(before, after, { end: 20, from: 8 }, quiet);
  expect(inWords(seamInWords(there))).toBe('No seam to be seen.');
  expect(seamFindings(await seamBetweenClips(before, after, {}, quiet)).map(({ fault }) => fault)).toEqual(['echo']);
});

test('of a good join no measure is on its limit', async () => {
  const { before, after } = await joinedAt(shot);
  const rows = seamRows(await seamBetweenClips(clipOf(before), clipOf(after), {}, quiet));
  expect(rows.filter(({ share }) => share >= 0.5)).toEqual([]);
});
