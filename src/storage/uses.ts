/**
 * Notes when stored rows were last used: many at once, some time later, and never twice within the hour, so that
 * reading stays free of writing.
 */
import type { Table } from 'dexie';

const WAIT_MS = 1000;
/** Exact enough to say which rows were not used for longest. */
const EXACT_MS = 3_600_000;
/** Rows written at a time. */
const SLICE = 200;
/** Rows remembered as noted; beyond it all are forgotten, and at worst written once more. */
const MOST_REMEMBERED = 20_000;

interface Used {
  readonly lastUsedAt: number;
}

/** Call the result with the keys of rows that were used. */
export function noteUses<Key extends string>(
  table: Pick<Table<Used, Key>, 'where'>,
  primaryKey: string,
  now: () => number,
): (used: Iterable<Key>) => void {
  const notedAt = new Map<Key, number>();
  let waiting: Key[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function write(): Promise<void> {
    timer = undefined;
    const keys = waiting;
    waiting = [];
    const lastUsedAt = now();
    for (let at = 0; at < keys.length; at += SLICE) {
      const outdated = table
        .where(primaryKey)
        .anyOf(keys.slice(at, at + SLICE))
        .and((row) => row.lastUsedAt < lastUsedAt - EXACT_MS);
      // Where it cannot be written (a full disk), a row only seems unused for longer than it is.
      await outdated.modify({ lastUsedAt }).catch(() => {});
    }
  }

  return (used) => {
    const at = now();
    if (notedAt.size > MOST_REMEMBERED) notedAt.clear();
    for (const key of used) {
      if (at - (notedAt.get(key) ?? -Infinity) < EXACT_MS) continue;
      notedAt.set(key, at);
      waiting.push(key);
    }
    if (waiting.length) timer ??= setTimeout(() => void write(), WAIT_MS);
  };
}
