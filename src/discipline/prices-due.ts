import { isDueForReview } from '../routing/catalog.ts';
import { priceOf } from '../routing/prices.ts';
import { canBeAsked } from '../routing/readiness.ts';
import { askedFor, generations } from './look.ts';
import { listed, say } from '../core/say.ts';
import type { Rule } from './rule.ts';

export const pricesDue: Rule = {
  id: 'prices-due',
  severity: 'advice',
  title: 'Prices or models due for review',
  why: 'Prices and models move every quarter. A forecast is only as good as its list.',
  check(scene) {
    const due = new Set<string>();
    for (const generation of generations(scene)) {
      for (const ref of askedFor(scene, generation)) {
        const found = scene.market.catalog.find(ref);
        // Of whom nobody can ask, no price counts.
        if (!found || !canBeAsked(scene.market, ref.provider)) continue;
        const price = priceOf(ref, found.offer, scene.market.book);
        if (isDueForReview(found.model.asOf, scene.now) || (price && isDueForReview(price.asOf, scene.now)))
          due.add(found.model.name);
      }
    }
    return due.size
      ? [
          {
            text: say(
              'Last checked more than a quarter ago: {0}. The catalog on the Routing page shows dates and sources.',
              listed([...due].map((name) => say(name))),
            ),
            elsewhere: 'catalog' as const,
          },
        ]
      : [];
  },
};
