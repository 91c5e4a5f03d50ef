import { BUILT_IN } from '../routing/catalog.ts';
import { canBeAsked } from '../routing/readiness.ts';
import { askedFor, generations } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

export const onlyBuiltIn: Rule = {
  id: 'only-built-in',
  severity: 'advice',
  title: 'Only the built-in engine can be asked',
  why: 'It draws storyboards, free and offline. What a model would make, cost and fail at is not tried yet.',
  check(scene) {
    if (scene.mode !== 'delivery') return [];
    const others = new Set<string>();
    for (const generation of generations(scene)) {
      const candidates = askedFor(scene, generation);
      if (candidates.some(({ provider }) => provider !== BUILT_IN.provider && canBeAsked(scene.market, provider)))
        return [];
      for (const { provider, model } of candidates) if (provider !== BUILT_IN.provider) others.add(model);
    }
    if (others.size === 0) return [];
    return [
      {
        text: say(
          'Of the models its rows name, {0} {0|is|are} not set up, so the built-in engine makes everything.',
          others.size,
        ),
        elsewhere: 'catalog' as const,
      },
    ];
  },
};
