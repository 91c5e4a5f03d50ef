/** One row of a routing table, to read or, in a draft, to change. */
import { ArrowUp, X } from 'lucide-react';
import { inDollars } from '../../core/money.ts';
import { sameModel, TIERS, type ModelRef, type Tier } from '../../core/take.ts';
import { BUILT_IN } from '../../routing/catalog.ts';
import { CAPABILITIES, CAPABILITY_WORDS, type Row, type RoutingTable } from '../../routing/routing-table.ts';
import { usualPrice } from '../../routing/usual-price.ts';
import { useApp, useFact } from '../app-context.ts';
import { useAmountEntry } from '../widgets/amount-entry.ts';
import { NumberField } from '../widgets/number-field.tsx';
import { serviceInWords, useMarket } from '../market.ts';
import { explainedWord } from '../explained.ts';
import { tipToStopAt } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import { usualPriceInWords } from './candidate-price.ts';
import { useMeant } from './meant.ts';
import './route.css';
import '../theme/param.css';

export function RowCard({
  row,
  table,
  editable,
  isMeant,
}: {
  readonly row: Row;
  readonly table: RoutingTable;
  readonly editable: boolean;
  /** A link led to it. */
  readonly isMeant: boolean;
}) {
  const { desk, commands } = useApp();
  const card = useMeant(isMeant);
  const catalog = useFact(desk, (state) => state.catalog);
  const market = useMarket();
  const providers = useFact(desk, (state) => state.providers);
  const change = (edit: (row: Row) => Row) =>
    commands.editDraft(table, (draft) => ({
      ...draft,
      rows: draft.rows.map((other) => (other.work === row.work && other.tier === row.tier ? edit(other) : other)),
    }));
  const moveUp = (ref: ModelRef) =>
    change((now) => {
      const at = now.candidates.findIndex((other) => sameModel(other, ref));
      const others = now.candidates.filter((other) => !sameModel(other, ref));
      return { ...now, candidates: others.toSpliced(Math.max(0, at - 1), 0, ref) };
    });
  const remove = (ref: ModelRef) =>
    change((now) => ({ ...now, candidates: now.candidates.filter((other) => !sameModel(other, ref)) }));
  const nameOf = (ref: ModelRef) => t(catalog.find(ref)?.model.name ?? ref.model);
  const name = t('{0}, {1}', t(row.work), t(row.tier));
  const rules = [
    t('cap {0}', row.cap),
    row.maxPrice === undefined ? undefined : t('at most {0}', inDollars(row.maxPrice)),
    row.maxSeconds === undefined ? undefined : t('at most {0} s', row.maxSeconds),
    row.fallbacks ? t('{0} {0|fallback|fallbacks}', row.fallbacks) : t('no fallback'),
    t('next candidate after {0}', row.switchAfter),
    ...row.needs.map((need) => t('needs {0}', t(CAPABILITY_WORDS[need]))),
    row.escalateTo ? t('escalates to {0}', t(row.escalateTo)) : undefined,
  ].filter((rule) => rule !== undefined);
  return (
    <article ref={card} className="route" aria-label={name} data-meant={isMeant} tabIndex={-1}>
      <header>
        <h3>{t(row.tier)}</h3>
      </header>
      <ol>
        {row.candidates.map((ref, index) => {
          return (
            <li key={`${ref.provider} ${ref.model}`}>
              <span>
                {nameOf(ref)} <span className="muted">{serviceInWords(providers, ref.provider)}</span>
              </span>
              {editable ? (
                <span className="route__tools">
                  <button
                    className="button button--quiet"
                    type="button"
                    aria-label={t('Move {0} up', nameOf(ref))}
                    disabled={index === 0}
                    onClick={() => moveUp(ref)}
                  >
                    <ArrowUp size={13} aria-hidden />
                  </button>
                  <button
                    className="button button--quiet"
                    type="button"
                    aria-label={t('Remove {0}', nameOf(ref))}
                    onClick={() => remove(ref)}
                  >
                    <X size={13} aria-hidden />
                  </button>
                </span>
              ) : (
                <span
                  className="tabular muted"
                  {...tipToStopAt(t('One image at 1 megapixel, or one second of 720p video'))}
                >
                  {usualPriceInWords(usualPrice(ref, row.work, market, providers ?? []))}
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {editable ? (
        <Rules row={row} change={change} />
      ) : (
        <div className="route__rules">
          {rules.map((rule) => (
            <span key={rule} className="badge">
              {rule}
            </span>
          ))}
        </div>
      )}
      {!editable && <p className="route__why">{t(row.why)}</p>}
    </article>
  );
}

/** `change` is given what to do to the row as it is by then: two fields, or two tabs, may be at it at once. */
function Rules({ row, change }: { readonly row: Row; readonly change: (edit: (row: Row) => Row) => void }) {
  const set = (changes: Partial<Row>) => change((now) => ({ ...now, ...changes }));
  const { desk } = useApp();
  const catalog = useFact(desk, (state) => state.catalog);
  const offers = catalog.models
    .filter((model) => model.work.includes(row.work) && model.status !== 'retired')
    .flatMap((model) => model.offers.map((offer) => ({ provider: offer.provider, model: model.id, name: model.name })));
  const providers = useFact(desk, (state) => state.providers);
  const canAsk = ({ provider }: ModelRef) =>
    provider === BUILT_IN.provider || providers?.find(({ id }) => id === provider)?.isReady === true;
  const fresh = offers.filter(
    (offer) => !row.candidates.some((ref) => ref.provider === offer.provider && ref.model === offer.model),
  );
  // What a row may not say is said by the table, which cannot be published then.
  const number = (label: string, name: 'cap' | 'fallbacks' | 'switchAfter') => (
    <>
      <span className="explained" {...explainedWord(name === 'switchAfter' ? 'next' : name)}>
        {label}
      </span>
      <span>
        <NumberField
          label={t('{0}: {1}, {2}', label, t(row.work), t(row.tier))}
          value={row[name]}
          min={0}
          max={Infinity}
          whole
          onRead={(value) => value !== undefined && set({ [name]: value })}
        />
      </span>
    </>
  );
  const price = useAmountEntry(row.maxPrice, true, (maxPrice) =>
    change((now) => {
      const { maxPrice: _, ...rest } = now;
      return maxPrice === undefined ? rest : { ...rest, maxPrice };
    }),
  );
  const slowest = (seconds: number | undefined, wrong: boolean) =>
    !wrong &&
    change((now) => {
      const { maxSeconds: _, ...rest } = now;
      return seconds === undefined ? rest : { ...rest, maxSeconds: seconds };
    });
  return (
    <div className="route__edit">
      <span>{t('Add')}</span>
      <select
        className="field"
        aria-label={t('Add a candidate: {0}, {1}', t(row.work), t(row.tier))}
        value=""
        onChange={(event) => {
          const offer = fresh[Number(event.target.value)];
          if (offer)
            change((now) => ({
              ...now,
              candidates: [...now.candidates, { provider: offer.provider, model: offer.model }],
            }));
        }}
      >
        <option value="">{t('a candidate…')}</option>
        {[true, false].map((isReady) => (
          <optgroup key={String(isReady)} label={isReady ? t('Can be asked now') : t('Not set up here')}>
            {fresh.map((offer, index) =>
              canAsk(offer) === isReady ? (
                <option key={`${offer.provider} ${offer.model}`} value={index}>
                  {t(offer.name)}, {serviceInWords(providers, offer.provider)}
                </option>
              ) : null,
            )}
          </optgroup>
        ))}
      </select>
      {number(t('Cap'), 'cap')}
      {number(t('Fallbacks'), 'fallbacks')}
      {number(t('Next after'), 'switchAfter')}
      <span>{t('At most, $')}</span>
      <span>
        <input
          {...price.field}
          className="field"
          aria-label={t('Price ceiling: {0}, {1}', t(row.work), t(row.tier))}
          placeholder={t('no ceiling')}
        />
        {price.problem && (
          <span className="param__help" role="alert">
            {price.problem}
          </span>
        )}
      </span>
      <span>{t('At most, seconds')}</span>
      <span>
        <NumberField
          label={t('Slowest model: {0}, {1}', t(row.work), t(row.tier))}
          placeholder={t('any speed')}
          value={row.maxSeconds}
          min={1}
          max={Infinity}
          whole={false}
          optional
          onRead={slowest}
        />
      </span>
      <span>{t('Needs')}</span>
      <div className="page__tools">
        {CAPABILITIES.map((need) => (
          <label key={need}>
            <input
              type="checkbox"
              checked={row.needs.includes(need)}
              onChange={(event) =>
                change((now) => ({
                  ...now,
                  needs: [...now.needs.filter((other) => other !== need), ...(event.target.checked ? [need] : [])],
                }))
              }
            />{' '}
            {t(CAPABILITY_WORDS[need])}
          </label>
        ))}
      </div>
      <span className="explained" {...explainedWord('escalate')}>
        {t('Escalates to')}
      </span>
      <select
        className="field"
        aria-label={t('Escalates to: {0}, {1}', t(row.work), t(row.tier))}
        value={row.escalateTo ?? ''}
        onChange={(event) => {
          const to = event.target.value as Tier | '';
          change((now) => {
            const { escalateTo: _, ...rest } = now;
            return to ? { ...rest, escalateTo: to } : rest;
          });
        }}
      >
        <option value="">{t('nowhere')}</option>
        {TIERS.filter((tier) => tier !== row.tier).map((tier) => (
          <option key={tier} value={tier}>
            {t(tier)}
          </option>
        ))}
      </select>
      <span>{t('Why')}</span>
      <textarea
        className="field"
        rows={3}
        aria-label={t('Why: {0}, {1}', t(row.work), t(row.tier))}
        value={row.why}
        onChange={(event) => set({ why: event.target.value })}
      />
    </div>
  );
}
