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
    const count = say('{0} {1}', own.length, own.length === 1 ? say('take') : say('takes'));
    return [{ text: inAMonth(month, count, own), elsewhere: 'audit' as const }];
  },
};

function inAMonth(month: string, count: Sentence, takes: readonly TakeRecord[]): Sentence {
  const charged = sumOf(takes.map((take) => take.charged ?? FREE));
  if (takes.some((take) => take.charged === null))
    return say(
      '{0} of this graph from {1} cost {2} or more, and nobody has looked through that month.',
      count,
      month,
      inDollars(charged),
    );
  return charged === FREE
    ? say('{0} of this graph from {1} cost nothing, and nobody has looked through that month.', count, month)
    : say(
        '{0} of this graph from {1} cost {2}, and nobody has looked through that month.',
        count,
        month,
        inDollars(charged),
      );
}
