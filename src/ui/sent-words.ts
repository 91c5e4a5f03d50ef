/** Takes that services are at work on, in a line: who, since when, for how much. */
import { FREE, inDollars, sumOf } from '../core/money.ts';
import type { TakeRecord } from '../core/take.ts';
import type { ProviderView } from '../routing/job.ts';
import type { RunsState } from '../state/runs.ts';
import { inFigures, locale, t } from '../words/t.ts';
import { shortTime } from './dates.ts';
import { serviceName } from './market.ts';

/**
 * "fal is still making this: sent 14:02, $0.35"; still, where no run that goes on has sent it. Nothing where nothing is
 * in work.
 */
export function sentInWords(
  pending: readonly TakeRecord[],
  providers: readonly ProviderView[] | undefined,
  { running, startedAt }: Pick<RunsState, 'running' | 'startedAt'>,
): string | undefined {
  const [take] = pending;
  if (!take) return undefined;
  if (pending.length > 1)
    return t(
      '{0} {0|take is|takes are} being made, up to {1}',
      pending.length,
      inDollars(sumOf(pending.map(({ estimated }) => estimated ?? FREE))),
    );
  const service = serviceName(providers, take.answered.provider);
  const price = take.estimated === null ? t('price unknown') : inFigures(inDollars(take.estimated));
  const sentAt = timeOn(take.at, Date.now());
  return running && take.at >= startedAt
    ? t('{0} is making this: sent {1}, {2}', service, sentAt, price)
    : t('{0} is still making this: sent {1}, {2}', service, sentAt, price);
}

/** "09:15 AM" of what was on the day of `now`, else with the date. */
export const timeOn = (at: number, now: number): string =>
  new Date(at).toDateString() === new Date(now).toDateString()
    ? new Date(at).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit' })
    : shortTime(at);
