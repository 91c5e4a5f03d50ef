/** One row of a routing table, to read or, in a draft, to change. */
import { ArrowUp, X } from 'lucide-react';
import { dollars, inDollars } from '../../core/money.ts';
import { TIERS, type Tier } from '../../core/take.ts';
import { commonPrice } from '../../routing/prices.ts';
import { CAPABILITIES, CAPABILITY_WORDS, type Capability, type Row, type RoutingTable } from '../../routing/table.ts';
import { useApp, useFact } from '../app-context.ts';
import { t } from '../words/t.ts';

export function RowCard({ row, table, editable }: { readonly row: Row; readonly table: RoutingTable; readonly editable: boolean }) {
  const { desk, commands } = useApp();
  const catalog = useFact(desk, (state) => state.catalog);
  const book = useFact(desk, (state) => state.settings.book);
  const replace = (next: Row) => void commands.saveDraft({ ...table, rows: table.rows.map((other) => (other.work === row.work && other.tier === row.tier ? next : other)) });
  const change = (changes: Partial<Row>) => replace({ ...row, ...changes });
  const name = `${t(row.work)}, ${row.tier}`;
  const rules = [
    t('cap {0}', row.cap),
    row.maxPrice === undefined ? undefined : t('at most {0}', inDollars(row.maxPrice)),
    row.maxSeconds === undefined ? undefined : t('at most {0} s', row.maxSeconds),
    row.fallbacks ? t('{0} {1}', row.fallbacks, row.fallbacks === 1 ? t('fallback') : t('fallbacks')) : t('no fallback'),
    t('next candidate after {0}', row.switchAfter),
    ...row.needs.map((need) => t('needs {0}', t(CAPABILITY_WORDS[need]))),
    row.escalateTo ? t('escalates to {0}', row.escalateTo) : undefined,
  ].filter((rule) => rule !== undefined);
  return (
    <article className="route" aria-label={name}>
      <header><h3>{row.tier}</h3></header>
      <ol>
        {row.candidates.map((ref, index) => {
          const found = catalog.find(ref);
          const price = found && commonPrice(ref, row.work, catalog, book);
          const without = row.candidates.filter((_, at) => at !== index);
          return (
            <li key={`${ref.provider} ${ref.model}`}>
              <span>{found?.model.name ?? ref.model} <span className="muted">{ref.provider}</span></span>
              {editable ? (
                <span className="route__tools">
                  <button className="button button--quiet" type="button" aria-label={t('Move {0} up', ref.model)} disabled={index === 0} onClick={() => change({ candidates: without.toSpliced(index - 1, 0, ref) })}><ArrowUp size={13} aria-hidden /></button>
                  <button className="button button--quiet" type="button" aria-label={t('Remove {0}', ref.model)} onClick={() => change({ candidates: without })}><X size={13} aria-hidden /></button>
                </span>
              ) : <span className="tabular muted" title={t('One image at 1 megapixel, or one second of 720p video')}>{price?.amount === undefined ? t('unknown') : `${price.about ? '≈ ' : ''}${inDollars(price.amount)}`}</span>}
            </li>
          );
        })}
      </ol>
      {editable ? <Rules row={row} replace={replace} /> : <div className="route__rules">{rules.map((rule) => <span key={rule} className="badge">{rule}</span>)}</div>}
      {!editable && <p className="route__why">{t(row.why)}</p>}
    </article>
  );
}

function Rules({ row, replace }: { readonly row: Row; readonly replace: (next: Row) => void }) {
  const change = (changes: Partial<Row>) => replace({ ...row, ...changes });
  const { desk } = useApp();
  const catalog = useFact(desk, (state) => state.catalog);
  const offers = catalog.models.filter((model) => model.work.includes(row.work) && model.status !== 'retired').flatMap((model) => model.offers.map((offer) => ({ provider: offer.provider, model: model.id, name: model.name })));
  const fresh = offers.filter((offer) => !row.candidates.some((ref) => ref.provider === offer.provider && ref.model === offer.model));
  const number = (label: string, value: number, min: number, set: (value: number) => void) => (
    <><span>{label}</span><input className="field" type="number" aria-label={`${label}: ${t(row.work)}, ${row.tier}`} min={min} value={value} onChange={(event) => set(event.target.valueAsNumber || 0)} /></>
  );
  return (
    <div className="route__edit">
      <span>{t('Add')}</span>
      <select className="field" aria-label={t('Add a candidate: {0}, {1}', t(row.work), row.tier)} value="" onChange={(event) => {
        const offer = fresh[Number(event.target.value)];
        if (offer) change({ candidates: [...row.candidates, { provider: offer.provider, model: offer.model }] });
      }}>
        <option value="">{t('a candidate…')}</option>
        {fresh.map((offer, index) => <option key={`${offer.provider} ${offer.model}`} value={index}>{offer.name}, {offer.provider}</option>)}
      </select>
      {number(t('Cap'), row.cap, 1, (cap) => change({ cap }))}
      {number(t('Fallbacks'), row.fallbacks, 0, (fallbacks) => change({ fallbacks }))}
      {number(t('Next after'), row.switchAfter, 1, (switchAfter) => change({ switchAfter }))}
      <span>{t('At most, $')}</span>
      <input key={row.maxPrice} className="field" aria-label={t('Price ceiling: {0}, {1}', t(row.work), row.tier)} inputMode="decimal" placeholder={t('no ceiling')} defaultValue={row.maxPrice === undefined ? '' : row.maxPrice / 1e6} onBlur={(event) => {
        const { maxPrice: _, ...rest } = row;
        try {
          const text = event.target.value.trim();
          replace(text ? { ...rest, maxPrice: dollars(text) } : rest);
        } catch {
          event.target.value = row.maxPrice === undefined ? '' : String(row.maxPrice / 1e6);
        }
      }} />
      <span>{t('At most, seconds')}</span>
      <input className="field" type="number" aria-label={t('Slowest model: {0}, {1}', t(row.work), row.tier)} min={1} placeholder={t('any speed')} value={row.maxSeconds ?? ''} onChange={(event) => {
        const { maxSeconds: _, ...rest } = row;
        const seconds = event.target.valueAsNumber;
        replace(seconds > 0 ? { ...rest, maxSeconds: seconds } : rest);
      }} />
      <span>{t('Needs')}</span>
      <div className="page__tools">{CAPABILITIES.map((need) => <label key={need}><input type="checkbox" checked={row.needs.includes(need)} onChange={(event) => change({ needs: event.target.checked ? [...row.needs, need] : row.needs.filter((other: Capability) => other !== need) })} /> {CAPABILITY_WORDS[need]}</label>)}</div>
      <span>{t('Escalates to')}</span>
      <select className="field" aria-label={t('Escalates to: {0}, {1}', t(row.work), row.tier)} value={row.escalateTo ?? ''} onChange={(event) => {
        const { escalateTo: _, ...rest } = row;
        replace(event.target.value ? { ...rest, escalateTo: event.target.value as Tier } : rest);
      }}><option value="">{t('nowhere')}</option>{TIERS.filter((tier) => tier !== row.tier).map((tier) => <option key={tier}>{tier}</option>)}</select>
      <span>{t('Why')}</span>
      <textarea className="field" rows={3} aria-label={t('Why: {0}, {1}', t(row.work), row.tier)} value={row.why} onChange={(event) => change({ why: event.target.value })} />
    </div>
  );
}
