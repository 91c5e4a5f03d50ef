import type { GraphDraft } from '../core/edits.ts';
import { generations } from './look.ts';
import type { Rule } from './rule.ts';

export const tableNotPinned: Rule = {
  id: 'table-not-pinned',
  severity: 'advice',
  title: 'Routing table not pinned or outdated',
  why: 'A pinned version means next month routes as today did. A newer one is worth a look, not a surprise.',
  check(scene) {
    const { graph, newest } = scene;
    if (generations(scene).length === 0) return [];
    const pin = { label: `Pin ${newest.name} ${newest.version}`, apply: (draft: GraphDraft) => void (draft.routing = { table: newest.id, version: newest.version }) };
    if (!graph.routing) return [{ text: `This graph follows whatever version of “${newest.name}” is newest.`, fix: pin }];
    if (graph.routing.version < newest.version) return [{ text: `It is pinned to version ${graph.routing.version}; version ${newest.version} is out. The Routing page shows what would change.`, fix: pin }];
    return [];
  },
};
