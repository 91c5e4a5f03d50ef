/** The audit's rows: as bars, as a table that adds up, and the takes behind each. */
import { useState } from 'react';
import type { GraphId, TakeId } from '../../core/ids.ts';
import { decimal } from '../../core/figures.ts';
import { inDollars, type Micros, type Money } from '../../core/money.ts';
import { keyFor, type AuditRow, type Dimension } from '../../ledger/audit.ts';
import { rounded, tabulated } from '../../ledger/amounts.ts';
import { fullCostOf, type Components, type CostedTake } from '../../ledger/costs.ts';
import { costInShort, type Became, type Fate } from '../../ledger/receipt.ts';
import { fateInWords } from '../fate-words.ts';
import { useApp, useFact } from '../app-context.ts';
import { modelInWords } from '../market.ts';
import { linkTo } from '../navigation.ts';
import { dateAndTimeOfBooks } from '../dates.ts';
import { TakeReceipt } from '../panels/take-receipt.tsx';
import { percent } from '../units.ts';
import { tip } from '../widgets/tip.ts';
import { inFigures, t, tell } from '../../words/t.ts';
import './audit-table.css';
import '../theme/grid.css';

const PARTS: readonly (readonly [keyof Components, string, string])[] = [
  ['generation', t('Paid'), 'var(--generation)'],
  ['refinement', t('Refinement'), 'var(--refinement)'],
  ['waiting', t('Waiting'), 'var(--control)'],
  ['reviewing', t('Reviewing'), 'var(--k-reference)'],
];
const CENT = 10_000;
/** Cents are what people compare, and what is below them where there is no more. */
export const money = (amount: Micros): string =>
  inFigures(inDollars(amount > 0 && amount < 10 * CENT ? rounded(amount, CENT / 100) : rounded(amount, CENT)));
/** How many takes were made for each accepted one. */
export const takesEach = ({ multiplier }: AuditRow): string =>
  multiplier === undefined ? '–' : inFigures(decimal(multiplier, 1));
/** What one accepted deliverable came to. */
export const costOfEach = ({ perAccepted }: AuditRow): string =>
  perAccepted ? money(perAccepted.total) : t('none accepted yet');

