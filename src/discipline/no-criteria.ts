import { setParam, type GraphDraft } from '../core/edits.ts';
import type { NodeId } from '../core/ids.ts';
import { delivered, feed, wiresInto, type Placed } from './look.ts';
import { say } from '../core/say.ts';
import type { Rule, Scene } from './rule.ts';

const THRESHOLDS = { sharpness: 2, emptiness: 95 } as const;

/** The Acceptance node wired in that names no threshold, only a cap at most; another kind of node may name its own. */
function unmeasured({ graph }: Scene, generation: Placed): NodeId | undefined {
  const [wire] = wiresInto(graph, generation.id, 'acceptance');
  const source = wire && graph.nodes[wire.from.node];
  if (!wire || source?.type !== 'acceptance') return undefined;
  const isMeasured = Object.entries(source.params).some(
    ([name, value]) => name !== 'cap' && typeof value === 'number' && value > 0,
  );
  return isMeasured || source.promoted?.length ? undefined : wire.from.node;
}

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
        const isWired = wiresInto(scene.graph, generation.id, 'acceptance').length > 0;
        const acceptance = unmeasured(scene, generation);
        if (isWired && !acceptance) return [];
        const apply = (draft: GraphDraft) => {
          if (!acceptance) return feed(draft, scene, generation, 'acceptance', 'acceptance', { cap: 4, ...THRESHOLDS });
          for (const [name, value] of Object.entries(THRESHOLDS)) setParam(draft, acceptance, name, value);
        };
        return [
          {
            node: generation.id,
            text: say('Nobody has said what an acceptable “{0}” is.', generation.name),
            fix: { label: say('Add acceptance criteria'), apply },
          },
        ];
      });
  },
};
