/** Storage as people see it: what takes how much room, why it stays, and how much all of it may take. */

/** Why an artifact is never swept; one with several reasons counts under the first. */
export type Reason = 'imported' | 'accepted' | 'starred' | 'frozen' | 'thumbnail' | 'came with a file' | 'shown';

/** Runs hold this lock together; whoever deletes holds it alone. */
export const STORAGE_LOCK = 'triptych-storage';
/** Told there: which results are stored is not what it was. */
export const SWEPT_CHANNEL = 'triptych-swept';

const GIGABYTE = 1e9;
/** Budgets to choose from, in bytes. */
export const BUDGETS: readonly number[] = [1, 2, 4, 8, 16, 32].map((gigabytes) => gigabytes * GIGABYTE);
export const USUAL_BUDGET = 4 * GIGABYTE;

/** What it is called where it is stored. */
export const BUDGET_SETTING = 'storage budget';

/** A stored budget, or the usual one where that is none to choose from. */
export const budgetFrom = (stored: unknown): number => BUDGETS.find((budget) => budget === stored) ?? USUAL_BUDGET;

/** Runs kept of each graph, with their events; those with an accepted take are kept besides. */
export const KEPT_RUNS = 200;

/** In bytes. */
export interface Space {
  readonly budget: number;
  /** Pictures, clips and files, by why they stay; `cached` can be made again and may go. */
  readonly taken: Readonly<Record<Reason | 'cached', number>>;
  /** Graphs, versions, history and takes, by the browser's estimate; missing where it gives none. */
  readonly rest?: number;
}

/** What went, so that there is room. */
export interface Swept {
  readonly artifacts: number;
  readonly bytes: number;
}
export const NOTHING_SWEPT: Swept = { artifacts: 0, bytes: 0 };
