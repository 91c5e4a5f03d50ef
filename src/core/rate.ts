/**
 * Frame rates as fractions, so that no clip drifts: frame `k` is shown at exactly `k × denominator / numerator`
 * seconds.
 */

export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

/** Rates of broadcast are a thousandth slower than the whole number, and are written rounded: 23.976, 29.97, 59.94. */
const BROADCAST = [24, 30, 48, 60, 120];
/** How far a rounded rate may lie from what it stands for. */
const ROUNDING = 0.005;
const FINEST = 1000;

/** The fraction that a number of frames per second stands for: 29.97 is 30000/1001, 12.5 is 25/2. */
export function frameRateOf(fps: number): FrameRate {
  const broadcast = BROADCAST.find((whole) => Math.abs((whole * 1000) / 1001 - fps) < ROUNDING);
  if (broadcast) return { numerator: broadcast * 1000, denominator: 1001 };
  for (let denominator = 1; denominator < FINEST; denominator++) {
    const numerator = Math.round(fps * denominator);
    if (Math.abs(numerator / denominator - fps) < 1e-9) return { numerator, denominator };
  }
  return { numerator: Math.max(1, Math.round(fps * FINEST)), denominator: FINEST };
}

/** Seconds from the beginning to frame `index`. */
export const secondsAt = (rate: FrameRate, index: number): number => (index * rate.denominator) / rate.numerator;
/** The same in whole microseconds, as WebCodecs counts. */
export const microsecondsAt = (rate: FrameRate, index: number): number =>
  Math.round((index * rate.denominator * 1e6) / rate.numerator);
/** Which frame is shown at a time. */
export const frameAt = (rate: FrameRate, seconds: number): number =>
  Math.round((seconds * rate.numerator) / rate.denominator);
/** How many frames lie from one key frame to the next: about two seconds, at any rate. */
export const keyFrameEvery = (rate: FrameRate): number => Math.max(1, frameAt(rate, 2));
/** Whether pictures that are shown at these seconds, in order, lie within half a step of where the rate has them. */
export function isEven(times: readonly number[], fps: number): boolean {
  const rate = frameRateOf(fps);
  const half = secondsAt(rate, 1) / 2;
  return times.every((time, index) => Math.abs(time - times[0]! - secondsAt(rate, index)) < half);
}
