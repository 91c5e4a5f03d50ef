/** Which of the tables that are kept here a graph uses. */
import { say, type Sentence } from '../core/say.ts';
import type { Graph } from '../graph/graph.ts';
import { HOUSE } from './house.ts';
import type { RoutingTable } from './routing-table.ts';

const published = (tables: readonly RoutingTable[], id: string) =>
  tables.filter((table) => table.id === id && table.version > 0);

/** The last published version of a table; House, as it ships, when none is here. */
export const newestOf = (tables: readonly RoutingTable[], id: string): RoutingTable =>
  published(tables, id).reduce<RoutingTable | undefined>(
    (newest, table) => (newest && newest.version > table.version ? newest : table),
    undefined,
  ) ?? HOUSE;

/** The version a graph is pinned to; the newest House when it is not, or when that version is not here. */
export function tableFor(graph: Pick<Graph, 'routing'>, tables: readonly RoutingTable[]): RoutingTable {
  const pin = graph.routing;
  return (
    (pin && tables.find((table) => table.id === pin.table && table.version === pin.version)) ??
    newestOf(tables, pin?.table ?? HOUSE.id)
  );
}

/** A graph that stays with one version of a table, with the newest version that is here. */
export function onNewestTable(graph: Graph, tables: readonly RoutingTable[]): Graph {
  const pin = graph.routing;
  if (!pin) return graph;
  const { id, version } = newestOf(tables, pin.table);
  return id === pin.table ? { ...graph, routing: { table: id, version } } : graph;
}

/** Told of a graph whose table is somewhere else: tables do not travel with graphs. `undefined` where it is here, or none. */
export function tableElsewhere(graph: Pick<Graph, 'routing'>, tables: readonly RoutingTable[]): Sentence | undefined {
  const pin = graph.routing;
  const used = tableFor(graph, tables);
  if (!pin || (pin.table === used.id && pin.version === used.version)) return undefined;
  return pin.version === 0
    ? say(
        'It is pinned to a draft of the routing table “{0}”, which is not here; {1} {2} is used.',
        pin.table,
        say(used.name),
        used.version,
      )
    : say(
        'It is pinned to version {0} of the routing table “{1}”, which is not here; {2} {3} is used.',
        pin.version,
        pin.table,
        say(used.name),
        used.version,
      );
}

/** One version among all that are kept here. */
export const tableKey = (table: RoutingTable): string => `${table.id} ${table.version}`;
