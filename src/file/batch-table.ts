/** A batch as a table other programs read: CSV, or what a spreadsheet puts on the clipboard. */
import papaparse from 'papaparse';
import { addRows, setCell } from '../graph/batch-edits.ts';
import { MOST_ROWS } from '../core/limits.ts';
import { batchOf } from '../graph/batch.ts';
import { cellFrom, columnsOffered, factsOf, cellText, type ColumnFacts } from '../graph/batch-cells.ts';
import type { GraphDraft } from '../graph/edits.ts';
import { parted } from '../core/figures.ts';
import type { BatchColumn, BatchRow, CellValue, Graph } from '../graph/graph.ts';
import { newId, type ColumnId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { say, type Sentence } from '../core/say.ts';
import { cellsIn, ONE_CELL, saidDelimiter } from './cells.ts';

export interface ReadTable {
  /** Those the batch has, and those the heading asks for besides. */
  readonly columns: readonly BatchColumn[];
  readonly rows: readonly BatchRow['cells'][];
  /** What the columns are called that took cells. */
  readonly filled: readonly string[];
  /** What was left out. */
  readonly dropped: readonly Sentence[];
}

/** Characters; a full batch has less. */
const LARGEST_TABLE = 4 * 1024 * 1024;
/** Cells of a line that are looked at. */
const MOST_CELLS = 500;
/** Characters that are looked at to tell what separates the cells. */
const SAMPLE = 20_000;
/** Lines that say what was left out; the others are counted. */
const MOST_DROPPED = 200;

/** A word as it may stand in a table: in every language that is known. The word itself is one of them. */
export type Spellings = (word: string) => readonly string[];
const AS_IT_IS: Spellings = (word) => [word];

/** Heads the column that names what each row made; it is written for people and passed over when read. */
const FILES_HEADING = 'Files';

/**
 * Text of a table with commas, semicolons or tabs, as rows for this graph's batch. A first line that names columns says
 * what
 * the others hold, in any order; without one they are the batch's columns as they stand.
 */
export function readTable(text: string, graph: Graph, registry: Registry, spellings: Spellings = AS_IT_IS): ReadTable {
  const { delimiter: said, rest } = saidDelimiter(text);
  const { columns: existing } = batchOf(graph);
  if (text.length > LARGEST_TABLE) {
    return { columns: existing, rows: [], filled: [], dropped: [tooLarge()] };
  }
  const nameable = nameableIn(graph, registry, spellings);
  const files = new Set(spellings(FILES_HEADING).map((word) => word.toLowerCase()));
  const heading = (delimiter: string) => headingOf(firstOf(rest, delimiter).slice(0, MOST_CELLS), nameable, files);
  const delimiter = said ?? delimiterOf(rest, existing.length, (candidate) => heading(candidate).named);
  const lines = cellsIn(rest, delimiter)
    .filter((line) => line.length > 1 || line[0]!.trim() !== '')
    .map((line) => line.slice(0, MOST_CELLS));
  const { columns: asked, named, unknown } = heading(delimiter);
  const dropped: Sentence[] = [];
  if (named === 0 && existing.length === 0) {
    return {
      columns: [],
      rows: [],
      filled: [],
      dropped: [say('The first line of the table names nothing in this graph.')],
    };
  }
  const columns = named > 0 ? asked : existing;
  if (named > 0) {
    for (const word of unknown)
      dropped.push(say('Nothing in this graph is called “{0}”; that column was left out.', word));
  }
  const facts = columns.map((column) => column && factsOf(graph, registry, column));
  const foreign = named === 0 && readsAsHeading(lines, facts);
  if (foreign) dropped.push(foreignHeading(lines[0]!));
  const body = lines.slice(named > 0 || foreign ? 1 : 0);
  if (body.length > MOST_ROWS) {
    dropped.push(
      say(
        '{0} {0|row is|rows are} more than the {1} a batch can hold; the first ones were taken.',
        body.length,
        MOST_ROWS,
      ),
    );
  }
  const beyond = widest(body.slice(0, MOST_ROWS)) - columns.length;
  if (beyond > 0)
    dropped.push(
      say('{0} further {0|column has|columns have} no name in the first line and {0|was|were} left out.', beyond),
    );
  const rows = body.slice(0, MOST_ROWS).map((line, row) => {
    const cells: Record<ColumnId, CellValue> = {};
    columns.forEach((column, at) => {
      const about = facts[at];
      if (!column || !about || line[at] === undefined) return;
      const read = cellFrom(about.spec, withoutGuard(line[at]));
      if ('problem' in read) dropped.push(leftEmpty(row, read.problem));
      else if (read.cell !== undefined) cells[column.id] = read.cell;
    });
    return cells;
  });
  const fresh = columns.filter((column): column is BatchColumn => column !== undefined && !existing.includes(column));
  const filled = columns.flatMap((column, at) =>
    column && facts[at] && rows.some((cells) => cells[column.id] !== undefined) ? [facts[at].label] : [],
  );
  return { columns: [...existing, ...fresh], rows, filled, dropped: shortened(dropped) };
}

/** Words of a heading and of a text under it, at which nobody takes one for the other. */
const [MOST_HEADING_WORDS, FEWEST_TEXT_WORDS] = [3, 5];
const wordsIn = (cell: string): number => cell.trim().split(/\s+/).length;

/**
 * Whether a first line that names nothing here is plainly a heading all the same: short words, all different, and over
 * some
 * column something its cells are not, a word over numbers or a short name over sentences. In doubt it is a row.
 */
function readsAsHeading(lines: readonly (readonly string[])[], facts: readonly (ColumnFacts | undefined)[]): boolean {
  const [first = [], ...body] = lines.map((line) => line.map(withoutGuard));
  const isShort = first.every((cell) => /\p{L}/u.test(cell) && wordsIn(cell) <= MOST_HEADING_WORDS);
  if (!isShort || new Set(first.map((cell) => cell.trim().toLowerCase())).size < first.length) return false;
  return first.some((cell, at) => {
    const spec = facts[at]?.spec;
    const under = body.map((line) => line[at] ?? '').filter((one) => one.trim() !== '');
    if (!spec || under.length === 0) return false;
    const isValue = (one: string) => !('problem' in cellFrom(spec, one));
    if (!isValue(cell)) return under.every(isValue);
    return under.length > 1 && under.every((one) => wordsIn(one) >= FEWEST_TEXT_WORDS);
  });
}
const foreignHeading = (line: readonly string[]): Sentence =>
  say(
    'The first line reads as headings, which name nothing in this graph, so it was left out and the columns were taken in their order: {0}',
    line
      .map((cell) => withoutGuard(cell).trim().slice(0, 60))
      .join(', ')
      .slice(0, 200),
  );

function shortened(dropped: readonly Sentence[]): readonly Sentence[] {
  const more = dropped.length - MOST_DROPPED;
  return more > 0 ? [...dropped.slice(0, MOST_DROPPED), say('And {0} more of this kind.', more)] : dropped;
}

const firstOf = (text: string, delimiter: string): string[] =>
  cellsIn(text.slice(0, text.search(/[\r\n]|$/)), delimiter)[0] ?? [];
const tooLarge = (): Sentence =>
  say('This table has more than {0} {0|character|characters}, so it was not read.', parted(LARGEST_TABLE));
const widest = (lines: readonly (readonly string[])[]): number =>
  lines.reduce((most, line) => Math.max(most, line.length), 0);
const leftEmpty = (row: number, problem: Sentence): Sentence =>
  say('Row {0}: {1} The cell is left empty.', row + 1, problem);

interface Heading {
  /** What each cell of the line names; nothing for one that is to be passed over. */
  readonly columns: readonly (BatchColumn | undefined)[];
  /** How many cells name something. */
  readonly named: number;
  /** What the others say. */
  readonly unknown: readonly string[];
}

/** A column that a heading may name, by any of these names. */
interface Nameable {
  /** One that the batch does not have yet has no id. */
  readonly place: BatchColumn | Omit<BatchColumn, 'id'>;
  readonly names: ReadonlySet<string>;
}

/** Columns of the batch first, then what could be one. */
function nameableIn(graph: Graph, registry: Registry, spellings: Spellings): readonly Nameable[] {
  return [...batchOf(graph).columns, ...columnsOffered(graph, registry)].flatMap((place) => {
    const facts = factsOf(graph, registry, place);
    return facts ? [{ place, names: namesOf(facts, spellings) }] : [];
  });
}

/**
 * Where several columns have one name, each is taken once, in their order. `files`: names of the column that is passed
 * over.
 */
function headingOf(line: readonly string[], nameable: readonly Nameable[], files: ReadonlySet<string>): Heading {
  const waiting = [...nameable];
  const unknown: string[] = [];
  let named = 0;
  const columns = line.map((cell): BatchColumn | undefined => {
    const heading = withoutGuard(cell).trim();
    const name = heading.toLowerCase();
    const at = waiting.findIndex(({ names }) => names.has(name) || names.has(name.replace(/ \(\d{1,3}\)$/, '')));
    const [found] = at < 0 ? [] : waiting.splice(at, 1);
    if (!found) {
      if (heading && !files.has(name)) unknown.push(heading.slice(0, 60));
      return undefined;
    }
    named++;
    return 'id' in found.place ? found.place : { ...found.place, id: newId<ColumnId>('c') };
  });
  return { columns, named, unknown };
}

/** What a heading may call a column: its label, alone or behind its node's name. */
function namesOf({ label, of }: ColumnFacts, spellings: Spellings): ReadonlySet<string> {
  const labels = spellings(label);
  const behind = spellings(of).flatMap((node) => labels.map((one) => `${node}: ${one}`));
  return new Set([...labels, ...behind].map((name) => name.toLowerCase()));
}

/**
 * By what the first line names; without a heading, by what gives most lines as many cells as there are columns. A list
 * of
 * prompts is one column however many commas are in it.
 */
function delimiterOf(text: string, columns: number, namedBy: (delimiter: string) => number): string {
  const candidates = [ONE_CELL, '\t', ';', ','];
  const byName = candidates
    .map((candidate) => ({ candidate, named: namedBy(candidate) }))
    .sort((a, b) => b.named - a.named)[0]!;
  if (byName.named > 0) return byName.candidate;
  const sample = text.slice(0, SAMPLE);
  const fitting = (candidate: string) => cellsIn(sample, candidate).filter((line) => line.length === columns).length;
  return candidates.map((candidate) => ({ candidate, lines: fitting(candidate) })).sort((a, b) => b.lines - a.lines)[0]!
    .candidate;
}

/**
 * Cells as a spreadsheet copies them, laid over the batch from one cell to the right and down; an empty one empties the
 * cell it
 * lies on. Rows are added as needed; what does not fit is said.
 */
export function layOver(graph: GraphDraft, registry: Registry, text: string, row: number, column: number): Sentence[] {
  if (text.length > LARGEST_TABLE) return [tooLarge()];
  const all = cellsIn(text, '\t');
  const lines = all.slice(0, Math.max(0, MOST_ROWS - row));
  const { columns, rows } = batchOf(graph);
  addRows(
    graph,
    Array.from({ length: Math.max(0, row + lines.length - rows.length) }, () => ({})),
  );
  const targets = batchOf(graph).rows;
  const dropped: Sentence[] = [];
  const tooWide = column + widest(lines) - columns.length;
  if (tooWide > 0)
    dropped.push(
      say('{0} {0|column lies|columns lie} beyond the last column of the table and {0|was|were} left out.', tooWide),
    );
  const tooLong = row + all.length - targets.length;
  if (tooLong > 0)
    dropped.push(
      say('{0} {0|row is|rows are} beyond the {1} a batch can hold and {0|was|were} left out.', tooLong, MOST_ROWS),
    );
  const facts = columns.map((one) => factsOf(graph as Graph, registry, one));
  lines.forEach((line, down) =>
    line.forEach((said, right) => {
      const [to, about, target] = [columns[column + right], facts[column + right], targets[row + down]];
      if (!to || !about || !target) return;
      const read = cellFrom(about.spec, said);
      if ('problem' in read) dropped.push(leftEmpty(row + down, read.problem));
      setCell(graph, target.id, to.id, 'problem' in read ? undefined : read.cell);
    }),
  );
  return dropped;
}

/** What a spreadsheet would take for a formula; a number with a sign is none. */
const FORMULA = /^'*(?:[=@\t\r]|[+-](?![\d.,]+$))/;
/** A cell as it was before `escapeFormulae` put a `'` before it. */
const withoutGuard = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;

/**
 * The batch as CSV, with a heading, and a byte order mark so that spreadsheets read it as UTF-8. Formulas are made
 * text.
 * `more`: further columns, one text for each row.
 */
export function writeTable(
  graph: Graph,
  registry: Registry,
  more: Readonly<Record<string, readonly string[]>> = {},
): string {
  const { columns, rows } = batchOf(graph);
  const facts = columns.map((column) => factsOf(graph, registry, column));
  const heading = [...numbered(headingsOf(facts)), ...Object.keys(more)];
  const lines = rows.map((row, at) => {
    const own = columns.map((column) => cellText(row.cells[column.id]));
    return [...own, ...Object.values(more).map((texts) => texts[at] ?? '')];
  });
  return `\uFEFF${papaparse.unparse([heading, ...lines], { escapeFormulae: FORMULA })}`;
}

/** Labels, behind their node's name where a label stands twice. */
function headingsOf(facts: readonly (ColumnFacts | undefined)[]): string[] {
  const isTwice = (label: string) => facts.filter((one) => one?.label === label).length > 1;
  return facts.map((one) => (one ? (isTwice(one.label) ? `${one.of}: ${one.label}` : one.label) : ''));
}
/** A heading that was there before gets a number. */
function numbered(headings: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return headings.map((heading) => {
    const count = (seen.get(heading) ?? 0) + 1;
    seen.set(heading, count);
    return count === 1 ? heading : `${heading} (${count})`;
  });
}
