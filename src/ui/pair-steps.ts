/** Two pictures or clips side by side in time: one clock for both, and what is said of how they differ. */
import { decimal } from '../core/figures.ts';
import { say, type Sentence } from '../core/say.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';

type Shown = ImageValue | VideoValue;
export interface PairSteps {
  /** Steps in a second: the frames of the faster clip. */
  readonly rate: number;
  /** How many steps there are until the longer one is over; 1 for two stills. */
  readonly count: number;
}

const framesOf = (shown: Shown): number => (shown.kind === 'video' ? shown.frames : 1);
const secondsOf = (shown: Shown): number => (shown.kind === 'video' ? shown.frames / shown.fps : 0);
/** Quotients of frames and rates that should be whole are, after this. */
const HAIR = 1e-6;

export function pairSteps(a: Shown, b: Shown): PairSteps {
  const rates = [a, b].flatMap((one) => (one.kind === 'video' ? [one.fps] : []));
  const rate = Math.max(1, ...rates);
  return { rate, count: Math.max(1, Math.ceil(Math.max(secondsOf(a), secondsOf(b)) * rate - HAIR)) };
}

/** The frame that is seen at a step; one that is over holds its last. */
export const frameAtStep = (shown: Shown, step: number, { rate }: PairSteps): number =>
  shown.kind === 'video' ? Math.min(framesOf(shown) - 1, Math.floor((step * shown.fps) / rate + HAIR)) : 0;

/** Even numbers of pixels bend a shape a little, the more the smaller a clip is: nobody means another shape by that. */
const NEARLY = 0.03;
export const hasNearlyOneShape = (a: Shown, b: Shown): boolean =>
  Math.abs((a.width * b.height) / (a.height * b.width) - 1) < NEARLY;

/** What differs before any pixel is looked at: how the two are brought together is said with it. */
export function pairDifferences(a: Shown, b: Shown): readonly Sentence[] {
  const said: Sentence[] = [];
  if (a.width !== b.width || a.height !== b.height) {
    const sizes = [a.width, a.height, b.width, b.height] as const;
    said.push(
      hasNearlyOneShape(a, b)
        ? say('A is {0} × {1}, B {2} × {3}: shown equally large.', ...sizes)
        : say('A is {0} × {1}, B {2} × {3}: another shape, each fitted whole.', ...sizes),
    );
  }
  if (a.kind !== b.kind) return [...said, say('One is a still: it stands while the clip plays.')];
  if (a.kind === 'image' || b.kind === 'image') return said;
  const [longA, longB] = [secondsOf(a), secondsOf(b)];
  if (Math.abs(longA - longB) > HAIR)
    said.push(
      longA > longB
        ? say('A lasts {0} s, B {1} s: B holds its last frame.', decimal(longA, 2), decimal(longB, 2))
        : say('A lasts {0} s, B {1} s: A holds its last frame.', decimal(longA, 2), decimal(longB, 2)),
    );
  if (a.fps !== b.fps)
    said.push(say('A has {0} {0|frame|frames} a second, B {1}: a step is one of the faster.', a.fps, b.fps));
  return said;
}
