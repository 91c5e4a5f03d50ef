/** What an accepted deliverable costs: by month, tier, kind, model, provider, graph or table version. */
import { Download } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { GraphId } from '../../core/ids.ts';
import { inDollars, type Micros } from '../../core/money.ts';
import { TIERS, WORK_KINDS, type TakeRecord, type Tier, type WorkKind } from '../../core/take.ts';
import {
  audit,
  auditTotal,
  DIMENSIONS,
  monthOf,
  toCsv,
  whatIf,
  type AuditRow,
  type Components,
  type Dimension,
  type Refinement,
} from '../../ledger/audit.ts';
import { useApp, useFact } from '../app-context.ts';
import { Segments } from '../widgets/segments.tsx';
import { sentence } from '../words/sentence.tsx';
import { t, tell } from '../words/t.ts';

const PARTS: readonly (readonly [keyof Components, string, string])[] = [
  ['generation', t('Generation'), 'var(--generation)'],
  ['refinement', t('Refinement'), 'var(--refinement)'],
  ['waiting', t('Waiting'), 'var(--control)'],
  ['reviewing', t('Reviewing'), 'var(--k-reference)'],
];
/** Cents are what people compare; the exact amount is in the CSV. */
const money = (amount: Micros) =>
  amount > 0 && amount < 5000 ? '< $0.01' : inDollars((Math.round(amount / 10_000) * 10_000) as Micros);
const undefinedCost = (row: AuditRow) => t('nothing accepted yet, spent {0}', money(row.spent));

