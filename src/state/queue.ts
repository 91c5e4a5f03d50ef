/** Runs that wait for their turn: one at a time, in an order a person can change. */
import { createStore } from 'zustand/vanilla';
import type { Failure, Result } from '../core/errors.ts';
import type { Graph } from '../graph/graph.ts';
import type { GraphId, NodeId, RowId } from '../core/ids.ts';
import type { Sentence } from '../core/say.ts';
import type { RunMode } from '../core/take.ts';
import type { RunSummary } from '../engine/events.ts';

export interface QueuedRun {
  readonly id: string;
  readonly graphId: GraphId;
  /** The graph as it was when this was asked for. */
  readonly graph: Graph;
  /** The document's revision then. */
  readonly revision: number;
  readonly mode: RunMode;
  readonly targets?: readonly NodeId[];
  /** Only what was sent already is waited for; nobody is asked for anything new. */
  readonly followsOnly?: true;
  readonly row?: { readonly id: RowId; readonly name: Sentence; readonly batch: string };
}
/** How a row ended that did not end well, or how it stands. */
export type RowFate =
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly failure: Failure | undefined };
export interface QueueState {
  readonly running: (QueuedRun & { readonly startedAt: number }) | undefined;
  /** Share of its steps that are done, 0…1. */
  readonly fraction: number;
  readonly waiting: readonly QueuedRun[];
  /** What waits stays where it is until the queue goes on. */
  readonly paused: boolean;
  /** Rows whose last run did not end well, by `placeOf`. */
  readonly fates: Readonly<Record<string, RowFate>>;
}
/** A row of a graph; copies of a graph have rows of the same id. */
export const placeOf = (graphId: GraphId, row: RowId): string => `${graphId} ${row}`;
const placeOfRun = ({ graphId, row }: QueuedRun): string | undefined => row && placeOf(graphId, row.id);
export type QueueStore = ReturnType<typeof createQueue>;

export function createQueue() {
  const store = createStore<QueueState>(() => ({
    running: undefined,
    fraction: 0,
    waiting: [],
    paused: false,
    fates: {},
  }));
  const change = (next: (state: QueueState) => Partial<QueueState>) => store.setState(next);
  return {
    ...store,
    /** A row that waits already keeps its place. */
    add(runs: readonly QueuedRun[]): void {
      change(({ waiting, fates }) => {
        const known = new Set(waiting.map(placeOfRun));
        const fresh = runs.filter((run) => !run.row || !known.has(placeOfRun(run)));
        return {
          waiting: [...waiting, ...fresh],
          fates: without(
            fates,
            fresh.flatMap((run) => placeOfRun(run) ?? []),
          ),
        };
      });
    },
    /** This one begins; it waits no longer. */
    begin(id: string, startedAt: number): QueuedRun | undefined {
      const { waiting } = store.getState();
      const next = waiting.find((run) => run.id === id);
      if (next)
        change(() => ({
          running: { ...next, startedAt },
          fraction: 0,
          waiting: waiting.filter((run) => run !== next),
        }));
      return next;
    },
    progress: (fraction: number): void => change(() => ({ fraction })),
    /** A failure: it could not even start. */
    end(result: Result<RunSummary>): void {
      change(({ running, fates }) => {
        const row = running && placeOfRun(running);
        const fate = fateOf(result);
        return { running: undefined, fraction: 0, ...(row && fate ? { fates: { ...fates, [row]: fate } } : {}) };
      });
    },
    move(id: string, to: number): void {
      change(({ waiting }) => {
        const from = waiting.findIndex((run) => run.id === id);
        const run = waiting[from];
        return run && to >= 0 && to < waiting.length
          ? { waiting: waiting.toSpliced(from, 1).toSpliced(to, 0, run) }
          : {};
      });
    },
    /** Returns what went. */
    remove(isGone: (run: QueuedRun) => boolean): readonly QueuedRun[] {
      const gone = store.getState().waiting.filter(isGone);
      change(({ waiting }) => ({ waiting: waiting.filter((run) => !gone.includes(run)) }));
      return gone;
    },
    pause: (paused: boolean): void => change(() => ({ paused })),
  };
}

function fateOf(result: Result<RunSummary>): RowFate | undefined {
  if (!result.ok) return { state: 'failed', failure: result.error };
  const { outcome, failure } = result.value;
  // What waits for a verdict ended well: its plan says for what it waits.
  return outcome === 'done' || outcome === 'waiting'
    ? undefined
    : outcome === 'cancelled'
      ? { state: 'cancelled' }
      : { state: 'failed', failure };
}

function without<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Readonly<Record<string, T>> {
  const gone = new Set(keys);
  return Object.fromEntries(Object.entries(record).filter(([key]) => !gone.has(key)));
}
