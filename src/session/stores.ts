/**
 * What a session needs to be kept, and by which calls. Storage and memory answer them alike; `test/contract` says so.
 */
import type { Graph } from '../graph/graph.ts';
import type { CacheKey, GraphId, NodeId, RunId, TakeId } from '../core/ids.ts';
import type { Micros } from '../core/money.ts';
import type { Sentence } from '../core/say.ts';
import type { RunMode, TakeRecord } from '../core/take.ts';
import type { Outputs } from '../core/values.ts';
import type { RunEvent, RunSummary } from '../engine/events.ts';
import type { KeyParts } from '../engine/key.ts';
import type { Refinement } from '../ledger/costs.ts';

export type TimedEvent = RunEvent & { readonly at: number };

/** What a node made, under the key of what it was made from. */
export interface StoredResult {
  readonly key: CacheKey;
  readonly outputs: Outputs;
}
/** A run that was begun, and how it ended. */
export interface StoredRun {
  readonly id: RunId;
  readonly graphId: GraphId;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly mode: RunMode;
  /** Of a batch, by name. */
  readonly row?: Sentence;
  /** The graph as it ran, seeds included. */
  readonly graph: Graph;
  readonly summary?: RunSummary;
}
/** What a node of a graph last made, and from what. */
export interface NodeState {
  readonly graphId: GraphId;
  readonly node: NodeId;
  /** Missing for a result that came with a file: nobody knows what it was made of. */
  readonly parts?: KeyParts;
  readonly outputs: Outputs;
}

/** Runs and their events, results by key, and what each node last made. */
export interface RunStore {
  /** `row`: what the row of a batch is called, where one ran. */
  begin(graphId: GraphId, graph: Graph, mode: RunMode, row?: Sentence): Promise<RunId>;
  /** Appends a batch; `seq` counts batches from 0. */
  append(runId: RunId, seq: number, events: readonly TimedEvent[]): Promise<void>;
  end(runId: RunId, summary: RunSummary): Promise<void>;
  /** Newest first. */
  list(graphId: GraphId, limit?: number): Promise<readonly StoredRun[]>;
  events(runId: RunId): Promise<readonly TimedEvent[]>;
  /** The newest results whose artifacts are all still stored, and whether those are all there are. */
  results(): Promise<{ readonly found: ReadonlyMap<CacheKey, Outputs>; readonly isAll: boolean }>;
  /** Those of these results, however old, whose artifacts are all still stored. */
  resultsOf(keys: readonly CacheKey[]): Promise<ReadonlyMap<CacheKey, Outputs>>;
  keep(results: readonly StoredResult[]): Promise<void>;
  /** These were found again: they count as used now. */
  used(keys: Iterable<CacheKey>): void;
  run(runId: RunId): Promise<StoredRun | undefined>;
  keepNodeStates(rows: readonly NodeState[]): Promise<void>;
  nodeStates(
    graphId: GraphId,
  ): Promise<ReadonlyMap<NodeId, { readonly parts?: KeyParts | undefined; readonly outputs: Outputs }>>;
}

/** What becomes of stored results when takes are written. */
export interface ResultChange {
  readonly keep: readonly StoredResult[];
  readonly forget: readonly CacheKey[];
}
export const NO_CHANGE: ResultChange = { keep: [], forget: [] };

/** Takes and what refining them took. Nothing in here is ever deleted, graphs that are gone included. */
export interface TakeStore {
  /**
   * Adds takes, or replaces them (a verdict is a new state of the same take), together with results: all of it is
   * written or nothing.
   */
  put(takes: readonly TakeRecord[], results?: ResultChange): Promise<void>;
  /** Oldest first. */
  ofGraph(graphId: GraphId): Promise<readonly TakeRecord[]>;
  all(): Promise<readonly TakeRecord[]>;
  since(at: number): Promise<readonly TakeRecord[]>;
  putRefinements(rows: readonly Refinement[]): Promise<void>;
  refinements(): Promise<readonly Refinement[]>;
}

/**
 * Money that is set aside from one month's budget by all who share it: what one has asked for and not paid yet is not
 * there for another.
 */
export interface MonthBudget {
  /**
   * Sets an amount aside and returns its name; or says how much is left, and sets nothing aside. `take`: what it is for;
   * once that is written down, it counts by itself.
   */
  reserve(amount: Micros, budget: Micros, take?: TakeId): Promise<{ readonly id: string } | { readonly left: Micros }>;
  /** What it was for is written down, or was not done. */
  release(id: string): Promise<void>;
}
