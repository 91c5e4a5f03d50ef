import { say } from '../core/say.ts';
import { madeSince } from '../ledger/tally.ts';
import type { Complaint, Rule } from './rule.ts';

export const reviewNotDone: Rule = {
  id: 'review-not-done',
  severity: 'advice',
  title: 'Review not done',
  why: 'Whoever takes the work over needs to know that somebody has looked at all of it, and what they thought.',
  check({ takes, reviewed }) {
    const openly = (text: Complaint['text']): Complaint[] => [{ text, elsewhere: 'review' }];
    if (!reviewed) {
      const hasBegun = takes.some(({ verdict }) => verdict.state === 'accepted');
      return hasBegun
        ? openly(say('Takes of this graph were accepted, and nobody has said that its review is done.'))
        : [];
    }
    const since = madeSince(takes, reviewed.at);
    return since > 0 ? openly(say('Takes made since the review was done: {0}.', since)) : [];
  },
};
