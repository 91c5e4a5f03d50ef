/** Which results are found by what a person looks for. */
import { expect, test } from 'vitest';
import type { GraphId, TakeId } from '../../src/core/ids.ts';
import type { Micros } from '../../src/core/money.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import type { MadeTake } from '../../src/ledger/audit.ts';
import { choicesIn, EVERYTHING, monthHere, passing, type ResultFilter } from '../../src/ui/result-filter.ts';
import type { MadeResult } from '../../src/ui/results-listing.ts';
import { takeOf } from '../rig/takes.ts';

const NOW = new Date(2026, 10, 28, 12).getTime();
const DAY_MS = 24 * 3_600_000;
const resultOf = (id: string, over: Partial<TakeRecord> = {}, more: Partial<MadeResult> = {}): MadeResult => ({
  take: takeOf(id, { at: NOW, charged: 0 as Micros, ...over }) as MadeTake,
  prompt: '',
  fate: 'open',
  nth: 1,
  isFreed: false,
  label: { take: id as TakeId },
  ...more,
});
const found = (results: readonly MadeResult[], filter: Partial<ResultFilter>) =>
  passing(results, { ...EVERYTHING, ...filter }, NOW).map(({ take }) => take.id);

test('every word has to be in the prompt, the title or the tags, whatever its accents and capitals', () => {
  const results = [
    resultOf('a', {}, { prompt: 'A horse in a Meadow', graph: { id: 'g' as GraphId, title: 'Cafés' } }),
    resultOf('b', {}, { prompt: 'a car', label: { take: 'b' as TakeId, tags: ['Hero'] } }),
  ];
  expect(found(results, { words: 'cafes horse' })).toEqual(['a']);
  expect(found(results, { words: 'hero' })).toEqual(['b']);
  expect(found(results, { words: 'a' })).toEqual(['a', 'b']);
  expect(found(results, { words: 'horse car' })).toEqual([]);
});

test('days are counted from now, months are those of the calendar', () => {
  const results = [
    resultOf('today'),
    resultOf('yesterday', { at: NOW - DAY_MS }),
    resultOf('month ago', { at: NOW - 29 * DAY_MS }),
    resultOf('summer', { at: new Date(2026, 6, 1).getTime() }),
  ];
  expect(found(results, { date: 'today' })).toEqual(['today']);
  expect(found(results, { date: 'the last 7 days' })).toEqual(['today', 'yesterday']);
  expect(found(results, { date: 'the last 30 days' })).toEqual(['today', 'yesterday', 'month ago']);
  expect(found(results, { date: '2026-07' })).toEqual(['summer']);
  expect(monthHere(new Date(2026, 0, 31, 23, 59).getTime())).toBe('2026-01');
  expect(choicesIn(results).months).toEqual(['2026-11', '2026-10', '2026-07']);
});

test('what cost nothing, something, much, or nobody knows what', () => {
  const results = [
    resultOf('free'),
    resultOf('cents', { charged: 40_000 as Micros }),
    resultOf('dimes', { charged: 200_000 as Micros }),
    resultOf('dollars', { charged: 2_000_000 as Micros }),
    resultOf('unknown', { charged: null }),
  ];
  expect(found(results, { cost: 'free' })).toEqual(['free']);
  expect(found(results, { cost: 'paid' })).toEqual(['cents', 'dimes', 'dollars']);
  expect(found(results, { cost: 'over $0.10' })).toEqual(['dimes', 'dollars']);
  expect(found(results, { cost: 'over $1.00' })).toEqual(['dollars']);
  expect(found(results, { cost: 'price unknown' })).toEqual(['unknown']);
});

test('a service stands for all of its models; kinds, tiers, verdicts, stars and graphs narrow further', () => {
  const results = [
    resultOf('a', { answered: { provider: 'fal', model: 'flux' }, tier: 'speed' }, { fate: 'accepted' }),
    resultOf('b', { answered: { provider: 'fal', model: 'kling' }, tier: 'draft' }),
    resultOf('c', { answered: { provider: 'sketch', model: 'flux' }, graphId: 'other' as GraphId }),
    resultOf('d', {}, { label: { take: 'd' as TakeId, starredAt: 1 } }),
  ];
  expect(found(results, { maker: 'fal/' })).toEqual(['a', 'b']);
  expect(found(results, { maker: 'fal/flux' })).toEqual(['a']);
  expect(found(results, { tier: 'draft' })).toEqual(['b']);
  expect(found(results, { verdict: 'accepted' })).toEqual(['a']);
  expect(found(results, { graph: 'other' as GraphId })).toEqual(['c']);
  expect(found(results, { isStarred: true })).toEqual(['d']);
  expect(found(results, { kind: 'video' })).toEqual([]);
  expect(choicesIn(results).tiers).toEqual(['speed', 'draft']);
});
