/** Frame rates as fractions. */
import { expect, test } from 'vitest';
import { frameAt, frameRateOf, keyFrameEvery, microsecondsAt, secondsAt } from '../../src/core/rate.ts';

test.each([
  [24, 24, 1],
  [25, 25, 1],
  [60, 60, 1],
  [1, 1, 1],
  [23.976, 24000, 1001],
  [23.98, 24000, 1001],
  [24000 / 1001, 24000, 1001],
  [29.97, 30000, 1001],
  [59.94, 60000, 1001],
  [119.88, 120000, 1001],
  [12.5, 25, 2],
  [7.5, 15, 2],
  [16.667, 16667, 1000],
  [14.985, 2997, 200],
  [100 / 3, 100, 3],
])('%d frames a second are %d/%d', (fps, numerator, denominator) => {
  expect(frameRateOf(fps)).toEqual({ numerator, denominator });
});

test.each([23.976, 24, 25, 29.97, 12.5, 59.94, 100 / 3])(
  'at %d a frame is found again by its time, for ten hours',
  (fps) => {
    const rate = frameRateOf(fps);
    for (const index of [0, 1, 2, 47, 48, 1001, 86_313, 1_000_001]) {
      expect(frameAt(rate, secondsAt(rate, index))).toBe(index);
      expect(frameAt(rate, microsecondsAt(rate, index) / 1e6)).toBe(index);
    }
  },
);

test('key frames come by the number of the frame, about every two seconds', () => {
  expect([23.976, 24, 29.97, 59.94, 12.5, 0.2].map((fps) => keyFrameEvery(frameRateOf(fps)))).toEqual([
    48, 48, 60, 120, 25, 1,
  ]);
});
