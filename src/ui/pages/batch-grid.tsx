/** The rows and columns of a batch: cells that take what is typed and pasted, and what became of each row. */
import { ArrowDown, ArrowUp, CornerUpRight, Play, Trash2 } from 'lucide-react';
import { Fragment, memo, useMemo, useRef, type ClipboardEvent, type CSSProperties, type KeyboardEvent } from 'react';
import { addRows, goOnFrom, moveRow, removeColumn, removeRows, setCell } from '../../graph/batch-edits.ts';
import { asCell, graphOfRow } from '../../graph/batch-rows.ts';
import { batchOf } from '../../graph/batch.ts';
import { factsOf, type ColumnFacts } from '../../graph/batch-cells.ts';
import { picturesOnTheWay } from '../../graph/ends.ts';
import type { BatchColumn, BatchRow, Graph } from '../../graph/graph.ts';
import type { NodeId, RowId } from '../../core/ids.ts';
import { layOver } from '../../file/batch-table.ts';
import type { RowPlan } from '../../ledger/row-plan.ts';
import { placeOf, type QueuedRun } from '../../state/queue.ts';
import { useApp, useFact } from '../app-context.ts';
import { Media } from '../media.tsx';
import { isMade, needsRun } from './planned-rows.ts';
import { keyOf } from '../keys.ts';
import { goTo } from '../navigation.ts';
import { shownAtEnd } from '../node-facts.ts';
import type { Viewed } from '../panels/viewer.tsx';
import { Cell } from '../widgets/cell.tsx';
import { SkippedRows, useDrawnRows } from '../widgets/drawn-rows.tsx';
import { tip } from '../widgets/tip.ts';
import { t, tell } from '../../words/t.ts';
import './batch-grid.css';

/** In pixels, of one that has no pictures yet. */
const USUAL_ROW_HEIGHT = 78;

/** All that can be done before its gates is done. */
export const waitsForVerdicts = (plan: RowPlan | undefined): boolean => !needsRun(plan) && (plan?.verdicts ?? 0) > 0;

export function pictureAt(graph: Graph, node: NodeId, plan: RowPlan | undefined): Viewed | undefined {
  const value = plan && shownAtEnd(graph, node, plan.made).picture;
  return value && { node, value };
}

