/** Runs and their events, results by key, and what each node last made. */
import type { ArtifactHash, CacheKey, RunId } from '../core/ids.ts';
import { newId } from '../core/ids.ts';
import { artifactsOfOutputs, type Outputs } from '../core/values.ts';
import { AS_STORED, type Upgrade } from '../file/upgrade.ts';
import type { RunStore, StoredRun } from '../session/stores.ts';
import type { Database, ResultRow } from './db.ts';
import { noteUses } from './uses.ts';

/** Results given all at once; older ones stay stored and are looked up by key. */
const RECENT = 20_000;

/** `upgrade`: what is stored may be older than what is installed. `recent`: how many results are given all at once. */
export function runStore(
  db: Database,
  now: () => number = Date.now,
  upgrade: Upgrade = AS_STORED,
  recent = RECENT,
): RunStore {
  const upgraded = (row: StoredRun): StoredRun => ({ ...row, graph: upgrade.graph(row.graph) });
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
