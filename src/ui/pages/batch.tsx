/** The graph once for each row of a table: params across, rows down, and beside each row what it made. */
import { ArrowDown, ArrowUp, CornerUpRight, Download, FileDown, FileUp, Grid3x3, Images, Play, Plus, Repeat, Square, Trash2 } from 'lucide-react';
import { memo, useEffect, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { addColumn, addRows, asCell, batchOf, columnsOffered, combinations, countCombinations, factsOf, goOnFrom, graphOfRow, MOST_ROWS, moveRow, removeColumn, removeRows, repeatWithSeeds, setCell, setRows, type ColumnFacts } from '../../core/batch.ts';
import { endsOf, picturesOnTheWay } from '../../core/ends.ts';
import { fileName } from '../../core/file-name.ts';
import type { BatchColumn, BatchRow, Graph } from '../../core/graph.ts';
import type { NodeId, RowId } from '../../core/ids.ts';
import type { FileSetting } from '../../core/params.ts';
import { textOfBytes } from '../../file/cells.ts';
import { layOver, readTable, writeTable } from '../../file/table.ts';
import { inWords as costInWords } from '../../ledger/forecast.ts';
import type { RowPlan } from '../../ledger/row-plan.ts';
import { sumOf } from '../../core/money.ts';
import { placeOf, type QueuedRun } from '../../state/queue.ts';
import { useApp, useFact } from '../app-context.ts';
import type { ArchiveEntry } from '../commands.ts';
import { Media } from '../media.tsx';
import { keyOf } from '../keys.ts';
import { goTo, linkTo } from '../navigation.ts';
import { shownAtEnd } from '../nodes.ts';
import { Queue } from '../panels/queue.tsx';
import { Viewer, type Viewed } from '../panels/viewer.tsx';
import { LiveStatus } from '../widgets/live-status.tsx';
import { NumberField } from '../widgets/number-field.tsx';
import { Segments } from '../widgets/segments.tsx';
import { Cell } from '../widgets/cell.tsx';
import { spellings } from '../words/spellings.ts';
import { t, tell } from '../words/t.ts';

const PLAN_DELAY_MS = 200;

export default function Batch() {
  const { document, registry, queue, workspace, commands } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const id = useFact(document, (state) => state.id)!;
  const readOnly = useFact(document, (state) => state.readOnly);
  const mode = useFact(workspace, (state) => state.mode);
  const running = useFact(queue, (state) => state.running);
  const waiting = useFact(queue, (state) => state.waiting);
  const batch = batchOf(graph);
  const plans = useRowPlans();
  const { nodes, wires } = graph;
  const ends = useMemo(() => endsOf({ nodes, wires }, registry), [registry, nodes, wires]);
  const toRun = batch.rows.filter((row) => needsRun(plans.get(row.id)));
  const made = batch.rows.filter((row) => isMade(plans.get(row.id)));
  const rowsOf = (runs: readonly QueuedRun[]) => runs.filter((run) => run.row && run.graphId === id);
  const [now] = rowsOf(running ? [running] : []);
  const next = rowsOf(waiting);
  const going = now !== undefined || next.length > 0;
  const files = useMemo(() => archiveOf(graph, ends, plans), [graph, ends, plans]);
  const names = () => batch.rows.map((_, at) => files.filter((file) => file.at === at).map(({ name }) => name).join(' '));
  const state = going ? t('{0} of {1} rows made', made.length, batch.rows.length)
    : toRun.length > 0 ? t('{0} of {1} rows to run, {2}', toRun.length, batch.rows.length, costOf(toRun, plans))
    : made.length === batch.rows.length ? t('All {0} rows are made.', batch.rows.length) : t('{0} rows cannot run as they are.', batch.rows.length - made.length);

  if (batch.columns.length === 0) return <Empty />;
  return (
    <main className="page batch">
      <header className="page__head">
        <div>
          <h1>{t('Batch')}</h1>
          <p className="page__lead">{t('“{0}”, once for each row. An empty cell takes what the graph says.', graph.title)}</p>
        </div>
        <div className="page__tools">
          <a className="button" href={linkTo({ screen: 'graph', id })}>{t('Open the graph')}</a>
          <button className="button" type="button" onClick={() => commands.exportCsv(writeTable(graph, registry, { [t('Files')]: names() }), fileName(graph.title, '.csv'))}><FileDown size={14} aria-hidden /> {t('Export CSV')}</button>
          <button className="button" type="button" disabled={files.length === 0} onClick={() => void commands.downloadTogether([...files, { name: 'batch.csv', text: writeTable(graph, registry, { [t('Files')]: names() }) }], fileName(graph.title, '.zip'))}><Download size={14} aria-hidden /> {t('Download all')}</button>
        </div>
      </header>
      <div className="batch__bar">
        <Segments label={t('Mode')} options={['draft', 'delivery'] as const} value={mode} onChange={(next) => workspace.setState({ mode: next })} />
        <LiveStatus label={t('Batch')} className="tabular" said={state}>{state}</LiveStatus>
        <Queue />
        {going
          ? <button className="button" type="button" onClick={() => {
            commands.dropFromQueue(next.map((run) => run.id));
            if (now) commands.cancelRun();
          }}><Square size={13} aria-hidden /> {t('Cancel')}</button>
          : <button className="button button--primary" type="button" disabled={readOnly || toRun.length === 0} onClick={() => commands.runRows(toRun.map((row) => row.id))}><Play size={13} aria-hidden /> {t('Run rows')}</button>}
      </div>
      <Table plans={plans} ends={ends} />
      {!readOnly && <Tools />}
      <Viewer walk={batch.rows.flatMap((row) => ends.flatMap((end) => pictureAt(graph, end, plans.get(row.id)) ?? []))} />
    </main>
  );
}

const needsRun = (plan: RowPlan | undefined): boolean => plan === undefined || plan.toRun + plan.mayRun > 0;
const isMade = (plan: RowPlan | undefined): boolean => !needsRun(plan) && plan?.blocked === 0;

function costOf(rows: readonly BatchRow[], plans: ReadonlyMap<RowId, RowPlan>): string {
  const found = rows.flatMap((row) => plans.get(row.id) ?? []);
  const unsure = found.find(({ cost }) => cost.certainty === '?' || cost.certainty === '≥');
  const takes = found.reduce((sum, plan) => sum + plan.takes[1], 0);
  const high = sumOf(found.map(({ cost }) => cost.high));
  const cost = tell(costInWords({ low: high, high, certainty: unsure ? '≥' : '=' }));
  // Rows that share a step make it once; nobody knows before which.
  return found.some(({ waits }) => waits) ? t('{0} takes and those of the rows that go on, {1}', takes, cost) : t('at most {0} takes, {1}', takes, cost);
}

/** Plans follow the graph and what is made; a running batch asks for them when a row has ended. */
function useRowPlans(): ReadonlyMap<RowId, RowPlan> {
  const { document, desk, queue, workspace, commands } = useApp();
  const revision = useFact(document, (state) => state.revision);
  const current = useFact(queue, (state) => state.running?.id);
  const takes = useFact(desk, (state) => state.takes);
  const mode = useFact(workspace, (state) => state.mode);
  const [plans, setPlans] = useState<ReadonlyMap<RowId, RowPlan>>(new Map());
  useEffect(() => {
    let live = true;
    const timer = setTimeout(() => void commands.planRows().then((rows) => live && rows && setPlans(new Map(rows.map((plan) => [plan.row, plan])))), PLAN_DELAY_MS);
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [commands, revision, current, takes, mode]);
  return plans;
}

function pictureAt(graph: Graph, node: NodeId, plan: RowPlan | undefined): Viewed | undefined {
  const value = plan && shownAtEnd(graph, node, plan.made).picture;
  return value && { node, value };
}

/** One file for each end of each row; a picture nobody delivers is a file too. */
function archiveOf(graph: Graph, ends: readonly NodeId[], plans: ReadonlyMap<RowId, RowPlan>): (ArchiveEntry & { readonly at: number })[] {
  return batchOf(graph).rows.flatMap((row, at) => ends.flatMap((end, place) => {
    const plan = plans.get(row.id);
    const { picture, file } = plan ? shownAtEnd(graph, end, plan.made) : { picture: undefined, file: undefined };
    const number = String(at + 1).padStart(3, '0') + (ends.length > 1 ? String.fromCharCode(97 + (place % 26)) : '');
    if (file) return [{ at, name: `${number} ${file.name}`, hash: file.hash }];
    return picture ? [{ at, name: `${number}.${picture.kind === 'image' ? 'png' : 'mp4'}`, hash: picture.hash }] : [];
  }));
}

function Empty() {
  const { document, registry } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const readOnly = useFact(document, (state) => state.readOnly);
  const id = useFact(document, (state) => state.id)!;
  const offered = columnsOffered(graph, registry).slice(0, 6);
  return (
    <main className="page batch">
      <h1>{t('Batch')}</h1>
      <p className="page__lead">{t('Runs “{0}” once for each row of a table: ten products through one pipeline, one prompt in five aspects, a folder of pictures. Say first what differs from row to row.', graph.title)}</p>
      {readOnly || offered.length === 0
        ? <p className="empty">{readOnly ? t('This graph is being edited in another tab.') : t('This graph has nothing to vary yet.')} <a className="button" href={linkTo({ screen: 'graph', id })}>{t('Open the graph')}</a></p>
        : (
          <>
            <div className="batch__first">{offered.map((place) => <AddThis key={`${place.node} ${place.param} ${place.variable}`} place={place} />)}</div>
            <Tools />
          </>
        )}
    </main>
  );
}

function AddThis({ place }: { readonly place: Omit<BatchColumn, 'id'> }) {
  const { document, registry } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const facts = factsOf(graph, registry, place);
  if (!facts) return null;
  return <button className="button" type="button" onClick={() => document.edit('Add column', (_, whole) => addColumn(whole, place))}><Plus size={14} aria-hidden /> {facts.label} <span className="muted">{facts.of}</span></button>;
}

function Table({ plans, ends }: { readonly plans: ReadonlyMap<RowId, RowPlan>; readonly ends: readonly NodeId[] }) {
  const { document, registry, workspace } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const readOnly = useFact(document, (state) => state.readOnly);
  const { columns, rows } = batchOf(graph);
  const body = useRef<HTMLTableSectionElement>(null);
  // Cells change often, nodes seldom: what a row is handed stays the same then, and only the row that changed draws again.
  const { nodes, wires } = graph;
  const facts = useColumnFacts(columns, nodes, wires);
  const nameOf = (end: NodeId) => graph.nodes[end]?.title ?? registry.get(graph.nodes[end]?.type ?? '')?.title ?? '';
  const edit = (label: string, change: Parameters<typeof document.edit>[1], mergeKey?: string) => document.edit(label, change, mergeKey ? { mergeKey } : undefined);

  /** Enter goes down, and below the last row makes one. */
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const field = (event.target as HTMLElement).closest<HTMLElement>('td[data-column]');
    if (!field || keyOf(event) !== 'Enter' || event.shiftKey || !(event.target as HTMLElement).matches('textarea, select')) return;
    event.preventDefault();
    const row = Number(field.dataset['row']);
    if (row === rows.length - 1 && !readOnly) edit('Add row', (_, whole) => addRows(whole, [{}]));
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`td[data-row="${row + 1}"][data-column="${field.dataset['column']}"] :is(textarea, select, button)`)?.focus());
  };
  /** A block from a spreadsheet lies over the cells from here. */
  const onPaste = (event: ClipboardEvent<HTMLElement>) => {
    const field = (event.target as HTMLElement).closest<HTMLElement>('td[data-column]');
    const text = event.clipboardData.getData('text/plain');
    if (!field || readOnly || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const dropped = document.edit('Paste cells', (_, whole) => layOver(whole, registry, text, Number(field.dataset['row']), Number(field.dataset['column'])));
    if (dropped?.length) workspace.notify('info', t('Some cells were left out.'), dropped);
    (event.target as HTMLElement).blur();
  };

  return (
    <div className="batch__scroll">
      <table className="batch__table" onKeyDown={onKeyDown} onPaste={onPaste}>
        <thead>
          <tr>
            <th scope="col"><span className="unseen">{t('Row')}</span></th>
            {columns.map((column, at) => (
              <th key={column.id} scope="col">
                <span className="batch__head">
                  <span>{facts[at]?.label ?? t('gone')}<small className="muted">{facts[at]?.of ?? column.param}</small></span>
                  {!readOnly && <button className="button button--quiet button--icon" type="button" aria-label={t('Remove column {0}', facts[at]?.label ?? column.param)} title={t('Remove this column')} onClick={() => edit('Remove column', (_, whole) => removeColumn(whole, column.id))}><Trash2 size={13} aria-hidden /></button>}
                </span>
                {isPicture(facts[at]) && (
                  <select className="field batch__above" aria-label={t('Empty cells of {0}', facts[at]!.label)} disabled={readOnly} value={column.above ?? ''} onChange={(event) => edit('Go on from the row above', (_, whole) => goOnFrom(whole, column.id, (event.target.value || undefined) as NodeId | undefined))}>
                    <option value="">{t('Empty: as in the graph')}</option>
                    {picturesOnTheWay({ nodes, wires }, registry).map((node) => <option key={node} value={node}>{t('Empty: “{0}” of the row above', nameOf(node))}</option>)}
                  </select>
                )}
              </th>
            ))}
            {ends.map((end) => <th key={end} scope="col" className="batch__end">{nameOf(end)}</th>)}
            <th scope="col"><span className="unseen">{t('State')}</span></th>
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, at) => <Row key={row.id} row={row} at={at} last={at === rows.length - 1} columns={columns} facts={facts} ends={ends} plan={plans.get(row.id)} above={at > 0 ? plans.get(rows[at - 1]!.id) : undefined} readOnly={readOnly} />)}
        </tbody>
      </table>
    </div>
  );
}

