/** What a take would cost. Exact where the list is, "about" where it depends, unknown where nobody says. */
import { FREE, isMicros, scaled, sumOf, type Micros } from '../core/money.ts';
import { own } from '../core/own.ts';
import { isVideoWork, startsFromPicture, type ModelRef, type WorkKind } from '../core/take.ts';
import type { Catalog, Model, Offer, Price, PriceUnit, SizePrice } from './catalog.ts';
import type { PriceBook, PriceOverride } from './price-book.ts';

/** How much is asked for: what prices are counted in. */
export interface WorkSize {
  readonly megapixels: number;
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Reference pictures that go along. */
  readonly references?: number;
  /** The clip is to be heard. */
  readonly sound?: boolean;
}
/** `undefined` amounts are unknown. `about`: the list names cases this cannot tell apart. */
export interface Estimate {
  readonly amount: Micros | undefined;
  readonly about: boolean;
  /** What is asked for is not known whole yet, and more of it costs more. */
  readonly mayGrow?: true;
  /** When the service said so itself, since the list does not know: milliseconds since 1970. */
  readonly quotedAt?: number;
}
/** Who says so: the list, or the service when it was asked. */
export const sourceOf = ({ quotedAt }: Estimate): 'list' | 'quote' => (quotedAt === undefined ? 'list' : 'quote');

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

export function estimate(ref: ModelRef, work: WorkKind, size: WorkSize, catalog: Catalog, book: PriceBook): Estimate {
  const found = catalog.find(ref);
  const price = priceOf(ref, found?.offer, book);
  if (!price) return UNKNOWN;
  if (price.amount === FREE) return { amount: FREE, about: false };
  const durations = found?.model.supports.durations;
  const billed = { ...size, seconds: billedSeconds(size.seconds, durations) };
  const base = amountFor(forSound(price, size.sound), work, billed);
  const extra = extraFor(price, work, billed);
  const isMade = !durations || durations.some((duration) => duration >= size.seconds);
  const times = (units: number, certain = true): Estimate => {
    const amount = sumOf([scaled(base.amount, units, price.per), extra]);
    const isListed = base.isListed && isMade && price.notes === undefined;
    // More than can be counted exactly is no price.
    return isMicros(amount) ? { amount, about: !isListed || !certain } : UNKNOWN;
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
      return isVideoWork(work) ? times(billed.seconds) : UNKNOWN;
    case 'video':
      // A price per clip that names no lengths is for whatever clip is made.
      return times(1, price.lengths !== undefined || price.extraSecond !== undefined);
    case 'frame':
      // Frames are whole, also where the seconds are not: 2.25 s at 29.97 are 68.
      return times(Math.ceil(size.seconds * size.fps - 1e-6));
    case 'token':
      return isVideoWork(work) && found && countsPixels(found.model)
        ? times(Math.ceil((billed.seconds * size.width * size.height * 24) / 1024), false)
        : UNKNOWN;
    case 'credit': {
      const rate = own(book.creditRates, ref.provider);
      const amount = rate === undefined ? undefined : scaled(rate, price.amount, 1_000_000);
      return amount !== undefined && isMicros(amount) ? { amount, about: price.notes !== undefined } : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** The price of a clip that is heard, or is not, where that changes it. */
const forSound = (price: Price, sound = false): Price => {
  const other = sound ? price.withSound : price.silent;
  return other ? { ...price, ...other } : price;
};

/** Published for these models, by one of their sellers: tokens = seconds × width × height × 24 / 1024. */
const countsPixels = ({ offers }: Model): boolean =>
  offers.some(({ price }) => /seconds x width x height/.test(price?.notes ?? ''));

/** Counted in pixels already: at a larger size there are more of them, at the same price. */
const PER_PIXEL: readonly PriceUnit[] = ['megapixel', 'megapixels (8)', 'run and megapixel', 'token'];

/**
 * The amount for this kind of work at this size and length, and whether the list names it. Beyond the largest size or
 * the longest clip of the list, its last amount grows as the pixels or the seconds do.
 */
function amountFor(
  price: Price,
  work: WorkKind,
  size: WorkSize,
): { readonly amount: Micros; readonly isListed: boolean } {
  const asked = isVideoWork(work) ? Math.min(size.width, size.height) : size.megapixels;
  const upTo = ({ lines, megapixels }: SizePrice) => (isVideoWork(work) ? lines : megapixels);
  const at = price.sizes?.find((one) => upTo(one) >= asked) ?? price.sizes?.at(-1);
  const larger = at ? Math.max(1, asked / upTo(at)) : 1;
  const length = price.lengths?.find(({ seconds }) => seconds >= size.seconds) ?? price.lengths?.at(-1);
  const longer = length ? Math.max(1, size.seconds / length.seconds) : 1;
  // A picture that is made after others is an edit to those who sell it.
  const isEdit = work === 'text to image' && Boolean(size.references);
  const usual = price.works?.[isEdit ? 'image edit' : work] ?? price.amount;
  // Each is told at the usual case of the other.
  const atSize = scaled(usual, at?.amount ?? price.amount, price.amount);
  const listed = scaled(atSize, length?.amount ?? price.amount, price.amount);
  const pixels = isVideoWork(work) ? larger ** 2 : larger;
  return {
    amount: scaled(listed, longer * (PER_PIXEL.includes(price.unit) ? 1 : pixels)),
    isListed: larger === 1 && longer === 1,
  };
}

/** What is charged for more than the amount is for. The picture that work starts from goes along as references do. */
function extraFor(
  { extraMegapixel = FREE, extraSecond = FREE, extraReference }: Price,
  work: WorkKind,
  size: WorkSize,
): Micros {
  const pictures = (size.references ?? 0) + (startsFromPicture(work) ? 1 : 0);
  return sumOf([
    scaled(extraMegapixel, Math.max(0, Math.ceil(size.megapixels) - 1)),
    scaled(extraSecond, Math.max(0, Math.ceil(size.seconds) - 1)),
    scaled(extraReference?.amount ?? FREE, Math.max(0, pictures - (extraReference?.beyond ?? 0))),
  ]);
}

/**
 * Services make clips of fixed lengths: the next one up is what is charged. None of them makes more than its longest.
 */
function billedSeconds(seconds: number, durations: readonly number[] | undefined): number {
  return durations?.find((duration) => duration >= seconds) ?? seconds;
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
