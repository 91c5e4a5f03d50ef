/** What a run really cost, take by take. */
import { grouped } from '../core/grouped.ts';
import type { RunId, TakeId } from '../core/ids.ts';
import { FREE, inDollars, sumOf, type Micros } from '../core/money.ts';
import { listed, say, type Sentence } from '../core/say.ts';
import { askedInOrder, sameModel, type TakeRecord } from '../core/take.ts';
import { BUILT_IN } from '../routing/catalog.ts';

export type Fate = 'accepted' | 'open' | 'rejected' | 'failed' | 'cancelled' | 'superseded' | 'pending' | 'unknown';
/** What became of a take; one that stood open when another of its deliverable was accepted is superseded. */
export function fateOf(take: TakeRecord, takes: readonly TakeRecord[]): Fate {
  if (take.state) return take.state;
  if (take.failure) return take.failure.code === 'cancelled' ? 'cancelled' : 'failed';
  if (take.verdict.state !== 'open') return take.verdict.state;
  const deliverable = deliverableOf(take);
  return takes.some((other) => other.verdict.state === 'accepted' && deliverableOf(other) === deliverable)
    ? 'superseded'
    : 'open';
}
const deliverableOf = ({ graphId, node, slot }: TakeRecord): string => `${graphId} ${node} ${slot}`;
/** Takes by what they are takes of. */
export const deliverablesAmong = (takes: Iterable<TakeRecord>): Iterable<readonly TakeRecord[]> =>
  grouped(takes, deliverableOf).values();

/**
 * What a take is called among those of its deliverable, as they were asked for: on every screen the same. `takes` may hold
 * others too. Another seed begins to count anew, so a take's own number may be another's too.
 */
export const nthOf = (take: TakeRecord, takes: readonly TakeRecord[]): number =>
  takes.filter((other) => deliverableOf(other) === deliverableOf(take) && askedInOrder(other, take) < 0).length + 1;

export interface Became {
  readonly fate: Fate;
  readonly nth: number;
}
/**
 * What all takes there are became, oldest first: whatever is looked at, a take outside of it may have superseded one
 * inside.
 */
export function fatesOf(takes: Iterable<TakeRecord>): ReadonlyMap<TakeId, Became> {
  const fates = new Map<TakeId, Became>();
  for (const own of deliverablesAmong(takes))
    for (const take of own) fates.set(take.id, { fate: fateOf(take, own), nth: nthOf(take, own) });
  return fates;
}

export interface Receipt {
  readonly takes: readonly TakeRecord[];
  readonly charged: Micros;
  /** What takes that are being made may come to. */
  readonly inWork: Micros;
  /** What takes may have cost of which nobody knows whether they were charged. */
  readonly unsettled: Micros;
  /** Takes that have, or will have, a price nobody knows. */
  readonly unpriced: number;
  readonly fallbacks: number;
  readonly fates: Readonly<Record<Fate, number>>;
}
export function receiptOf(runId: RunId, takes: readonly TakeRecord[]): Receipt {
  const own = takes.filter((take) => take.runId === runId);
  const fates: Record<Fate, number> = {
    accepted: 0,
    open: 0,
    rejected: 0,
    failed: 0,
    cancelled: 0,
    superseded: 0,
    pending: 0,
    unknown: 0,
  };
  for (const take of own) fates[fateOf(take, takes)]++;
  return {
    takes: own,
    charged: sumOf(own.map((take) => take.charged ?? FREE)),
    inWork: sumOf(own.map((take) => (take.state === 'pending' ? mayCost(take) : FREE))),
    unsettled: sumOf(own.map((take) => (take.state === 'pending' ? FREE : mayCost(take)))),
    unpriced: own.filter((take) => take.charged === null && take.estimated === null).length,
    fallbacks: own.filter((take) => !sameModel(take.asked, take.answered)).length,
    fates,
  };
}
/** What a take whose charge is not known was expected to cost. */
const mayCost = ({ charged, estimated }: TakeRecord): Micros => (charged === null ? (estimated ?? FREE) : FREE);

