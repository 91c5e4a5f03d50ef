/** Two tabs that spend from one month's budget, each with a database connection of its own. */
import { beforeEach, expect, test } from 'vitest';
import type { Result } from '../../src/core/errors.ts';
import { FREE, dollars, type Reservation } from '../../src/core/money.ts';
import { openTill } from '../../src/ledger/till.ts';
import { Database } from '../../src/storage/db.ts';
import { monthBudget } from '../../src/storage/month-budget.ts';
import { takeStore } from '../../src/storage/take-store.ts';
import { spending } from '../../src/session/spending.ts';
import { takeOf } from '../rig/takes.ts';

const BUDGET = dollars(1);
const PRICE = dollars('0.6');
let name: string;
let now: number;
beforeEach(() => {
  name = `month-${Math.random()}`;
  now = Date.parse('2026-11-20T12:00:00Z');
});
function tab() {
  const db = new Database(name);
  const till = openTill(undefined);
  return {
    db,
    ...spending(
      till,
      monthBudget(db, () => now),
      BUDGET,
    ),
  };
}

const held = (asked: Result<Reservation>): Reservation => {
  if (!asked.ok) throw new Error('nothing was set aside');
  return asked.value;
};

test('what one tab has set aside is not there for another, until it is given back or charged', async () => {
  const [first, second] = [tab(), tab()];
  const asked = await Promise.all([first.reserve(PRICE), second.reserve(PRICE)]);
  expect(asked.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(asked.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'over-budget' } });
  const [winner, other] = asked[0]!.ok ? [first, second] : [second, first];
  await winner.settle(held(asked.find(({ ok }) => ok)!), FREE);
  const again = held(await other.reserve(PRICE));
  await takeStore(other.db).put([takeOf('paid', { charged: PRICE, at: now })]);
  await other.settle(again, PRICE);
  expect((await winner.reserve(PRICE)).ok).toBe(false);
  expect((await winner.reserve(dollars('0.4'))).ok).toBe(true);
});

test('what a tab left behind that died is free again after an hour; what is not known counts at its estimate', async () => {
  expect((await tab().reserve(PRICE)).ok).toBe(true);
  const later = tab();
  expect((await later.reserve(PRICE)).ok).toBe(false);
  now += 61 * 60_000;
  await takeStore(later.db).put([takeOf('cancelled', { charged: null, estimated: dollars('0.3'), at: now })]);
  expect((await later.reserve(dollars('0.8'))).ok).toBe(false);
  expect((await later.reserve(PRICE)).ok).toBe(true);
});

test('what a command line has spent of the month is not there for a tab, and its own job counts once', async () => {
  const db = new Database(name);
  const job = { provider: 'fal', at: now, state: 'made', charged: dollars('0.3'), reserved: FREE } as const;
  const month = monthBudget(
    db,
    () => now,
    () => [
      { id: 'command', ...job },
      { id: 'own', ...job },
    ],
  );
  await takeStore(db).put([takeOf('own', { charged: dollars('0.3'), at: now })]);
  expect(await month.reserve(dollars('0.5'), BUDGET)).toEqual({ left: dollars('0.4') });
  expect(await month.reserve(dollars('0.4'), BUDGET)).toMatchObject({ id: expect.any(String) });
});
