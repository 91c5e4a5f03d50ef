/** What a candidate usually costs: by the list, or else by what its service said when it was asked last. */
import { isVideoWork, startsFromPicture, type ModelRef, type WorkKind } from '../core/take.ts';
import { endpointFor } from './endpoint-for.ts';
import type { ProviderView } from './job.ts';
import { commonPrice, type Estimate } from './prices.ts';
import { amountAt, quoteFor } from './quotes.ts';
import type { Market } from './resolve.ts';

export interface UsualPrice {
  readonly estimate: Estimate;
  /** A picture of one megapixel, a second, or a clip however long it is. */
  readonly per: 'image' | 'second' | 'clip';
  /** Nothing is known now: its service says it before each run. */
  readonly isAsked?: true;
}

export function usualPrice(
  ref: ModelRef,
  work: WorkKind,
  { catalog, book, quotes = [] }: Pick<Market, 'catalog' | 'book' | 'quotes'>,
  providers: readonly Pick<ProviderView, 'id' | 'quotes'>[],
): UsualPrice {
  const per = isVideoWork(work) ? 'second' : 'image';
  const found = catalog.find(ref);
  if (!found) return { estimate: { amount: undefined, about: false }, per };
  const listed = { estimate: commonPrice(ref, work, catalog, book), per } as const;
  const saysPrices = providers.some(({ id, quotes: says }) => id === ref.provider && says);
  if (listed.estimate.amount !== undefined || found.offer.price || !saysPrices) return listed;
  const endpoint = endpointFor(found.offer, work, { still: startsFromPicture(work), references: false });
  if (!endpoint) return listed;
  const quote = quoteFor(quotes, { provider: ref.provider, model: endpoint.modelId });
  if (!quote) return { ...listed, isAsked: true };
  const amount = quote.price ? amountAt(quote.price, { work, ...USUAL }) : undefined;
  if (amount === undefined) return listed;
  return {
    estimate: { amount, about: true, quotedAt: quote.at },
    per: quote.price?.unit === 'video' ? 'clip' : per,
  };
}

/** A megapixel, or a second. */
const USUAL = { width: 1000, height: 1000, seconds: 1 };
