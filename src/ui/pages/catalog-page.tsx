/** The catalog: models, what they can do, what they cost in their own units and in a common one, source and date. */
import { Fragment, useMemo, useRef, useState } from 'react';
import { onDate, parted } from '../../core/figures.ts';
import { inDollars, type Micros } from '../../core/money.ts';
import { isVideoWork, TIERS, WORK_KINDS, type ModelRef, type WorkKind } from '../../core/take.ts';
import { isDueForReview, REVIEW_DAYS, type Model, type Offer } from '../../routing/catalog.ts';
import { commonPrice, priceOf, type Estimate } from '../../routing/prices.ts';
import type { PriceOverride } from '../../routing/price-book.ts';
import { useApp, useFact } from '../app-context.ts';
import { serviceInWords } from '../market.ts';
import { LiveStatus } from '../widgets/live-status.tsx';
import { amountIn, whyNoAmount } from '../widgets/amount.ts';
import { SkippedRows, useDrawnRows } from '../widgets/drawn-rows.tsx';
import { Compared } from './model-comparison.tsx';
import { abilities, deeds, SEEDS } from './model-words.ts';
import { inFigures, t } from '../../words/t.ts';
import { explainedControl } from '../explained.ts';
import { tip, tipToStopAt } from '../widgets/tip.ts';
import './catalog-page.css';
import '../theme/grid.css';

const COLUMNS = 9;
/** In pixels, of a model with a price or two. */
const USUAL_ROW_HEIGHT = 84;

type Sort = 'name' | 'vendor' | 'price';
const kindOf = (model: Model): WorkKind => model.work[0] ?? 'upscale';