export function Table({
  plans,
  ends,
}: {
  readonly plans: ReadonlyMap<RowId, RowPlan>;
  readonly ends: readonly NodeId[];
}) {
  const { document, registry, workspace } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const readOnly = useFact(document, (state) => state.readOnly);
  const { columns, rows } = batchOf(graph);
  const body = useRef<HTMLTableSectionElement>(null);
  const keys = useMemo(() => rows.map(({ id }) => id), [rows]);
  const drawn = useDrawnRows({ list: body, scroller: '.batch__scroll', keys, usualHeight: USUAL_ROW_HEIGHT });
  const width = columns.length + ends.length + 2;
  // Cells change often, nodes seldom: what a row is handed stays the same then, and only the row that changed draws
  // again.
  const { nodes, wires } = graph;
  const facts = useColumnFacts(columns, nodes, wires);
  const nameOf = (end: NodeId) => graph.nodes[end]?.title ?? registry.get(graph.nodes[end]?.type ?? '')?.title ?? '';
  const edit = (label: string, change: Parameters<typeof document.edit>[1], mergeKey?: string) =>
    document.edit(label, change, mergeKey ? { mergeKey } : undefined);

  /** Enter goes down, and below the last row makes one. */
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const field = (event.target as HTMLElement).closest<HTMLElement>('td[data-column]');
    if (
      !field ||
      keyOf(event) !== 'Enter' ||
      event.shiftKey ||
      !(event.target as HTMLElement).matches('textarea, select')
    )
      return;
    event.preventDefault();
    const row = Number(field.dataset['row']);
    if (row === rows.length - 1 && !readOnly) edit('Add row', (_, whole) => addRows(whole, [{}]));
    const below = `td[data-column="${field.dataset['column']}"] :is(textarea, select, button)`;
    requestAnimationFrame(() => drawn.show(row + 1, (next) => next.querySelector<HTMLElement>(below)?.focus()));
  };
  /** A block from a spreadsheet lies over the cells from here. */
  const onPaste = (event: ClipboardEvent<HTMLElement>) => {
    const field = (event.target as HTMLElement).closest<HTMLElement>('td[data-column]');
    const text = event.clipboardData.getData('text/plain');
    if (!field || readOnly || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const dropped = document.edit('Paste cells', (_, whole) =>
      layOver(whole, registry, text, Number(field.dataset['row']), Number(field.dataset['column'])),
    );
    if (dropped?.length) workspace.notify('info', t('Some cells were left out.'), dropped);
    (event.target as HTMLElement).blur();
  };

  return (
    <div className="batch__scroll">
      <table
        className="batch__table"
        data-long={drawn.isLong}
        style={{ '--columns': width } as CSSProperties}
        aria-rowcount={rows.length + 1}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">
              <span className="unseen">{t('Row')}</span>
            </th>
            {columns.map((column, at) => (
              <th key={column.id} scope="col">
                <span className="batch__head">
                  <span>
                    {facts[at]?.label ?? t('gone')}
                    <small className="muted">{facts[at]?.of ?? column.param}</small>
                  </span>
                  {!readOnly && (
                    <button
                      className="button button--quiet button--icon"
                      type="button"
                      aria-label={t('Remove column {0}', facts[at]?.label ?? column.param)}
                      {...tip(t('Remove this column'))}
                      onClick={() => edit('Remove column', (_, whole) => removeColumn(whole, column.id))}
                    >
                      <Trash2 size={13} aria-hidden />
                    </button>
                  )}
                </span>
                {isPicture(facts[at]) && (
                  <select
                    className="field batch__above"
                    aria-label={t('Empty cells of {0}', facts[at]!.label)}
                    disabled={readOnly}
                    value={column.above ?? ''}
                    onChange={(event) =>
                      edit('Go on from the row above', (_, whole) =>
                        goOnFrom(whole, column.id, (event.target.value || undefined) as NodeId | undefined),
                      )
                    }
                  >
                    <option value="">{t('Empty: as in the graph')}</option>
                    {picturesOnTheWay({ nodes, wires }, registry).map((node) => (
                      <option key={node} value={node}>
                        {t('Empty: “{0}” of the row above', nameOf(node))}
                      </option>
                    ))}
                  </select>
                )}
              </th>
            ))}
            {ends.map((end) => (
              <th key={end} scope="col" className="batch__end">
                {nameOf(end)}
              </th>
            ))}
            <th scope="col">
              <span className="unseen">{t('State')}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {drawn.rows.map(({ at, skipped }) => (
            <Fragment key={keys[at]}>
              <SkippedRows height={skipped} columns={width} />
              <Row
                row={rows[at]!}
                at={at}
                last={at === rows.length - 1}
                columns={columns}
                facts={facts}
                ends={ends}
                plan={plans.get(keys[at]!)}
                above={at > 0 ? plans.get(keys[at - 1]!) : undefined}
                readOnly={readOnly}
                rowRef={drawn.rowRef}
              />
            </Fragment>
          ))}
          <SkippedRows height={drawn.skippedBelow} columns={width} />
        </tbody>
      </table>
    </div>
  );
}

export const isPicture = (facts: ColumnFacts | undefined): boolean =>
  facts?.spec.kind === 'file' && facts.spec.accept === 'image';

function useColumnFacts(
  columns: readonly BatchColumn[],
  nodes: Graph['nodes'],
  wires: Graph['wires'],
): readonly (ColumnFacts | undefined)[] {
  const { registry } = useApp();
  return useMemo(
    () => columns.map((column) => factsOf({ nodes, wires }, registry, column)),
    [registry, columns, nodes, wires],
  );
}

