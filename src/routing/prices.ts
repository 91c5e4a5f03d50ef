/** What a take would cost. Exact where the list is, "about" where it depends, unknown where nobody says. */
import { FREE, isMicros, scaled, type Micros } from '../core/money.ts';
import { own } from '../core/own.ts';
import { isVideoWork, type ModelRef, type WorkKind } from '../core/take.ts';
import type { Catalog, Offer, Price } from './catalog.ts';

/** How much is asked for: what prices are counted in. */
export interface Size {
  readonly megapixels: number;
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}
/** `undefined` amounts are unknown. `about`: the list names cases this cannot tell apart. */
export interface Estimate {
  readonly amount: Micros | undefined;
  readonly about: boolean;
}
export interface PriceOverride extends ModelRef {
  readonly amount: Micros;
  readonly unit: 'image' | 'megapixel' | 'second' | 'video';
  /** When the user entered it; older ones are kept, the newest counts. */
  readonly at: number;
}
/** The user's corrections to the catalog. */
export interface PriceBook {
  readonly overrides: readonly PriceOverride[];
  /** Dollars per credit by provider. */
  readonly creditRates: Readonly<Record<string, Micros>>;
}
export const NO_OVERRIDES: PriceBook = { overrides: [], creditRates: {} };

const UNKNOWN: Estimate = { amount: undefined, about: false };

/** The price that counts: the user's newest, else the catalog's. */
export function priceOf(
  ref: ModelRef,
  offer: Offer | undefined,
  book: PriceBook,
): (Price & { readonly overridden?: true }) | undefined {
  const own = book.overrides
    .filter((override) => override.provider === ref.provider && override.model === ref.model)
    .reduce<PriceOverride | undefined>((newest, one) => (!newest || one.at >= newest.at ? one : newest), undefined);
  if (own)
    return {
      amount: own.amount,
      unit: own.unit,
      per: 1,
      source: 'your own price',
      asOf: new Date(own.at).toISOString().slice(0, 10),
      overridden: true,
    };
  return offer?.price;
}

export function estimate(ref: ModelRef, work: WorkKind, size: Size, catalog: Catalog, book: PriceBook): Estimate {
  const found = catalog.find(ref);
  const price = priceOf(ref, found?.offer, book);
  if (!price) return UNKNOWN;
  const about = price.notes !== undefined;
  const times = (units: number, certain = true): Estimate => {
    const amount = scaled(price.amount, units, price.per);
    // More than can be counted exactly is no price.
    return isMicros(amount) ? { amount, about: about || !certain } : UNKNOWN;
  };
  if (price.amount === FREE) return { amount: FREE, about: false };
  switch (price.unit) {
    case 'image':
      return times(1);
    case 'megapixel':
      return times(size.megapixels);
    case 'megapixels (8)':
      return times(Math.ceil(size.megapixels / 8));
    case 'run and megapixel':
      return times(1 + size.megapixels, false);
    case 'second':
      return isVideoWork(work) ? times(billedSeconds(size.seconds, found?.model.supports.durations)) : UNKNOWN;
    case 'video': {
      // A list price per clip is for the shortest clip on offer; longer ones are charged in proportion, as the lists do.
      const shortest = found?.model.supports.durations?.[0];
      return shortest
        ? times(Math.max(1, billedSeconds(size.seconds, found.model.supports.durations) / shortest), false)
        : times(1, false);
    }
    case 'frame':
      // Frames are whole, also where the seconds are not: 2.25 s at 29.97 are 68.
      return times(Math.ceil(size.seconds * size.fps - 1e-6));
    case 'token':
      // Published for these models: tokens = seconds × width × height × 24 / 1024.
      return isVideoWork(work) && /seconds x width x height/.test(price.notes ?? '')
        ? times(Math.ceil((size.seconds * size.width * size.height * 24) / 1024), false)
        : UNKNOWN;
    case 'credit': {
      const rate = own(book.creditRates, ref.provider);
      const amount = rate === undefined ? undefined : scaled(rate, price.amount, 1_000_000);
      return amount !== undefined && isMicros(amount) ? { amount, about } : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** Services make clips of fixed lengths: the next one up is what is charged. */
function billedSeconds(seconds: number, durations: readonly number[] | undefined): number {
  return durations?.find((duration) => duration >= seconds) ?? durations?.at(-1) ?? seconds;
}

/** One yardstick for all lists: an image of 1 megapixel, or a second of 720p video. */
export function commonPrice(ref: ModelRef, work: WorkKind, catalog: Catalog, book: PriceBook): Estimate {
  if (!isVideoWork(work))
    return estimate(ref, work, { megapixels: 1, seconds: 0, width: 1000, height: 1000, fps: 24 }, catalog, book);
  const found = catalog.find(ref);
  const durations = found?.model.supports.durations;
  // A price per clip of unknown length says nothing about a second.
  if (!durations && priceOf(ref, found?.offer, book)?.unit === 'video') return UNKNOWN;
  const seconds = durations?.find((duration) => duration >= 5) ?? 5;
  const { amount, about } = estimate(
    ref,
    work,
    { megapixels: 0.9216, seconds, width: 1280, height: 720, fps: 24 },
    catalog,
    book,
  );
  return { amount: amount === undefined ? undefined : scaled(amount, 1, seconds), about };
}
