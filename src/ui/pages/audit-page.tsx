/** What an accepted deliverable costs: by month, tier, kind, model, provider, graph or table version. */
import { Download } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { GraphId } from '../../core/ids.ts';
import { sumOf, type Micros } from '../../core/money.ts';
import { TIERS, type RunMode, type TakeRecord, type Tier } from '../../core/take.ts';
import { audit, auditTotal, DIMENSIONS, monthOf, type AuditRow, type Dimension } from '../../ledger/audit.ts';
import { costed, type CostedTake, type Refinement } from '../../ledger/costs.ts';
import { madeElsewhere, type MadeElsewhere } from '../../ledger/month.ts';
import { fatesOf } from '../../ledger/receipt.ts';
import { tallyOf } from '../../ledger/tally.ts';
import { toCsv } from '../../ledger/take-csv.ts';
import type { BookedJob } from '../../routing/job.ts';
import { Lacks } from '../lacks-notice.tsx';
import { useApp, useFact } from '../app-context.ts';
import { Segments } from '../widgets/segments.tsx';
import { onDate } from '../../core/figures.ts';
import { percent } from '../units.ts';
import { inFigures, locale, t } from '../../words/t.ts';
import { useRowNames } from './audit-names.ts';
import { AuditedMonths, Compare, Reasons, Trend, WhatIf } from './audit-panels.tsx';
import { AuditTable, Bars, money, takesEach } from './audit-table.tsx';
import { MadeElsewhereLine, useAllBooked } from './made-elsewhere-line.tsx';
import { paidInMonth, restOfMonth, useMonthSoFar } from './month-so-far.tsx';
import './audit-page.css';

const MODES = ['delivery', 'draft'] as const;
/** What is looked at; all of it where nothing is chosen. */
interface Filter {
  readonly month?: string;
  readonly tier?: Tier;
  readonly mode?: RunMode;
}
const passes = ({ month, tier, mode }: Filter, { at, request, tier: row, mode: made }: TakeRecord): boolean =>
  (month === undefined || monthOf(at) === month) &&
  (tier === undefined || (request?.tier ?? row) === tier) &&
  (mode === undefined || made === mode);

/** Nobody knows for which tier and in which mode others asked: where one is chosen, theirs are not looked at. */
const elsewhereIn = (
  { month, ...others }: Filter,
  all: readonly CostedTake[] | undefined,
  booked: readonly BookedJob[],
): MadeElsewhere =>
  madeElsewhere(
    // Until this browser's takes are read, nobody knows which are not among them.
    (all ?? []).map(({ take }) => take),
    all ? booked : [],
    (at) => Object.keys(others).length === 0 && (month === undefined || monthOf(at) === month),
  );

/** All takes there are with what they cost; `undefined` until they are read. */
function useCosts(): readonly CostedTake[] | undefined {
  const { commands, desk } = useApp();
  const settings = useFact(desk, (state) => state.settings);
  const open = useFact(desk, (state) => state.takes);
  const [takes, setTakes] = useState<readonly TakeRecord[]>();
  const [refinements, setRefinements] = useState<readonly Refinement[]>([]);
  useEffect(() => {
    void commands.allTakes().then(setTakes);
    void commands.refinements().then((found) => found && setRefinements(found));
  }, [commands, open]);
  return useMemo(() => takes && costed(takes, refinements, settings), [takes, refinements, settings]);
}

function useTitles(): (id: GraphId) => string {
  const { commands } = useApp();
  const [titles, setTitles] = useState<ReadonlyMap<GraphId, string>>(new Map());
  useEffect(() => {
    void commands
      .listGraphs()
      .then((graphs) => graphs && setTitles(new Map(graphs.map(({ id, title }) => [id, title]))));
  }, [commands]);
  return useMemo(() => (id: GraphId) => titles.get(id) ?? t('a graph that is gone'), [titles]);
}

