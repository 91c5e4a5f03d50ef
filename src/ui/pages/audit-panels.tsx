/**
 * Beside the audit's table: the trend, why takes were rejected, two periods, another tier, and which months were looked
 * through.
 */
import { useState } from 'react';
import { TIERS, WORK_KINDS, type TakeRecord, type Tier, type WorkKind } from '../../core/take.ts';
import { auditTotal, monthOf, whatIf, type AuditRow } from '../../ledger/audit.ts';
import type { CostedTake } from '../../ledger/costs.ts';
import { tallyOf } from '../../ledger/tally.ts';
import { useApp, useFact } from '../app-context.ts';
import { onDate } from '../../core/figures.ts';
import { dateOfBooks } from '../dates.ts';
import { NoteForm } from '../widgets/note-form.tsx';
import { sentence } from '../../words/sentence.tsx';
import { inFigures, t, tell } from '../../words/t.ts';
import { costOfEach, money, takesEach } from './audit-table.tsx';
import './audit-panels.css';
import '../theme/grid.css';

export function Trend({ months }: { readonly months: readonly AuditRow[] }) {
  const known = months.filter((row) => row.perAccepted);
  if (known.length < 2)
    return (
      <p className="muted">
        {known.length === 1
          ? t(
              '{0}: {1} per accepted deliverable. A second month makes a trend.',
              onDate(known[0]!.key),
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
      aria-label={known.map((row) => `${inFigures(onDate(row.key))} ${money(row.perAccepted!.total)}`).join(', ')}
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
              {inFigures(onDate(row.key))}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

export function Reasons({ takes }: { readonly takes: readonly TakeRecord[] }) {
  const { reasons } = tallyOf(takes);
  return (
    <section className="panel" aria-label={t('Why takes were rejected')}>
      <h2>{t('Why takes were rejected')}</h2>
      {reasons.length === 0 ? (
        <p className="muted">{t('Nobody rejected a take here.')}</p>
      ) : (
        <ol className="audit__reasons">
          {reasons.map(([reason, count]) => (
            <li key={reason}>
              <span>{reason ? t(reason) : t('No reason given')}</span>
              <span className="tabular">{count}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

interface Books {
  /** What is looked at, of all there are. */
  readonly costs: readonly CostedTake[];
  readonly all: readonly CostedTake[];
}
export function Compare({ costs, all, months }: Books & { readonly months: readonly string[] }) {
  const [first, setFirst] = useState(months.at(-2) ?? months.at(-1) ?? '');
  const [second, setSecond] = useState(months.at(-1) ?? '');
  const of = (month: string) =>
    auditTotal(
      costs.filter(({ take }) => monthOf(take.at) === month),
      all,
    );
  const [a, b] = [of(first), of(second)];
  const lines: readonly (readonly [string, (row: AuditRow) => string])[] = [
    [t('Per accepted'), costOfEach],
    [t('Takes each'), takesEach],
    [t('Accepted'), (row) => String(row.accepted)],
    [t('Paid'), (row) => money(row.generation)],
    [t('Full cost'), (row) => money(row.fullCost)],
  ];
  const picker = (label: string, value: string, change: (month: string) => void) => (
    <select className="field" aria-label={label} value={value} onChange={(event) => change(event.target.value)}>
      {months.map((month) => (
        <option key={month} value={month}>
          {inFigures(onDate(month))}
        </option>
      ))}
    </select>
  );
  return (
    <section className="panel" aria-label={t('Compare two periods')}>
      <h2>{t('Two periods')}</h2>
      <table className="grid tabular audit__periods">
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

export function WhatIf({ costs, all }: Books) {
  const [work, setWork] = useState<WorkKind>('text to image');
  const [from, setFrom] = useState<Tier>('speed');
  const [to, setTo] = useState<Tier>('budget');
  const result = whatIf(costs, work, from, to, all);
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
      <h2>{t('What if')}</h2>
      <div className="page__tools panel__tools">
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
            '{0} accepted cost {1}, time included. At the rates seen {0|it|they} would have cost {2}.',
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

/** Somebody looked through a month and says so, with what it came to then; what changed since is told beside it. */
export function AuditedMonths({ months }: { readonly months: readonly AuditRow[] }) {
  const { desk, commands } = useApp();
  const { audited } = useFact(desk, (state) => state.settings);
  const [chosen, setChosen] = useState<string>();
  const keys = months.map(({ key }) => key);
  const month = chosen ?? keys.findLast((key) => !audited[key]) ?? keys.at(-1);
  const row = months.find(({ key }) => key === month);
  /** It is said to be audited when that is stored, not before. */
  const [isStoring, setStoring] = useState(false);
  const change = async (said: string | undefined) => {
    setStoring(true);
    await commands.changeSettings((settings) => {
      const { [month!]: _, ...others } = settings.audited;
      const { fullCost: spent, takes, deliverables } = row!;
      const marked =
        said === undefined
          ? others
          : { ...others, [month!]: { at: Date.now(), note: said, found: { spent, takes, deliverables } } };
      return { ...settings, audited: marked };
    });
    setStoring(false);
  };
  if (!month || !row) return null;
  const done = isStoring ? undefined : audited[month];
  const found = done?.found;
  const isChanged =
    found &&
    (found.spent !== row.fullCost ||
      found.takes !== row.takes ||
      (found.deliverables ?? row.deliverables) !== row.deliverables);
  return (
    <section className="panel" aria-label={t('Audited months')}>
      <h2>{t('Audited months')}</h2>
      <div className="page__tools panel__tools">
        <select
          className="field"
          aria-label={t('Month to audit')}
          value={month}
          onChange={(event) => setChosen(event.target.value)}
        >
          {keys.map((key) => (
            <option key={key} value={key}>
              {inFigures(onDate(key))}
              {audited[key] ? ' ✓' : ''}
            </option>
          ))}
        </select>
        <span className="tabular">
          {t('{0} paid, {1} in full cost, {2} {2|take|takes}', money(row.generation), money(row.fullCost), row.takes)}
        </span>
      </div>
      {done ? (
        <>
          <p>
            {t('Audited on {0}.', dateOfBooks(done.at))} {done.note}
          </p>
          {isChanged && (
            <p role="status">
              {t(
                'Changed since: it was {0} in full cost, {1} {1|take|takes} and {2} {2|deliverable|deliverables} when it was audited. Open it again to look at what came.',
                money(found.spent),
                found.takes,
                found.deliverables ?? row.deliverables,
              )}
            </p>
          )}
          <button className="button" type="button" onClick={() => void change(undefined)}>
            {t('Open it again')}
          </button>
        </>
      ) : (
        <NoteForm
          label={t('Note to the audit')}
          placeholder={t('What was found')}
          action={t('Mark as audited')}
          disabled={isStoring}
          onDone={change}
        />
      )}
    </section>
  );
}
