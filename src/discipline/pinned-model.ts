import type { GraphDraft } from '../graph/edits.ts';
import { pinNode } from '../graph/edits.ts';
import { say, type Sentence } from '../core/say.ts';
import type { ModelRef } from '../core/take.ts';
import { usualServiceName } from '../routing/service-names.ts';
import { generations, type Placed } from './look.ts';
import type { Rule, Scene } from './rule.ts';

export const pinnedModel: Rule = {
  id: 'pinned-model',
  severity: 'advice',
  title: 'A node is pinned to a model',
  why: 'What the table learns of better, cheaper or retired models passes a pinned node by, and nobody else is asked when its model fails.',
  check(scene) {
    return generations(scene).flatMap((generation) => {
      const { id, node } = generation;
      if (!node.pinned) return [];
      return [
        {
          node: id,
          text: textFor(generation, node.pinned, scene),
          fix: { label: say('Unpin it'), apply: (draft: GraphDraft) => pinNode(draft, id, undefined) },
        },
      ];
    });
  },
};

function textFor({ name }: Placed, ref: ModelRef, { market }: Scene): Sentence {
  const model = market.catalog.find(ref)?.model;
  if (!model)
    return say(
      '“{0}” is pinned to {1} at {2}, which the catalog does not know: it cannot be made.',
      name,
      ref.model,
      say(usualServiceName(ref.provider)),
    );
  if (model.status !== 'retired')
    return say('“{0}” is pinned to {1}; the table is passed over.', name, say(model.name));
  return model.statusDate
    ? say(
        '“{0}” is pinned to {1}, which is retired since {2}: it cannot be made.',
        name,
        say(model.name),
        model.statusDate,
      )
    : say('“{0}” is pinned to {1}, which is retired: it cannot be made.', name, say(model.name));
}
