import { onDate } from '../core/figures.ts';
import { FREE, inDollars, sumOf } from '../core/money.ts';
import { say, type Sentence } from '../core/say.ts';
import type { TakeRecord } from '../core/take.ts';
import { monthOf } from '../ledger/audit.ts';
import type { Rule } from './rule.ts';

export const monthNotAudited: Rule = {
  id: 'month-not-audited',
  severity: 'advice',
  title: 'Month not audited',
  why: 'Prices and models change by the month. What is never looked through is never made cheaper.',
  check({ takes, now, audited = {} }) {
    const thisMonth = monthOf(now);
    const isOpen = (month: string) => month < thisMonth && !Object.hasOwn(audited, month);
    const month = takes
      .map(({ at }) => monthOf(at))
      .filter(isOpen)
      .sort()
      .at(-1);
    if (month === undefined) return [];
    const own = takes.filter(({ at }) => monthOf(at) === month);
    return [{ text: inAMonth(month, own), elsewhere: 'audit' as const }];
  },
};

function inAMonth(month: string, takes: readonly TakeRecord[]): Sentence {
  const [count, date] = [takes.length, onDate(month)];
  const charged = sumOf(takes.map((take) => take.charged ?? FREE));
  if (takes.some((take) => take.charged === null))
    return say(
      '{0} {0|take|takes} of this graph from {1} cost {2} or more, and nobody has looked through that month.',
      count,
      date,
      inDollars(charged),
    );
  return charged === FREE
    ? say(
        '{0} {0|take|takes} of this graph from {1} cost nothing, and nobody has looked through that month.',
        count,
        date,
      )
    : say(
        '{0} {0|take|takes} of this graph from {1} cost {2}, and nobody has looked through that month.',
        count,
        date,
        inDollars(charged),
      );
}
