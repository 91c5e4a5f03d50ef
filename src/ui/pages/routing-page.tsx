/** Routing tables: versions, their rows, drafts of the next one. */
import { Download, FilePen, Pin, Undo2, Upload } from 'lucide-react';
import { useMemo, useState } from 'react';
import { WORK_KINDS } from '../../core/take.ts';
import { isShipped } from '../../routing/house.ts';
import { problemsOf, ROW_TIERS, type RoutingTable } from '../../routing/routing-table.ts';
import { hasTwin, newestOf, tableFor, tableKey } from '../../routing/table-for.ts';
import { remember, remembered } from '../../state/remembered.ts';
import { useApp, useFact } from '../app-context.ts';
import { backToTable } from '../back-to-table.ts';
import { usePlace } from '../navigation.ts';
import { isMeantBy } from '../../routing/table-pin.ts';
import { pinTable } from '../pin-table.ts';
import { rowPlace } from '../row-place.ts';
import { DryRun, TableDifference } from './dry-run.tsx';
import { RowCard } from './routing-row.tsx';
import { onDate } from '../../core/figures.ts';
import { FileButton } from '../widgets/file-button.tsx';
import { nameInWords } from '../graph-title.ts';
import { tip } from '../widgets/tip.ts';
import { t, tell } from '../../words/t.ts';
import type { Sentence } from '../../core/say.ts';
import './route.css';

export default function Routing() {
  const app = useApp();
  const { desk, document, runs, commands } = app;
  const tables = useFact(desk, (state) => state.tables);
  const catalog = useFact(desk, (state) => state.catalog);
  const graphId = useFact(document, (state) => state.id);
  const graph = useFact(document, (state) => state.graph);
  const ahead = useFact(runs, (state) => state.ahead);
  const [key, setKey] = useState(() =>
    remembered(DRAFT, (stored) => (typeof stored === 'string' ? stored : undefined)),
  );
  const choose = (next: RoutingTable) => {
    setKey(tableKey(next));
    remember(DRAFT, next.version === 0 ? tableKey(next) : null);
  };
  const [view, setView] = useState<'rows' | 'dry run'>('rows');
  const place = usePlace();
  const meant = place.screen === 'routing' ? place.at : undefined;
  const used = tableFor(graph, tables);
  const table = tables.find((one) => tableKey(one) === key) ?? used;
  const draft = table.version === 0;
  const newest = newestOf(tables, table.id);
  const problems = useMemo(() => problemsOf(table, catalog), [table, catalog]);
  const pinned = graph.routing !== undefined && isMeantBy(graph.routing, table);
  const edit = () => {
    commands.startDraft(table);
    choose({ ...table, version: 0 });
    setView('rows');
  };
  return (
    <main className="page" aria-label={t('Routing')}>
      <header className="page__head">
        <div>
          <h1>{t('Routing')}</h1>
          <p className="page__lead">
            {t(
              'A generation node names a category of work. The table turns that into models, in order, and says when to go on to the next. Published versions never change.',
            )}
          </p>
        </div>
        <div className="page__tools">
          <select
            className="field"
            aria-label={t('Table')}
            value={tableKey(table)}
            onChange={(event) => choose(tables.find((one) => tableKey(one) === event.target.value)!)}
          >
            {tables.map((one) => (
              <option key={tableKey(one)} value={tableKey(one)}>
                {one.name} {one.version === 0 ? t('(draft)') : one.version}
                {hasTwin(one, tables) && (isShipped(one) ? t(', as it ships') : t(', published here'))}
                {one === used && graphId ? t(', used by the open graph') : ''}
              </option>
            ))}
          </select>
          {!draft && (
            <button className="button" type="button" onClick={edit}>
              <FilePen size={14} aria-hidden /> {t('Edit as a draft')}
            </button>
          )}
          {!draft && table !== newest && (
            <button
              className="button"
              type="button"
              {...tip(t('Publishes these rows again, as the newest version.'))}
              onClick={() => void backToTable(app, table, newest).then((again) => again && choose(again))}
            >
              <Undo2 size={14} aria-hidden /> {t('Back to this version')}
            </button>
          )}
          {graphId && !draft && (
            <button className="button" type="button" disabled={pinned} onClick={() => pinTable({ document }, table)}>
              <Pin size={14} aria-hidden /> {pinned ? t('Pinned by the open graph') : t('Pin it to the open graph')}
            </button>
          )}
          <button
            className="button button--icon"
            type="button"
            aria-label={t('Export table')}
            {...tip(t('Export as a file'))}
            onClick={() => commands.exportTable(table)}
          >
            <Download size={14} aria-hidden />
          </button>
          <FileButton
            className="button button--icon"
            of={t('Routing table file')}
            accept=".json,application/json"
            aria-label={t('Import table')}
            {...tip(t('Import a table file'))}
            onFiles={([file]) => void file.text().then(commands.importTable)}
          >
            <Upload size={14} aria-hidden />
          </FileButton>
        </div>
      </header>
      {draft ? (
        <DraftBar table={table} problems={problems} onPublished={choose} />
      ) : (
        <p className="muted">
          {t('Version {0}, published {1}. {2}', table.version, onDate(table.publishedAt.slice(0, 10)), t(table.note))}
        </p>
      )}
      {graphId && <TableDifference from={used} to={draft ? table : newest} />}
      {graphId && (
        <div className="page__tools routing__view" role="group" aria-label={t('View')}>
          <button className="button" type="button" aria-pressed={view === 'rows'} onClick={() => setView('rows')}>
            {t('Rows')}
          </button>
          <button className="button" type="button" aria-pressed={view === 'dry run'} onClick={() => setView('dry run')}>
            {t('Dry run of “{0}”', nameInWords(graph))}
          </button>
        </div>
      )}
      {view === 'dry run' && graphId ? (
        <DryRun table={table} ahead={ahead} />
      ) : (
        WORK_KINDS.map((work) => {
          const rows = ROW_TIERS.flatMap(
            (tier) => table.rows.find((row) => row.work === work && row.tier === tier) ?? [],
          );
          if (rows.length === 0) return null;
          return (
            <section key={work} aria-label={t(work)}>
              <h2 className="sentence">{t(work)}</h2>
              <div className="rows">
                {rows.map((row) => (
                  <RowCard key={row.tier} row={row} table={table} editable={draft} isMeant={rowPlace(row) === meant} />
                ))}
              </div>
            </section>
          );
        })
      )}
    </main>
  );
}

