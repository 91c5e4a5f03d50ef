import type { GraphDraft } from '../graph/edits.ts';
import { acceptanceOf } from './acceptance.ts';
import { generations, rowFor } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule } from './rule.ts';

/** More takes than this are no cap. */
const GENEROUS = 12;

export const noCap: Rule = {
  id: 'no-cap',
  severity: 'risk',
  title: 'No cap on takes',
  why: 'Without a cap, regeneration costs whatever patience costs.',
  check(scene) {
    if (scene.mode !== 'delivery') return [];
    return generations(scene).flatMap((generation) => {
      const row = rowFor(scene, generation);
      const { counts, says, set } = acceptanceOf(scene, generation);
      if ((counts && says('cap')) || (row && row.cap <= GENEROUS)) return [];
      const mending = set
        ? { fix: { label: say('Cap it at 4 takes'), apply: (draft: GraphDraft) => set(draft, { cap: 4 }) } }
        : { elsewhere: 'routing' as const };
      return [
        {
          node: generation.id,
          text: say('“{0}” may be taken again more than {1} {1|time|times}.', generation.name, GENEROUS),
          ...mending,
        },
      ];
    });
  },
};
