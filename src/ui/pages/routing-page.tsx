/** Routing tables: versions, their rows, drafts of the next one; and the dry run of the open graph. */
import { Download, FilePen, Pin, Upload } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { NodeId } from '../../core/ids.ts';
import { WORK_KINDS } from '../../core/take.ts';
import type { Plan } from '../../engine/plan.ts';
import type { Attempt } from '../../routing/attempts.ts';
import { nextOf, underTable, type TakePlan } from '../../routing/take-plan.ts';
import { whyThis, type Considered } from '../../routing/resolve.ts';
import { problemsOf, ROW_TIERS, type RoutingTable } from '../../routing/routing-table.ts';
import { newestOf, tableFor } from '../../routing/table-for.ts';
import { remember, remembered } from '../../state/remembered.ts';
import { useApp, useFact } from '../app-context.ts';
import { useMarket } from '../market.ts';
import { nameOf } from '../node-facts.ts';
import { RowCard } from './routing-row.tsx';
import { onDate } from '../../core/figures.ts';
import { priceInWords, quotedInWords } from '../units.ts';
import { tip } from '../widgets/tip.ts';
import { t, tell, tellAll, w } from '../../words/t.ts';
import type { Sentence } from '../../core/say.ts';
import { say } from '../../core/say.ts';
import './route.css';
import '../theme/grid.css';

