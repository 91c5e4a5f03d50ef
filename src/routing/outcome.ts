/** What is written down of a take once it is known what became of it, whoever heard of it. */
import { toFailure } from '../core/errors.ts';
import type { TakeRecord } from '../core/take.ts';
import type { Made, ServiceError } from './provider.ts';

/** A service that reports no charge is booked at its estimate; an unknown price stays unknown. */
export function whenMade(asked: TakeRecord, made: Made, workedMs: number): TakeRecord {
  const { state: _, ...take } = asked;
  const charged = made.charged === undefined ? take.estimated : made.charged;
  return {
    ...take,
    workedMs,
    charged,
    ...(made.charged === undefined || charged === null ? {} : { priceFrom: made.priceFrom ?? 'service' }),
    artifact: made.artifact,
    seed: made.seed,
    ...(made.notes?.length ? { notes: [...(take.notes ?? []), ...made.notes] } : {}),
  };
}

/** Of a take for which nothing went out. */
export function unsent(asked: TakeRecord): TakeRecord {
  const { sent: _, ...take } = asked;
  return take;
}

/** Nothing is over yet where the job service goes on with it. */
export function whenUnmade(asked: TakeRecord, thrown: ServiceError, workedMs: number): TakeRecord {
  const { state: _, ...take } = asked;
  const { outcome, charged } = thrown;
  if (outcome === 'kept') return { ...take, workedMs, charged, state: 'pending' };
  return {
    ...(thrown.nothingSent ? unsent(take) : take),
    workedMs,
    charged,
    failure: toFailure(thrown),
    ...(outcome === 'unknown' ? { state: outcome } : {}),
  };
}
