/** Runs and their events, results by key, and what each node last made. */
import type { Graph } from '../graph/graph.ts';
import type { ArtifactHash, CacheKey, GraphId, NodeId, RunId } from '../core/ids.ts';
import { newId } from '../core/ids.ts';
import type { Sentence } from '../core/say.ts';
import type { RunMode } from '../core/take.ts';
import { artifactsOfOutputs, type Outputs } from '../core/values.ts';
import type { RunEvent, RunSummary } from '../engine/events.ts';
import type { KeyParts } from '../engine/key.ts';
import { AS_STORED, type Upgrade } from '../file/upgrade.ts';
import type { Database, NodeStateRow, ResultRow, RunRow } from './db.ts';
import { noteUses } from './uses.ts';

/** Results given all at once; older ones stay stored and are looked up by key. */
const RECENT = 20_000;

/** What a node made, under the key of what it was made from. */
export type Kept = Pick<ResultRow, 'key' | 'outputs'>;

export interface RunStore {
  /** `row`: what the row of a batch is called, where one ran. */
  begin(graphId: GraphId, graph: Graph, mode: RunMode, row?: Sentence): Promise<RunId>;
  /** Appends a batch; `seq` counts batches from 0. */
  append(runId: RunId, seq: number, events: readonly (RunEvent & { readonly at: number })[]): Promise<void>;
  end(runId: RunId, summary: RunSummary): Promise<void>;
  /** Newest first. */
  list(graphId: GraphId, limit?: number): Promise<readonly RunRow[]>;
  events(runId: RunId): Promise<readonly (RunEvent & { readonly at: number })[]>;
  /** The newest results whose artifacts are all still stored, and whether those are all there are. */
  results(): Promise<{ readonly found: ReadonlyMap<CacheKey, Outputs>; readonly isAll: boolean }>;
  /** Those of these results, however old, whose artifacts are all still stored. */
  resultsOf(keys: readonly CacheKey[]): Promise<ReadonlyMap<CacheKey, Outputs>>;
  keep(results: readonly Kept[]): Promise<void>;
  /** These were found again: they count as used now. */
  used(keys: Iterable<CacheKey>): void;
  run(runId: RunId): Promise<RunRow | undefined>;
  keepNodeStates(rows: readonly NodeStateRow[]): Promise<void>;
  nodeStates(
    graphId: GraphId,
  ): Promise<ReadonlyMap<NodeId, { readonly parts?: KeyParts | undefined; readonly outputs: Outputs }>>;
}

/** `upgrade`: what is stored may be older than what is installed. `recent`: how many results are given all at once. */
export function runStore(
  db: Database,
  now: () => number = Date.now,
  upgrade: Upgrade = AS_STORED,
  recent = RECENT,
): RunStore {
  const upgraded = (row: RunRow): RunRow => ({ ...row, graph: upgrade.graph(row.graph) });
  return {
    async begin(graphId, graph, mode, row) {
      const id = newId<RunId>('r');
      await db.runs.put({ id, graphId, graph, mode, startedAt: now(), ...(row === undefined ? {} : { row }) });
      return id;
    },
    async append(runId, seq, events) {
      await db.runEvents.put({ runId, seq, events });
    },
    async end(runId, summary) {
      await db.runs.update(runId, { summary, endedAt: now() });
    },
    async list(graphId, limit = 50) {
      const rows = await db.runs
        .where('[graphId+startedAt]')
        .between([graphId, 0], [graphId, Infinity])
        .reverse()
        .limit(limit)
        .toArray();
      return rows.map(upgraded);
    },
    async events(runId) {
      const rows = await db.runEvents.where('[runId+seq]').between([runId, 0], [runId, Infinity]).toArray();
      return rows.flatMap((row) => row.events);
    },
    async results() {
      const newest = db.results.orderBy('lastUsedAt').reverse().limit(recent).toArray();
      const [rows, hashes, count] = await Promise.all([
        newest,
        db.artifacts.toCollection().primaryKeys(),
        db.results.count(),
      ]);
      return { found: withArtifacts(rows, new Set(hashes)), isAll: count <= recent };
    },
    async resultsOf(keys) {
      const rows = (await db.results.bulkGet([...keys])).flatMap((row) => row ?? []);
      const hashes = [...new Set(rows.flatMap(artifactsIn))];
      return withArtifacts(rows, new Set(await db.artifacts.where('hash').anyOf(hashes).primaryKeys()));
    },
    async keep(results) {
      const lastUsedAt = now();
      await db.results.bulkPut(results.map(({ key, outputs }) => ({ key, outputs, lastUsedAt })));
    },
    used: noteUses<CacheKey>(db.results, 'key', now),
    async run(runId) {
      const row = await db.runs.get(runId);
      return row && upgraded(row);
    },
    async keepNodeStates(rows) {
      await db.nodeStates.bulkPut([...rows]);
    },
    async nodeStates(graphId) {
      const rows = await db.nodeStates.where('graphId').equals(graphId).toArray();
      return new Map(rows.map((row) => [row.node, { parts: row.parts, outputs: row.outputs }]));
    },
  };
}

const artifactsIn = ({ outputs }: ResultRow): readonly ArtifactHash[] => artifactsOfOutputs(outputs);

function withArtifacts(rows: readonly ResultRow[], stored: ReadonlySet<ArtifactHash>): ReadonlyMap<CacheKey, Outputs> {
  return new Map(
    rows.filter((row) => artifactsIn(row).every((hash) => stored.has(hash))).map((row) => [row.key, row.outputs]),
  );
}
