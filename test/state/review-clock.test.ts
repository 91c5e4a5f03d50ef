/** Time looked at takes, on a clock that the test moves. */
import { expect, test } from 'vitest';
import type { TakeId } from '../../src/core/ids.ts';
import { LONGEST_REVIEW_MS, reviewClock } from '../../src/state/review-clock.ts';

const [A, B] = ['a', 'b'] as TakeId[] as [TakeId, TakeId];
function setup() {
  let now = 1_000_000;
  const clock = reviewClock(() => now);
  return { clock, pass: (ms: number) => void (now += ms) };
}

test('what is judged at once was not looked at, however old it is', () => {
  const { clock, pass } = setup();
  pass(3_600_000);
  expect(clock.taken(A)).toBe(0);
  clock.show([A]);
  expect(clock.taken(A)).toBe(0);
});

test('time counts from when it was shown until it was put away, over several looks', () => {
  const { clock, pass } = setup();
  const putAway = clock.show([A]);
  pass(3000);
  putAway();
  pass(60_000);
  clock.show([A]);
  pass(2000);
  expect(clock.taken(A)).toBe(5000);
  pass(1000);
  expect(clock.taken(A)).toBe(1000);
});

test('a page that cannot be seen counts for nothing', () => {
  const { clock, pass } = setup();
  clock.show([A]);
  pass(1000);
  clock.setVisible(false);
  pass(900_000);
  clock.setVisible(true);
  pass(500);
  expect(clock.taken(A)).toBe(1500);
});

test('side by side each gets its share; in two places at once it counts once; nobody looks for longer than five minutes', () => {
  const { clock, pass } = setup();
  clock.show([A, B]);
  const large = clock.show([A]);
  pass(4000);
  large();
  expect([clock.taken(A), clock.taken(B)]).toEqual([2000, 2000]);
  pass(3_600_000);
  expect(clock.taken(A)).toBe(LONGEST_REVIEW_MS);
});
