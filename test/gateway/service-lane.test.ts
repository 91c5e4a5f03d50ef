/** The way to one service: how many jobs go at once, and how many begin in a minute. */
import { expect, test } from 'vitest';
import { createLane } from '../../src/gateway/jobs/service-lane.ts';

test('no more jobs begin in a minute than the vendor takes; the next begins when the first is a minute old', async () => {
  let clock = 1_000_000;
  const timers: { readonly at: number; readonly call: () => void }[] = [];
  const after = (ms: number, call: () => void) => void timers.push({ at: clock + ms, call });
  const lane = createLane({ atOnce: 10, aMinute: 2 }, { now: () => clock, after, note: () => {} });
  lane.tookBefore();
  const begun: number[] = [];
  for (const nth of [1, 2, 3]) void lane.enter(new AbortController().signal).then(() => void begun.push(nth));
  const passTo = async (at: number) => {
    clock = at;
    for (const { call } of timers.filter(({ at }) => at <= clock)) call();
    await Promise.resolve();
    await Promise.resolve();
  };
  await passTo(clock);
  expect(begun).toEqual([1, 2]);
  await passTo(1_060_000);
  expect(begun).toEqual([1, 2, 3]);
});
