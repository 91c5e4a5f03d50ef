import type { GraphDraft } from '../core/edits.ts';
import { delivered, feed, wiresInto } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

export const noCriteria: Rule = {
  id: 'no-criteria',
  severity: 'advice',
  title: 'No acceptance criteria',
  why: 'What “good enough” means should be written down before the first take, and measured after it.',
  check(scene) {
    if (scene.mode !== 'delivery') return [];
    return delivered(scene)
      .filter(
        ({ id, definition }) =>
          'acceptance' in definition.inputs && wiresInto(scene.graph, id, 'acceptance').length === 0,
      )
      .map((generation) => ({
        node: generation.id,
        text: say('Nobody has said what an acceptable “{0}” is.', generation.name),
        fix: {
          label: say('Add acceptance criteria'),
          apply: (draft: GraphDraft) =>
            feed(draft, scene, generation, 'acceptance', 'acceptance', { cap: 4, sharpness: 2, emptiness: 95 }),
        },
      }));
  },
};
