/** What this month came to, one sum wherever it is read: takes of this browser, and what the job service made for others. */
import { useEffect, useMemo, useState } from 'react';
import type { TakeRecord } from '../../core/take.ts';
import { monthSoFar, type MonthSoFar } from '../../ledger/month.ts';
import { t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { money } from './audit-table.tsx';

/** `takes`: all there are here. */
export function useMonthSoFar(takes: readonly TakeRecord[]): MonthSoFar {
  const { desk } = useApp();
  const { monthlyBudget } = useFact(desk, (state) => state.settings);
  const booked = useFact(desk, (state) => state.booked);
  const [now] = useState(() => Date.now());
  return useMemo(() => monthSoFar(takes, booked, now, monthlyBudget), [takes, booked, now, monthlyBudget]);
}

/** What is known to be paid. */
export const paidInMonth = ({ charged, unknown }: MonthSoFar): string =>
  unknown ? t('≥ {0}', money(charged)) : money(charged);

/** What is still open of it: takes in work, or what may be spent. */
export function restOfMonth({ inWork, left }: MonthSoFar): string {
  if (inWork > 0) return t('up to {0} in work', money(inWork));
  return left === undefined ? t('no monthly budget') : t('{0} of the budget left', money(left));
}

/** The same in a sentence, beside the limit it counts against. */
export function MonthSoFarLine() {
  const { commands } = useApp();
  const [takes, setTakes] = useState<readonly TakeRecord[]>();
  useEffect(() => {
    void commands.allTakes().then(setTakes);
  }, [commands]);
  return takes && <MonthSentence takes={takes} />;
}
function MonthSentence({ takes }: { readonly takes: readonly TakeRecord[] }) {
  const month = useMonthSoFar(takes);
  return <p>{t('This month so far: {0}, {1}.', paidInMonth(month), restOfMonth(month))}</p>;
}