export default function Audit() {
  const { commands, desk } = useApp();
  const settings = useFact(desk, (state) => state.settings);
  const open = useFact(desk, (state) => state.takes);
  const [takes, setTakes] = useState<readonly TakeRecord[]>();
  const [refinements, setRefinements] = useState<readonly Refinement[]>([]);
  const [titles, setTitles] = useState<ReadonlyMap<GraphId, string>>(new Map());
  const [dimension, setDimension] = useState<Dimension>('tier');
  useEffect(() => {
    void commands.allTakes().then(setTakes);
    void commands.refinements().then((found) => found && setRefinements(found));
    void commands
      .listGraphs()
      .then((graphs) => graphs && setTitles(new Map(graphs.map(({ id, title }) => [id, title]))));
  }, [commands, open]);
  const rows = useMemo(
    () =>
      takes ? audit(takes, refinements, settings, dimension, (id) => titles.get(id) ?? t('a graph that is gone')) : [],
    [takes, refinements, settings, dimension, titles],
  );
  const months = useMemo(
    () => (takes ? audit(takes, refinements, settings, 'month') : []),
    [takes, refinements, settings],
  );
  const total = useMemo(() => auditTotal(takes ?? [], refinements, settings), [takes, refinements, settings]);
  if (takes?.length === 0) {
    return (
      <main className="page" aria-label={t('Audit')}>
        <h1>{t('Audit')}</h1>
        <p className="empty" style={{ marginTop: 20 }}>
          {t(
            'Nothing was generated yet. Run a graph and accept a take; then this page says what an accepted deliverable really costs.',
          )}
        </p>
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
          onClick={() => takes && commands.exportCsv(toCsv(takes), 'triptych-takes.csv')}
        >
          <Download size={14} aria-hidden /> {t('Export CSV')}
        </button>
      </header>
      <dl className="tiles">
        <Tile
          name={t('Cost per accepted deliverable')}
          value={total.perAccepted ? money(total.perAccepted.total) : '–'}
          note={total.perAccepted ? t('{0} accepted', total.accepted) : undefinedCost(total)}
        />
        <Tile
          name={t('Takes for each accepted one')}
          value={total.multiplier?.toFixed(1) ?? '–'}
          note={t('{0} {1}, {2} failed', total.takes, total.takes === 1 ? t('take') : t('takes'), total.failed)}
        />
        <Tile
          name={t('Acceptance rate')}
          value={total.acceptance === undefined ? '–' : `${Math.round(total.acceptance * 100)} %`}
          note={t('{0} accepted, {1} rejected', total.accepted, total.rejected)}
        />
        <Tile
          name={t('Spent in all')}
          value={`${total.unpriced ? '≥ ' : ''}${money(total.spent)}`}
          note={
            total.unpriced
              ? t('{0} takes without a known price', total.unpriced)
              : t('{0} of it for generation', money(total.generation))
          }
        />
      </dl>
      <section aria-label={t('By group')}>
        <h2>{t('Cost per accepted deliverable')}</h2>
        <div className="page__tools" style={{ marginTop: 8 }}>
          <Segments label={t('Group by')} options={DIMENSIONS} value={dimension} onChange={setDimension} />
        </div>
        <div className="panel" style={{ marginTop: 10 }}>
          <Bars rows={rows} />
          <Legend />
        </div>
        <AuditTable rows={rows} dimension={dimension} />
      </section>
      <div className="panels" style={{ marginTop: 26 }}>
        <section className="panel" aria-label={t('Trend')}>
          <h2 style={{ marginTop: 0 }}>{t('Month by month')}</h2>
          <Trend months={months} />
        </section>
        {takes && <Compare takes={takes} refinements={refinements} months={months.map(({ key }) => key)} />}
        {takes && <WhatIf takes={takes} refinements={refinements} />}
      </div>
    </main>
  );
}

const Tile = ({ name, value, note }: { readonly name: string; readonly value: string; readonly note: string }) => (
  <div className="tile">
    <dt>{name}</dt>
    <dd>{value}</dd>
    <dd className="tile__note">{note}</dd>
  </div>
);

function Bars({ rows }: { readonly rows: readonly AuditRow[] }) {
  const most = Math.max(1, ...rows.map((row) => row.perAccepted?.total ?? 0));
  return (
    <div className="bars" aria-hidden>
      {rows.map((row) => (
        <div key={row.key} style={{ display: 'contents' }}>
          <span>{t(row.key)}</span>
          <div className="bar">
            {PARTS.map(([part, , colour]) => (
              <i
                key={part}
                style={{ width: `${(100 * (row.perAccepted?.[part] ?? 0)) / most}%`, background: colour }}
              />
            ))}
          </div>
          <span className="tabular">{row.perAccepted ? money(row.perAccepted.total) : undefinedCost(row)}</span>
        </div>
      ))}
    </div>
  );
}
const Legend = () => (
  <p className="legend">
    {PARTS.map(([part, label, colour]) => (
      <span key={part} style={{ ['--swatch' as string]: colour }}>
        {label}
      </span>
    ))}
  </p>
);

function AuditTable({ rows, dimension }: { readonly rows: readonly AuditRow[]; readonly dimension: string }) {
  return (
    <div style={{ overflowX: 'auto' }}>
      <table className="grid tabular" aria-label={t('By {0}', t(dimension))}>
        <thead>
          <tr>
            <th className="sentence">{t(dimension)}</th>
            {[
              t('Takes'),
              t('Accepted'),
              t('Rejected'),
              t('Failed'),
              t('Fallback'),
              t('Accepted of judged'),
              t('Takes each'),
              ...PARTS.map(([, label]) => label),
              t('Spent'),
              t('Per accepted'),
            ].map((head) => (
              <th key={head} className="num">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <td>{t(row.key)}</td>
              {[row.takes, row.accepted, row.rejected, row.failed, row.fallbacks].map((value, i) => (
                <td key={i} className="num">
                  {value}
                </td>
              ))}
              <td className="num">{row.acceptance === undefined ? '–' : `${Math.round(row.acceptance * 100)} %`}</td>
              <td className="num">{row.multiplier?.toFixed(1) ?? '–'}</td>
              {PARTS.map(([part]) => (
                <td key={part} className="num">
                  {money(row[part])}
                </td>
              ))}
              <td className="num">
                {row.unpriced ? '≥ ' : ''}
                {money(row.spent)}
              </td>
              <td className="num">
                <strong>{row.perAccepted ? money(row.perAccepted.total) : undefinedCost(row)}</strong>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Trend({ months }: { readonly months: readonly AuditRow[] }) {
  const known = months.filter((row) => row.perAccepted);
  if (known.length < 2)
    return (
      <p className="muted">
        {known.length === 1
          ? t(
              '{0}: {1} per accepted deliverable. A second month makes a trend.',
              known[0]!.key,
              money(known[0]!.perAccepted!.total),
            )
          : t('A trend needs a month with something accepted.')}
      </p>
    );
  const most = Math.max(...known.map((row) => row.perAccepted!.total));
  const at = (row: AuditRow, index: number) =>
    `${30 + (index * 340) / (known.length - 1)},${120 - (row.perAccepted!.total / most) * 95}`;
  return (
    <svg
      className="trend"
      viewBox="0 0 400 150"
      role="img"
      aria-label={known.map((row) => `${row.key} ${money(row.perAccepted!.total)}`).join(', ')}
    >
      <polyline points={known.map(at).join(' ')} fill="none" stroke="var(--accent)" strokeWidth="2" />
      {known.map((row, index) => {
        const [x, y] = at(row, index).split(',').map(Number) as [number, number];
        return (
          <g key={row.key} fontSize="11" fill="var(--text-2)" textAnchor="middle">
            <circle cx={x} cy={y} r="3.5" fill="var(--accent)" />
            <text x={x} y={y - 9}>
              {money(row.perAccepted!.total)}
            </text>
            <text x={x} y={143}>
              {row.key}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

interface Books {
  readonly takes: readonly TakeRecord[];
  readonly refinements: readonly Refinement[];
}
function Compare({ takes, refinements, months }: Books & { readonly months: readonly string[] }) {
  const { desk } = useApp();
  const settings = useFact(desk, (state) => state.settings);
  const [first, setFirst] = useState(months.at(-2) ?? months.at(-1) ?? '');
  const [second, setSecond] = useState(months.at(-1) ?? '');
  const of = (month: string) =>
    auditTotal(
      takes.filter((take) => monthOf(take.at) === month),
      refinements,
      settings,
    );
  const [a, b] = [of(first), of(second)];
  const lines: readonly (readonly [string, (row: AuditRow) => string])[] = [
    [t('Per accepted'), (row) => (row.perAccepted ? money(row.perAccepted.total) : undefinedCost(row))],
    [t('Takes each'), (row) => row.multiplier?.toFixed(1) ?? '–'],
    [t('Accepted'), (row) => String(row.accepted)],
    [t('Spent'), (row) => money(row.spent)],
  ];
  const picker = (label: string, value: string, change: (month: string) => void) => (
    <select className="field" aria-label={label} value={value} onChange={(event) => change(event.target.value)}>
      {months.map((month) => (
        <option key={month}>{month}</option>
      ))}
    </select>
  );
  return (
    <section className="panel" aria-label={t('Compare two periods')}>
      <h2 style={{ marginTop: 0 }}>{t('Two periods')}</h2>
      <table className="grid tabular">
        <thead>
          <tr>
            <th>
              <span className="unseen">{t('Figure')}</span>
            </th>
            <th className="num">{picker(t('First period'), first, setFirst)}</th>
            <th className="num">{picker(t('Second period'), second, setSecond)}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(([name, say]) => (
            <tr key={name}>
              <td>{name}</td>
              <td className="num">{say(a)}</td>
              <td className="num">{say(b)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function WhatIf({ takes, refinements }: Books) {
  const { desk } = useApp();
  const settings = useFact(desk, (state) => state.settings);
  const [work, setWork] = useState<WorkKind>('text to image');
  const [from, setFrom] = useState<Tier>('speed');
  const [to, setTo] = useState<Tier>('budget');
  const result = whatIf(takes, refinements, settings, work, from, to);
  const picker = <V extends string>(label: string, options: readonly V[], value: V, change: (value: V) => void) => (
    <select className="field" aria-label={label} value={value} onChange={(event) => change(event.target.value as V)}>
      {options.map((option) => (
        <option key={option} value={option}>
          {t(option)}
        </option>
      ))}
    </select>
  );
  return (
    <section className="panel" aria-label={t('What if')}>
      <h2 style={{ marginTop: 0 }}>{t('What if')}</h2>
      <div className="page__tools" style={{ margin: '10px 0' }}>
        {sentence(
          'all {0} at {1} were {2}?',
          picker(t('Kind of work'), WORK_KINDS, work, setWork),
          picker(t('From tier'), TIERS, from, setFrom),
          picker(t('To tier'), TIERS, to, setTo),
        )}
      </div>
      <p>
        {result.known ? (
          sentence(
            '{0} accepted cost {1}. At the rates seen they would have cost {2}.',
            result.accepted,
            <strong>{money(result.was)}</strong>,
            <strong>{money(result.wouldBe)}</strong>,
          )
        ) : (
          <span className="muted">{tell(result.reason)}</span>
        )}
      </p>
    </section>
  );
}
