/** Takes and what refining them took: the books. Nothing in here is ever deleted, graphs that are gone included. */
import type { CacheKey, GraphId } from '../core/ids.ts';
import type { TakeRecord } from '../core/take.ts';
import type { Refinement } from '../ledger/costs.ts';
import type { Database } from './db.ts';
import type { Kept } from './run-store.ts';

/** What becomes of stored results when takes are written. */
export interface ResultChange {
  readonly keep: readonly Kept[];
  readonly forget: readonly CacheKey[];
}
const NO_CHANGE: ResultChange = { keep: [], forget: [] };

export interface TakeStore {
  /** Adds takes, or replaces them (a verdict is a new state of the same take), together with results: all of it is written or nothing. */
  put(takes: readonly TakeRecord[], results?: ResultChange): Promise<void>;
  /** Oldest first. */
  ofGraph(graphId: GraphId): Promise<readonly TakeRecord[]>;
  all(): Promise<readonly TakeRecord[]>;
  since(at: number): Promise<readonly TakeRecord[]>;
  putRefinements(rows: readonly Refinement[]): Promise<void>;
  refinements(): Promise<readonly Refinement[]>;
}
export function takeStore(db: Database, now: () => number = Date.now): TakeStore {
  return {
    async put(takes, { keep, forget } = NO_CHANGE) {
      const lastUsedAt = now();
      await db.transaction('rw', db.takes, db.results, async () => {
        await db.takes.bulkPut([...takes]);
        await db.results.bulkDelete([...forget]);
        await db.results.bulkPut(keep.map(({ key, outputs }) => ({ key, outputs, lastUsedAt })));
      });
    },
    ofGraph: (graphId) => db.takes.where('graphId').equals(graphId).sortBy('at'),
    all: () => db.takes.orderBy('at').toArray(),
    since: (at) => db.takes.where('at').aboveOrEqual(at).toArray(),
    putRefinements: async (rows) => void (await db.refinements.bulkAdd([...rows])),
    refinements: () => db.refinements.toArray(),
  };
}