export default function Routing() {
  const { desk, document, runs, commands } = useApp();
  const tables = useFact(desk, (state) => state.tables);
  const catalog = useFact(desk, (state) => state.catalog);
  const graphId = useFact(document, (state) => state.id);
  const graph = useFact(document, (state) => state.graph);
  const ahead = useFact(runs, (state) => state.ahead);
  const [key, setKey] = useState(() =>
    remembered(DRAFT, (stored) => (typeof stored === 'string' ? stored : undefined)),
  );
  const choose = (next: RoutingTable) => {
    setKey(keyOf(next));
    remember(DRAFT, next.version === 0 ? keyOf(next) : null);
  };
  const [view, setView] = useState<'rows' | 'dry run'>('rows');
  const chooser = useRef<HTMLInputElement>(null);
  const used = tableFor(graph, tables);
  const table = tables.find((one) => keyOf(one) === key) ?? used;
  const draft = table.version === 0;
  const newest = newestOf(tables, table.id);
  const problems = useMemo(() => problemsOf(table, catalog), [table, catalog]);
  const pinned = graph.routing?.table === table.id && graph.routing.version === table.version;
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
            value={keyOf(table)}
            onChange={(event) => choose(tables.find((one) => keyOf(one) === event.target.value)!)}
          >
            {tables.map((one) => (
              <option key={keyOf(one)} value={keyOf(one)}>
                {one.name} {one.version === 0 ? t('(draft)') : one.version}
                {one === used && graphId ? t(', used by the open graph') : ''}
              </option>
            ))}
          </select>
          {!draft && (
            <button className="button" type="button" onClick={edit}>
              <FilePen size={14} aria-hidden /> {t('Edit as a draft')}
            </button>
          )}
          {graphId && !draft && (
            <button
              className="button"
              type="button"
              disabled={pinned}
              onClick={() =>
                document.edit(
                  say('Pin {0} {1}', table.name, table.version),
                  (_, next) => void (next.routing = { table: table.id, version: table.version }),
                )
              }
            >
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
          <button
            className="button button--icon"
            type="button"
            aria-label={t('Import table')}
            {...tip(t('Import a table file'))}
            onClick={() => chooser.current?.click()}
          >
            <Upload size={14} aria-hidden />
          </button>
          <input
            ref={chooser}
            type="file"
            hidden
            accept=".json,application/json"
            aria-label={t('Routing table file')}
            onChange={(event) => {
              void event.target.files?.[0]?.text().then(commands.importTable);
              event.target.value = '';
            }}
          />
        </div>
      </header>
      {draft ? (
        <DraftBar table={table} problems={problems} onPublished={choose} />
      ) : (
        <p className="muted">
          {t('Version {0}, published {1}. {2}', table.version, onDate(table.publishedAt.slice(0, 10)), t(table.note))}
        </p>
      )}
      {graphId && <Difference from={used} to={draft ? table : newest} />}
      {graphId && (
        <div className="page__tools" style={{ marginTop: 14 }} role="group" aria-label={t('View')}>
          <button className="button" type="button" aria-pressed={view === 'rows'} onClick={() => setView('rows')}>
            {t('Rows')}
          </button>
          <button className="button" type="button" aria-pressed={view === 'dry run'} onClick={() => setView('dry run')}>
            {t('Dry run of “{0}”', graph.title)}
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
                  <RowCard key={row.tier} row={row} table={table} editable={draft} />
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
const keyOf = (table: RoutingTable) => `${table.id} ${table.version}`;

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
          className="field"
          style={{ flex: 1, minWidth: 220 }}
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
        <ul style={{ marginTop: 10 }} aria-label={t('Problems')}>
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

function useNames(): (id: NodeId) => string {
  const { document, registry } = useApp();
  const graph = useFact(document, (state) => state.graph);
  return (id) => nameOf(graph, registry, id);
}

/** Which nodes of the open graph would be made by another model, or at another price. */
function Difference({ from, to }: { readonly from: RoutingTable; readonly to: RoutingTable }) {
  const { runs, document } = useApp();
  const dispatched = useFact(runs, (state) => state.ahead?.dispatched);
  const market = useMarket();
  const nameOf = useNames();
  if (keyOf(from) === keyOf(to)) return null;
  const changes = (Object.keys(dispatched ?? {}) as NodeId[]).flatMap((id) => {
    const { takePlan } = dispatched![id]!;
    const [before, after] = [from, to].map((table) => underTable(takePlan, table, market).resolution);
    const [a, b] = [before!.usable[0], after!.usable[0]];
    const [first, then] = [before!.considered[0], after!.considered[0]];
    if (a?.model === b?.model && a?.estimate.amount === b?.estimate.amount && first?.model === then?.model) return [];
    return [{ id, was: a, is: b, wanted: first, wants: then }];
  });
  return (
    <section className="panel" style={{ marginTop: 12 }} aria-label={t('Difference')}>
      <p>
        <strong>
          {from.name} {from.version} → {to.name} {to.version || t('draft')}
        </strong>
        {to.note && `: ${t(to.note)}`}
      </p>
      {changes.length === 0 ? (
        <p className="muted">{t('No node of the open graph would change its model or price.')}</p>
      ) : (
        <table className="grid tabular">
          <thead>
            <tr>
              <th>{t('Node')}</th>
              <th>{t('Asked first')}</th>
              <th>{t('Made by')}</th>
              <th>{t('Price')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ id, was, is, wanted, wants }) => (
              <tr key={id}>
                <td>{nameOf(id)}</td>
                <td>
                  {t(wanted?.name ?? w('nobody'))} → {t(wants?.name ?? w('nobody'))}
                </td>
                <td>
                  {t(was?.name ?? w('nobody'))} → {t(is?.name ?? w('nobody'))}
                </td>
                <td>
                  {was ? priceInWords(was.estimate) : '–'} → {is ? priceInWords(is.estimate) : '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {to.version > 0 && (
        <button
          className="button"
          style={{ marginTop: 10 }}
          type="button"
          onClick={() =>
            document.edit(
              say('Pin {0} {1}', to.name, to.version),
              (_, next) => void (next.routing = { table: to.id, version: to.version }),
            )
          }
        >
          {t('Use version {0} in this graph', to.version)}
        </button>
      )}
    </section>
  );
}

/** What each generation node would get, why, at what price, and why not the others. */
function DryRun({ table, ahead }: { readonly table: RoutingTable; readonly ahead: Plan<TakePlan> | undefined }) {
  const market = useMarket();
  const nameOf = useNames();
  const nodes = Object.keys(ahead?.dispatched ?? {}) as NodeId[];
  if (!ahead || nodes.length === 0)
    return (
      <p className="empty" style={{ marginTop: 14 }}>
        {t('This graph generates nothing yet.')}
      </p>
    );
  return (
    <div className="rows" style={{ marginTop: 14 }}>
      {nodes.map((id) => {
        const takePlan = underTable(ahead.dispatched[id]!.takePlan, table, market);
        const { request, resolution } = takePlan;
        const next = nextOf(takePlan);
        const step = next.kind === 'make' ? next.step : undefined;
        const isMade = ahead.nodes[id]?.state === 'cached';
        return (
          <article className="route" key={id} aria-label={t('Dry run of {0}', nameOf(id))}>
            <header>
              <h3 style={{ textTransform: 'none' }}>{nameOf(id)}</h3>
              <span className="badge">
                {t(request.work)}, {t(resolution.tier)}
              </span>
            </header>
            <p className="muted">{isMade ? t('Its take is there: a run asks nobody.') : tell(nextInWords(next))}</p>
            <ol>
              {resolution.considered.map((candidate) => (
                <li key={`${candidate.provider} ${candidate.model}`} data-state={stateOf(candidate, step?.candidate)}>
                  <span>
                    <strong>{t(candidate.name)}</strong> <span className="muted">{candidate.provider}</span>
                    <small>
                      {candidate.reasons.length
                        ? tellAll(candidate.reasons, '; ')
                        : candidate === step?.candidate
                          ? t('chosen: {0}', whyThis(resolution, candidate))
                          : next.kind === 'stop'
                            ? t('usable, not asked')
                            : t('would be asked next')}
                    </small>
                  </span>
                  <span className="tabular route__price">
                    {priceInWords(candidate.estimate)}
                    {candidate.estimate.quotedAt !== undefined && (
                      <small>{quotedInWords(candidate.provider, candidate.estimate.quotedAt)}</small>
                    )}
                  </span>
                </li>
              ))}
            </ol>
            {resolution.problem && <p className="why why--bad">{tell(resolution.problem)}</p>}
            {resolution.row && <p className="route__why">{t(resolution.row.why)}</p>}
          </article>
        );
      })}
    </div>
  );
}

function stateOf(candidate: Considered, chosen: Considered | undefined): 'chosen' | 'passed' | 'next' {
  if (candidate === chosen) return 'chosen';
  return candidate.reasons.length ? 'passed' : 'next';
}

function nextInWords(next: Attempt): Sentence {
  switch (next.kind) {
    case 'make':
      return say('A run asks for attempt {0}, with the seed {1}.', next.number + 1, next.step.seed);
    case 'use':
      return say('A take that is there would be used again.');
    case 'measure':
      return say('A take that is there would be measured by these criteria, for nothing.');
    case 'stop':
      if (next.because === 'cap') return say('All takes are used, so a run asks nobody.');
      return next.because === 'nobody'
        ? say('A run finds nobody to ask.')
        : say('Nobody knows whether the last take was made, so a run asks nobody before you have decided.');
    default:
      return next satisfies never;
  }
}
