/** The catalog: models, what they can do, what they cost in their own units and in a common one, source and date. */
import { useMemo, useState } from 'react';
import { dollars, inDollars, type Micros } from '../../core/money.ts';
import { isVideoWork, TIERS, WORK_KINDS, type ModelRef, type WorkKind } from '../../core/take.ts';
import { isDueForReview, REVIEW_DAYS, type Model, type Offer, type Supports } from '../../routing/catalog.ts';
import { commonPrice, priceOf, type Estimate, type PriceOverride } from '../../routing/prices.ts';
import { useApp, useFact } from '../app-context.ts';

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
  const isDue = (model: Model) => isDueForReview(model.asOf, now) || model.offers.some((offer) => offer.price && isDueForReview(offer.price.asOf, now));
  const best = useMemo(() => new Map(catalog.models.map((model) => [model.id, cheapest(model, work || kindOf(model), (ref, kind) => commonPrice(ref, kind, catalog, book))])), [catalog, book, work]);
  const rows = catalog.models
    .filter((model) => `${model.name} ${model.vendor} ${model.id}`.toLowerCase().includes(words.toLowerCase()) && (!work || model.work.includes(work)) && (!tier || (model.tiers as readonly string[]).includes(tier)) && (!due || isDue(model)))
    .sort((a, b) => (sort === 'price' ? (best.get(a.id) ?? Infinity) - (best.get(b.id) ?? Infinity) : sort === 'name' ? a.name.localeCompare(b.name) : a.vendor.localeCompare(b.vendor) || a.name.localeCompare(b.name)));
  const head = (key: Sort, label: string) => <th aria-sort={sort === key ? 'ascending' : 'none'}><button type="button" onClick={() => setSort(key)}>{label}{sort === key ? ' ↑' : ''}</button></th>;
  return (
    <main className="page" aria-label="Catalog">
      <header className="page__head">
        <div>
          <h1>Catalog</h1>
          <p className="page__lead">{catalog.models.length} models, prices as of {catalog.asOf || 'never'}. Prices are list prices; the common unit is one image at 1 megapixel, or one second of 720p video. Unknown means that nobody says, and is never a guess.</p>
        </div>
        <div className="page__tools">
          <input className="field" type="search" aria-label="Search models" placeholder="Search models" value={words} onChange={(event) => setWords(event.target.value)} />
          <select className="field" aria-label="Kind of work" value={work} onChange={(event) => setWork(event.target.value as WorkKind | '')}><option value="">every kind of work</option>{WORK_KINDS.map((kind) => <option key={kind}>{kind}</option>)}</select>
          <select className="field" aria-label="Tier" value={tier} onChange={(event) => setTier(event.target.value)}><option value="">every tier</option>{TIERS.map((name) => <option key={name}>{name}</option>)}</select>
          <label><input type="checkbox" checked={due} onChange={(event) => setDue(event.target.checked)} /> due for review</label>
        </div>
      </header>
      {compared.length > 1 && <Compared models={catalog.models.filter((model) => compared.includes(model.id))} prices={best} onClear={() => setCompared([])} />}
      <p className="muted tabular" role="status" aria-label="Models found">{rows.length} {rows.length === 1 ? 'model' : 'models'}</p>
      <div style={{ overflowX: 'auto' }}>
        <table className="grid models tabular" aria-label="Models">
          <thead><tr><th><span className="muted">⇄</span></th>{head('name', 'Model')}{head('vendor', 'Vendor')}<th>Does</th><th>Takes</th><th>Seed repeats</th><th>Providers and their prices</th>{head('price', 'Common unit, from')}<th>Checked</th></tr></thead>
          <tbody>
            {rows.map((model) => (
              <tr key={model.id}>
                <td><input type="checkbox" aria-label={`Compare ${model.name}`} checked={compared.includes(model.id)} onChange={(event) => setCompared(event.target.checked ? [...compared, model.id] : compared.filter((id) => id !== model.id))} /></td>
                <td><strong>{model.name}</strong>{model.status !== 'active' && <> <span className="badge badge--bad">{model.status} {model.statusDate ?? '(date unknown)'}</span></>}<br /><span className="muted">{model.tiers.join(', ')}</span>{model.notes && <><br /><span className="muted">{model.notes}</span></>}</td>
                <td>{model.vendor}</td>
                <td>{model.modalities.join(', ')}</td>
                <td>{abilities(model.supports)}</td>
                <td title={model.seedsNote}>{model.seeds}</td>
                <td>{model.offers.map((offer, index) => <OfferLine key={index} model={model} offer={offer} />)}</td>
                <td>{best.get(model.id) === undefined ? <span className="muted">unknown</span> : `${inDollars(best.get(model.id)!)} ${isVideoWork(work || kindOf(model)) ? 'a second' : 'an image'}`}</td>
                <td title={model.sources.join('\n')}>{model.id === 'triptych/sketch' ? 'built in' : model.asOf || 'unknown'}{isDue(model) && <><br /><span className="badge badge--warn" title={`More than ${REVIEW_DAYS} days ago, or a price is`}>review</span></>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </main>
  );
}

function cheapest(model: Model, work: WorkKind, price: (ref: ModelRef, work: WorkKind) => Estimate): Micros | undefined {
  const known = model.offers.flatMap((offer) => price({ provider: offer.provider, model: model.id }, work).amount ?? []);
  return known.length ? (Math.min(...known) as Micros) : undefined;
}

function abilities(supports: Supports): string {
  const words: readonly (readonly [keyof Supports, string])[] = [['seed', 'seed'], ['guidance', 'guidance'], ['negative', 'negative prompt'], ['references', 'references'], ['firstFrame', 'first frame']];
  const takes = words.filter(([key]) => supports[key] === true).map(([, word]) => word);
  const unknown = words.filter(([key]) => supports[key] === undefined).map(([, word]) => word);
  return [takes.join(', ') || 'nothing of these', unknown.length ? `unknown: ${unknown.join(', ')}` : ''].filter(Boolean).join('; ');
}

/** One provider's price, with the user's own beside it. */
function OfferLine({ model, offer }: { readonly model: Model; readonly offer: Offer }) {
  const { desk, commands, workspace } = useApp();
  const book = useFact(desk, (state) => state.settings.book);
  const [editing, setEditing] = useState(false);
  const ref = { provider: offer.provider, model: model.id };
  const price = priceOf(ref, offer, book);
  const submit = (text: string, unit: PriceOverride['unit']) => {
    try {
      void commands.ownPrice(ref, { amount: dollars(text), unit });
      setEditing(false);
    } catch {
      workspace.notify('bad', `“${text}” is not an amount of money.`, 'Write dollars, such as 0.05.');
    }
  };
  const words = !price ? 'unknown' : price.unit === 'credit' ? `${price.amount / 1e6} credits` : `${inDollars(price.amount)} per ${price.per > 1 ? `${price.per.toLocaleString('en')} ` : ''}${price.unit}${price.per > 1 ? 's' : ''}`;
  return (
    <div>
      {offer.provider}: <button className="button button--quiet" type="button" aria-label={`Price of ${model.name} at ${offer.provider}: ${words}`} title={[price?.notes, price?.source, price?.asOf, 'Click to enter your own'].filter(Boolean).join('\n')} onClick={() => setEditing(!editing)}>{words}</button>
      {price && 'overridden' in price && <button className="badge badge--warn" type="button" style={{ border: 0 }} title="Back to the list price" onClick={() => void commands.ownPrice(ref, undefined)}>your own ×</button>}
      {editing && (
        <form style={{ display: 'inline-flex', gap: 4 }} aria-label={`Your price for ${model.name} at ${offer.provider}`} onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          submit(String(data.get('amount')), data.get('unit') as PriceOverride['unit']);
        }}>
          <input className="field" name="amount" aria-label="Dollars" style={{ width: 80, height: 24 }} autoFocus inputMode="decimal" />
          <select className="field" name="unit" aria-label="Per" style={{ height: 24 }} defaultValue={isVideoWork(kindOf(model)) ? 'second' : 'image'}>{['image', 'megapixel', 'second', 'video'].map((unit) => <option key={unit}>{unit}</option>)}</select>
          <button className="button" style={{ height: 24 }} type="submit">Use</button>
        </form>
      )}
    </div>
  );
}

function Compared({ models, prices, onClear }: { readonly models: readonly Model[]; readonly prices: ReadonlyMap<string, Micros | undefined>; readonly onClear: () => void }) {
  const lines: readonly (readonly [string, (model: Model) => string])[] = [
    ['Common unit, from', (model) => { const price = prices.get(model.id); return price === undefined ? 'unknown' : inDollars(price); }],
    ['Does', (model) => model.modalities.join(', ')], ['Takes', (model) => abilities(model.supports)], ['Clip lengths', (model) => model.supports.durations?.map((seconds) => `${seconds} s`).join(', ') ?? 'unknown'],
    ['Seed repeats', (model) => model.seeds], ['Tiers', (model) => model.tiers.join(', ')], ['Providers', (model) => [...new Set(model.offers.map(({ provider }) => provider))].join(', ')], ['Status', (model) => model.status],
  ];
  return (
    <section className="panel" aria-label="Comparison" style={{ marginBottom: 18, overflowX: 'auto' }}>
      <table className="grid tabular" style={{ marginTop: 0 }}>
        <thead><tr><th><button type="button" onClick={onClear}>Clear</button></th>{models.map((model) => <th key={model.id}>{model.name}</th>)}</tr></thead>
        <tbody>{lines.map(([name, say]) => <tr key={name}><td className="muted">{name}</td>{models.map((model) => <td key={model.id}>{say(model)}</td>)}</tr>)}</tbody>
      </table>
    </section>
  );
}
