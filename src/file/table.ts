/** A batch as a table other programs read: CSV, or what a spreadsheet puts on the clipboard. */
import papaparse from 'papaparse';
import { addRows, batchOf, cellFrom, columnsOffered, factsOf, MOST_ROWS, setCell, textOf } from '../core/batch.ts';
import type { GraphDraft } from '../core/edits.ts';
import type { BatchColumn, BatchRow, Cell, Graph } from '../core/graph.ts';
import { newId, type ColumnId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { say, type Sentence } from '../core/say.ts';

export interface ReadTable {
  /** Those the batch has, and those the heading asks for besides. */
  readonly columns: readonly BatchColumn[];
  readonly rows: readonly BatchRow['cells'][];
  /** What was left out. */
  readonly dropped: readonly Sentence[];
}

/** Characters; a full batch has less. */
const LARGEST_TABLE = 4 * 1024 * 1024;
/** Cells of a line that are looked at. */
const MOST_CELLS = 500;
/** Lines that say what was left out; the others are counted. */
const MOST_LINES = 200;

/** Columns by what a heading may call them: the param alone, or with its node before it. The first of a name is meant. */
function byName<P extends Parameters<typeof factsOf>[2]>(places: readonly P[], graph: Graph, registry: Registry): ReadonlyMap<string, P> {
  const found = new Map<string, P>();
  for (const place of places) {
    const facts = factsOf(graph, registry, place);
    if (!facts) continue;
    for (const name of [facts.label, `${facts.of}: ${facts.label}`]) if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), place);
  }
  return found;
}

/**
 * Text of a table with commas, semicolons or tabs, as rows for this graph's batch. A first line that names columns says what
 * the others hold, in any order; without one they are the batch's columns as they stand.
 */
export function readTable(text: string, graph: Graph, registry: Registry): ReadTable {
  const { columns: existing } = batchOf(graph);
  if (text.length > LARGEST_TABLE) return { columns: existing, rows: [], dropped: [say('This table has more than {0} characters, so it was not read.', LARGEST_TABLE.toLocaleString('en'))] };
  const lines = linesOf(text, delimiterOf(text)).map((line) => line.slice(0, MOST_CELLS));
  const dropped: Sentence[] = [];
  const inBatch = byName(existing, graph, registry);
  const offered = byName(columnsOffered(graph, registry), graph, registry);
  const named = (lines[0] ?? []).map((heading): BatchColumn | undefined => {
    const name = heading.trim().toLowerCase();
    const place = offered.get(name);
    return inBatch.get(name) ?? (place && { ...place, id: newId<ColumnId>('c') });
  });
  const hasHeading = named.some(Boolean);
  const columns = hasHeading ? named : existing;
  if (hasHeading) lines[0]!.forEach((heading, at) => !named[at] && heading.trim() && dropped.push(say('Nothing in this graph is called “{0}”; that column was left out.', heading.trim().slice(0, 60))));
  else if (existing.length === 0) return { columns: [], rows: [], dropped: [say('The first line of the table names nothing in this graph.')] };
  const body = lines.slice(hasHeading ? 1 : 0);
  if (body.length > MOST_ROWS) dropped.push(say('{0} rows are more than the {1} a batch can hold; the first ones were taken.', body.length, MOST_ROWS));
  const factsAt = columns.map((column) => column && factsOf(graph, registry, column));
  const rows = body.slice(0, MOST_ROWS).map((line, row) => {
    const cells: Record<ColumnId, Cell> = {};
    columns.forEach((column, at) => {
      const facts = factsAt[at];
      if (!column || !facts || line[at] === undefined) return;
      const read = cellFrom(facts.spec, line[at]);
      if ('problem' in read) dropped.push(say('Row {0}: {1} The cell is left empty.', row + 1, read.problem));
      else if (read.cell !== undefined) cells[column.id] = read.cell;
    });
    return cells;
  });
  const fresh = columns.filter((column): column is BatchColumn => column !== undefined && !existing.includes(column));
  const more = dropped.length - MOST_LINES;
  return { columns: [...existing, ...fresh], rows, dropped: more > 0 ? [...dropped.slice(0, MOST_LINES), say('And {0} more of this kind.', more)] : dropped };
}

/** Cells as a spreadsheet copies them, laid over the batch from one cell to the right and down. Rows are added as needed; what does not fit is said. */
export function layOver(graph: GraphDraft, registry: Registry, text: string, row: number, column: number): Sentence[] {
  const dropped: Sentence[] = [];
  const lines = linesOf(text, '\t');
  const { columns, rows } = batchOf(graph);
  addRows(graph, Array.from({ length: Math.max(0, row + lines.length - rows.length) }, () => ({})));
  lines.forEach((line, down) => line.forEach((said, right) => {
    const to = columns[column + right];
    const target = batchOf(graph).rows[row + down];
    const facts = to && factsOf(graph as Graph, registry, to);
    if (!facts || !target) return;
    const read = cellFrom(facts.spec, said);
    if ('problem' in read) dropped.push(say('Row {0}: {1} The cell is left empty.', row + down + 1, read.problem));
    setCell(graph, target.id, to.id, 'problem' in read ? undefined : read.cell);
  }));
  return dropped;
}
const linesOf = (text: string, delimiter: string): string[][] => papaparse.parse(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n').trimEnd(), { delimiter, skipEmptyLines: 'greedy' }).data;
/** A sign no text holds: the whole line is one cell. */
const NONE = '\u001F';
/** By the first line alone, which names the columns: a prompt further down is full of commas. */
const delimiterOf = (text: string): string => ['\t', ';', ','].find((sign) => text.slice(0, text.search(/[\r\n]|$/)).includes(sign)) ?? NONE;

/** The batch as CSV, with a heading. `more`: further columns, one text for each row. */
export function writeTable(graph: Graph, registry: Registry, more: Readonly<Record<string, readonly string[]>> = {}): string {
  const { columns, rows } = batchOf(graph);
  const all = columns.map((column) => factsOf(graph, registry, column));
  const isTwice = (label: string) => all.filter((facts) => facts?.label === label).length > 1;
  const heading = all.map((facts) => (facts ? (isTwice(facts.label) ? `${facts.of}: ${facts.label}` : facts.label) : ''));
  return papaparse.unparse([[...heading, ...Object.keys(more)], ...rows.map((row, at) => [...columns.map((column) => textOf(row.cells[column.id])), ...Object.values(more).map((texts) => texts[at] ?? '')])]);
}
