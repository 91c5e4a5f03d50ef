/**
 * A take of a picture that another node asked for, or that came with the graph: nobody is asked and nothing is paid.
 */
import type { CacheKey, RunId, TakeId } from '../core/ids.ts';
import { FREE } from '../core/money.ts';
import { say } from '../core/say.ts';
import { OPEN, type TakeRecord } from '../core/take.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import { stepOf } from './attempts.ts';
import type { TakePlan } from './take-plan.ts';

/** `undefined` when nobody could be asked for it today, so that nothing is known of who made it. */
export function sharedTake(
  { origin, slot, number, output, request, mode, resolution }: TakePlan,
  made: {
    readonly id: TakeId;
    readonly at: number;
    readonly runId: RunId;
    readonly key: CacheKey;
    readonly artifact: ImageValue | VideoValue;
  },
): TakeRecord | undefined {
  const step = stepOf(number, request.seed, resolution);
  const [first] = resolution.considered;
  if (!step || !first) return undefined;
  const { provider, model } = step.candidate;
  return {
    ...origin,
    ...made,
    slot,
    number,
    output,
    work: request.work,
    tier: resolution.tier,
    mode,
    table: resolution.table,
    asked: { provider: first.provider, model: first.model },
    answered: { provider, model },
    why: say('It was there already.'),
    seed: step.seed,
    baseSeed: request.seed.seed,
    request,
    queuedMs: 0,
    workedMs: 0,
    estimated: FREE,
    charged: FREE,
    measures: [],
    verdict: OPEN,
  };
}
