/** The catalog: models, what they can do, what they cost in their own units and in a common one, source and date. */
import { useMemo, useState } from 'react';
import { onDate, parted } from '../../core/figures.ts';
import { inDollars, type Micros } from '../../core/money.ts';
import { isVideoWork, TIERS, WORK_KINDS, type ModelRef, type WorkKind } from '../../core/take.ts';
import { isDueForReview, REVIEW_DAYS, type Model, type Offer, type Supports } from '../../routing/catalog.ts';
import { commonPrice, priceOf, type Estimate, type PriceOverride } from '../../routing/prices.ts';
import { useApp, useFact } from '../app-context.ts';
import { LiveStatus } from '../widgets/live-status.tsx';
import { amountIn, whyNoAmount } from '../widgets/amount.ts';
import { tip, tipToStopAt } from '../widgets/tip.ts';
import { inFigures, t, w } from '../../words/t.ts';
import './catalog-page.css';
import '../theme/grid.css';

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
        <table className="grid models tabular" aria-label={t('Models')}>
          <thead>
            <tr>
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
          <tbody>
            {rows.map((model) => (
              <tr key={model.id}>
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
            ))}
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

const SEEDS = { yes: w('yes'), no: w('no'), unknown: w('unknown') } as const;
/** Kinds of work, or what its maker calls it where that is none of ours. */
const deeds = (model: Model): string => model.work.map((kind) => t(kind)).join(', ') || model.modalities.join(', ');
function abilities(supports: Supports): string {
  const words: readonly (readonly [keyof Supports, string])[] = [
    ['seed', t('seed')],
    ['guidance', t('guidance')],
    ['negative', t('negative prompt')],
    ['references', t('references')],
    ['firstFrame', t('first frame')],
  ];
  const takes = words.filter(([key]) => supports[key] === true).map(([, word]) => word);
  const unknown = words.filter(([key]) => supports[key] === undefined).map(([, word]) => word);
  return [takes.join(', ') || t('nothing of these'), unknown.length ? t('unknown: {0}', unknown.join(', ')) : '']
    .filter(Boolean)
    .join('; ');
}

/** One provider's price, with the user's own beside it. */
function OfferLine({ model, offer }: { readonly model: Model; readonly offer: Offer }) {
  const { desk, commands, workspace } = useApp();
  const book = useFact(desk, (state) => state.settings.book);
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
      {offer.provider}:{' '}
      <button
        className="button button--quiet"
        type="button"
        aria-label={t('Price of {0} at {1}: {2}', t(model.name), offer.provider, words)}
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
          style={{ display: 'inline-flex', gap: 4 }}
          aria-label={t('Your price for {0} at {1}', t(model.name), offer.provider)}
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

function Compared({
  models,
  prices,
  onClear,
}: {
  readonly models: readonly Model[];
  readonly prices: ReadonlyMap<string, Micros | undefined>;
  readonly onClear: () => void;
}) {
  const lines: readonly (readonly [string, (model: Model) => string])[] = [
    [
      t('Common unit, from'),
      (model) => {
        const price = prices.get(model.id);
        return price === undefined ? t('unknown') : inFigures(inDollars(price));
      },
    ],
    [t('Does'), (model) => deeds(model)],
    [t('Abilities'), (model) => abilities(model.supports)],
    [
      t('Clip lengths'),
      (model) => model.supports.durations?.map((seconds) => t('{0} s', seconds)).join(', ') ?? t('unknown'),
    ],
    [t('Seed repeats'), (model) => t(SEEDS[model.seeds])],
    [t('Tiers'), (model) => model.tiers.map((name) => t(name)).join(', ')],
    [t('Providers'), (model) => [...new Set(model.offers.map(({ provider }) => provider))].join(', ')],
    [t('Status'), (model) => model.status],
  ];
  return (
    <section className="panel" aria-label={t('Comparison')} style={{ marginBottom: 18 }}>
      <div className="scrolls">
        <table className="grid tabular" style={{ marginTop: 0 }}>
          <thead>
            <tr>
              <th>
                <button type="button" onClick={onClear}>
                  {t('Clear')}
                </button>
              </th>
              {models.map((model) => (
                <th key={model.id}>{t(model.name)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(([name, say]) => (
              <tr key={name}>
                <td className="muted">{name}</td>
                {models.map((model) => (
                  <td key={model.id}>{say(model)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
