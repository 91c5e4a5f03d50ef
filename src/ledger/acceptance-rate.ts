/** How often takes of one model and kind of work are accepted, as far as that is known. */
import { sameModel, type ModelRef, type TakeRecord, type WorkKind } from '../core/take.ts';
import { betaQuantile } from './beta.ts';

/** Before anything was judged: as if two of four takes had been accepted. */
export const PRIOR = { accepted: 2, rejected: 2 } as const;

export interface Rate {
  /** Takes judged so far; the prior is not among them. */
  readonly judged: number;
  readonly mean: number;
  /** 80 % of what is believable lies between. */
  readonly low: number;
  readonly high: number;
  /** Takes needed for one that is accepted: expected, and at both ends of that range. */
  readonly takes: { readonly expected: number; readonly low: number; readonly high: number };
}

export function acceptanceRate(takes: readonly TakeRecord[], ref: ModelRef, work: WorkKind): Rate {
  let [accepted, rejected] = [0, 0];
  for (const take of takes) {
    if (take.work !== work || !sameModel(take.answered, ref)) continue;
    if (take.verdict.state === 'accepted') accepted++;
    // A call that failed gave nothing that could be accepted; one that was taken back says nothing.
    else if (take.verdict.state === 'rejected' || (take.failure && take.failure.code !== 'cancelled')) rejected++;
  }
  const [a, b] = [PRIOR.accepted + accepted, PRIOR.rejected + rejected];
  const [low, high] = [betaQuantile(0.1, a, b), betaQuantile(0.9, a, b)];
  // The mean of 1/p under Beta(a, b).
  return {
    judged: accepted + rejected,
    mean: a / (a + b),
    low,
    high,
    takes: { expected: (a + b - 1) / (a - 1), low: 1 / high, high: 1 / low },
  };
}