/** "$0.15 spent, up to $0.35 in work": what is not charged yet is never mixed with what is. */
export function spentInWords({ charged, inWork, unsettled, unpriced }: Receipt): Sentence {
  return listed([
    say('{0} spent', unpriced ? say('≥ {0}', inDollars(charged)) : inDollars(charged)),
    ...(inWork > 0 ? [say('up to {0} in work', inDollars(inWork))] : []),
    ...(unsettled > 0 ? [say('perhaps {0} more', inDollars(unsettled))] : []),
  ]);
}

/** "3 takes, $0.15 spent: 1 accepted, 2 rejected" */
export function receiptInWords(receipt: Receipt): Sentence {
  const { takes, fates } = receipt;
  if (takes.length === 0) return say('no takes, {0}', inDollars(FREE));
  const parts = Object.entries(fates)
    .filter(([, count]) => count > 0)
    .map(([fate, count]) => say('{0} {1}', count, say(fate)));
  return say('{0} {0|take|takes}, {1}: {2}', takes.length, spentInWords(receipt), listed(parts));
}

/** What a take cost, or may have cost, and how that is known. */
export function costKnown(take: TakeRecord): Sentence {
  const { state, estimated, charged, priceFrom, answered } = take;
  if (state === 'pending')
    return estimated === null ? say('price unknown until it is made') : known(estimated, priceFrom ?? 'list');
  if (isUncertain(take)) {
    const amount = charged ?? estimated;
    if (amount === null) return say('nobody knows what it cost');
    if (amount === FREE) return say('nothing was charged');
    const source = sourceOf(take);
    return source === 'service' ? known(amount, source) : say('may have cost {0}', known(amount, source));
  }
  if (charged === null) return say('nobody knows what it cost');
  if (answered.provider === BUILT_IN.provider) return say('nothing: it was made on this computer');
  return known(charged, sourceOf(take));
}

/** The same in as few words as fit below a picture. */
export function costInShort(take: TakeRecord): Sentence {
  const isOpen = take.state === 'pending' || isUncertain(take);
  const amount = isOpen ? (take.charged ?? take.estimated) : take.charged;
  if (amount === null) return say('price unknown');
  return isOpen && amount !== FREE ? say('up to {0}', inDollars(amount)) : say('{0}', inDollars(amount));
}

/** Whether what is booked is on the bill: of what made nothing only where the service said so. */
export const isChargeSure = (take: TakeRecord): boolean => !isUncertain(take) || sourceOf(take) === 'service';
/** Whether it made nothing that is known of, and may be on the bill all the same. */
const isUncertain = ({ state, failure }: TakeRecord): boolean => state === 'unknown' || failure !== undefined;
/** Who says the amount: what differs from what was expected can only have come from the service. */
const sourceOf = ({ priceFrom, charged, estimated }: TakeRecord): NonNullable<TakeRecord['priceFrom']> =>
  charged !== null && charged !== estimated && priceFrom !== 'quote' ? 'service' : (priceFrom ?? 'list');
function known(amount: Micros, from: NonNullable<TakeRecord['priceFrom']>): Sentence {
  switch (from) {
    case 'list':
      return say('{0} by the price list', inDollars(amount));
    case 'quote':
      return say('{0}, as the service quoted it before', inDollars(amount));
    case 'service':
      return say('{0}, as the service charged it', inDollars(amount));
    default:
      return from satisfies never;
  }
}

/**
 * Whether the first of the row was asked for a take: it answered, or an attempt at the same take in the same run names
 * it. Else it was passed over, and nothing was sent to it.
 */
export const wasFirstAsked = (take: TakeRecord, takes: readonly TakeRecord[]): boolean =>
  sameModel(take.asked, take.answered) ||
  takes.some(
    (other) =>
      other.runId === take.runId &&
      other.number === take.number &&
      deliverableOf(other) === deliverableOf(take) &&
      sameModel(other.answered, take.asked),
  );

/**
 * Whether a take was made by another model than the one that was asked first. Where only the built-in engine can be asked
 * it stands in for everybody, and that is no news of one take: then somebody must have failed before it.
 */
export function isFallback(take: TakeRecord, takes: readonly TakeRecord[], isAlone: boolean): boolean {
  const { asked, answered, artifact, node, slot, number } = take;
  if (!artifact || sameModel(asked, answered)) return false;
  if (answered.provider !== BUILT_IN.provider || !isAlone) return true;
  return takes.some((one) => one.failure && one.node === node && one.slot === slot && one.number === number);
}
