/** What a file says of how it was made. */
import type { TakeRecord } from '../core/take.ts';
import { xmpFor } from '../file/inside.ts';
import type { Graph } from '../graph/graph.ts';
import { BUILT_IN } from '../routing/catalog.ts';
import type { RoutingTable } from '../routing/routing-table.ts';
import { tableFor } from '../routing/table-for.ts';

/** As many seeds as a file's provenance names, the newest. */
const MOST_SEEDS = 100;

/** Models and seeds behind takes that a graph made. */
export function provenanceOf(graph: Graph, made: readonly TakeRecord[], tables: readonly RoutingTable[]): string {
  const table = tableFor(graph, tables);
  return xmpFor({
    title: graph.title,
    table: `${table.id} ${table.version}`,
    models: [...new Set(made.map((take) => take.answered.model))],
    seeds: [...new Set(made.map((take) => take.seed))].slice(-MOST_SEEDS),
    trained: made.some((take) => take.answered.provider !== BUILT_IN.provider),
  });
}
