import { expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { readTwoWays } from '../../src/measure/two-ways-reading.ts';

const figures = (largestMotion: number, motionAwareError: number | undefined, drift: number) => ({
  motion: { largestMotion, motionAwareError },
  hold: { coherence: 0.9, drift },
});
const read = (...ways: Parameters<typeof readTwoWays>) => readTwoWays(...ways).map((one) => inWords(one));
const LAST = 'One pair is one example: another seed may say otherwise.';

test('what clearly differs is said with its figures, whichever way it lies', () => {
  expect(read(figures(12, 3e-6, 8.2), figures(4, 1e-6, 1.5))).toEqual([
    'From text more moves: 12.0 px against 4.0 px.',
    'The clip from the still keeps its look better: it drifts by 1.5 ΔE, that from text by 8.2 ΔE.',
    'For what moves, the clip from the still holds together better.',
    LAST,
  ]);
  expect(read(figures(4, 1e-6, 1.5), figures(12, 3e-6, 8.2))).toEqual([
    'From the still more moves: 12.0 px against 4.0 px.',
    'The clip from text keeps its look better: it drifts by 1.5 ΔE, that from the still by 8.2 ΔE.',
    'For what moves, the clip from text holds together better.',
    LAST,
  ]);
});

test('what is alike is called alike, and of a clip that stands still nothing is claimed', () => {
  expect(read(figures(5, undefined, 2), figures(5.5, 1e-6, 2.4))).toEqual([
    'Both move about as much: 5.0 px from text, 5.5 px from the still.',
    'Both keep the look they begin with: 2.0 ΔE from text, 2.4 ΔE from the still.',
    LAST,
  ]);
});
