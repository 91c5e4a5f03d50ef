/** What became of takes, as numbers. */
import { grouped } from '../core/grouped.ts';
import type { TakeRecord } from '../core/take.ts';
import { madeTakes } from '../routing/attempts.ts';
import { deliverablesAmong, fatesOf } from './receipt.ts';

/** Pictures and clips that came after something was said about all there were. */
export const madeSince = (takes: readonly TakeRecord[], at: number): number =>
  takes.filter((take) => take.artifact && take.at + take.workedMs > at).length;

export interface Tally {
  readonly open: number;
  readonly superseded: number;
  /** Deliverables whose takes are all used, and none is accepted. */
  readonly atTheCap: number;
  /** Why takes were rejected by a person, most often first. */
  readonly reasons: readonly (readonly [reason: string, count: number])[];
}

/** `among`: all takes there are, oldest first. A deliverable that is at its cap counts where its last take does. */
export function tallyOf(takes: readonly TakeRecord[], among = takes): Tally {
  const became = fatesOf(among);
  const fates = takes.map(({ id }) => became.get(id)?.fate);
  const counted = new Set(takes);
  const deliverables = [...deliverablesAmong(among)].filter((own) => counted.has(own.at(-1)!));
  const isAtTheCap = (own: readonly TakeRecord[]) => {
    const cap = own.at(-1)?.cap;
    return cap !== undefined && madeTakes(own) >= cap && !own.some(({ verdict }) => verdict.state === 'accepted');
  };
  const rejected = takes.filter(({ verdict }) => verdict.state === 'rejected' && verdict.by === 'person');
  const byReason = grouped(rejected, ({ verdict }) => verdict.reason ?? '');
  return {
    open: fates.filter((fate) => fate === 'open').length,
    superseded: fates.filter((fate) => fate === 'superseded').length,
    atTheCap: deliverables.filter(isAtTheCap).length,
    reasons: [...byReason].map(([reason, own]) => [reason, own.length] as const).sort((a, b) => b[1] - a[1]),
  };
}
