/** Takes and what refining them took: what the ledger counts. Nothing in here is ever deleted, graphs that are gone included. */
import { NO_CHANGE, type TakeStore } from '../session/stores.ts';
import type { Database } from './db.ts';

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
