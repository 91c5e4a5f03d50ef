import type { GraphDraft } from '../core/edits.ts';
import { feed, generations, rowFor, wiresInto } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

/** More takes than this are no cap. */
const GENEROUS = 12;

/** A placeholder's params can hold anything. */
const isCap = (cap: unknown): boolean => typeof cap === 'number' && cap > 0;

export const noCap: Rule = {
  id: 'no-cap',
  severity: 'risk',
  title: 'No cap on takes',
  why: 'Without a cap, regeneration costs whatever patience costs.',
  check(scene) {
    return generations(scene)
      .filter((generation) => {
        const row = rowFor(scene, generation);
        const own = wiresInto(scene.graph, generation.id, 'acceptance').some((wire) =>
          isCap(scene.graph.nodes[wire.from.node]?.params['cap']),
        );
        return !own && (!row || row.cap > GENEROUS) && scene.mode === 'delivery';
      })
      .map((generation) => ({
        node: generation.id,
        text: say('“{0}” may be taken again more than {1} times.', generation.name, GENEROUS),
        fix: {
          label: say('Cap it at 4 takes'),
          apply: (draft: GraphDraft) => feed(draft, scene, generation, 'acceptance', 'acceptance', { cap: 4 }),
        },
      }));
  },
};
