import { beforeAll, expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import type { StoredClip } from '../../src/core/take.ts';
import type { Raster } from '../../src/core/values.ts';
import { joinTimes, seamBetweenClips } from '../../src/measure/join.ts';
import { seamFindings, seamInWords } from '../../src/measure/seam-findings.ts';
import { seamRows } from '../../src/measure/seam-rows.ts';
import { resize } from '../../src/raster/filters.ts';
import { FAULTS, joinedAt, panOver, type Shot } from '../rig/joined-clips.ts';

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
  shot = await panOver('mountain lake at dawn, mist', 3, 3, 0);
});
const frames = (times: readonly number[]) => Promise.all(times.map((time) => shot(time)));
const upTo = (count: number, from = 0, by = 1) => Array.from({ length: count }, (_, k) => from + k * by);

test('a picture that both clips have is repeated in a cut, and shown once where they share it', async () => {
  const [a, b] = [clipOf(await frames(upTo(14))), clipOf(await frames(upTo(14, 13)))];
  expect(inWords(seamInWords(await seamBetweenClips(a, b, false, quiet)))).toBe('a frame shown 1 time more');
  expect(inWords(seamInWords(await seamBetweenClips(a, b, true, quiet)))).toBe('No seam to be seen.');
});

test('a clip of another rate and size is measured as the film shows it', async () => {
  const large = await Promise.all((await frames(upTo(26, 12, 0.5))).map((frame) => resize(frame, 480, 270, quiet)));
  const [a, b] = [clipOf(await frames(upTo(12))), clipOf(large, 48)];
  const seam = await seamBetweenClips(a, b, false, quiet);
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

test.each(FAULTS)('the table of a seam marks what is said of it: %s', async (_name, fault, _words, make) => {
  const { before, after } = await make(shot);
  const seam = await seamBetweenClips(clipOf(before), clipOf(after), false, quiet);
  expect(
    seamRows(seam)
      .filter(({ isFound }) => isFound)
      .map((row) => row.fault),
  ).toEqual([fault]);
  expect(seamRows(seam).find((row) => row.fault === fault)!.share).toBeGreaterThanOrEqual(1);
});

test('of a good join no measure is on its limit', async () => {
  const { before, after } = await joinedAt(shot);
  const rows = seamRows(await seamBetweenClips(clipOf(before), clipOf(after), false, quiet));
  expect(rows.filter(({ share }) => share >= 0.5)).toEqual([]);
});
