/** Takes that services have, in a line: what is done about them, since when, for how much. */
import { FREE, inDollars, sumOf } from '../core/money.ts';
import type { TakeRecord } from '../core/take.ts';
import type { ProviderView } from '../routing/job.ts';
import type { RunsState } from '../state/runs.ts';
import { inFigures, locale, t, tell } from '../words/t.ts';
import { shortTime } from './dates.ts';
import { serviceName } from './market.ts';

/**
 * "Queued at fal, one job before it: asked 14:02, $0.35"; without a run that follows it, only who has it. Nothing where
 * nothing is in work. `nodes`: what runs tell of them.
 */
export function sentInWords(
  pending: readonly TakeRecord[],
  providers: readonly ProviderView[] | undefined,
  nodes: RunsState['nodes'],
): string | undefined {
  const [take] = pending;
  if (!take) return undefined;
  if (pending.length > 1)
    return t(
      '{0} {0|take|takes} in work, up to {1}',
      pending.length,
      inDollars(sumOf(pending.map(({ estimated }) => estimated ?? FREE))),
    );
  const { note } = nodes[take.node] ?? {};
  const howFar = note ? tell(note) : t('With {0}', serviceName(providers, take.answered.provider));
  const price = take.estimated === null ? t('price unknown') : inFigures(inDollars(take.estimated));
  return t('{0}: asked {1}, {2}', howFar, timeOn(take.at, Date.now()), price);
}

/** Some services take a job back until they are at work on it, others never do. */
export function costOfCancel(pending: readonly TakeRecord[]): string {
  if (pending.some(({ estimated }) => estimated === null))
    return t('To cancel it now may cost as much as to let it go on.');
  const most = sumOf(pending.map(({ estimated }) => estimated ?? FREE));
  return most === 0 ? t('To cancel it now costs nothing.') : t('To cancel it now may still cost {0}.', inDollars(most));
}

/** "09:15 AM" of what was on the day of `now`, else with the date. */
export const timeOn = (at: number, now: number): string =>
  new Date(at).toDateString() === new Date(now).toDateString()
    ? new Date(at).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit' })
    : shortTime(at);
