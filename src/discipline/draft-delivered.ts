import { deliveries } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

export const draftDelivered: Rule = {
  id: 'draft-delivered',
  severity: 'advice',
  title: 'Drafts would be delivered',
  why: 'Draft mode makes small, simple pictures from the draft row. A file delivered from them is a draft too.',
  check(scene) {
    if (scene.mode !== 'draft') return [];
    return deliveries(scene).map(({ id, name }) => ({
      node: id,
      text: say('“{0}” gives draft files while the mode is draft. Switch to delivery for the final run.', name),
      elsewhere: 'delivery mode' as const,
    }));
  },
};
