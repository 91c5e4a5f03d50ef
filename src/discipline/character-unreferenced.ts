import type { GraphDraft } from '../core/edits.ts';
import { asks, feed, generations, wiresInto } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

export const characterUnreferenced: Rule = {
  id: 'character-unreferenced',
  severity: 'risk',
  title: 'Character tier without a reference',
  why: 'A face described in words is a new face every time. The character tier needs a picture to hold on to.',
  check(scene) {
    return generations(scene)
      .filter(
        (generation) =>
          asks(generation).tier === 'character' &&
          'references' in generation.definition.inputs &&
          wiresInto(scene.graph, generation.id, 'references').length === 0,
      )
      .map((generation) => ({
        node: generation.id,
        text: say('“{0}” asks for the character tier without a reference.', generation.name),
        fix: {
          label: say('Add a Reference'),
          apply: (draft: GraphDraft) => feed(draft, scene, generation, 'references', 'reference'),
        },
      }));
  },
};
