/**
 * A sweep: one or two params over values, and a picture for each combination. Each cell is run as a row of a batch is,
 * so what was made before is there at once.
 */
import { MOST_CELLS } from '../core/limits.ts';
import type { ColumnId, NodeId, RowId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { parseParams } from '../core/params.ts';
import { say, type Sentence } from '../core/say.ts';
import { cellText, factsOf, isSeed, placeIn, seedSaying, type ColumnFacts } from './batch-cells.ts';
import { graphOfRow } from './batch-rows.ts';
import { chooseAt } from './choices.ts';
import type { GraphDraft } from './edits.ts';
import { upstreamOf } from './ends.ts';
import type { BatchRow, CellValue, Graph, ShownTake, Sweep, SweepAxis } from './graph.ts';

export interface SweepCell {
  /** The row of the batch that makes it: the same as long as its values are. */
  readonly id: RowId;
  /** One for each axis. */
  readonly values: readonly CellValue[];
}

export const countCells = ({ axes }: Sweep): number =>
  axes.length === 0 ? 0 : axes.reduce((count, { values }) => count * values.length, 1);

/** Lines from the top, each from the left. None where there would be more than can be shown. */
export function cellsOf(sweep: Sweep): readonly (readonly SweepCell[])[] {
  const [across, down] = sweep.axes;
  if (!across || countCells(sweep) > MOST_CELLS) return [];
  const lines = down ? down.values.map((value) => [value]) : [[]];
  return lines.map((line) => across.values.map((value) => cellWith(sweep.axes, [value, ...line])));
}
function cellWith(axes: readonly SweepAxis[], values: readonly CellValue[]): SweepCell {
  const said = axes.map(({ node, param, variable }, at) => [node, param, variable, values[at]]);
  return { id: JSON.stringify(said) as RowId, values };
}

/** The graph with a batch whose rows are the cells of its sweep, in place of its own. */
export function sweptGraph(graph: Graph): Graph {
  if (!graph.sweep) return graph;
  const columns = graph.sweep.axes.map((axis, at) => ({ ...placeOfAxis(axis), id: columnAt(at) }));
  const rows = cellsOf(graph.sweep)
    .flat()
    .map(({ id, values }): BatchRow => ({
      id,
      cells: Object.fromEntries(values.map((value, at) => [columnAt(at), value])),
    }));
  return { ...graph, batch: { columns, rows, holdsSeeds: true } };
}
/** The graph as it is, as the one row of a batch: what some of its nodes would cost is asked as of any row. */
export const asOneRow = (graph: Graph): Graph => ({
  ...graph,
  batch: { columns: [], rows: [{ id: AS_IT_IS, cells: {} }], holdsSeeds: true },
});
export const AS_IT_IS = 'as it is' as RowId;

const columnAt = (at: number): ColumnId => `axis ${at}` as ColumnId;
export const placeOfAxis = (axis: SweepAxis) => placeIn({ ...axis, id: '' as ColumnId });

/** Why the sweep cannot run as it is; of single values see `valueProblem`. */
export function sweepProblem(graph: Graph, registry: Registry): Sentence | undefined {
  const { sweep } = graph;
  if (!sweep) return undefined;
  const before = upstreamOf(graph, sweep.shows);
  for (const axis of sweep.axes) {
    const facts = factsOf(graph, registry, axis);
    if (!facts) return whyNoAxis(graph, registry, axis);
    if (!before.has(axis.node)) return say('“{0}” does not lead to the node that is shown.', facts.of);
    const wrong = axis.values.map((value) => valueProblem(facts, value)).find(Boolean);
    if (wrong) return wrong;
  }
  const count = countCells(sweep);
  return count > MOST_CELLS
    ? say('That would be {0} {0|picture|pictures}; a sweep has up to {1}.', count, MOST_CELLS)
    : undefined;
}

function whyNoAxis(graph: Graph, registry: Registry, { node, param, variable }: SweepAxis): Sentence {
  const placed = graph.nodes[node];
  const definition = placed && registry.get(placed.type);
  const label = variable ?? definition?.params[param]?.label ?? param;
  const wire = Object.values(graph.wires).find(({ to }) => to.node === node && to.socket === param);
  if (!placed || !wire) return say('“{0}” is not in the graph any more.', label);
  const source = graph.nodes[wire.from.node];
  const name = source?.title ?? registry.get(source?.type ?? '')?.title ?? '';
  return say('A wire from “{0}” gives {1}: vary that node, or take the wire away.', name, say(label));
}

/** Why a param does not take a value. */
export function valueProblem({ spec }: ColumnFacts, value: CellValue): Sentence | undefined {
  if (spec.kind === 'seed' && !isSeed(value)) return say('“{0}” is no seed.', cellText(value));
  const raw = spec.kind === 'seed' ? seedSaying(value) : value;
  return parseParams({ value: spec }, { value: raw }).problems[0]?.message;
}

/** The values of a cell as what the graph says itself. `take`: which of its takes is meant. */
export function adoptCell(
  draft: GraphDraft,
  graph: Graph,
  registry: Registry,
  cell: SweepCell,
  take?: { readonly node: NodeId; readonly shown: ShownTake },
): void {
  const { nodes } = graphOfRow(sweptGraph(graph), registry, cell.id);
  for (const { node } of graph.sweep?.axes ?? []) {
    const placed = draft.nodes[node];
    if (placed) placed.params = { ...nodes[node]!.params };
  }
  if (take) chooseAt(draft, take.node, { take: take.shown });
}
