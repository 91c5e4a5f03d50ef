import type { GraphDraft } from '../graph/edits.ts';
import { generations } from './look.ts';
import { say } from '../core/say.ts';
import { tableElsewhere, tableFor } from '../routing/table-for.ts';
import { pinTo } from '../routing/table-pin.ts';
import type { Rule } from './rule.ts';

export const tableNotPinned: Rule = {
  id: 'table-not-pinned',
  severity: 'advice',
  title: 'Routing table not pinned or outdated',
  why: 'A pinned version means next month routes as today did. A newer one is worth a look, not a surprise.',
  check(scene) {
    const { graph, table, newest } = scene;
    if (generations(scene).length === 0) return [];
    const pin = {
      label: say('Pin {0} {1}', newest.name, newest.version),
      apply: (draft: GraphDraft) => void (draft.routing = pinTo(newest)),
    };
    if (!graph.routing)
      return [{ text: say('This graph follows whatever version of “{0}” is newest.', newest.name), fix: pin }];
    const elsewhere = tableElsewhere(graph, [table, newest]);
    if (elsewhere) return [{ text: elsewhere, fix: pin, elsewhere: 'routing' as const }];
    const used = tableFor(graph, [table, newest]);
    if (used.version < newest.version)
      return [
        {
          text: say(
            'It is pinned to version {0}; version {1} is out. The Routing page shows what would change.',
            used.version,
            newest.version,
          ),
          fix: pin,
          elsewhere: 'routing' as const,
        },
      ];
    return [];
  },
};
