import { generations, rowFor } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

export const noFallback: Rule = {
  id: 'no-fallback',
  severity: 'risk',
  title: 'No fallback for a failing provider',
  why: 'Providers fail. A row that forbids fallback, or has nobody left to ask, stops the work.',
  check(scene) {
    return generations(scene)
      .filter(({ node }) => !node.pinned)
      .filter((generation) => rowFor(scene, generation)?.fallbacks === 0)
      .map(({ id, name }) => ({
        node: id,
        text: say('When its provider fails, “{0}” stops: its row allows no fallback.', name),
        elsewhere: 'routing' as const,
      }));
  },
};