export default function CatalogPage() {
  const { desk } = useApp();
  const catalog = useFact(desk, (state) => state.catalog);
  const book = useFact(desk, (state) => state.settings.book);
  const [words, setWords] = useState('');
  const [work, setWork] = useState<WorkKind | ''>('');
  const [tier, setTier] = useState('');
  const [due, setDue] = useState(false);
  const [sort, setSort] = useState<Sort>('vendor');
  const [compared, setCompared] = useState<readonly string[]>([]);
  const [now] = useState(() => Date.now());
  const isDue = (model: Model) =>
    isDueForReview(model.asOf, now) ||
    model.offers.some((offer) => offer.price && isDueForReview(offer.price.asOf, now));
  const best = useMemo(
    () =>
      new Map(
        catalog.models.map((model) => [
          model.id,
          cheapest(model, work || kindOf(model), (ref, kind) => commonPrice(ref, kind, catalog, book)),
        ]),
      ),
    [catalog, book, work],
  );
  const rows = catalog.models
    .filter(
      (model) =>
        `${t(model.name)} ${model.vendor} ${model.id}`.toLowerCase().includes(words.toLowerCase()) &&
        (!work || model.work.includes(work)) &&
        (!tier || (model.tiers as readonly string[]).includes(tier)) &&
        (!due || isDue(model)),
    )
    .sort((a, b) =>
      sort === 'price'
        ? (best.get(a.id) ?? Infinity) - (best.get(b.id) ?? Infinity)
        : sort === 'name'
          ? t(a.name).localeCompare(t(b.name))
          : a.vendor.localeCompare(b.vendor) || t(a.name).localeCompare(t(b.name)),
    );
  const count = t('{0} {0|model|models}', rows.length);
  const body = useRef<HTMLTableSectionElement>(null);
  const keys = rows.map(({ id }) => id);
  const drawn = useDrawnRows({ list: body, scroller: '.page', keys, usualHeight: USUAL_ROW_HEIGHT });
  const head = (key: Sort, label: string) => (
    <th aria-sort={sort === key ? 'ascending' : 'none'}>
      <button type="button" onClick={() => setSort(key)}>
        {label}
        {sort === key ? ' ↑' : ''}
      </button>
    </th>
  );
  return (
    <main className="page" aria-label={t('Catalog')}>
      <header className="page__head">
        <div>
          <h1>{t('Catalog')}</h1>
          <p className="page__lead">
            {t(
              '{0} {0|model|models}, prices as of {1}. Prices are list prices; the common unit is one image at 1 megapixel, or one second of 720p video. Unknown means that nobody says, and is never a guess.',
              catalog.models.length,
              catalog.asOf ? onDate(catalog.asOf) : t('never'),
            )}
          </p>
        </div>
        <div className="page__tools">
          <input
            className="field"
            type="search"
            aria-label={t('Search models')}
            placeholder={t('Search models')}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <select
            className="field"
            aria-label={t('Kind of work')}
            value={work}
            onChange={(event) => setWork(event.target.value as WorkKind | '')}
          >
            <option value="">{t('every kind of work')}</option>
            {WORK_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(kind)}
              </option>
            ))}
          </select>
          <select
            className="field"
            aria-label={t('Tier')}
            {...explainedControl('tier')}
            value={tier}
            onChange={(event) => setTier(event.target.value)}
          >
            <option value="">{t('every tier')}</option>
            {TIERS.map((name) => (
              <option key={name} value={name}>
                {t(name)}
              </option>
            ))}
          </select>
          <label>
            <input type="checkbox" checked={due} onChange={(event) => setDue(event.target.checked)} />{' '}
            {t('due for review')}
          </label>
        </div>
      </header>
      {compared.length > 1 && (
        <Compared
          models={catalog.models.filter((model) => compared.includes(model.id))}
          prices={best}
          onClear={() => setCompared([])}
        />
      )}
      <LiveStatus className="muted tabular" label={t('Models found')} said={count}>
        {count}
      </LiveStatus>
      <div className="scrolls">
        <table
          className="grid models tabular"
          data-long={drawn.isLong}
          aria-label={t('Models')}
          aria-rowcount={rows.length + 1}
        >
          <thead>
            <tr aria-rowindex={1}>
              <th>
                <span className="muted">⇄</span>
              </th>
              {head('name', t('Model'))}
              {head('vendor', t('Vendor'))}
              <th>{t('Does')}</th>
              <th>{t('Abilities')}</th>
              <th>{t('Seed repeats')}</th>
              <th>{t('Providers and their prices')}</th>
              {head('price', t('Common unit, from'))}
              <th>{t('Checked')}</th>
            </tr>
          </thead>
          <tbody ref={body}>
            {drawn.rows.map(({ at, skipped }) => {
              const model = rows[at]!;
              return (
                <Fragment key={model.id}>
                  <SkippedRows height={skipped} columns={COLUMNS} />
                  <tr ref={drawn.rowRef} data-row={at} aria-rowindex={at + 2}>
                    <td>
                      <input
                        type="checkbox"
                        aria-label={t('Compare {0}', t(model.name))}
                        checked={compared.includes(model.id)}
                        onChange={(event) =>
                          setCompared(
                            event.target.checked ? [...compared, model.id] : compared.filter((id) => id !== model.id),
                          )
                        }
                      />
                    </td>
                    <td>
                      <strong>{t(model.name)}</strong>
                      {model.status !== 'active' && (
                        <>
                          {' '}
                          <span className="badge badge--bad">
                            {t(model.status)} {model.statusDate ? dated(model.statusDate) : t('(date unknown)')}
                          </span>
                        </>
                      )}
                      <br />
                      <span className="muted">{model.tiers.map((name) => t(name)).join(', ')}</span>
                      {model.notes && (
                        <>
                          <br />
                          <span className="muted">{t(model.notes)}</span>
                        </>
                      )}
                    </td>
                    <td>{model.vendor}</td>
                    <td>{deeds(model)}</td>
                    <td>{abilities(model.supports)}</td>
                    <td {...tipToStopAt(model.seedsNote && t(model.seedsNote))}>{t(SEEDS[model.seeds])}</td>
                    <td>
                      {model.offers.map((offer, index) => (
                        <OfferLine key={index} model={model} offer={offer} />
                      ))}
                    </td>
                    <td>
                      {best.get(model.id) === undefined ? (
                        <span className="muted">{t('unknown')}</span>
                      ) : isVideoWork(work || kindOf(model)) ? (
                        t('{0} a second', inDollars(best.get(model.id)!))
                      ) : (
                        t('{0} an image', inDollars(best.get(model.id)!))
                      )}
                    </td>
                    <td {...tipToStopAt(model.sources.join('\n'))}>
                      {model.id === 'triptych/sketch' ? t('built in') : dated(model.asOf) || t('unknown')}
                      {isDue(model) && (
                        <>
                          <br />
                          <span
                            className="badge badge--warn"
                            {...tipToStopAt(t('More than {0} {0|day|days} ago, or a price is', REVIEW_DAYS))}
                          >
                            {t('due for review')}
                          </span>
                        </>
                      )}
                    </td>
                  </tr>
                </Fragment>
              );
            })}
            <SkippedRows height={drawn.skippedBelow} columns={COLUMNS} />
          </tbody>
        </table>
      </div>
    </main>
  );
}

