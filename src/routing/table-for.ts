/** Which of the tables that are kept here a graph uses. */
import { say, type Sentence } from '../core/say.ts';
import type { Graph } from '../graph/graph.ts';
import { HOUSE, isShipped, SHIPPED_TABLES } from './house.ts';
import type { RoutingTable } from './routing-table.ts';
import { isMeantBy, pinnedTable, pinTo } from './table-pin.ts';

/**
 * The tables that ship, and those that are stored. A version that was published here before one of the same number
 * shipped keeps it, beside that one and after it: it was chosen here, so it counts as the newer.
 */
export const withShipped = (stored: readonly RoutingTable[]): readonly RoutingTable[] => [
  ...SHIPPED_TABLES,
  ...stored.filter((table) => !isShipped(table)),
];

const lastPublished = (tables: readonly RoutingTable[], id: string): RoutingTable | undefined =>
  tables
    .filter((table) => table.id === id && table.version > 0)
    .reduce<RoutingTable | undefined>(
      (newest, table) => (newest && newest.version > table.version ? newest : table),
      undefined,
    );

/** The last published version of a table; of House, when none is here. */
export const newestOf = (tables: readonly RoutingTable[], id: string): RoutingTable =>
  lastPublished(tables, id) ?? lastPublished(tables, HOUSE.id) ?? HOUSE;

/** The version a graph is pinned to; the newest House when it is not, or when that version is not here. */
export function tableFor({ routing: pin }: Pick<Graph, 'routing'>, tables: readonly RoutingTable[]): RoutingTable {
  return (pin && pinnedTable(pin, tables)) ?? newestOf(tables, pin?.table ?? HOUSE.id);
}

/** A graph that stays with one version of a table, with the newest version that is here. */
export function onNewestTable(graph: Graph, tables: readonly RoutingTable[]): Graph {
  const pin = graph.routing;
  if (!pin) return graph;
  const newest = newestOf(tables, pin.table);
  return newest.id === pin.table ? { ...graph, routing: pinTo(newest) } : graph;
}

/**
 * Told of a graph whose table is somewhere else, or has another number here: tables do not travel with graphs.
 * `undefined` where it is here as it was meant, or where there is none.
 */
export function tableElsewhere(graph: Pick<Graph, 'routing'>, tables: readonly RoutingTable[]): Sentence | undefined {
  const pin = graph.routing;
  const used = tableFor(graph, tables);
  const isNumbered = pin?.table === used.id && pin.version === used.version;
  if (!pin || (isNumbered && isMeantBy(pin, used))) return undefined;
  const name = say(used.name);
  if (isNumbered)
    return say(
      'It is pinned to {0} {1} of another browser, which is not here; {0} {1} of this one says something else and is used.',
      name,
      used.version,
    );
  if (pin.content !== undefined && isMeantBy(pin, used))
    return say(
      'It is pinned to version {0} of the routing table “{1}” of another browser, which is {2} {3} here.',
      pin.version,
      pin.table,
      name,
      used.version,
    );
  return pin.version === 0
    ? say(
        'It is pinned to a draft of the routing table “{0}”, which is not here; {1} {2} is used.',
        pin.table,
        name,
        used.version,
      )
    : say(
        'It is pinned to version {0} of the routing table “{1}”, which is not here; {2} {3} is used.',
        pin.version,
        pin.table,
        name,
        used.version,
      );
}

/** One version among all that are kept here: two may have one number, and were published at two times. */
export const tableKey = ({ id, version, publishedAt }: Pick<RoutingTable, 'id' | 'version' | 'publishedAt'>): string =>
  version === 0 ? `${id} 0` : `${id} ${version} ${publishedAt}`;

/** Whether another table here has the same number: then it takes more to tell them apart. */
export const hasTwin = (table: RoutingTable, tables: readonly RoutingTable[]): boolean =>
  tables.some((one) => one !== table && one.id === table.id && one.version === table.version);
