/**
 * The till of one run: money is set aside before a call and booked after it, so that parallel calls cannot overspend
 * together.
 */
import { fail, ok, type Result } from '../core/errors.ts';
import { FREE, inDollars, type Micros, type Reservation } from '../core/money.ts';
import { say } from '../core/say.ts';

export interface Till {
  reserve(amount: Micros): Result<Reservation>;
  /** What is settled already, or was reserved elsewhere, changes nothing. */
  settle(reservation: Reservation, charged: Micros): void;
  readonly spent: () => Micros;
}
/** The answer to a call that would cost more than is left. */
export const overBudget = (amount: Micros, left: Micros): Result<never> =>
  fail(
    'over-budget',
    say(
      'The next take would cost about {0}, and {1} of what may be spent is left. Nothing was sent.',
      inDollars(amount),
      inDollars(left),
    ),
    'Raise the run cap or the monthly budget in Settings, or choose a cheaper tier.',
  );

/** `limit`: what this run may spend; `undefined` without a limit. */
export function openTill(limit: Micros | undefined): Till {
  const open = new Map<string, Micros>();
  let reserved = 0;
  let spent = 0;
  let count = 0;
  return {
    reserve(amount) {
      if (limit !== undefined && spent + reserved + amount > limit)
        return overBudget(amount, Math.max(FREE, limit - spent - reserved) as Micros);
      const id = String(count++);
      open.set(id, amount);
      reserved += amount;
      return ok({ id, amount });
    },
    settle({ id }, charged) {
      const amount = open.get(id);
      if (amount === undefined) return;
      open.delete(id);
      reserved -= amount;
      spent += charged;
    },
    spent: () => spent as Micros,
  };
}
