/** What a candidate usually costs, where its service is the one that knows. */
import { expect, test } from 'vitest';
import { dollars } from '../../src/core/money.ts';
import { catalogOf, type Model } from '../../src/routing/catalog.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import type { Quote } from '../../src/routing/quotes.ts';
import { usualPrice } from '../../src/routing/usual-price.ts';

const model = (id: string, work: Model['work']): Model => ({
  id,
  vendor: 'v',
  name: id,
  status: 'active',
  work,
  modalities: [],
  supports: {},
  tiers: [],
  seeds: 'yes',
  sources: [],
  asOf: '2026-11-01',
  offers: [{ provider: 'asked', modelId: `asked/${id}` }],
});
const catalog = catalogOf([model('still', ['text to image']), model('clip', ['text to video'])], '2026-11-01');
const PROVIDERS = [{ id: 'asked', quotes: true }] as const;
const priceOf = (quotes: readonly Quote[], providers: readonly { id: string; quotes?: true }[] = PROVIDERS) =>
  usualPrice(
    { provider: 'asked', model: 'still' },
    'text to image',
    { catalog, book: NO_OVERRIDES, quotes },
    providers,
  );
const quoteOf = (what: string, price: Quote['price']): Quote => ({
  provider: 'asked',
  model: `asked/${what}`,
  price,
  at: 7,
});

test('a price that only its service knows is asked for, until it was; then it is the last one, with its time', () => {
  expect(priceOf([])).toMatchObject({ isAsked: true, estimate: { amount: undefined } });
  const quoted = priceOf([quoteOf('still', { amount: dollars('0.03'), unit: 'megapixel' })]);
  expect(quoted).toEqual({ per: 'image', estimate: { amount: dollars('0.03'), about: true, quotedAt: 7 } });
});

test('it is unknown where nobody can be asked, or the service does not say', () => {
  for (const unknown of [priceOf([], []), priceOf([], [{ id: 'asked' }]), priceOf([quoteOf('still', null)])]) {
    expect(unknown.isAsked).toBeUndefined();
    expect(unknown.estimate.amount).toBeUndefined();
  }
});

test('a clip is priced by the second, or as a whole where its service counts so', () => {
  const clip = (price: Quote['price']) =>
    usualPrice(
      { provider: 'asked', model: 'clip' },
      'text to video',
      { catalog, book: NO_OVERRIDES, quotes: [quoteOf('clip', price)] },
      PROVIDERS,
    );
  expect(clip({ amount: dollars('0.1'), unit: 'second' })).toMatchObject({ per: 'second' });
  expect(clip({ amount: dollars('0.4'), unit: 'video' })).toMatchObject({
    per: 'clip',
    estimate: { amount: dollars('0.4') },
  });
});
