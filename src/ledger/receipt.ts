/** What a run really cost, take by take. */
import { grouped } from '../core/grouped.ts';
import type { RunId, TakeId } from '../core/ids.ts';
import { FREE, inDollars, sumOf, type Micros } from '../core/money.ts';
import { listed, say, type Sentence } from '../core/say.ts';
import { sameModel, type TakeRecord } from '../core/take.ts';
import { BUILT_IN } from '../routing/catalog.ts';

export type Fate = 'accepted' | 'open' | 'rejected' | 'failed' | 'superseded' | 'pending' | 'unknown';
/** What became of a take; one that stood open when another of its deliverable was accepted is superseded. */
export function fateOf(take: TakeRecord, takes: readonly TakeRecord[]): Fate {
  if (take.state) return take.state;
  if (take.failure) return 'failed';
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
 * What a take is called among those of its deliverable, oldest first. Another seed begins to count anew, so its own
 * number may be another's too.
 */
export const nthOf = (take: TakeRecord, deliverable: readonly TakeRecord[]): number =>
  deliverable.findIndex(({ id }) => id === take.id) + 1;

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
    superseded: 0,
    pending: 0,
    unknown: 0,
  };
  for (const take of own) fates[fateOf(take, takes)]++;
  return {
    takes: own,
    charged: sumOf(own.map((take) => take.charged ?? FREE)),
    unpriced: own.filter((take) => take.charged === null).length,
    fallbacks: own.filter((take) => !sameModel(take.asked, take.answered)).length,
    fates,
  };
}
/** "3 takes, $0.15: 1 accepted, 2 rejected" */
export function receiptInWords({ takes, charged, unpriced, fates }: Receipt): Sentence {
  if (takes.length === 0) return say('no takes, {0}', inDollars(FREE));
  const parts = Object.entries(fates)
    .filter(([, count]) => count > 0)
    .map(([fate, count]) => say('{0} {1}', count, say(fate)));
  return say(
    '{0} {0|take|takes}, {1}: {2}',
    takes.length,
    unpriced ? say('≥ {0}', inDollars(charged)) : inDollars(charged),
    listed(parts),
  );
}

/** What a take cost, and how that is known. */
export function costKnown({ state, failure, estimated, charged, priceFrom, answered }: TakeRecord): Sentence {
  const mayHaveCost = (amount: Micros | null) =>
    amount === null ? say('nobody knows what it cost') : say('may have cost {0}', inDollars(amount));
  if (state === 'unknown') return mayHaveCost(charged ?? estimated);
  if (state === 'pending')
    return estimated === null ? say('price unknown until it is made') : known(estimated, priceFrom ?? 'list');
  if (charged === null) return say('nobody knows what it cost');
  if (failure) return charged === FREE ? say('nothing was charged') : mayHaveCost(charged);
  if (answered.provider === BUILT_IN.provider) return say('nothing: it was made on this computer');
  return known(charged, priceFrom ?? (charged === estimated ? 'list' : 'service'));
}
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
 * Whether a take was made by another model than the one that was asked first. Where only the built-in engine can be asked
 * it stands in for everybody, and that is no news of one take: then somebody must have failed before it.
 */
export function isFallback(take: TakeRecord, takes: readonly TakeRecord[], isAlone: boolean): boolean {
  const { asked, answered, artifact, node, slot, number } = take;
  if (!artifact || sameModel(asked, answered)) return false;
  if (answered.provider !== BUILT_IN.provider || !isAlone) return true;
  return takes.some((one) => one.failure && one.node === node && one.slot === slot && one.number === number);
}
