/**
 * The pin of a graph to one version of a table. Versions are counted in each browser, so the pin says what the table
 * said too: a graph that travels would go by another table of the same number otherwise.
 */
import { hashOf } from '../engine/key.ts';
import type { Graph } from '../graph/graph.ts';
import type { RoutingTable } from './routing-table.ts';

export type TablePin = NonNullable<Graph['routing']>;

/** Enough that no two tables of one person say the same by chance. */
const CONTENT_DIGITS = 12;
const known = new WeakMap<RoutingTable['rows'], string>();

/** What the rows of a table say, as a short hash: neither its name nor its number. */
export function rowsHash({ rows }: RoutingTable): string {
  const content = known.get(rows) ?? hashOf(rows).slice(0, CONTENT_DIGITS);
  known.set(rows, content);
  return content;
}

export const pinTo = (table: RoutingTable): TablePin => ({
  table: table.id,
  version: table.version,
  content: rowsHash(table),
});

/** Whether this is the table that was meant; a pin from before contents were written down means its number. */
export const isMeantBy = (pin: TablePin, table: RoutingTable): boolean =>
  pin.content === undefined ? pin.table === table.id && pin.version === table.version : pin.content === rowsHash(table);

/** The table a pin names: that number where it says what was meant, else another published version that does. */
export function pinnedTable(pin: TablePin, tables: readonly RoutingTable[]): RoutingTable | undefined {
  // Of two with one number, a pin from before contents were written down means the one that was here then.
  const numbered = tables.findLast(({ id, version }) => id === pin.table && version === pin.version);
  if (numbered && isMeantBy(pin, numbered)) return numbered;
  const meant = tables.filter((table) => table.version > 0 && isMeantBy(pin, table));
  return meant.find(({ id }) => id === pin.table) ?? meant[0] ?? numbered;
}