/** Which draft the page comes back to after a reload; a published table is the open graph’s affair. */
const DRAFT = 'triptych-routing-draft';

function DraftBar({
  table,
  problems,
  onPublished,
}: {
  readonly table: RoutingTable;
  readonly problems: readonly Sentence[];
  readonly onPublished: (table: RoutingTable) => void;
}) {
  const { commands, workspace } = useApp();
  const [note, setNote] = useState('');
  return (
    <form
      className="panel"
      aria-label={t('Publish this draft')}
      onSubmit={(event) => {
        event.preventDefault();
        const unread = document.querySelector<HTMLElement>('main [aria-invalid=true]');
        if (unread) {
          workspace.notify(
            'bad',
            t('A field on this page holds what cannot be read, so nothing was published.'),
            t('Put it right, then publish again.'),
          );
          return unread.focus();
        }
        void commands.publish(table, note).then((published) => published && onPublished(published));
      }}
    >
      <div className="page__tools">
        <strong>{t('Draft')}</strong>
        <input
          className="field"
          aria-label={t('Name of the table')}
          value={table.name}
          onChange={(event) => {
            const name = event.target.value;
            commands.editDraft(table, (draft) => ({ ...draft, name }));
          }}
        />
        <input
          className="field routing__note"
          aria-label={t('What changed and why')}
          placeholder={t('What changed, and why')}
          required
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <button className="button button--primary" type="submit" disabled={problems.length > 0}>
          {t('Publish')}
        </button>
        <button className="button" type="button" onClick={() => void commands.dropDraft(table.id)}>
          {t('Throw the draft away')}
        </button>
      </div>
      {problems.length > 0 && (
        <ul className="routing__problems" aria-label={t('Problems')}>
          {problems.map((problem, at) => (
            <li key={at} className="why why--bad">
              {tell(problem)}
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
