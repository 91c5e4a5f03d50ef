/** Keeps storage within its budget, and away from what any tab runs or shows. */
import { fail, ok, type Result } from '../core/errors.ts';
import type { GraphId } from '../core/ids.ts';
import { BUDGET_SETTING, budgetFrom, STORAGE_LOCK, SWEPT_CHANNEL, type Space, type Swept } from '../session/space.ts';
import type { Database } from '../storage/db.ts';
import { clearCache, dropOldRuns, spaceTaken, sweep, tidyRows } from '../storage/sweep.ts';

/** A thread holds a lock of this name for the graph its page shows, so that no other thread sweeps that. */
const SHOWN = 'triptych-shows ';
/** When a person removes old runs, these stay of each graph. */
const LEAST_RUNS = 10;

export interface SpaceKeeper {
  /** The page shows this graph from now on. */
  show(id: GraphId): void;
  /** Nothing is swept, in any tab, while this works. */
  whileInUse<T>(work: () => Promise<T>): Promise<T>;
  /** Sweeps what is over the budget, unless something is in use. `isFull`: something could not be written just now. */
  tidy(isFull: boolean): Promise<Swept>;
  /** Deletes what can be made again; refused while something is in use. */
  clear(): Promise<Result<Swept>>;
  /** Deletes all but the newest runs of each graph and those with an accepted take; says how many went. */
  dropRuns(): Promise<Result<number>>;
  /** Sweeps what is over it at once. */
  setBudget(bytes: number): Promise<Swept>;
  space(): Promise<Space>;
}

/** `onSwept`: results were deleted, here or by another tab. */
export function spaceKeeper(db: Database, onSwept: () => void): SpaceKeeper {
  const channel = new BroadcastChannel(SWEPT_CHANNEL);
  channel.onmessage = onSwept;
  // Missing where the address is not secure: then this tab is taken for the only one.
  const locks = navigator.locks as LockManager | undefined;
  let shown: GraphId | undefined;
  let hide = () => {};
  let areRowsTidy = false;
  /** The budget given here, whether or not it could be written. */
  let chosen: number | undefined;

  const budget = async () => budgetFrom(chosen ?? (await db.settings.get(BUDGET_SETTING))?.value);
  const estimate = async (): Promise<StorageEstimate> =>
    (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};

  async function openGraphs(): Promise<ReadonlySet<GraphId>> {
    const held = (await locks?.query())?.held ?? [];
    const elsewhere = held.flatMap(({ name }) =>
      name?.startsWith(SHOWN) ? [name.slice(SHOWN.length) as GraphId] : [],
    );
    return new Set([...elsewhere, ...(shown ? [shown] : [])]);
  }
  /** `undefined` while something is in use. */
  async function alone<T>(work: () => Promise<T>): Promise<T | undefined> {
    return locks
      ? locks.request(STORAGE_LOCK, { ifAvailable: true }, async (lock) => (lock ? work() : undefined))
      : work();
  }
  function tellSwept(): void {
    onSwept();
    channel.postMessage('swept');
  }
  async function whenFree<T>(work: () => Promise<T>): Promise<Result<T>> {
    const done = await alone(async () => ok(await work()));
    tellSwept();
    return done ?? fail('rejected', 'A run is going on.', 'Wait for it, or cancel it first.');
  }

  async function tidy(isFull: boolean): Promise<Swept> {
    await (areRowsTidy ? dropOldRuns(db) : tidyRows(db));
    areRowsTidy = true;
    const { usage, quota } = await estimate();
    const swept = await sweep(db, { budget: await budget(), usage, quota, isFull }, await openGraphs(), alone);
    if (swept.artifacts) tellSwept();
    return swept;
  }

  return {
    show(id) {
      if (id === shown) return;
      hide();
      shown = id;
      const isOver = new Promise<void>((resolve) => (hide = resolve));
      void locks?.request(`${SHOWN}${id}`, { mode: 'shared' }, () => isOver);
    },
    whileInUse: async (work) => (locks ? locks.request(STORAGE_LOCK, { mode: 'shared' }, work) : work()),
    tidy,
    clear: () => whenFree(() => clearCache(db)),
    dropRuns: () => whenFree(() => dropOldRuns(db, LEAST_RUNS)),
    async setBudget(bytes) {
      chosen = bytes;
      // Room first: on a full disk the budget itself cannot be written.
      const swept = await tidy(false);
      await db.settings.put({ key: BUDGET_SETTING, value: bytes });
      return swept;
    },
    async space() {
      const taken = await spaceTaken(db, await openGraphs());
      const { usage } = await estimate();
      const artifacts = Object.values(taken).reduce((total, bytes) => total + bytes, 0);
      return {
        budget: await budget(),
        taken,
        ...(usage === undefined ? {} : { rest: Math.max(0, usage - artifacts) }),
      };
    },
  };
}