/** An ISO date; nothing where there is none. */
const dated = (date: string): string => date && inFigures(onDate(date));

function cheapest(
  model: Model,
  work: WorkKind,
  price: (ref: ModelRef, work: WorkKind) => Estimate,
): Micros | undefined {
  const known = model.offers.flatMap(
    (offer) => price({ provider: offer.provider, model: model.id }, work).amount ?? [],
  );
  return known.length ? (Math.min(...known) as Micros) : undefined;
}

/** One provider's price, with the user's own beside it. */
function OfferLine({ model, offer }: { readonly model: Model; readonly offer: Offer }) {
  const { desk, commands, workspace } = useApp();
  const book = useFact(desk, (state) => state.settings.book);
  const service = useFact(desk, (state) => serviceInWords(state.providers, offer.provider));
  const [editing, setEditing] = useState(false);
  const ref = { provider: offer.provider, model: model.id };
  const price = priceOf(ref, offer, book);
  const submit = (text: string, unit: PriceOverride['unit']) => {
    const amount = amountIn(text);
    if (amount === undefined) return workspace.notify('bad', whyNoAmount(text));
    void commands.ownPrice(ref, { amount, unit });
    setEditing(false);
  };
  const words = !price
    ? t('unknown')
    : price.unit === 'credit'
      ? t('{0} {0|credit|credits}', price.amount / 1e6)
      : price.per > 1
        ? t('{0} per {1} × {2}', inDollars(price.amount), parted(price.per), t(price.unit))
        : t('{0} per {1}', inDollars(price.amount), t(price.unit));
  return (
    <div>
      {service}:{' '}
      <button
        className="button button--quiet"
        type="button"
        aria-label={t('Price of {0} at {1}: {2}', t(model.name), service, words)}
        {...tip(
          [price?.notes, price?.source && t(price.source), price && dated(price.asOf), t('Click to enter your own')]
            .filter(Boolean)
            .join('\n'),
        )}
        onClick={() => setEditing(!editing)}
      >
        {words}
      </button>
      {price && 'overridden' in price && (
        <button
          className="badge badge--warn"
          type="button"
          style={{ border: 0 }}
          {...tip(t('Back to the list price'))}
          onClick={() => void commands.ownPrice(ref, undefined)}
        >
          {t('your own ×')}
        </button>
      )}
      {editing && (
        <form
          className="catalog__price"
          aria-label={t('Your price for {0} at {1}', t(model.name), service)}
          onSubmit={(event) => {
            event.preventDefault();
            const { amount, unit } = event.currentTarget.elements as unknown as {
              readonly amount: HTMLInputElement;
              readonly unit: HTMLSelectElement;
            };
            submit(amount.value, unit.value as PriceOverride['unit']);
          }}
        >
          <input
            className="field"
            name="amount"
            aria-label={t('Dollars')}
            style={{ width: 80, height: 24 }}
            autoFocus
            inputMode="decimal"
          />
          <select
            className="field"
            name="unit"
            aria-label={t('Per')}
            style={{ height: 24 }}
            defaultValue={isVideoWork(kindOf(model)) ? 'second' : 'image'}
          >
            {['image', 'megapixel', 'second', 'video'].map((unit) => (
              <option key={unit} value={unit}>
                {t(unit)}
              </option>
            ))}
          </select>
          <button className="button" style={{ height: 24 }} type="submit">
            {t('Use')}
          </button>
        </form>
      )}
    </div>
  );
}
