import { generations, rowFor } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

export const oneModel: Rule = {
  id: 'one-model',
  severity: 'risk',
  title: 'Generation depends on one model',
  why: 'A row with a single model stops when that model is changed, retired or down.',
  check(scene) {
    return generations(scene)
      .filter(({ node }) => !node.pinned)
      .filter((generation) => (rowFor(scene, generation)?.candidates.length ?? 0) === 1)
      .map(({ id, name }) => ({
        node: id,
        text: say('“{0}” can only be made by one model. Add candidates to its row on the Routing page.', name),
        elsewhere: 'routing' as const,
      }));
  },
};
