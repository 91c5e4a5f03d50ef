/** What a run may spend: its own till, and the month that it shares with other tabs. */
import { FREE, type Micros } from '../core/money.ts';
import { overBudget, type Till } from '../ledger/till.ts';
import type { MonthBudget } from '../storage/month-budget.ts';
import type { Books } from './protocol.ts';

export function spending(
  till: Till,
  month: MonthBudget,
  monthlyBudget: Micros | undefined,
): Pick<Books, 'reserve' | 'settle'> {
  /** What is set aside from the month, by its amount: one of an amount is as good as another. */
  const held = new Map<Micros, string[]>();
  return {
    async reserve(amount) {
      const own = till.reserve(amount);
      if (!own.ok || monthlyBudget === undefined || amount === FREE) return own;
      const asked = await month.reserve(amount, monthlyBudget).catch((thrown: unknown) => {
        till.settle(amount, FREE);
        throw thrown;
      });
      if ('left' in asked) {
        till.settle(amount, FREE);
        return overBudget(amount, asked.left);
      }
      held.set(amount, [...(held.get(amount) ?? []), asked.id]);
      return own;
    },
    async settle(reserved, charged) {
      till.settle(reserved, charged);
      const [id, ...others] = held.get(reserved) ?? [];
      if (id === undefined) return;
      held.set(reserved, others);
      await month.release(id);
    },
  };
}
