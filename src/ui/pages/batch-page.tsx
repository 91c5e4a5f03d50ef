/** The graph once for each row of a table: params across, rows down, and beside each row what it made. */
import { Download, FileDown, Play, Plus, Square } from 'lucide-react';
import { useMemo } from 'react';
import { addColumn } from '../../graph/batch-edits.ts';
import { batchOf } from '../../graph/batch.ts';
import { columnsOffered, factsOf } from '../../graph/batch-cells.ts';
import { endsOf } from '../../graph/ends.ts';
import { fileName } from '../../core/file-name.ts';
import type { BatchColumn, Graph } from '../../graph/graph.ts';
import type { NodeId, RowId } from '../../core/ids.ts';
import { writeTable } from '../../file/batch-table.ts';
import type { RowPlan } from '../../ledger/row-plan.ts';
import { nameInWords } from '../graph-title.ts';
import { type QueuedRun } from '../../state/queue.ts';
import { useApp, useFact } from '../app-context.ts';
import type { ArchiveEntry } from '../commands.ts';
import { linkTo } from '../navigation.ts';
import { pictureAt, Table, waitsForVerdicts } from './batch-grid.tsx';
import { BatchTools } from './batch-tools.tsx';
import { costOfRows, isMade, needsRun, useRowPlans } from './planned-rows.ts';
import { shownAtEnd } from '../node-facts.ts';
import { Queue } from '../panels/queue-panel.tsx';
import { Viewer } from '../panels/viewer.tsx';
import { LiveStatus } from '../widgets/live-status.tsx';
import { Segments } from '../widgets/segments.tsx';
import { t } from '../../words/t.ts';
import './batch-page.css';

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
  const shut = batch.rows.filter((row) => waitsForVerdicts(plans.get(row.id)));
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
      ? t('{0} of {1} {1|row|rows} to run, {2}', toRun.length, batch.rows.length, costOfRows(toRun, plans))
      : made.length === batch.rows.length
        ? t('{0|The row is|All {0} rows are} made.', batch.rows.length)
        : shut.length > 0
          ? t('{0} of {1} {1|row|rows} waiting for a verdict', shut.length, batch.rows.length)
          : t('{0} {0|row|rows} cannot run as {0|it is|they are}.', batch.rows.length - made.length);

  if (batch.columns.length === 0) return <Empty />;
  return (
    <main className="page batch">
      <header className="page__head">
        <div>
          <h1>{t('Batch')}</h1>
          <p className="page__lead">
            {t('“{0}”, once for each row. An empty cell takes what the graph says.', nameInWords(graph))}
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
              commands.exportCsv(
                writeTable(graph, registry, { [t('Files')]: names() }),
                fileName(nameInWords(graph), '.csv'),
              )
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
                fileName(nameInWords(graph), '.zip'),
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
      {!readOnly && <BatchTools />}
      <Viewer
        walk={batch.rows.flatMap((row) => ends.flatMap((end) => pictureAt(graph, end, plans.get(row.id)) ?? []))}
      />
    </main>
  );
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
          nameInWords(graph),
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
          <BatchTools />
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
