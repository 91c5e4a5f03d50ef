/** The rules of the pipeline over the open graph. */
import { expanded } from '../graph/flat-graph.ts';
import type { Graph } from '../graph/graph.ts';
import type { GraphId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { RunMode } from '../core/take.ts';
import { check } from '../discipline/discipline.ts';
import type { Finding } from '../discipline/rule.ts';
import { HOUSE } from '../routing/house.ts';
import { newestOf, tableFor } from '../routing/table-for.ts';
import type { DeskState } from '../state/desk.ts';
import { marketOf } from './market.ts';

interface Checked {
  readonly graph: Graph;
  readonly id: GraphId | undefined;
  readonly registry: Registry;
  readonly mode: RunMode;
  readonly now: number;
  readonly known: DeskState;
}

export function checkGraph({ graph, id, registry, mode, now, known }: Checked): readonly Finding[] {
  const { tables, settings, takes, campaigns } = known;
  return check({
    graph: expanded(graph),
    registry,
    mode,
    takes,
    now,
    table: tableFor(graph, tables),
    newest: newestOf(tables, graph.routing?.table ?? HOUSE.id),
    market: marketOf(known),
    audited: settings.audited,
    reviewed: id && settings.reviewed[id],
    campaigns,
  });
}
