import type { GraphDraft } from '../graph/edits.ts';
import { acceptanceOf, type Acceptance } from './acceptance.ts';
import { delivered } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule, Scene } from './rule.ts';

const THRESHOLDS = { sharpness: 2, emptiness: 95 } as const;

export const noCriteria: Rule = {
  id: 'no-criteria',
  severity: 'advice',
  title: 'No acceptance criteria',
  why: 'What “good enough” means should be written down before the first take, and measured after it.',
  check(scene) {
    if (scene.mode !== 'delivery') return [];
    return delivered(scene)
      .filter(({ definition }) => 'acceptance' in definition.inputs)
      .flatMap((generation) => {
        const acceptance = acceptanceOf(scene, generation);
        const isMeasured = namesThreshold(scene, acceptance);
        if (acceptance.isForeign || (acceptance.counts && isMeasured)) return [];
        const { node, set } = acceptance;
        // One that is only muted says already what is acceptable.
        const thresholds = isMeasured ? {} : THRESHOLDS;
        const params = node === undefined ? { cap: 4, ...thresholds } : thresholds;
        return [
          {
            node: generation.id,
            text: say('Nobody has said what an acceptable “{0}” is.', generation.name),
            ...(set && {
              fix: {
                label: say('Add acceptance criteria'),
                apply: (draft: GraphDraft) => set(draft, params),
              },
            }),
          },
        ];
      });
  },
};

/** Whether it names a threshold, and not only a cap. */
function namesThreshold({ registry }: Scene, { node, says }: Acceptance): boolean {
  const params = Object.keys(registry.get('acceptance')?.params ?? {});
  return node !== undefined && params.some((param) => param !== 'cap' && says(param));
}
