/** The sweep in a graph file. */
import { isCell } from '../graph/batch-cells.ts';
import type { Board, CellValue, Graph, SweepAxis } from '../graph/graph.ts';
import type { NodeId } from '../core/ids.ts';
import { LONGEST_VARIABLE, MOST_AXES, MOST_CELLS } from '../core/limits.ts';
import { isRecord } from '../core/loose.ts';
import { own } from '../core/own.ts';
import { say } from '../core/say.ts';
import { isName, isText, listOf } from './entries.ts';
import type { Report } from './report.ts';

/** Values are checked against the params when they are run. */
export function readSweep(raw: unknown, board: Board, report: Report): Pick<Graph, 'sweep'> {
  if (raw === undefined) return {};
  const isOn = (node: unknown): node is NodeId => isName(node) && own(board.nodes, node as NodeId) !== undefined;
  const items = isRecord(raw) ? listOf(raw['axes']) : [];
  const axes = items.slice(0, MOST_AXES).flatMap((item): SweepAxis[] => {
    if (!isRecord(item) || !isOn(item['node']) || !isName(item['param'])) return [];
    const values = listOf(item['values']).filter((value): value is CellValue => isCell(value) && !isRecord(value));
    return [
      {
        node: item['node'],
        param: item['param'],
        ...(isText(item['variable']) ? { variable: item['variable'].slice(0, LONGEST_VARIABLE) } : {}),
        values: values.slice(0, MOST_CELLS),
      },
    ];
  });
  const shows = isRecord(raw) ? raw['shows'] : undefined;
  if (!isOn(shows) || axes.length < items.length)
    report.add('dropped', say('The sweep was damaged, or is about what is not in this graph; what fits is kept.'));
  return isOn(shows) ? { sweep: { shows, axes } } : {};
}
