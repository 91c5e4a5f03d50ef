import type { GraphDraft } from '../graph/edits.ts';
import type { NodeId } from '../core/ids.ts';
import { feed, feeding, generations, isOnBoard, placed, upstream } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

export const sizeUnplanned: Rule = {
  id: 'size-unplanned',
  severity: 'advice',
  title: 'Upscale without a planned size',
  why: 'Enlarging works best towards a goal: an Aspect node fixes shape and final size before anything is generated.',
  check(scene) {
    const unplanned = new Map(
      generations(scene)
        .filter(
          (generation) =>
            'aspect' in generation.definition.inputs && feeding(scene, generation.id, 'aspect').length === 0,
        )
        .map((generation) => [generation.id, generation]),
    );
    if (unplanned.size === 0) return [];
    // Each is said once, at the first node that enlarges it: one Aspect mends it for all.
    const passed = new Set<NodeId>();
    return placed(scene, (definition) => definition.id === 'upscale').flatMap(({ id, name }) => {
      const above = upstream(scene.graph, [id], passed);
      for (const node of above) passed.add(node);
      return [...above].flatMap((node) => {
        const generation = unplanned.get(node);
        return generation
          ? [
              {
                node: id,
                text: say('“{0}” enlarges {1}, whose size nobody planned.', name, generation.name),
                ...(isOnBoard(generation.id) && {
                  fix: {
                    label: say('Plan it with an Aspect'),
                    apply: (draft: GraphDraft) => feed(draft, scene, generation, 'aspect', 'aspect'),
                  },
                }),
              },
            ]
          : [];
      });
    });
  },
};
