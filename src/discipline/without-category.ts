import { deliveries, upstream } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

export const withoutCategory: Rule = {
  id: 'without-category',
  severity: 'risk',
  title: 'Deliverable without a category',
  why: 'A file that no generation node stands behind has no tier: it cannot be routed, priced or compared.',
  check(scene) {
    return deliveries(scene)
      .filter(({ id }) => ![...upstream(scene.graph, id)].some((node) => scene.registry.get(scene.graph.nodes[node]?.type ?? '')?.request))
      .map(({ id, name }) => ({ node: id, text: say('“{0}” delivers something no generation node made, so it has no tier.', name) }));
  },
};
