import { expect, test } from 'vitest';
import type { VersionId } from '../../src/core/ids.ts';
import { thinned } from '../../src/storage/thinning.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = 1_000 * DAY;
const row = (id: string, at: number, name = '') => ({ id: id as VersionId, at, name });
/** Whose newest twenty are kept whatever their age. */
const before = (...rows: readonly ReturnType<typeof row>[]) => [
  ...rows,
  ...Array.from({ length: 20 }, (_, index) => row(`newest ${index}`, NOW - 20 + index)),
];

test('of each hour of two days the last version stays, then of each day', () => {
  const ago = (id: string, age: number) => row(id, NOW - age);
  const rows = before(
    ago('morning', 10 * DAY - HOUR),
    ago('noon', 10 * DAY - 12 * HOUR),
    ago('night', 10 * DAY - 23 * HOUR),
    ago('next day', 9 * DAY - HOUR),
    ago('first of the hour', 5 * HOUR - MINUTE),
    ago('last of the hour', 5 * HOUR - 50 * MINUTE),
    ago('of the hour after', 4 * HOUR - MINUTE),
    ago('half an hour ago', 30 * MINUTE),
    ago('and a minute', 29 * MINUTE),
  );
  expect([...thinned(rows, NOW)].sort()).toEqual(['first of the hour', 'morning', 'noon']);
});

test('a named version stays, and covers no other', () => {
  const day = NOW - 30 * DAY;
  const rows = before(
    row('unnamed', day),
    row('Milestone', day + HOUR, 'Milestone'),
    row('named', day + 2 * HOUR, 'v2'),
  );
  expect(thinned(rows, NOW)).toEqual([]);
});

test('the newest twenty stay, however old they are', () => {
  const rows = Array.from({ length: 25 }, (_, index) => row(`${index}`, index));
  expect([...thinned(rows, NOW)].sort()).toEqual(['0', '1', '2', '3']);
});