const isPicture = (facts: ColumnFacts | undefined): boolean => facts?.spec.kind === 'file' && facts.spec.accept === 'image';

function useColumnFacts(columns: readonly BatchColumn[], nodes: Graph['nodes'], wires: Graph['wires']): readonly (ColumnFacts | undefined)[] {
  const { registry } = useApp();
  return useMemo(() => columns.map((column) => factsOf({ nodes, wires }, registry, column)), [registry, columns, nodes, wires]);
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
}
const Row = memo(function Row({ row, at, last, columns, facts, ends, plan, above, readOnly }: RowProps) {
  const { document, registry, queue, workspace, commands } = useApp();
  const { graph, id } = document.getState();
  const busy = useFact(queue, (state) => [state.running, ...state.waiting].some((run) => run?.row?.id === row.id && run.graphId === id));
  const use = () => {
    const { nodes, components } = graphOfRow(document.getState().graph, registry, row.id, (node) => asCell(above?.made[node]));
    document.edit('Use row', (_, whole) => void Object.assign(whole, { nodes, components }));
    goTo({ screen: 'graph', id: id! });
  };
  return (
    <tr data-row={at}>
      <th scope="row" className="tabular">{at + 1}</th>
      {columns.map((column, place) => {
        const own = facts[place];
        return (
          <td key={column.id} data-row={at} data-column={place}>
            {own ? <Cell facts={column.above !== undefined && at > 0 ? { ...own, otherwise: { name: t('row above') } } : own} name={t('{0}, row {1}', own.label, at + 1)} cell={row.cells[column.id]} readOnly={readOnly} onChange={(cell) => document.edit('Change cell', (_, whole) => setCell(whole, row.id, column.id, cell), { mergeKey: `cell:${row.id}:${column.id}` })} /> : <span className="muted">{t('not in the graph any more')}</span>}
          </td>
        );
      })}
      {ends.map((end) => {
        const shown = pictureAt(graph, end, plan);
        return <td key={end} className="batch__end">{shown ? <button type="button" className="batch__picture" aria-label={t('See row {0} large', at + 1)} onClick={() => workspace.setState({ viewing: shown })}><Media key={shown.value.hash} value={shown.value} title={t('row {0}', at + 1)} /></button> : <span className="batch__picture" aria-hidden />}</td>;
      })}
      <td>
        <Fate row={row.id} plan={plan} />
        <span className="batch__tools">
          <button className="button button--quiet button--icon" type="button" aria-label={t('Run row {0}', at + 1)} title={t('Run this row')} disabled={readOnly || busy} onClick={() => commands.runRows([row.id])}><Play size={13} aria-hidden /></button>
          <button className="button button--quiet button--icon" type="button" aria-label={t('Use row {0} in the graph', at + 1)} title={t('Put its values into the graph')} disabled={readOnly} onClick={use}><CornerUpRight size={14} aria-hidden /></button>
          <button className="button button--quiet button--icon" type="button" aria-label={t('Row {0} up', at + 1)} title={t('Up')} disabled={readOnly || at === 0} onClick={() => document.edit('Move row', (_, whole) => moveRow(whole, at, at - 1))}><ArrowUp size={13} aria-hidden /></button>
          <button className="button button--quiet button--icon" type="button" aria-label={t('Row {0} down', at + 1)} title={t('Down')} disabled={readOnly || last} onClick={() => document.edit('Move row', (_, whole) => moveRow(whole, at, at + 1))}><ArrowDown size={13} aria-hidden /></button>
          <button className="button button--quiet button--icon" type="button" aria-label={t('Remove row {0}', at + 1)} title={t('Remove this row')} disabled={readOnly} onClick={() => document.edit('Remove row', (_, whole) => removeRows(whole, [row.id]))}><Trash2 size={13} aria-hidden /></button>
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
    if (fate?.state === 'failed') return ['failed', fate.failure ? `${tell(fate.failure.message)} ${fate.failure.hint ? tell(fate.failure.hint) : ''}` : t('Failed')];
    if (plan?.waits) return ['idle', t('Goes on from the row above')];
    if (plan?.problems[0]) return ['failed', tell(plan.problems[0])];
    if (fate) return ['idle', t('Cancelled')];
    return ['idle', plan ? stepsInWords(plan.toRun + plan.mayRun) : ''];
  })();
  return <p className="batch__fate tabular" data-state={state}>{text}{running && <i style={{ transform: `scaleX(${fraction})` }} />}</p>;
}

