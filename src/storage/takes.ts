/** Takes and what refining them took: the books. Nothing in here is ever deleted, graphs that are gone included. */
import type { GraphId } from '../core/ids.ts';
import type { TakeRecord } from '../core/take.ts';
import type { Refinement } from '../ledger/audit.ts';
import type { Database } from './db.ts';

export interface TakeStore {
  /** Adds a take, or replaces it: a verdict is a new state of the same take. */
  put(take: TakeRecord): Promise<void>;
  /** Oldest first. */
  ofGraph(graphId: GraphId): Promise<readonly TakeRecord[]>;
  all(): Promise<readonly TakeRecord[]>;
  since(at: number): Promise<readonly TakeRecord[]>;
  putRefinements(rows: readonly Refinement[]): Promise<void>;
  refinements(): Promise<readonly Refinement[]>;
}
export function takeStore(db: Database): TakeStore {
  return {
    put: async (take) => void (await db.takes.put(take)),
    ofGraph: (graphId) => db.takes.where('graphId').equals(graphId).sortBy('at'),
    all: () => db.takes.orderBy('at').toArray(),
    since: (at) => db.takes.where('at').aboveOrEqual(at).toArray(),
    putRefinements: async (rows) => void (await db.refinements.bulkAdd([...rows])),
    refinements: () => db.refinements.toArray(),
  };
}
