import type { Clock } from './session/clock.ts';

/** The time of this thread. */
export const hostClock: Clock = {
  now: Date.now,
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