const stepsInWords = (steps: number): string => (steps === 1 ? t('1 step to run') : t('{0} steps to run', steps));

/** What makes columns and rows. */
function Tools() {
  const { document, registry, workspace, commands } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const { columns, rows } = batchOf(graph);
  const [times, setTimes] = useState<number | undefined>(4);
  const table = useRef<HTMLInputElement>(null);
  const pictures = useRef<HTMLInputElement>(null);
  const offered = columnsOffered(graph, registry);
  const wide = useMemo(() => countCombinations({ columns, rows }), [columns, rows]);
  const picturesGo = [...columns, ...offered].find((place) => isPicture(factsOf(graph, registry, place)));
  const seeds = [...columns, ...offered].some((place) => factsOf(graph, registry, place)?.spec.kind === 'seed');

  const take = async (file: File) => {
    const { id } = document.getState();
    const text = textOfBytes(new Uint8Array(await file.arrayBuffer()));
    const words = await spellings();
    const now = document.getState();
    // The page of another graph is open by now.
    if (now.id !== id) return;
    const read = readTable(text, now.graph, registry, words);
    if (read.rows.length) document.edit('Import table', (_, whole) => {
      whole.batch = { columns: read.columns, rows: batchOf(whole as typeof graph).rows };
      addRows(whole, read.rows);
    });
    if (read.dropped.length > 0 || read.rows.length === 0) workspace.notify(read.rows.length ? 'info' : 'bad', t('{0} rows were read.', read.rows.length), read.dropped);
  };
  const takePictures = async (chosen: readonly File[]) => {
    const settings: FileSetting[] = [];
    for (const file of chosen) {
      const setting = await commands.importFile(file);
      if (setting) settings.push(setting);
    }
    if (settings.length === 0 || !picturesGo) return;
    document.edit('Add pictures', (_, whole) => {
      addColumn(whole, picturesGo);
      const column = batchOf(whole as typeof graph).columns.find(({ node, param }) => node === picturesGo.node && param === picturesGo.param)!;
      addRows(whole, settings.map((setting) => ({ [column.id]: setting })));
    });
  };
  return (
    <div className="batch__add" role="group" aria-label={t('Columns and rows')}>
      {columns.length > 0 && <button className="button" type="button" disabled={rows.length >= MOST_ROWS} onClick={() => document.edit('Add row', (_, whole) => addRows(whole, [{}]))}><Plus size={14} aria-hidden /> {t('Row')}</button>}
      {offered.length > 0 && (
        <select className="field" aria-label={t('Add column')} value="" onChange={(event) => {
          const place = offered[Number(event.target.value)];
          if (place) document.edit('Add column', (_, whole) => addColumn(whole, place));
        }}>
          <option value="">{t('Add column')}…</option>
          {offered.map((place, at) => {
            const facts = factsOf(graph, registry, place);
            return facts && <option key={`${place.node} ${place.param} ${place.variable}`} value={at}>{facts.of}: {facts.label}</option>;
          })}
        </select>
      )}
      <button className="button" type="button" title={t('A CSV file; its first line names the columns')} onClick={() => table.current?.click()}><FileUp size={14} aria-hidden /> {t('Import CSV')}</button>
      <input ref={table} type="file" hidden aria-label={t('Table file')} accept=".csv,.tsv,.txt,text/csv" onChange={(event) => {
        const [file] = event.target.files ?? [];
        event.target.value = '';
        if (file) void take(file);
      }} />
      {picturesGo && (
        <>
          <button className="button" type="button" title={t('A row for each picture')} onClick={() => pictures.current?.click()}><Images size={14} aria-hidden /> {t('Add pictures')}</button>
          <input ref={pictures} type="file" hidden multiple aria-label={t('Pictures, a row for each')} accept="image/*" onChange={(event) => {
            const chosen = [...(event.target.files ?? [])];
            event.target.value = '';
            void takePictures(chosen);
          }} />
        </>
      )}
      {columns.length > 1 && <button className="button" type="button" title={t('Every value of a column with every value of the others: {0} rows', wide)} disabled={wide > MOST_ROWS || wide <= rows.length} onClick={() => document.edit('Every combination', (_, whole) => setRows(whole, combinations(batchOf(graph))))}><Grid3x3 size={14} aria-hidden /> {t('Every combination')}</button>}
      {seeds && (
        <span className="batch__repeat">
          <button className="button" type="button" title={t('Each row again and again, with seeds that count up')} disabled={times === undefined || Math.max(1, rows.length) * times > MOST_ROWS} onClick={() => document.edit('Repeat rows', (_, whole) => repeatWithSeeds(whole, registry, times!))}><Repeat size={14} aria-hidden /> {t('Repeat with other seeds')}</button>
          <NumberField label={t('Times')} value={times} min={2} max={100} whole onRead={setTimes} />
        </span>
      )}
    </div>
  );
}
