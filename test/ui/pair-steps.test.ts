import { expect, test } from 'vitest';
import type { ArtifactHash } from '../../src/core/ids.ts';
import { inWords } from '../../src/core/say.ts';
import type { ImageValue, VideoValue } from '../../src/core/values.ts';
import { frameAtStep, pairDifferences, pairSteps } from '../../src/ui/pair-steps.ts';

const clip = (fps: number, frames: number, width = 640, height = 360): VideoValue => ({
  kind: 'video',
  hash: `${fps} ${frames}` as ArtifactHash,
  width,
  height,
  fps,
  frames,
});
const still: ImageValue = { kind: 'image', hash: 's' as ArtifactHash, width: 640, height: 360 };
const said = (...pair: Parameters<typeof pairDifferences>) => pairDifferences(...pair).map((one) => inWords(one));

test('a step is a frame of the faster clip; the slower one shows what it shows at that time', () => {
  const [a, b] = [clip(24, 24), clip(12, 9)];
  const steps = pairSteps(a, b);
  expect(steps).toEqual({ rate: 24, count: 24 });
  expect([0, 1, 2, 3, 17, 18, 23].map((step) => [frameAtStep(a, step, steps), frameAtStep(b, step, steps)])).toEqual([
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 1],
    [17, 8],
    [18, 8],
    [23, 8],
  ]);
});

test('rates that are no whole numbers end at the last frame', () => {
  const ntsc = clip(29.97, 90);
  const steps = pairSteps(ntsc, clip(25, 50));
  expect(steps.count).toBe(90);
  expect(Array.from({ length: 90 }, (_, step) => frameAtStep(ntsc, step, steps))).toEqual(
    Array.from({ length: 90 }, (_, step) => step),
  );
});

test('a still has one step, and stands beside a clip', () => {
  expect(pairSteps(still, still).count).toBe(1);
  const steps = pairSteps(still, clip(24, 48));
  expect(steps).toEqual({ rate: 24, count: 48 });
  expect(frameAtStep(still, 47, steps)).toBe(0);
  expect(said(still, clip(24, 48))).toEqual(['One is a still: it stands while the clip plays.']);
});

test('other sizes, shapes, lengths and rates are said, with what is done about them', () => {
  expect(said(clip(24, 24), clip(24, 24))).toEqual([]);
  expect(said(clip(24, 24), clip(24, 24, 1280, 720))).toEqual(['A is 640 × 360, B 1280 × 720: shown equally large.']);
  expect(said(clip(24, 24, 428, 240), clip(24, 24, 424, 240))).toEqual([
    'A is 428 × 240, B 424 × 240: shown equally large.',
  ]);
  expect(said(clip(24, 24), clip(12, 9, 360, 360))).toEqual([
    'A is 640 × 360, B 360 × 360: another shape, each fitted whole.',
    'A lasts 1.00 s, B 0.75 s: B holds its last frame.',
    'A has 24 frames a second, B 12: a step is one of the faster.',
  ]);
});
