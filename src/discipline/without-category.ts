import { nodeIds } from '../graph/graph.ts';
import { deliveries, downstream } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

export const withoutCategory: Rule = {
  id: 'without-category',
  severity: 'risk',
  title: 'Deliverable without a category',
  why: 'A file that no generation node stands behind has no tier: it cannot be routed, priced or compared.',
  check(scene) {
    const { graph, registry } = scene;
    const made = downstream(
      graph,
      nodeIds(graph).filter((id) => registry.get(graph.nodes[id]!.type)?.request),
    );
    return deliveries(scene)
      .filter(({ id }) => !made.has(id))
      .map(({ id, name }) => ({
        node: id,
        text: say('“{0}” delivers something no generation node made, so it has no tier.', name),
      }));
  },
};
