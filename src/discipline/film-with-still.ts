import type { GraphDraft } from '../core/edits.ts';
import { connect } from '../core/edits.ts';
import type { NodeId, WireId } from '../core/ids.ts';
import { say } from '../core/say.ts';
import { generations, upstream, wiresInto, type Placed } from './look.ts';
import type { Rule, Scene } from './rule.ts';

export const filmWithStill: Rule = {
  id: 'film-with-still',
  severity: 'advice',
  title: 'Text to video where a still exists',
  why: 'A still fixes composition, light and look for the price of a picture; the motion step then only adds motion. Fewer clips are rejected.',
  check(scene) {
    const all = generations(scene);
    const stills = all.filter(({ definition }) => definition.id === 'image');
    return all.filter(({ definition }) => definition.id === 'film').flatMap((film) => {
      const above = upstream(scene.graph, film.id);
      const still = stills.find(({ id }) => above.has(id) || samePrompt(scene, id, film.id));
      if (!still) return [];
      return [{ node: film.id, text: say('“{0}” films from words although “{1}” already made that picture.', film.name, still.name), fix: { label: say('Animate the still instead'), apply: (draft: GraphDraft) => animate(draft, scene, film, still.id) } }];
    });
  },
};

function samePrompt({ graph }: Scene, a: NodeId, b: NodeId): boolean {
  const [from, to] = [a, b].map((id) => wiresInto(graph, id, 'prompt')[0]?.from.node);
  return from !== undefined && from === to;
}

/** Turns the Film into an Animate of the still; wires Animate has no socket for go. */
function animate(draft: GraphDraft, { graph, registry }: Scene, film: Placed, still: NodeId): void {
  const definition = registry.get('animate');
  const node = draft.nodes[film.id];
  if (!definition || !node) return;
  const size = film.params['size'];
  Object.assign(node, { type: definition.id, version: definition.version, params: { tier: film.params['tier'], ...(size === '360p' ? { size: '480p' } : { size }) } });
  for (const [id, wire] of Object.entries(graph.wires)) if (wire.to.node === film.id && !(wire.to.socket in definition.inputs)) delete draft.wires[id as WireId];
  connect(draft, registry, { node: still, socket: 'image' }, { node: film.id, socket: 'image' });
}
