/** Edits of a batch's table: columns, rows, cells, every combination, and rows repeated with seeds that count up. */
import type { GraphDraft } from './edits.ts';
import type { Batch, BatchRow, CellValue } from './graph.ts';
import { newId, type ColumnId, type NodeId, type RowId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { SeedSetting } from '../core/params.ts';
import { factsOf, columnsOffered, isSame, placeIn, cellText, type ColumnPlace } from './batch-cells.ts';
import { MOST_COLUMNS, MOST_ROWS } from '../core/limits.ts';
import { batchOf } from './batch.ts';

const newRow = (cells: BatchRow['cells'] = {}): BatchRow => ({ id: newId<RowId>('r'), cells });
const put = (graph: GraphDraft, change: Partial<Batch>): void => void (graph.batch = { ...batchOf(graph), ...change });

/** The first column brings a first row. */
export function addColumn(graph: GraphDraft, place: ColumnPlace): void {
  const { columns, rows } = batchOf(graph);
  if (columns.length >= MOST_COLUMNS || columns.some((column) => isSame(column, place))) return;
  put(graph, { columns: [...columns, { ...place, id: newId<ColumnId>('c') }], rows: rows.length ? rows : [newRow()] });
}
export function removeColumn(graph: GraphDraft, id: ColumnId): void {
  const { columns, rows } = batchOf(graph);
  put(graph, {
    columns: columns.filter((column) => column.id !== id),
    rows: rows.map((row) => ({
      ...row,
      cells: Object.fromEntries(Object.entries(row.cells).filter(([column]) => column !== id)),
    })),
  });
}
/**
 * What an empty cell of a picture's column takes: what a node made in the row above, or, without one, what the graph
 * says.
 */
export function goOnFrom(graph: GraphDraft, id: ColumnId, above: NodeId | undefined): void {
  const { columns } = batchOf(graph);
  put(graph, {
    columns: columns.map((column) =>
      column.id === id ? { ...placeIn(column), id, ...(above === undefined ? {} : { above }) } : column,
    ),
  });
}
/** As many as fit. */
export function addRows(graph: GraphDraft, cells: readonly BatchRow['cells'][]): void {
  const { rows } = batchOf(graph);
  // A row nobody filled in makes way.
  const filled = rows.filter(
    (row) => Object.keys(row.cells).length > 0 || cells.every((item) => Object.keys(item).length === 0),
  );
  put(graph, { rows: [...filled, ...cells.map(newRow)].slice(0, MOST_ROWS) });
}
export function removeRows(graph: GraphDraft, ids: readonly RowId[]): void {
  put(graph, { rows: batchOf(graph).rows.filter((row) => !ids.includes(row.id)) });
}
export function moveRow(graph: GraphDraft, from: number, to: number): void {
  const { rows } = batchOf(graph);
  const row = rows[from];
  if (row && to >= 0 && to < rows.length) put(graph, { rows: rows.toSpliced(from, 1).toSpliced(to, 0, row) });
}
/** In place: what undo keeps of it is one row, not the table. */
export function setCell(graph: GraphDraft, id: RowId, column: ColumnId, cell: CellValue | undefined): void {
  const row = batchOf(graph).rows.find((one) => one.id === id) as { cells: BatchRow['cells'] } | undefined;
  if (row) row.cells = withCell(row.cells, column, cell);
}
const withCell = (cells: BatchRow['cells'], column: ColumnId, cell: CellValue | undefined): BatchRow['cells'] => {
  const { [column]: _, ...rest } = cells;
  return cell === undefined ? rest : { ...rest, [column]: cell };
};

/** The values of each column, each once. */
function valuesIn({ columns, rows }: Batch): readonly (readonly CellValue[])[] {
  return columns.map(({ id }) => {
    const cells = rows.flatMap((row) => row.cells[id] ?? []);
    return [...new Map(cells.map((cell) => [cellText(cell), cell])).values()];
  });
}
/** How many rows every combination would make: counted, not made, since columns multiply. */
export const countCombinations = (batch: Batch): number =>
  valuesIn(batch).reduce((count, values) => count * Math.max(1, values.length), 1);
/** Every value of a column with every value of the others, each written once; as many as a batch can hold. */
export function combinations(batch: Batch): BatchRow['cells'][] {
  const values = valuesIn(batch);
  return batch.columns.reduce<BatchRow['cells'][]>(
    (made, { id }, at) => {
      if (values[at]!.length === 0) return made;
      const more: BatchRow['cells'][] = [];
      for (const cells of made)
        for (const cell of values[at]!) if (more.length < MOST_ROWS) more.push({ ...cells, [id]: cell });
      return more;
    },
    [{}],
  );
}
export const setRows = (graph: GraphDraft, cells: readonly BatchRow['cells'][]): void =>
  put(graph, { rows: cells.slice(0, MOST_ROWS).map(newRow) });

/** Each row `times` times, with seeds that count up from its own: a loop. Adds the column where no seed is one. */
export function repeatWithSeeds(graph: GraphDraft, registry: Registry, times: number): void {
  const isSeed = (place: ColumnPlace) => factsOf(graph, registry, place)?.spec.kind === 'seed';
  if (!batchOf(graph).columns.some(isSeed)) {
    const seed = columnsOffered(graph, registry).find(isSeed);
    if (!seed) return;
    addColumn(graph, seed);
  }
  const { columns, rows } = batchOf(graph);
  const column = columns.find(isSeed)!;
  const own = (factsOf(graph, registry, column)!.otherwise as SeedSetting).value;
  const repeated = (rows.length ? rows : [newRow()]).flatMap(({ cells }) =>
    Array.from({ length: times }, (_, step) => ({
      ...cells,
      [column.id]: (Number(cells[column.id] ?? own) + step) % 2 ** 32,
    })),
  );
  setRows(graph, repeated);
}