export function Bars({
  rows,
  nameOf,
}: {
  readonly rows: readonly AuditRow[];
  readonly nameOf: (key: string) => string;
}) {
  const most = Math.max(1, ...rows.map((row) => row.perAccepted?.total ?? 0));
  return (
    <div className="panel panel--below" aria-hidden>
      <div className="bars">
        {rows.map((row) => (
          <div key={row.key} style={{ display: 'contents' }}>
            <span>{nameOf(row.key)}</span>
            <div className="bar">
              {PARTS.map(([part, , colour]) => (
                <i
                  key={part}
                  style={{ width: `${(100 * (row.perAccepted?.[part] ?? 0)) / most}%`, background: colour }}
                />
              ))}
            </div>
            <span className="tabular">{costOfEach(row)}</span>
          </div>
        ))}
      </div>
      <Legend />
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

const COUNTS: readonly (readonly [head: string, count: (row: AuditRow) => number])[] = [
  [t('Takes'), (row) => row.takes],
  [t('Accepted'), (row) => row.accepted],
  [t('Deliverables'), (row) => row.deliverables],
  [t('Rejected'), (row) => row.rejected],
  [t('Failed'), (row) => row.failed],
  [t('Cancelled'), (row) => row.cancelled],
  [t('Fallback'), (row) => row.fallbacks],
];

interface TableProps {
  readonly rows: readonly AuditRow[];
  readonly total: AuditRow;
  readonly dimension: Dimension;
  readonly costs: readonly CostedTake[];
  readonly fates: ReadonlyMap<TakeId, Became>;
  readonly titleOf: (graph: GraphId) => string;
  readonly nameOf: (key: string) => string;
}
export function AuditTable({ rows, total, dimension, costs, fates, titleOf, nameOf }: TableProps) {
  const [open, setOpen] = useState<string>();
  const amounts = tabulated(rows, total);
  const shares = (row: AuditRow) => [row.acceptance === undefined ? '–' : percent(row.acceptance), takesEach(row)];
  const end = (row: AuditRow) => (row.perAccepted ? money(row.perAccepted.total) : endOf(row));
  /** What has no known price is missing from what was paid, and so from the sum. */
  const costsOf = (row: AuditRow, line: readonly Money[]) =>
    line.map((amount, at) =>
      row.unpriced && (at === 0 || at === line.length - 1) ? t('≥ {0}', amount) : inFigures(amount),
    );
  return (
    <>
      <div className="scrolls">
        <table className="grid tabular audit__table" aria-label={t('By {0}', t(dimension))}>
          <thead>
            <tr>
              <th className="sentence">{t(dimension)}</th>
              {[
                ...COUNTS.map(([head]) => head),
                t('Accepted of judged'),
                t('Takes each'),
                ...PARTS.map(([, label]) => label),
                t('Full cost'),
                t('Per accepted'),
              ].map((head) => (
                <th key={head} className="num">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={row.key}>
                <td>
                  <button
                    className="link"
                    type="button"
                    aria-expanded={open === row.key}
                    {...tip(t('Its takes'))}
                    onClick={() => setOpen(open === row.key ? undefined : row.key)}
                  >
                    {nameOf(row.key)}
                  </button>
                </td>
                {[...COUNTS.map(([, count]) => count(row)), ...shares(row), ...costsOf(row, amounts.rows[at]!)].map(
                  (cell, index) => (
                    <td key={index} className="num">
                      {cell}
                    </td>
                  ),
                )}
                <td className="num">
                  <strong>{end(row)}</strong>
                </td>
              </tr>
            ))}
          </tbody>
          {rows.length > 1 && (
            <tfoot>
              <tr>
                <th scope="row">{t('Sum of the rows')}</th>
                {[
                  ...COUNTS.map(([, count]) => count(total)),
                  ...shares(total),
                  ...costsOf(total, amounts.total),
                  end(total),
                ].map((cell, index) => (
                  <td key={index} className="num">
                    {cell}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {open !== undefined && (
        <TakesOf
          name={nameOf(open)}
          costs={costs.filter(({ take }) => keyFor(take, dimension) === open)}
          fates={fates}
          titleOf={titleOf}
        />
      )}
    </>
  );
}

/** A row in which something was accepted that is only a step of deliverables in other rows. */
const endOf = (row: AuditRow): string => (row.accepted > 0 ? t('steps of others') : t('none accepted yet'));

/** Newest first, so many at a time. */
const MOST = 200;

function TakesOf({
  name,
  costs,
  fates,
  titleOf,
}: Pick<TableProps, 'costs' | 'fates' | 'titleOf'> & { readonly name: string }) {
  return (
    <section className="panel panel--below" aria-label={t('Takes of {0}', name)}>
      <h3>{t('Takes of {0}', name)}</h3>
      <div className="scrolls">
        <table className="grid tabular audit__table">
          <thead>
            <tr>
              <th>{t('When')}</th>
              <th>{t('Graph')}</th>
              <th>{t('Model')}</th>
              <th>{t('Became')}</th>
              <th className="num">{t('Paid')}</th>
              <th className="num">{t('Full cost')}</th>
            </tr>
          </thead>
          <tbody>
            {costs
              .slice(-MOST)
              .reverse()
              .map(({ take, cost }) => (
                <TakeRow
                  key={take.id}
                  take={take}
                  cost={cost}
                  fate={fates.get(take.id)!.fate}
                  graph={titleOf(take.graphId)}
                />
              ))}
          </tbody>
        </table>
      </div>
      {costs.length > MOST && (
        <p className="muted">{t('The newest {0} of {1}; the CSV has all.', MOST, costs.length)}</p>
      )}
    </section>
  );
}

function TakeRow({ take, cost, fate, graph }: CostedTake & { readonly fate: Fate; readonly graph: string }) {
  const { desk } = useApp();
  const { catalog, providers } = useFact(desk, (state) => state);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <tr>
        <td>
          <button
            className="link"
            type="button"
            aria-expanded={isOpen}
            {...tip(t('Receipt of this take'))}
            onClick={() => setOpen(!isOpen)}
          >
            {dateAndTimeOfBooks(take.at)}
          </button>
        </td>
        <td>
          <a href={linkTo({ screen: 'review', id: take.graphId, take: take.id })}>{graph}</a>
        </td>
        <td>{modelInWords(catalog, providers, take.answered)}</td>
        <td>
          {fateInWords(take, fate)}
          {take.verdict.by === 'person' && take.verdict.reason ? `: ${t(take.verdict.reason)}` : ''}
        </td>
        <td className="num">{tell(costInShort(take))}</td>
        <td className="num">{inFigures(inDollars(fullCostOf(cost)))}</td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={6} className="audit__receipt">
            <TakeReceipt take={take} />
          </td>
        </tr>
      )}
    </>
  );
}
