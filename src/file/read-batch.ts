/** What a file asks its user: the form, and the table of its batch. */
import { isCell } from '../graph/batch-cells.ts';
import { LONGEST_LABEL, LONGEST_VARIABLE, MOST_COLUMNS, MOST_ROWS } from '../core/limits.ts';
import type { BatchColumn, BatchRow, Board, CellValue, FormField, Graph } from '../graph/graph.ts';
import type { ColumnId, NodeId, RowId } from '../core/ids.ts';
import { MOST_FIELDS } from '../core/limits.ts';
import { isRecord } from '../core/loose.ts';
import { say } from '../core/say.ts';
import { entriesOf, isName, isText, listOf } from './entries.ts';
import type { Report } from './report.ts';

const isOn = (board: Board, node: unknown): node is NodeId => isName(node) && Object.hasOwn(board.nodes, node);

export function readForm(raw: unknown, board: Board, report: Report): FormField[] {
  const items = listOf(raw);
  const fields = items.slice(0, MOST_FIELDS).flatMap((item): FormField[] => {
    if (!isRecord(item) || !isName(item['param']) || !isOn(board, item['node'])) return [];
    return [
      {
        node: item['node'],
        param: item['param'],
        ...(isText(item['label']) && item['label'].trim() ? { label: item['label'].slice(0, LONGEST_LABEL) } : {}),
        ...limitsIn(item['limits']),
      },
    ];
  });
  if (fields.length < items.length)
    report.add(
      'dropped',
      say(
        '{0} {0|field of the form asks|fields of the form ask} for nothing in this graph and {0|was|were} left out.',
        items.length - fields.length,
      ),
    );
  return fields;
}

/** Limits that leave no room are none. */
function limitsIn(raw: unknown): Pick<FormField, 'limits'> {
  const { least, most } = isRecord(raw) ? raw : {};
  const areNumbers = typeof least === 'number' && typeof most === 'number' && Number.isFinite(most - least);
  return areNumbers && least < most ? { limits: { least, most } } : {};
}

/** Cells are checked when a row is run, against the params as they are then. */
export function readBatch(raw: unknown, board: Board, report: Report): Pick<Graph, 'batch'> {
  if (!isRecord(raw) || !Array.isArray(raw['columns']) || !Array.isArray(raw['rows'])) return {};
  const known = new Set<string>();
  const columns = raw['columns'].slice(0, MOST_COLUMNS).flatMap((item: unknown): BatchColumn[] => {
    if (
      !isRecord(item) ||
      !isName(item['id']) ||
      known.has(item['id']) ||
      !isName(item['param']) ||
      !isOn(board, item['node'])
    )
      return [];
    known.add(item['id']);
    return [
      {
        id: item['id'] as ColumnId,
        node: item['node'],
        param: item['param'],
        ...(isText(item['variable']) ? { variable: item['variable'].slice(0, LONGEST_VARIABLE) } : {}),
        ...(isOn(board, item['above']) ? { above: item['above'] } : {}),
      },
    ];
  });
  const taken = new Set<string>();
  const rows = raw['rows'].slice(0, MOST_ROWS).flatMap((item: unknown): BatchRow[] => {
    if (!isRecord(item) || !isName(item['id']) || taken.has(item['id'])) return [];
    taken.add(item['id']);
    return [
      {
        id: item['id'] as RowId,
        cells: Object.fromEntries(
          entriesOf(item['cells'], report)
            .filter(([id, cell]) => known.has(id) && isCell(cell))
            .map(([id, cell]) => [id, readCell(cell as CellValue)]),
        ) as BatchRow['cells'],
      },
    ];
  });
  const [lostColumns, lostRows] = [raw['columns'].length - columns.length, raw['rows'].length - rows.length];
  if (lostColumns || lostRows)
    report.add(
      'dropped',
      say(
        'The table of the batch lost {0} {0|column|columns} and {1} {1|row|rows} that are damaged, or more than it can hold.',
        lostColumns,
        lostRows,
      ),
    );
  return { batch: { columns, rows } };
}

/** Of a file only what a file has. */
function readCell(cell: CellValue): CellValue {
  if (typeof cell !== 'object') return cell;
  const { hash, name, mime, width, height } = cell;
  return {
    hash,
    name,
    mime,
    ...(Number.isFinite(width) ? { width: width! } : {}),
    ...(Number.isFinite(height) ? { height: height! } : {}),
  };
}
