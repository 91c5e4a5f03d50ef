/** What a run may spend: its own till, and the month that it shares with other tabs. */
import { FREE, type Micros, type Reservation } from '../core/money.ts';
import { overBudget, type Till } from '../ledger/till.ts';
import type { RunAccount } from '../routing/produce.ts';
import type { MonthBudget } from './stores.ts';

/** `monthlyBudget`: `undefined` without a limit. */
export function spending(
  till: Till,
  month: MonthBudget,
  monthlyBudget: Micros | undefined,
): Pick<RunAccount, 'reserve' | 'settle'> {
  /** Names of what is set aside from the month, by the till's reservation. */
  const ofMonth = new Map<Reservation['id'], string>();
  return {
    async reserve(amount, take) {
      const own = till.reserve(amount);
      if (!own.ok || monthlyBudget === undefined || amount === FREE) return own;
      const asked = await month.reserve(amount, monthlyBudget, take).catch((thrown: unknown) => {
        till.settle(own.value, FREE);
        throw thrown;
      });
      if ('left' in asked) {
        till.settle(own.value, FREE);
        return overBudget(amount, asked.left);
      }
      ofMonth.set(own.value.id, asked.id);
      return own;
    },
    async settle(reservation, charged) {
      till.settle(reservation, charged);
      const id = ofMonth.get(reservation.id);
      if (id === undefined) return;
      ofMonth.delete(reservation.id);
      await month.release(id);
    },
  };
}