export default function Audit() {
  const { commands } = useApp();
  const all = useCosts();
  const titleOf = useTitles();
  const [dimension, setDimension] = useState<Dimension>('tier');
  const [filter, setFilter] = useState<Filter>({});
  const shown = useMemo(() => all?.filter(({ take }) => passes(filter, take)) ?? [], [all, filter]);
  const nameOf = useRowNames(dimension, titleOf);
  const rows = useMemo(() => {
    const found = audit(shown, dimension, all);
    return dimension === 'graph' ? found.sort((a, b) => nameOf(a.key).localeCompare(nameOf(b.key), locale())) : found;
  }, [shown, dimension, all, nameOf]);
  const months = useMemo(() => audit(all ?? [], 'month'), [all]);
  /** Where months are told apart already, the month that is chosen does not matter. */
  const overTime = useMemo(() => {
    const { month: _, ...others } = filter;
    return all?.filter(({ take }) => passes(others, take)) ?? [];
  }, [all, filter]);
  const fates = useMemo(() => fatesOf((all ?? []).map(({ take }) => take)), [all]);
  const total = useMemo(() => auditTotal(shown, all), [shown, all]);
  const booked = useAllBooked();
  const elsewhere = useMemo(() => elsewhereIn(filter, all, booked), [filter, all, booked]);
  if (all?.length === 0) {
    return (
      <main className="page" aria-label={t('Audit')}>
        <h1>{t('Audit')}</h1>
        <Lacks />
        <p className="empty empty--page">
          {t(
            'Nothing was generated yet. Run a graph and accept a take; then this page says what an accepted deliverable really costs.',
          )}
        </p>
        <MadeElsewhereLine made={elsewhere} />
      </main>
    );
  }
  return (
    <main className="page" aria-label={t('Audit')}>
      <header className="page__head">
        <div>
          <h1>{t('Audit')}</h1>
          <p className="page__lead">
            {t(
              'The price of one generation is not the price of a deliverable. Here every take counts, rejected and failed ones too, with refinement and the time of the people who wait and decide.',
            )}
          </p>
        </div>
        <button
          className="button"
          type="button"
          onClick={() => commands.exportCsv(toCsv(shown, all, titleOf), 'triptych-takes.csv')}
        >
          <Download size={14} aria-hidden /> {t('Export CSV')}
        </button>
      </header>
      <Filters filter={filter} months={months.map(({ key }) => key)} onChange={setFilter} />
      <Tiles total={total} costs={shown} all={all ?? []} elsewhere={elsewhere} />
      <section aria-label={t('By group')}>
        <h2>{t('Cost per accepted deliverable')}</h2>
        <div className="page__tools audit__tools">
          <Segments label={t('Group by')} options={DIMENSIONS} value={dimension} onChange={setDimension} />
        </div>
        <Bars rows={rows} nameOf={nameOf} />
        <AuditTable key={dimension} {...{ rows, total, dimension, fates, titleOf, nameOf }} costs={shown} />
        <MadeElsewhereLine made={elsewhere} />
        <p className="muted audit__note">
          {t(
            'Paid is what services charged. Refinement, waiting and reviewing are on no bill: they are what time is worth at the rates in Settings, and the full cost counts them too.',
          )}{' '}
          {t(
            'A take is reviewed while it is on screen and the page can be seen, five minutes at most before a verdict; of several side by side each gets its share. A run is waited for once, however many takes are made in it at the same time. An accepted still that is not delivered itself and went into an accepted clip is a step of that deliverable, not one more.',
          )}
        </p>
      </section>
      <div className="panels audit__panels">
        <section className="panel" aria-label={t('Trend')}>
          <h2>{t('Month by month')}</h2>
          <Trend months={audit(overTime, 'month', all)} />
        </section>
        <Reasons takes={shown.map(({ take }) => take)} />
        {all && <Compare costs={overTime} all={all} months={months.map(({ key }) => key)} />}
        {all && <WhatIf costs={shown} all={all} />}
        <AuditedMonths months={months} />
      </div>
    </main>
  );
}

