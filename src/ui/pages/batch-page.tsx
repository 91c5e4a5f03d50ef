/** The graph once for each row of a table: params across, rows down, and beside each row what it made. */
import { Download, FileDown, FileUp, Grid3x3, Images, Play, Plus, Repeat, Square } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import {
  addColumn,
  addRows,
  combinations,
  countCombinations,
  repeatWithSeeds,
  setRows,
} from '../../graph/batch-edits.ts';
import { batchOf, MOST_ROWS } from '../../graph/batch.ts';
import { columnsOffered, factsOf } from '../../graph/batch-cells.ts';
import { endsOf } from '../../graph/ends.ts';
import { fileName } from '../../core/file-name.ts';
import type { BatchColumn, BatchRow, Graph } from '../../graph/graph.ts';
import type { NodeId, RowId } from '../../core/ids.ts';
import type { FileSetting } from '../../core/params.ts';
import { textOfBytes } from '../../file/cells.ts';
import { readTable, writeTable } from '../../file/batch-table.ts';
import { say } from '../../core/say.ts';
import { inWords as costInWords } from '../../ledger/forecast.ts';
import type { RowPlan } from '../../ledger/row-plan.ts';
import { sumOf } from '../../core/money.ts';
import { type QueuedRun } from '../../state/queue.ts';
import { useApp, useFact } from '../app-context.ts';
import type { ArchiveEntry } from '../commands.ts';
import { linkTo } from '../navigation.ts';
import { isMade, isPicture, needsRun, pictureAt, Table } from './batch-grid.tsx';
import { shownAtEnd } from '../node-facts.ts';
import { Queue } from '../panels/queue-panel.tsx';
import { Viewer } from '../panels/viewer.tsx';
import { LiveStatus } from '../widgets/live-status.tsx';
import { NumberField } from '../widgets/number-field.tsx';
import { Segments } from '../widgets/segments.tsx';
import { spellings } from '../../words/spellings.ts';
import { t, tell } from '../../words/t.ts';

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
  const names = () =>
    batch.rows.map((_, at) =>
      files
        .filter((file) => file.at === at)
        .map(({ name }) => name)
        .join(' '),
    );
  const state = going
    ? t('{0} of {1} {1|row|rows} made', made.length, batch.rows.length)
    : toRun.length > 0
      ? t('{0} of {1} {1|row|rows} to run, {2}', toRun.length, batch.rows.length, costOf(toRun, plans))
      : made.length === batch.rows.length
        ? t('{0|The row is|All {0} rows are} made.', batch.rows.length)
        : t('{0} {0|row|rows} cannot run as {0|it is|they are}.', batch.rows.length - made.length);

  if (batch.columns.length === 0) return <Empty />;
  return (
    <main className="page batch">
      <header className="page__head">
        <div>
          <h1>{t('Batch')}</h1>
          <p className="page__lead">
            {t('“{0}”, once for each row. An empty cell takes what the graph says.', graph.title)}
          </p>
        </div>
        <div className="page__tools">
          <a className="button" href={linkTo({ screen: 'graph', id })}>
            {t('Open the graph')}
          </a>
          <button
            className="button"
            type="button"
            onClick={() =>
              commands.exportCsv(writeTable(graph, registry, { [t('Files')]: names() }), fileName(graph.title, '.csv'))
            }
          >
            <FileDown size={14} aria-hidden /> {t('Export CSV')}
          </button>
          <button
            className="button"
            type="button"
            disabled={files.length === 0}
            onClick={() =>
              void commands.downloadTogether(
                [...files, { name: 'batch.csv', text: writeTable(graph, registry, { [t('Files')]: names() }) }],
                fileName(graph.title, '.zip'),
              )
            }
          >
            <Download size={14} aria-hidden /> {t('Download all')}
          </button>
        </div>
      </header>
      <div className="batch__bar">
        <Segments
          label={t('Mode')}
          options={['draft', 'delivery'] as const}
          value={mode}
          onChange={(next) => workspace.setState({ mode: next })}
        />
        <LiveStatus label={t('Batch')} className="tabular" said={state}>
          {state}
        </LiveStatus>
        <Queue />
        {going ? (
          <button
            className="button"
            type="button"
            onClick={() => {
              commands.dropFromQueue(next.map((run) => run.id));
              if (now) commands.cancelRun();
            }}
          >
            <Square size={13} aria-hidden /> {t('Cancel')}
          </button>
        ) : (
          <button
            className="button button--primary"
            type="button"
            disabled={readOnly || toRun.length === 0}
            onClick={() => commands.runRows(toRun.map((row) => row.id))}
          >
            <Play size={13} aria-hidden /> {t('Run rows')}
          </button>
        )}
      </div>
      <Table plans={plans} ends={ends} />
      {!readOnly && <Tools />}
      <Viewer
        walk={batch.rows.flatMap((row) => ends.flatMap((end) => pictureAt(graph, end, plans.get(row.id)) ?? []))}
      />
    </main>
  );
}

