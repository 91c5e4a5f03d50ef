/** Which unnamed versions go as time passes: dense for an hour, then one an hour for two days, then one a day. */
import type { VersionId } from '../core/ids.ts';
import type { TimelineRow } from './db.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOURLY_FOR_MS = 2 * DAY_MS;
/** The newest ones stay whatever the clock says: it may have been wrong when they were written, or be wrong now. */
const ALWAYS_KEPT = 20;

/** Those to delete of one graph's versions, given oldest first. Named ones and the newest are never among them. */
export function thinned(rows: readonly Pick<TimelineRow, 'id' | 'at' | 'name'>[], now: number): readonly VersionId[] {
  const covered = new Set<string>();
  const gone: VersionId[] = [];
  // From the newest back, so that of each hour and day the last one stays.
  for (const { id, at } of rows
    .slice(0, -ALWAYS_KEPT)
    .filter(({ name }) => !name)
    .reverse()) {
    const age = now - at;
    if (age < HOUR_MS) continue;
    const span = age < HOURLY_FOR_MS ? `hour ${Math.floor(at / HOUR_MS)}` : `day ${Math.floor(at / DAY_MS)}`;
    if (covered.has(span)) gone.push(id);
    else covered.add(span);
  }
  return gone;
}
