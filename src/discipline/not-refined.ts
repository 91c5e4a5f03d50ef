import { addNode, connect, type GraphDraft } from '../graph/edits.ts';
import type { Wire } from '../graph/graph.ts';
import { say } from '../core/say.ts';
import { deliveries, isOnBoard, namesIn, wiresInto } from './look.ts';
import type { Rule, Scene } from './rule.ts';

export const notRefined: Rule = {
  id: 'not-refined',
  severity: 'advice',
  title: 'No refinement before delivery',
  why: 'Refinement is a step of the pipeline, not a repair: grade, sharpen or grain make a set belong together.',
  check(scene) {
    return deliveries(scene).flatMap(({ id, name }) => {
      const [wire] = wiresInto(scene.graph, id);
      const source = wire && scene.graph.nodes[wire.from.node];
      const definition = source && scene.registry.get(source.type);
      if (!wire || !source || !definition?.request || definition.outputs[wire.from.socket]?.kind !== 'image') return [];
      return [
        {
          node: id,
          text: say(
            '“{0}” delivers straight from {1}.',
            name,
            namesIn(scene.graph, scene.registry).get(wire.from.node)!,
          ),
          ...(isOnBoard(wire.from.node) && {
            fix: { label: say('Insert a Grade'), apply: (draft: GraphDraft) => insertGrade(draft, scene, wire) },
          }),
        },
      ];
    });
  },
};

function insertGrade(draft: GraphDraft, { registry }: Scene, wire: Wire): void {
  const grade = registry.get('grade');
  const [a, b] = [draft.nodes[wire.from.node], draft.nodes[wire.to.node]];
  if (!grade || !a || !b) return;
  const id = addNode(draft, grade, { x: (a.position.x + b.position.x) / 2, y: (a.position.y + b.position.y) / 2 + 40 });
  connect(draft, registry, wire.from, { node: id, socket: 'image' });
  connect(draft, registry, { node: id, socket: 'image' }, wire.to);
}
