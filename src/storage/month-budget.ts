/**
 * Money that tabs set aside from one month's budget. All tabs of a browser share it: what one has asked for and not
 * paid yet is not there for another.
 */
import { newId, type TakeId } from '../core/ids.ts';
import { FREE, sumOf, type Micros } from '../core/money.ts';
import { monthStart, usedInMonth } from '../ledger/month.ts';
import type { BookedJob } from '../routing/job.ts';
import type { MonthBudget } from '../session/stores.ts';
import type { Database } from './db.ts';

interface Reservation {
  readonly id: string;
  readonly amount: Micros;
  readonly at: number;
  /** What it is for. */
  readonly take?: TakeId;
}
const SETTING = 'reserved';
/** No call lasts longer: what was set aside by then was left behind by a tab that died. */
const LONGEST_CALL_MS = 60 * 60_000;

/** `booked`: what the job service has booked this month, whoever ordered it. */
export function monthBudget(
  db: Database,
  now: () => number = Date.now,
  booked: () => readonly BookedJob[] = () => [],
): MonthBudget {
  async function reserved(): Promise<readonly Reservation[]> {
    const stored = (await db.settings.get(SETTING))?.value as readonly Reservation[] | undefined;
    return (stored ?? []).filter(({ at }) => at > now() - LONGEST_CALL_MS);
  }
  return {
    reserve: (amount, budget, take) =>
      db.transaction('rw', db.settings, db.takes, async () => {
        const takes = await db.takes.where('at').aboveOrEqual(monthStart(now())).toArray();
        const others = await reserved();
        const written = new Set(takes.map(({ id }) => id));
        const open = others.filter((one) => !one.take || !written.has(one.take));
        const used = sumOf([usedInMonth(takes, booked(), now()), ...open.map((one) => one.amount)]);
        if (used + amount > budget) return { left: Math.max(FREE, budget - used) as Micros };
        const id = newId<string>('m');
        await db.settings.put({
          key: SETTING,
          value: [...others, { id, amount, at: now(), ...(take ? { take } : {}) }],
        });
        return { id };
      }),
    release: (id) =>
      db.transaction('rw', db.settings, async () => {
        const others = (await reserved()).filter((one) => one.id !== id);
        await db.settings.put({ key: SETTING, value: others });
      }),
  };
}
