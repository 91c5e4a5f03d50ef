import { connect, setParam, type GraphDraft } from '../graph/edits.ts';
import { asks, closesCircle, feeding, generations, isOnBoard, placed, type Placed } from './look.ts';
import { say } from '../core/say.ts';
import type { Complaint, Rule, Scene } from './rule.ts';

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
          feeding(scene, generation.id, 'references').length === 0,
      )
      .map((generation) => ({
        node: generation.id,
        text: say('“{0}” asks for the character tier without a reference.', generation.name),
        fix: fixFor(scene, generation),
      }));
  },
};

/** A picture that is there already; else a tier that needs none. An empty Reference would only fail when it runs. */
function fixFor(scene: Scene, generation: Placed): NonNullable<Complaint['fix']> {
  const reference = placed(scene, ({ id }) => id === 'reference').find(
    ({ id, params }) => Boolean(params['file']) && isOnBoard(id) && !closesCircle(scene.graph, id, generation.id),
  );
  if (reference)
    return {
      label: say('Use “{0}”', reference.name),
      apply: (draft: GraphDraft) =>
        void connect(
          draft,
          scene.registry,
          { node: reference.id, socket: Object.keys(reference.definition.outputs)[0]! },
          { node: generation.id, socket: 'references' },
        ),
    };
  return {
    label: say('Ask for the cinematic tier instead'),
    apply: (draft: GraphDraft) => setParam(draft, generation.id, 'tier', 'cinematic'),
  };
}
