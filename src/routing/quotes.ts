/**
 * Prices that services say themselves, where the list has none: what a unit of a model costs, so that the price is known
 * for whatever size and length a run comes to. A quote is an estimate: it is never what was paid.
 */
import { scaled, type Micros } from '../core/money.ts';
import { isVideoWork, type ModelRef } from '../core/take.ts';
import { pinsIn } from '../graph/flat-graph.ts';
import type { Graph } from '../graph/graph.ts';
import type { Catalog, Offer } from './catalog.ts';
import { secondsSent } from './clip-length.ts';
import type { ProviderView } from './job.ts';
import type { JobRequest } from './job-request.ts';
import type { RoutingTable } from './routing-table.ts';

/** A model as a service calls it. */
export interface PriceQuestion {
  readonly provider: string;
  readonly model: string;
}
/** A megapixel that was begun counts as one. */
export interface UnitPrice {
  readonly amount: Micros;
  readonly unit: 'image' | 'megapixel' | 'second' | 'video';
}
export interface Quote extends PriceQuestion {
  /** `null`: the service does not say, or counts in something else. */
  readonly price: UnitPrice | null;
  /** When it said so, in milliseconds since 1970. */
  readonly at: number;
}

/** What it comes to for a request as it is sent; `undefined` where the unit is not one of what is asked for. */
export function amountAt(
  { amount, unit }: UnitPrice,
  request: Pick<JobRequest, 'work' | 'width' | 'height' | 'seconds' | 'fields'>,
): Micros | undefined {
  const { work, width, height } = request;
  const seconds = secondsSent(request);
  const isVideo = isVideoWork(work);
  switch (unit) {
    case 'image':
      return isVideo ? undefined : amount;
    case 'megapixel':
      return isVideo ? undefined : scaled(amount, Math.ceil((width * height) / 1e6));
    case 'video':
      return isVideo ? amount : undefined;
    case 'second':
      return isVideo && seconds !== undefined ? scaled(amount, seconds) : undefined;
    default:
      return unit satisfies never;
  }
}

/** Services are asked again after so long: prices move seldom. */
export const QUOTE_HOLDS_MS = 60 * 60_000;

/** Every model that takes may be asked of: those that tables name, and those that nodes of the graph are pinned to. */
export const modelsToPrice = (tables: readonly RoutingTable[], graph: Graph): readonly ModelRef[] => [
  ...tables.flatMap(({ rows }) => rows.flatMap(({ candidates }) => candidates)),
  ...pinsIn(graph),
];

/**
 * Those of the models that have no price in the catalog, at services that say theirs. `known`: what is not older than an
 * hour is not asked for again, whatever the answer was.
 */
export function pricesToAsk(
  models: readonly ModelRef[],
  catalog: Catalog,
  providers: readonly ProviderView[],
  known: readonly Quote[],
  now: number,
): readonly PriceQuestion[] {
  const saying = new Set(providers.filter(({ quotes, isReady }) => quotes && isReady).map(({ id }) => id));
  const isFresh = (asked: PriceQuestion) => {
    const quote = quoteFor(known, asked);
    return quote !== undefined && now - quote.at < QUOTE_HOLDS_MS;
  };
  const questions = new Map<string, PriceQuestion>();
  for (const ref of models) {
    const offer = saying.has(ref.provider) ? catalog.find(ref)?.offer : undefined;
    if (!offer || offer.price) continue;
    for (const model of namesOf(offer)) questions.set(`${ref.provider} ${model}`, { provider: ref.provider, model });
  }
  return [...questions.values()].filter((asked) => !isFresh(asked));
}
const namesOf = ({ modelId, works = {}, between, extending }: Offer): readonly string[] => [
  ...new Set([
    modelId,
    ...[...Object.values(works), between, extending].flatMap((endpoint) => endpoint?.modelId ?? []),
  ]),
];

export const quoteFor = (quotes: readonly Quote[], { provider, model }: PriceQuestion): Quote | undefined =>
  quotes.find((quote) => quote.provider === provider && quote.model === model);

/** Newer quotes take the place of older ones of the same model. */
export const withQuotes = (known: readonly Quote[], fresh: readonly Quote[]): readonly Quote[] => [
  ...known.filter((quote) => !quoteFor(fresh, quote)),
  ...fresh,
];
