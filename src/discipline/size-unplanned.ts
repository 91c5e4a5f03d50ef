import type { GraphDraft } from '../core/edits.ts';
import { feed, generations, placed, upstream, wiresInto } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

export const sizeUnplanned: Rule = {
  id: 'size-unplanned',
  severity: 'advice',
  title: 'Upscale without a planned size',
  why: 'Enlarging works best towards a goal: an Aspect node fixes shape and final size before anything is generated.',
  check(scene) {
    const unplanned = generations(scene).filter((generation) => 'aspect' in generation.definition.inputs && wiresInto(scene.graph, generation.id, 'aspect').length === 0);
    if (unplanned.length === 0) return [];
    return placed(scene, (definition) => definition.id === 'upscale').flatMap(({ id, name }) => {
      const above = upstream(scene.graph, id);
      return unplanned
        .filter((generation) => above.has(generation.id))
        .map((generation) => ({ node: id, text: say('“{0}” enlarges {1}, whose size nobody planned.', name, generation.name), fix: { label: say('Plan it with an Aspect'), apply: (draft: GraphDraft) => feed(draft, scene, generation, 'aspect', 'aspect') } }));
    });
  },
};
