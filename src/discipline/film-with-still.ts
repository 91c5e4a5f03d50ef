import type { GraphDraft } from '../graph/edits.ts';
import { connect } from '../graph/edits.ts';
import type { NodeId, WireId } from '../core/ids.ts';
import { say } from '../core/say.ts';
import { closesCircle, downstream, generations, isOnBoard, wiresInto, type Placed } from './look.ts';
import type { Rule, Scene } from './rule.ts';

export const filmWithStill: Rule = {
  id: 'film-with-still',
  severity: 'advice',
  title: 'Text to video where a still exists',
  why: 'A still fixes composition, light and look for the price of a picture; the motion step then only adds motion. Fewer clips are rejected.',
  check(scene) {
    const all = generations(scene);
    const stillFor = firstStills(
      scene,
      all.filter(({ definition }) => definition.id === 'image'),
    );
    return all
      .filter(({ definition }) => definition.id === 'film')
      .flatMap((film) => {
        const still = stillFor(film.id);
        if (!still) return [];
        return [
          {
            node: film.id,
            text: say('“{0}” films from words although “{1}” already made that picture.', film.name, still.name),
            ...(isOnBoard(still.id) && {
              fix: {
                label: say('Animate the still instead'),
                apply: (draft: GraphDraft) => animate(draft, scene, film, still.id),
              },
            }),
          },
        ];
      });
  },
};

/**
 * Answers which still a film has above it or shares its prompt with, the first of them in the graph. A still that is
 * made
 * from the film is none: it was not there before. Each node is passed once, however many stills and films there are.
 */
function firstStills({ graph }: Scene, stills: readonly Placed[]): (film: NodeId) => Placed | undefined {
  const above = new Map<NodeId, number>();
  const passed = new Set<NodeId>();
  const ofPrompt = new Map<NodeId, number[]>();
  const promptOf = (id: NodeId) => wiresInto(graph, id, 'prompt')[0]?.from.node;
  for (const [at, { id }] of stills.entries()) {
    for (const below of downstream(graph, [id], passed)) {
      above.set(below, at);
      passed.add(below);
    }
    const prompt = promptOf(id);
    if (prompt === undefined) continue;
    const others = ofPrompt.get(prompt);
    if (others) others.push(at);
    else ofPrompt.set(prompt, [at]);
  }
  return (film) => {
    const prompt = promptOf(film);
    const shared = (prompt === undefined ? undefined : ofPrompt.get(prompt)) ?? [];
    const first = shared.find((at) => !closesCircle(graph, stills[at]!.id, film));
    return stills[Math.min(above.get(film) ?? Infinity, first ?? Infinity)];
  };
}

/** Turns the Film into an Animate of the still; wires Animate has no socket for go. */
function animate(draft: GraphDraft, { registry }: Scene, film: Placed, still: NodeId): void {
  const definition = registry.get('animate');
  const node = draft.nodes[film.id];
  if (!definition || !node) return;
  const size = film.params['size'];
  Object.assign(node, {
    type: definition.id,
    version: definition.version,
    params: { tier: film.params['tier'], size },
  });
  for (const [id, wire] of Object.entries(draft.wires))
    if (wire.to.node === film.id && !(wire.to.socket in definition.inputs)) delete draft.wires[id as WireId];
  connect(draft, registry, { node: still, socket: 'image' }, { node: film.id, socket: 'image' });
}