function Filters({
  filter,
  months,
  onChange,
}: {
  readonly filter: Filter;
  readonly months: readonly string[];
  readonly onChange: (filter: Filter) => void;
}) {
  const picker = <K extends keyof Filter>(
    key: K,
    label: string,
    every: string,
    options: readonly NonNullable<Filter[K]>[],
  ) => (
    <select
      className="field"
      aria-label={label}
      value={filter[key] ?? ''}
      onChange={({ target: { value } }) => {
        const { [key]: _, ...others } = filter;
        onChange(value ? { ...others, [key]: value } : others);
      }}
    >
      <option value="">{every}</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {key === 'month' ? inFigures(onDate(option)) : t(option)}
        </option>
      ))}
    </select>
  );
  return (
    <div className="page__tools audit__filters" role="group" aria-label={t('What is looked at')}>
      {picker('month', t('Month'), t('Every month'), months)}
      {picker('tier', t('Tier'), t('Every tier'), TIERS)}
      {picker('mode', t('Mode'), t('Delivery and draft'), MODES)}
      {Object.keys(filter).length > 0 && (
        <button className="button button--quiet" type="button" onClick={() => onChange({})}>
          {t('Show all')}
        </button>
      )}
    </div>
  );
}

function Tiles({
  total,
  costs,
  all,
  elsewhere,
}: {
  readonly total: AuditRow;
  readonly costs: readonly CostedTake[];
  readonly all: readonly CostedTake[];
  readonly elsewhere: MadeElsewhere;
}) {
  const tally = useMemo(
    () =>
      tallyOf(
        costs.map(({ take }) => take),
        all.map(({ take }) => take),
      ),
    [costs, all],
  );
  const month = useMonthSoFar(useMemo(() => all.map(({ take }) => take), [all]));
  const paid = sumOf([total.generation, elsewhere.charged]);
  const accepted =
    total.deliverables === total.accepted
      ? t('{0} accepted', total.accepted)
      : t('{0} {0|deliverable|deliverables} of {1} accepted {1|take|takes}', total.deliverables, total.accepted);
  return (
    <dl className="tiles">
      <Tile
        name={t('Cost per accepted deliverable')}
        value={total.perAccepted ? money(total.perAccepted.total) : '–'}
        note={
          total.perAccepted
            ? t('{0} of it paid; {1}', money(total.perAccepted.generation), accepted)
            : t('none accepted yet')
        }
      />
      <Tile
        name={t('Takes for each accepted one')}
        value={takesEach(total)}
        note={t('{0} {0|take|takes}, {1} failed, {2} cancelled', total.takes, total.failed, total.cancelled)}
      />
      <Tile
        name={t('Acceptance rate')}
        value={total.acceptance === undefined ? '–' : percent(total.acceptance)}
        note={t('{0} accepted, {1} rejected', total.accepted, total.rejected)}
      />
      <Tile
        name={t('Paid to services')}
        value={total.unpriced ? t('≥ {0}', money(paid)) : money(paid)}
        note={whatIsPaid(total, elsewhere)}
      />
      <Tile
        name={t('Not decided')}
        value={String(tally.open)}
        note={t('{0} superseded, {1} at the cap', tally.superseded, tally.atTheCap)}
      />
      <Tile name={t('Paid this month')} value={paidInMonth(month)} note={restOfMonth(month)} />
    </dl>
  );
}

/** What to know of the sum, the most telling first. */
function whatIsPaid({ unpriced, uncertain, fullCost, generation }: AuditRow, elsewhere: MadeElsewhere): string {
  if (elsewhere.takes > 0) return t('{0} of it outside this browser', money(elsewhere.charged));
  if (unpriced) return t('{0} {0|take|takes} without a known price', unpriced);
  if (uncertain > 0) return t('up to {0} of it for takes that made nothing', money(uncertain));
  return t('not in it: time worth {0}', money((fullCost - generation) as Micros));
}

const Tile = ({ name, value, note }: { readonly name: string; readonly value: string; readonly note: string }) => (
  <div className="tile">
    <dt>{name}</dt>
    <dd>{value}</dd>
    <dd className="tile__note">{note}</dd>
  </div>
);
