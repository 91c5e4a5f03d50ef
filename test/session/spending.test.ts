/** What one run sets aside, of its own limit and of the month that it shares. */
import { beforeEach, expect, test } from 'vitest';
import { dollars, FREE, type Micros, type Reservation } from '../../src/core/money.ts';
import type { Result } from '../../src/core/errors.ts';
import { memoryStores } from '../../src/headless/memory-stores.ts';
import { openTill, type Till } from '../../src/ledger/till.ts';
import { spending } from '../../src/session/spending.ts';
import type { MonthBudget } from '../../src/session/stores.ts';

const [CENT, DIME, DOLLAR] = [dollars('0.01'), dollars('0.10'), dollars(1)];
let month: MonthBudget;
/** What was asked of the month, and given back to it. */
let asked: (Micros | string)[];
beforeEach(() => {
  const { month: real } = memoryStores(
    () => 0,
    () => true,
  );
  asked = [];
  month = {
    reserve: (amount, budget) => (asked.push(amount), real.reserve(amount, budget)),
    release: (id) => (asked.push('given back'), real.release(id)),
  };
});
const held = (answer: Result<Reservation>): Reservation => {
  if (!answer.ok) throw new TypeError('Nothing was set aside.');
  return answer.value;
};
/** What is left of a till's limit, found by asking for it. */
const holds = (till: Till, amount: Micros): boolean => till.reserve(amount).ok;

test('without a limit for the month, and for what is free, the month is not asked', async () => {
  const unlimited = spending(openTill(undefined), month, undefined);
  await unlimited.settle(held(await unlimited.reserve(DIME)), DIME);
  const limited = spending(openTill(undefined), month, DOLLAR);
  await limited.settle(held(await limited.reserve(FREE)), FREE);
  expect(asked).toEqual([]);
});

test('what is set aside for a call is held by both, and given back to the month once, when it is settled', async () => {
  const till = openTill(DOLLAR);
  const run = spending(till, month, DIME);
  const one = held(await run.reserve(DIME));
  expect(await run.reserve(CENT)).toMatchObject({ ok: false, error: { code: 'over-budget' } });
  await run.settle(one, CENT);
  await run.settle(one, CENT);
  expect(till.spent()).toBe(CENT);
  expect(asked).toEqual([DIME, CENT, 'given back']);
  expect((await run.reserve(DIME)).ok).toBe(true);
});

test('what the run may not spend is not asked of the month', async () => {
  const run = spending(openTill(CENT), month, DOLLAR);
  expect(await run.reserve(DIME)).toMatchObject({ ok: false, error: { code: 'over-budget' } });
  expect(asked).toEqual([]);
});

test('where the month has too little left, the run holds nothing either, and is told how much there is', async () => {
  const till = openTill(DOLLAR);
  const run = spending(till, month, DIME);
  const answer = await run.reserve(DOLLAR);
  expect(answer).toMatchObject({ ok: false, error: { code: 'over-budget' } });
  expect(JSON.stringify(answer)).toContain(String(DIME));
  expect(holds(till, DOLLAR)).toBe(true);
});

test('where the month cannot be asked, that is thrown, and the run holds nothing', async () => {
  const till = openTill(DOLLAR);
  const broken = { ...month, reserve: () => Promise.reject(new TypeError('No storage.')) };
  await expect(spending(till, broken, DOLLAR).reserve(DOLLAR)).rejects.toThrow('No storage.');
  expect(holds(till, DOLLAR)).toBe(true);
});
