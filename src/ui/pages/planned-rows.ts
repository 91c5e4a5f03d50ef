/** Rows of a batch, or cells of a sweep, as their pages need them: planned, made, and what they cost. */
import { useEffect, useState } from 'react';
import type { RowId } from '../../core/ids.ts';
import { sumOf } from '../../core/money.ts';
import { costInWords } from '../../ledger/forecast.ts';
import type { RowPlan } from '../../ledger/row-plan.ts';
import { useApp, useFact } from '../app-context.ts';
import type { RowsOf } from '../commands.ts';
import { t, tell } from '../../words/t.ts';

const PLAN_DELAY_MS = 200;

export const needsRun = (plan: RowPlan | undefined): boolean => plan === undefined || plan.toRun + plan.mayRun > 0;
export const isMade = (plan: RowPlan | undefined): boolean =>
  !needsRun(plan) && plan?.blocked === 0 && plan.verdicts === 0;

/** What running all of them could cost: with the most takes that could be asked for. */
export function costOfRows(rows: readonly { readonly id: RowId }[], plans: ReadonlyMap<RowId, RowPlan>): string {
  const found = rows.flatMap((row) => plans.get(row.id) ?? []);
  const unsure = found.find(({ cost }) => cost.certainty === '?' || cost.certainty === '≥');
  const takes = found.reduce((sum, plan) => sum + plan.takes[1], 0);
  const high = sumOf(found.map(({ cost }) => cost.high));
  const cost = tell(costInWords({ low: high, high, certainty: unsure ? '≥' : '=' }));
  // Rows that share a step make it once; nobody knows before which.
  return found.some(({ waits }) => waits)
    ? t('{0} {0|take|takes} and those of the rows that go on, {1}', takes, cost)
    : t('at most {0} {0|take|takes}, {1}', takes, cost);
}

/**
 * Plans follow the graph and what is made; what runs row by row asks for them when a row has ended. `of`: rows that are
 * not those of the graph's own table; the same object while they stay the same.
 */
export function useRowPlans(of?: RowsOf): ReadonlyMap<RowId, RowPlan> {
  const { document, desk, queue, workspace, commands } = useApp();
  const revision = useFact(document, (state) => state.revision);
  const current = useFact(queue, (state) => state.running?.id);
  const takes = useFact(desk, (state) => state.takes);
  const mode = useFact(workspace, (state) => state.mode);
  const [plans, setPlans] = useState<ReadonlyMap<RowId, RowPlan>>(new Map());
  const [ask] = useState(newestOnly);
  useEffect(() => {
    ask(async () => {
      const rows = await commands.planRows(of);
      if (rows) setPlans(new Map(rows.map((plan) => [plan.row, plan])));
    });
  }, [ask, commands, of, revision, current, takes, mode]);
  return plans;
}

/**
 * Puts questions one after another, a moment apart, and of several that came meanwhile only the newest: rows may end
 * faster than they can be planned, and are seen all the same.
 */
function newestOnly(): (question: () => Promise<void>) => void {
  let next: (() => Promise<void>) | undefined;
  let isAsking = false;
  const askAll = async () => {
    isAsking = true;
    while (next) {
      await new Promise((resolve) => setTimeout(resolve, PLAN_DELAY_MS));
      const newest = next;
      next = undefined;
      await newest();
    }
    isAsking = false;
  };
  return (question) => {
    next = question;
    if (!isAsking) void askAll();
  };
}