interface RowProps {
  readonly row: BatchRow;
  readonly at: number;
  readonly last: boolean;
  readonly columns: readonly BatchColumn[];
  readonly facts: readonly (ColumnFacts | undefined)[];
  readonly ends: readonly NodeId[];
  readonly plan: RowPlan | undefined;
  /** Of the row above. */
  readonly above: RowPlan | undefined;
  readonly readOnly: boolean;
  readonly rowRef: ((row: HTMLElement | null) => void) | undefined;
}
const Row = memo(function Row({ row, at, last, columns, facts, ends, plan, above, readOnly, rowRef }: RowProps) {
  const { document, registry, queue, workspace, commands } = useApp();
  const { graph, id } = document.getState();
  const busy = useFact(queue, (state) =>
    [state.running, ...state.waiting].some((run) => run?.row?.id === row.id && run.graphId === id),
  );
  const use = () => {
    const { nodes, components } = graphOfRow(document.getState().graph, registry, row.id, (node) =>
      asCell(above?.made[node]),
    );
    document.edit('Use row', (_, whole) => void Object.assign(whole, { nodes, components }));
    goTo({ screen: 'graph', id: id! });
  };
  return (
    <tr ref={rowRef} data-row={at} aria-rowindex={at + 2}>
      <th scope="row" className="tabular">
        {at + 1}
      </th>
      {columns.map((column, place) => {
        const own = facts[place];
        return (
          <td key={column.id} data-row={at} data-column={place}>
            {own ? (
              <Cell
                facts={column.above !== undefined && at > 0 ? { ...own, otherwise: { name: t('row above') } } : own}
                name={t('{0}, row {1}', own.label, at + 1)}
                cell={row.cells[column.id]}
                readOnly={readOnly}
                onChange={(cell) =>
                  document.edit('Change cell', (_, whole) => setCell(whole, row.id, column.id, cell), {
                    mergeKey: `cell:${row.id}:${column.id}`,
                  })
                }
              />
            ) : (
              <span className="muted">{t('not in the graph any more')}</span>
            )}
          </td>
        );
      })}
      {ends.map((end) => {
        const shown = pictureAt(graph, end, plan);
        return (
          <td key={end} className="batch__end">
            {shown ? (
              <button
                type="button"
                className="batch__picture"
                aria-label={t('See row {0} large', at + 1)}
                onClick={() => workspace.setState({ viewing: shown })}
              >
                <Media key={shown.value.hash} value={shown.value} of={t('row {0}', at + 1)} />
              </button>
            ) : (
              <span className="batch__picture" aria-hidden />
            )}
          </td>
        );
      })}
      <td>
        <Fate row={row.id} plan={plan} />
        <span className="batch__tools">
          <button
            className="button button--quiet button--icon"
            type="button"
            aria-label={t('Run row {0}', at + 1)}
            {...tip(t('Run this row'))}
            disabled={readOnly || busy}
            onClick={() => commands.runRows([row.id])}
          >
            <Play size={13} aria-hidden />
          </button>
          <button
            className="button button--quiet button--icon"
            type="button"
            aria-label={t('Use row {0} in the graph', at + 1)}
            {...tip(t('Put its values into the graph'))}
            disabled={readOnly}
            onClick={use}
          >
            <CornerUpRight size={14} aria-hidden />
          </button>
          <button
            className="button button--quiet button--icon"
            type="button"
            aria-label={t('Row {0} up', at + 1)}
            {...tip(t('Up'))}
            disabled={readOnly || at === 0}
            onClick={() => document.edit('Move row', (_, whole) => moveRow(whole, at, at - 1))}
          >
            <ArrowUp size={13} aria-hidden />
          </button>
          <button
            className="button button--quiet button--icon"
            type="button"
            aria-label={t('Row {0} down', at + 1)}
            {...tip(t('Down'))}
            disabled={readOnly || last}
            onClick={() => document.edit('Move row', (_, whole) => moveRow(whole, at, at + 1))}
          >
            <ArrowDown size={13} aria-hidden />
          </button>
          <button
            className="button button--quiet button--icon"
            type="button"
            aria-label={t('Remove row {0}', at + 1)}
            {...tip(t('Remove this row'))}
            disabled={readOnly}
            onClick={() => document.edit('Remove row', (_, whole) => removeRows(whole, [row.id]))}
          >
            <Trash2 size={13} aria-hidden />
          </button>
        </span>
      </td>
    </tr>
  );
});

function Fate({ row, plan }: { readonly row: RowId; readonly plan: RowPlan | undefined }) {
  const { queue, document } = useApp();
  const id = useFact(document, (state) => state.id)!;
  const isThis = (run: QueuedRun | undefined) => run?.row?.id === row && run.graphId === id;
  const running = useFact(queue, (state) => isThis(state.running));
  const fraction = useFact(queue, (state) => (isThis(state.running) ? state.fraction : 0));
  const waits = useFact(queue, (state) => state.waiting.some(isThis));
  const fate = useFact(queue, (state) => state.fates[placeOf(id, row)]);
  const [state, text] = ((): readonly [string, string] => {
    if (running) return ['running', t('Running')];
    if (waits) return ['waiting', t('Waiting')];
    if (isMade(plan)) return ['made', t('Made')];
    if (fate?.state === 'failed')
      return [
        'failed',
        fate.failure
          ? `${tell(fate.failure.message)} ${fate.failure.hint ? tell(fate.failure.hint) : ''}`
          : t('Failed'),
      ];
    if (plan?.waits) return ['idle', t('Goes on from the row above')];
    if (plan && waitsForVerdicts(plan)) return ['waits', t('Waits for {0} {0|verdict|verdicts}', plan.verdicts)];
    if (plan?.problems[0]) return ['failed', tell(plan.problems[0])];
    if (fate) return ['idle', t('Cancelled')];
    return ['idle', plan ? stepsInWords(plan.toRun + plan.mayRun) : ''];
  })();
  return (
    <p className="batch__fate tabular" data-state={state}>
      {text}
      {running && <i style={{ transform: `scaleX(${fraction})` }} />}
    </p>
  );
}

const stepsInWords = (steps: number): string => t('{0} {0|step|steps} to run', steps);
