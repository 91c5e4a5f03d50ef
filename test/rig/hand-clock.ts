/** A clock that stands until a test turns it. */
import type { Clock } from '../../src/session/clock.ts';

export function handClock(start = 0): Clock & { turn(ms: number): void } {
  let now = start;
  const timers = new Map<() => void, number>();
  return {
    now: () => now,
    after(ms, work) {
      const due = () => work();
      timers.set(due, now + ms);
      return () => void timers.delete(due);
    },
    turn(ms) {
      now += ms;
      for (const [due, at] of timers) {
        if (at > now) continue;
        timers.delete(due);
        due();
      }
    },
  };
}
