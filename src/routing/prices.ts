/** What a take would cost. Exact where the list is, "about" where it depends, unknown where nobody says. */
import { FREE, isMicros, scaled, sumOf, type Micros } from '../core/money.ts';
import { own } from '../core/own.ts';
import { isVideoWork, type ModelRef, type WorkKind } from '../core/take.ts';
import type { Catalog, Model, Offer, Price, SizePrice } from './catalog.ts';

/** How much is asked for: what prices are counted in. */
export interface Size {
  readonly megapixels: number;
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Reference pictures that go along. */
  readonly references?: number;
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
  if (price.amount === FREE) return { amount: FREE, about: false };
  const base = amountFor(price, work, size);
  const extra = extraFor(price, size);
  const times = (units: number, certain = true): Estimate => {
    const amount = sumOf([scaled(base, units, price.per), extra]);
    // More than can be counted exactly is no price.
    return isMicros(amount) ? { amount, about: price.notes !== undefined || !certain } : UNKNOWN;
  };
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
    case 'video':
      // A price per clip that names no lengths is for whatever clip is made.
      return times(1, price.lengths !== undefined || price.extraSecond !== undefined);
    case 'frame':
      // Frames are whole, also where the seconds are not: 2.25 s at 29.97 are 68.
      return times(Math.ceil(size.seconds * size.fps - 1e-6));
    case 'token': {
      const seconds = billedSeconds(size.seconds, found?.model.supports.durations);
      return isVideoWork(work) && found && countsPixels(found.model)
        ? times(Math.ceil((seconds * size.width * size.height * 24) / 1024), false)
        : UNKNOWN;
    }
    case 'credit': {
      const rate = own(book.creditRates, ref.provider);
      const amount = rate === undefined ? undefined : scaled(rate, price.amount, 1_000_000);
      return amount !== undefined && isMicros(amount) ? { amount, about: price.notes !== undefined } : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** Published for these models, by one of their sellers: tokens = seconds × width × height × 24 / 1024. */
const countsPixels = ({ offers }: Model): boolean =>
  offers.some(({ price }) => /seconds x width x height/.test(price?.notes ?? ''));

/** The amount for this kind of work at this size and length; beyond what the list names, its last. */
function amountFor(price: Price, work: WorkKind, size: Size): Micros {
  const short = Math.min(size.width, size.height);
  const isThere = isVideoWork(work)
    ? ({ lines }: SizePrice) => lines >= short
    : ({ megapixels }: SizePrice) => megapixels >= size.megapixels;
  const at = price.sizes?.find(isThere) ?? price.sizes?.at(-1);
  const length = price.lengths?.find(({ seconds }) => seconds >= size.seconds) ?? price.lengths?.at(-1);
  const amount = price.works?.[work] ?? price.amount;
  // Each is told at the usual case of the other.
  return scaled(scaled(amount, at?.amount ?? price.amount, price.amount), length?.amount ?? price.amount, price.amount);
}

/** What is charged for more than the amount is for. */
function extraFor({ extraMegapixel = FREE, extraSecond = FREE, extraReference }: Price, size: Size): Micros {
  const references = Math.max(0, (size.references ?? 0) - (extraReference?.beyond ?? 0));
  return sumOf([
    scaled(extraMegapixel, Math.max(0, Math.ceil(size.megapixels) - 1)),
    scaled(extraSecond, Math.max(0, Math.ceil(size.seconds) - 1)),
    scaled(extraReference?.amount ?? FREE, references),
  ]);
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
  const price = priceOf(ref, found?.offer, book);
  // A price per clip of unknown length says nothing about a second.
  if (price?.unit === 'video' && !price.lengths && price.extraSecond === undefined) return UNKNOWN;
  const seconds = price?.lengths?.[0]?.seconds ?? durations?.find((duration) => duration >= 5) ?? 5;
  const { amount, about } = estimate(
    ref,
    work,
    { megapixels: 0.9216, seconds, width: 1280, height: 720, fps: 24 },
    catalog,
    book,
  );
  return { amount: amount === undefined ? undefined : scaled(amount, 1, seconds), about };
}
