import { expect, test } from 'vitest';
import { dollars, type Micros } from '../../src/core/money.ts';
import { emptyGraph } from '../../src/graph/graph.ts';
import { catalogOf, type Model } from '../../src/routing/catalog.ts';
import type { ProviderView } from '../../src/routing/job.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import {
  amountAt,
  modelsToPrice,
  pricesToAsk,
  withQuotes,
  type Quote,
  type UnitPrice,
} from '../../src/routing/quotes.ts';
import { resolve, type Market } from '../../src/routing/resolve.ts';
import type { RoutingTable } from '../../src/routing/routing-table.ts';
import { rowFor, takeRequest } from '../rig/requests.ts';

const AT = Date.parse('2026-11-28T14:02:00Z');
const price = (unit: UnitPrice['unit'], amount = 10_000): UnitPrice => ({ amount: amount as Micros, unit });

test.each([
  ['image', 'text to image', 10_000],
  ['image', 'image to video', undefined],
  ['megapixel', 'text to image', 20_000],
  ['megapixel', 'image to video', undefined],
  ['second', 'image to video', 60_000],
  ['second', 'text to image', undefined],
  ['video', 'text to video', 10_000],
  ['video', 'upscale', undefined],
] as const)('a price by %s, for %s: %s', (unit, work, amount) => {
  const fields = { duration: { name: 'duration', as: 'number', values: [4, 6, 8] } } as const;
  const size = { width: 1360, height: 768 };
  expect(amountAt(price(unit), { work, ...size, ...(work.endsWith('video') ? { seconds: 5, fields } : {}) })).toBe(
    amount,
  );
});

const model = (id: string, priced?: Micros): Model => ({
  id,
  vendor: id,
  name: id,
  status: 'active',
  work: ['text to image', 'image edit'],
  modalities: [],
  offers: [
    {
      provider: 'fal',
      modelId: `fal-ai/${id}`,
      fields: {},
      works: { 'image edit': { modelId: `fal-ai/${id}/edit`, fields: { still: { name: 'image_url' } } } },
      ...(priced === undefined
        ? {}
        : { price: { amount: priced, unit: 'image', per: 1, source: 'a list', asOf: '2026-11-01' } as const }),
    },
  ],
  supports: { seed: true, guidance: true, references: false },
  tiers: ['speed'],
  seeds: 'yes',
  sources: [],
  asOf: '2026-11-01',
});
const catalog = catalogOf([model('open'), model('listed', dollars('0.02'))], '2026-11-01');
const table = (maxPrice?: Micros): RoutingTable => ({
  id: 'mine',
  name: 'Mine',
  version: 1,
  note: '',
  publishedAt: '',
  rows: [
    rowFor({
      candidates: ['open', 'listed'].map((id) => ({ provider: 'fal', model: id })),
      ...(maxPrice === undefined ? {} : { maxPrice }),
    }),
  ],
});
const quote = (unit: UnitPrice['unit'] | null, name = 'open'): Quote => ({
  provider: 'fal',
  model: `fal-ai/${name}`,
  price: unit && price(unit),
  at: AT,
});
const market = (quotes?: readonly Quote[], budgetLeft?: Micros): Market => ({
  catalog,
  book: NO_OVERRIDES,
  ready: [{ id: 'fal', version: 1 }],
  ...(quotes ? { quotes } : {}),
  ...(budgetLeft === undefined ? {} : { budgetLeft }),
});
const usable = (max: Micros | undefined, from: Market) =>
  resolve(takeRequest(), 'delivery', table(max), from).usable.map((one) => [one.model, one.estimate]);

test('below a ceiling, and with a budget, who said a price is asked; who said none is not', () => {
  const listed = ['listed', { amount: 20_000, about: false }];
  const said = ['open', { amount: 10_000, about: false, quotedAt: AT }];
  for (const of of [market(), market([quote(null)]), market([quote('second')])]) {
    expect(usable(dollars('0.02'), of)).toEqual([listed]);
    expect(usable(undefined, { ...of, budgetLeft: dollars('1') })).toEqual([listed]);
    // Nothing known is not free.
    expect(usable(undefined, of)[0]).toEqual(['open', { amount: undefined, about: false }]);
  }
  expect(usable(dollars('0.02'), market([quote('image')]))).toEqual([said, listed]);
  expect(usable(undefined, market([quote('image')], dollars('1')))).toEqual([said, listed]);
  expect(usable(dollars('0.005'), market([quote('image')]))).toEqual([]);
});

test('a picture of a megapixel is sent with a few pixels more: both megapixels are counted, about', () => {
  expect(usable(undefined, market([quote('megapixel')]))[0]).toEqual([
    'open',
    { amount: 10_000, about: true, quotedAt: AT },
  ]);
  const wide = { ...takeRequest(), aspect: { ...takeRequest().aspect, ratio: [16, 9] as const } };
  const [first] = resolve(wide, 'delivery', table(), market([quote('megapixel')])).usable;
  expect(first!.estimate.amount).toBe(20_000);
});

test('a price of the list, and one of the person’s own, go before what the service says', () => {
  const own = { provider: 'fal', model: 'open', amount: 7000 as Micros, unit: 'image', at: 1 } as const;
  const from = market([quote('image'), quote('image', 'listed')]);
  expect(usable(undefined, { ...from, book: { ...NO_OVERRIDES, overrides: [own] } })).toEqual([
    ['open', { amount: 7000, about: false }],
    ['listed', { amount: 20_000, about: false }],
  ]);
});

test('of something not made yet it may become more where the price goes by its size', () => {
  const guessed = (unit: UnitPrice['unit']) =>
    resolve(takeRequest(), 'delivery', table(), market([quote(unit)]), true).usable[0]!.estimate.mayGrow;
  expect([guessed('image'), guessed('megapixel')]).toEqual([undefined, true]);
});

test('asked for is what the list leaves open, at services that say prices, and what was said an hour ago', () => {
  const view = { id: 'fal', isReady: true, quotes: true } as ProviderView;
  const open = ['fal-ai/open', 'fal-ai/open/edit'].map((name) => ({ provider: 'fal', model: name }));
  const ask = (providers: readonly ProviderView[], known: readonly Quote[] = [], now = AT) =>
    pricesToAsk(modelsToPrice([table(), table()], emptyGraph()), catalog, providers, known, now);
  expect(ask([view])).toEqual(open);
  expect(ask([{ ...view, isReady: false }])).toEqual([]);
  expect(ask([{ ...view, quotes: undefined } as never])).toEqual([]);
  expect(ask([view], [quote(null)])).toEqual([open[1]]);
  expect(ask([view], [quote('image')], AT + 3_600_000)).toEqual(open);
  const newer = { ...quote('image'), at: AT + 1 };
  expect(withQuotes([quote(null), quote('image', 'listed')], [newer])).toEqual([quote('image', 'listed'), newer]);
});