function costOf(rows: readonly BatchRow[], plans: ReadonlyMap<RowId, RowPlan>): string {
  const found = rows.flatMap((row) => plans.get(row.id) ?? []);
  const unsure = found.find(({ cost }) => cost.certainty === '?' || cost.certainty === '≥');
  const takes = found.reduce((sum, plan) => sum + plan.takes[1], 0);
  const high = sumOf(found.map(({ cost }) => cost.high));
  const cost = tell(costInWords({ low: high, high, certainty: unsure ? '≥' : '=' }));
  // Rows that share a step make it once; nobody knows before which.
  return found.some(({ waits }) => waits)
    ? t('{0} {0|take|takes} and those of the rows that go on, {1}', takes, cost)
    : t('at most {0} {0|take|takes}, {1}', takes, cost);
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
    const timer = setTimeout(
      () =>
        void commands
          .planRows()
          .then((rows) => live && rows && setPlans(new Map(rows.map((plan) => [plan.row, plan])))),
      PLAN_DELAY_MS,
    );
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [commands, revision, current, takes, mode]);
  return plans;
}

/** One file for each end of each row; a picture nobody delivers is a file too. */
function archiveOf(
  graph: Graph,
  ends: readonly NodeId[],
  plans: ReadonlyMap<RowId, RowPlan>,
): (ArchiveEntry & { readonly at: number })[] {
  return batchOf(graph).rows.flatMap((row, at) =>
    ends.flatMap((end, place) => {
      const plan = plans.get(row.id);
      const { picture, file } = plan ? shownAtEnd(graph, end, plan.made) : { picture: undefined, file: undefined };
      const number = String(at + 1).padStart(3, '0') + (ends.length > 1 ? String.fromCharCode(97 + (place % 26)) : '');
      if (file) return [{ at, name: `${number} ${file.name}`, hash: file.hash }];
      return picture ? [{ at, name: `${number}.${picture.kind === 'image' ? 'png' : 'mp4'}`, hash: picture.hash }] : [];
    }),
  );
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
      <p className="page__lead">
        {t(
          'Runs “{0}” once for each row of a table: ten products through one pipeline, one prompt in five aspects, a folder of pictures. Say first what differs from row to row.',
          graph.title,
        )}
      </p>
      {readOnly || offered.length === 0 ? (
        <p className="empty">
          {readOnly ? t('This graph is being edited in another tab.') : t('This graph has nothing to vary yet.')}{' '}
          <a className="button" href={linkTo({ screen: 'graph', id })}>
            {t('Open the graph')}
          </a>
        </p>
      ) : (
        <>
          <div className="batch__first">
            {offered.map((place) => (
              <AddThis key={`${place.node} ${place.param} ${place.variable}`} place={place} />
            ))}
          </div>
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
  return (
    <button
      className="button"
      type="button"
      onClick={() => document.edit('Add column', (_, whole) => addColumn(whole, place))}
    >
      <Plus size={14} aria-hidden /> {facts.label} <span className="muted">{facts.of}</span>
    </button>
  );
}

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
    if (read.rows.length)
      document.edit('Import table', (_, whole) => {
        whole.batch = { columns: read.columns, rows: batchOf(whole as typeof graph).rows };
        addRows(whole, read.rows);
      });
    const into = read.filled.length ? [say('Columns that were filled: {0}.', read.filled.join(', '))] : [];
    const how = read.rows.length ? 'info' : 'bad';
    // A list stays until it is put away; that all went well need not.
    const more = read.dropped.length ? [...into, ...read.dropped] : into[0];
    workspace.notify(how, t('{0} {0|row was|rows were} read.', read.rows.length), more);
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
      const column = batchOf(whole as typeof graph).columns.find(
        ({ node, param }) => node === picturesGo.node && param === picturesGo.param,
      )!;
      addRows(
        whole,
        settings.map((setting) => ({ [column.id]: setting })),
      );
    });
  };
  return (
    <div className="batch__add" role="group" aria-label={t('Columns and rows')}>
      {columns.length > 0 && (
        <button
          className="button"
          type="button"
          disabled={rows.length >= MOST_ROWS}
          onClick={() => document.edit('Add row', (_, whole) => addRows(whole, [{}]))}
        >
          <Plus size={14} aria-hidden /> {t('Row')}
        </button>
      )}
      {offered.length > 0 && (
        <select
          className="field"
          aria-label={t('Add column')}
          value=""
          onChange={(event) => {
            const place = offered[Number(event.target.value)];
            if (place) document.edit('Add column', (_, whole) => addColumn(whole, place));
          }}
        >
          <option value="">{t('Add column')}…</option>
          {offered.map((place, at) => {
            const facts = factsOf(graph, registry, place);
            return (
              facts && (
                <option key={`${place.node} ${place.param} ${place.variable}`} value={at}>
                  {facts.of}: {facts.label}
                </option>
              )
            );
          })}
        </select>
      )}
      <button
        className="button"
        type="button"
        title={t('A CSV file; its first line names the columns')}
        onClick={() => table.current?.click()}
      >
        <FileUp size={14} aria-hidden /> {t('Import CSV')}
      </button>
      <input
        ref={table}
        type="file"
        hidden
        aria-label={t('Table file')}
        accept=".csv,.tsv,.txt,text/csv"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void take(file);
        }}
      />
      {picturesGo && (
        <>
          <button
            className="button"
            type="button"
            title={t('A row for each picture')}
            onClick={() => pictures.current?.click()}
          >
            <Images size={14} aria-hidden /> {t('Add pictures')}
          </button>
          <input
            ref={pictures}
            type="file"
            hidden
            multiple
            aria-label={t('Pictures, a row for each')}
            accept="image/*"
            onChange={(event) => {
              const chosen = [...(event.target.files ?? [])];
              event.target.value = '';
              void takePictures(chosen);
            }}
          />
        </>
      )}
      {columns.length > 1 && (
        <button
          className="button"
          type="button"
          title={t('Every value of a column with every value of the others: {0} {0|row|rows}', wide)}
          disabled={wide > MOST_ROWS || wide <= rows.length}
          onClick={() => document.edit('Every combination', (_, whole) => setRows(whole, combinations(batchOf(graph))))}
        >
          <Grid3x3 size={14} aria-hidden /> {t('Every combination')}
        </button>
      )}
      {seeds && (
        <span className="batch__repeat">
          <button
            className="button"
            type="button"
            title={t('Each row again and again, with seeds that count up')}
            disabled={times === undefined || Math.max(1, rows.length) * times > MOST_ROWS}
            onClick={() => document.edit('Repeat rows', (_, whole) => repeatWithSeeds(whole, registry, times!))}
          >
            <Repeat size={14} aria-hidden /> {t('Repeat with other seeds')}
          </button>
          <NumberField label={t('Times')} value={times} min={2} max={100} whole onRead={setTimes} />
        </span>
      )}
    </div>
  );
}
