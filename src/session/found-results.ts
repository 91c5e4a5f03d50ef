/**
 * Finished results by key, for plans and runs: the newest in memory, older ones looked up in storage when they are
 * asked for.
 */
import type { CacheKey } from '../core/ids.ts';
import type { Outputs } from '../core/values.ts';
import type { Lookup } from '../engine/key.ts';
import { Results } from '../engine/results.ts';
import type { RunStore } from './stores.ts';

/** Results in memory at most; beyond it the newest are loaded anew. */
const MOST = 40_000;
/** Keys remembered as not stored, so that each plan does not ask for them again. */
const MOST_ABSENT = 10_000;

export interface FoundResults {
  /** Those in memory, loaded when there are none. A load that failed is tried again by the next call. */
  load(): Promise<Results>;
  /** Looks up what is not in memory, and puts it there. */
  fetch(keys: Iterable<CacheKey>): Promise<ReadonlyMap<CacheKey, Outputs>>;
  /** What `work` says once every result it asked for has been looked up, however old. */
  withAll<T>(work: (lookup: Lookup) => Promise<T>): Promise<T>;
  /** Something was deleted: whatever is in memory may be gone. */
  drop(): void;
}

export function foundResults(runs: Pick<RunStore, 'results' | 'resultsOf'>): FoundResults {
  let loading: Promise<Results> | undefined;
  let inMemory: Results | undefined;
  let isAll = true;
  const absent = new Set<CacheKey>();

  function drop(): void {
    loading = undefined;
    inMemory = undefined;
    absent.clear();
  }
  function load(): Promise<Results> {
    if (inMemory && inMemory.size > MOST) drop();
    if (loading) return loading;
    const asked = (loading = runs.results().then((newest) => {
      isAll = newest.isAll;
      const found = new Results(newest.found);
      if (loading === asked) inMemory = found;
      return found;
    }));
    asked.catch(() => {
      if (loading === asked) loading = undefined;
    });
    return asked;
  }
  async function fetch(keys: Iterable<CacheKey>): Promise<ReadonlyMap<CacheKey, Outputs>> {
    const found = await load();
    // Nothing is older than what is in memory.
    if (isAll && found.size <= MOST) return new Map();
    const missing = [...keys].filter((key) => !found.has(key) && !absent.has(key));
    if (missing.length === 0) return new Map();
    const older = await runs.resultsOf(missing);
    for (const [key, outputs] of older) found.set(key, outputs);
    if (absent.size > MOST_ABSENT) absent.clear();
    for (const key of missing) if (!older.has(key)) absent.add(key);
    return older;
  }
  async function withAll<T>(work: (lookup: Lookup) => Promise<T>): Promise<T> {
    for (;;) {
      const found = await load();
      const missed = new Set<CacheKey>();
      const result = await work((key) => {
        const outputs = found.get(key);
        if (!outputs) missed.add(key);
        return outputs;
      });
      // What was found lets later nodes be asked about: again, until nothing more is.
      if ((await fetch(missed)).size === 0) return result;
    }
  }
  return { load, fetch, withAll, drop };
}
