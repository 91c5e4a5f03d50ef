import { say } from '../core/say.ts';
import { monthOf } from '../ledger/audit.ts';
import type { Rule } from './rule.ts';

export const monthNotAudited: Rule = {
  id: 'month-not-audited',
  severity: 'advice',
  title: 'Month not audited',
  why: 'Prices and models change by the month. What is never looked through is never made cheaper.',
  check({ takes, now, audited = {} }) {
    const thisMonth = monthOf(now);
    const open = takes
      .map(({ at }) => monthOf(at))
      .filter((month) => month < thisMonth && !Object.hasOwn(audited, month));
    const month = open.sort().at(-1);
    if (month === undefined) return [];
    return [
      {
        text: say('Takes of this graph from {0} were paid for, and nobody has looked through that month.', month),
        elsewhere: 'audit' as const,
      },
    ];
  },
};
