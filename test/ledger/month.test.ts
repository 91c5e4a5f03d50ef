/** One sum of a month: the takes of this browser and all that the job service made, each counted once. */
import { expect, test } from 'vitest';
import { dollars, FREE } from '../../src/core/money.ts';
import { madeElsewhere, monthSoFar, usedInMonth } from '../../src/ledger/month.ts';
import type { BookedJob } from '../../src/routing/job.ts';
import { createTakeCache } from '../../src/session/take-cache.ts';
import type { TakeStore } from '../../src/session/stores.ts';
import { takeOf } from '../rig/takes.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const OCTOBER = Date.parse('2026-10-31T23:59:59Z');
const job = (id: string, over: Partial<BookedJob> = {}): BookedJob => ({
  id,
  provider: 'fal',
  at: NOW,
  state: 'made',
  charged: dollars('0.09'),
  reserved: FREE,
  ...over,
});
const open = { state: 'submitted', charged: null, reserved: dollars('0.2') } as const;
const own = takeOf('own', { at: NOW, charged: dollars('0.93') });

test('what a command line was charged is in the month, and what both know of is in it once', () => {
  const jobs = [job('own', { charged: dollars('0.93') }), job('command')];
  expect(monthSoFar([own], jobs, NOW, dollars(2))).toEqual({
    charged: dollars('1.02'),
    unknown: 0,
    inWork: FREE,
    left: dollars('0.98'),
  });
  expect(monthSoFar([own], [], NOW, dollars(2)).charged).toBe(dollars('0.93'));
});

test('of a take and its job counts who knows how it ended; last month’s job counts while it is open', () => {
  const pending = takeOf('own', { at: NOW, state: 'pending', charged: null, estimated: dollars('0.3') });
  // The page was closed while the service made it.
  expect(monthSoFar([pending], [job('own')], NOW, undefined)).toMatchObject({ charged: dollars('0.09'), inWork: FREE });
  // It ended here since the job service was last asked.
  expect(monthSoFar([own], [job('own', open)], NOW, undefined)).toMatchObject({
    charged: dollars('0.93'),
    inWork: FREE,
  });
  const late = [job('late', { ...open, at: OCTOBER }), job('over', { at: OCTOBER })];
  expect(monthSoFar([], late, NOW, undefined)).toMatchObject({ charged: FREE, inWork: dollars('0.2') });
  const lost = job('lost', { state: 'unknown', charged: null, reserved: dollars('0.4') });
  expect(monthSoFar([], [lost], NOW, dollars(1))).toMatchObject({ unknown: 1, inWork: FREE, left: dollars('0.6') });
});

test('what the plan and the run of a page may spend has less by what others spent', async () => {
  const store = { since: async () => [own] } as unknown as TakeStore;
  let booked: readonly BookedJob[] = [];
  const cache = createTakeCache(store, () => booked);
  expect(await cache.spentThisMonth(NOW)).toBe(dollars('0.93'));
  booked = [job('command'), job('open', open)];
  expect(await cache.spentThisMonth(NOW)).toBe(dollars('1.22'));
  expect(usedInMonth([own], booked, NOW)).toBe(dollars('1.22'));
});

test('what was made elsewhere is told apart from takes of any month; a call that cost nothing is no take', () => {
  const jobs = [
    job('own'),
    job('command'),
    job('free', { charged: FREE }),
    job('failed', { state: 'failed', charged: FREE }),
    job('refused', { state: 'failed' }),
    job('open', open),
    job('before', { at: OCTOBER }),
  ];
  const all = () => true;
  expect(madeElsewhere([own], jobs, all)).toEqual({
    takes: 5,
    charged: dollars('0.27'),
    atMostMore: dollars('0.2'),
  });
  expect(madeElsewhere([own], jobs, (at) => at === OCTOBER)).toEqual({
    takes: 1,
    charged: dollars('0.09'),
    atMostMore: FREE,
  });
});
