import { expect, test } from 'vitest';
import type { ArtifactHash } from '../../src/core/ids.ts';
import { soundBetween, soundFaded, soundLater } from '../../src/core/sound.ts';

const file = 'f' as ArtifactHash;
const whole = [{ file, from: 0, at: 0, seconds: 10 }];

test('a part of a clip is heard from where its picture begins', () => {
  expect(soundBetween(whole, 2, 5)).toEqual([{ file, from: 2, at: 0, seconds: 3 }]);
  const late = [{ file, from: 1, at: 4, seconds: 2 }];
  expect(soundBetween(late, 3, 5)).toEqual([{ file, from: 1, at: 1, seconds: 1 }]);
  expect(soundBetween(late, 0, 4)).toEqual([]);
});

test('cutting twice is cutting once', () => {
  expect(soundBetween(soundBetween(whole, 1, 9), 2, 4)).toEqual(soundBetween(whole, 3, 5));
});

test('a fade reaches only what lies in it, and is cut with its piece', () => {
  const two = [...soundBetween(whole, 0, 2), ...soundLater(soundBetween(whole, 4, 6), 2)];
  const faded = soundFaded(two, 4, 0.5, 1);
  expect(faded).toEqual([
    { file, from: 0, at: 0, seconds: 2, fadeIn: 0.5 },
    { file, from: 4, at: 2, seconds: 2, fadeOut: 1 },
  ]);
  expect(soundBetween(faded, 0.25, 3.5)).toEqual([
    { file, from: 0.25, at: 0, seconds: 1.75, fadeIn: 0.25 },
    { file, from: 4, at: 1.75, seconds: 1.5, fadeOut: 0.5 },
  ]);
});
