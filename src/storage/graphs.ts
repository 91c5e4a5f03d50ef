/** Graphs, their append-only versions and their undo history. */
import type { Graph } from '../core/graph.ts';
import type { ArtifactHash, GraphId, VersionId } from '../core/ids.ts';
import { newId } from '../core/ids.ts';
import { AS_STORED, type Upgrade } from '../file/upgrade.ts';
import type { Database, GraphRow, VersionRow } from './db.ts';

/** Unnamed versions kept for each graph. */
const KEEP = 60;
/** How long a graph that was thrown away can be brought back: thirty days. */
const KEPT_MS = 30 * 86_400_000;

export interface GraphStore {
  list(): Promise<readonly GraphRow[]>;
  create(graph: Graph): Promise<GraphId>;
  /** The newest version, with its undo history. */
  open(id: GraphId): Promise<{ readonly graph: Graph; readonly history: unknown } | undefined>;
  /** Writes a new version, reads it back, then moves the pointer. Throws when what was read is not what was written. */
  save(id: GraphId, graph: Graph, history: unknown, name?: string): Promise<VersionId>;
  versions(id: GraphId): Promise<readonly VersionRow[]>;
  /** Names a version, so that it is kept for ever; without a name it is thinned out like the others. */
  nameVersion(id: VersionId, name: string): Promise<void>;
  /** Throws a graph away. It is gone from the list and can be brought back for thirty days. */
  discard(id: GraphId): Promise<void>;
  restore(id: GraphId): Promise<void>;
  /** Those thrown away, newest first. */
  discarded(): Promise<readonly GraphRow[]>;
  /** Deletes for ever what was thrown away long ago. */
  empty(): Promise<void>;
  /** Deletes a graph for ever, with its versions, history and runs. Its takes are the books and stay. */
  remove(id: GraphId): Promise<void>;
  setThumbnail(id: GraphId, hash: ArtifactHash): Promise<void>;
}

/** `upgrade`: what is stored may be older than what is installed. */
export function graphStore(db: Database, now: () => number = Date.now, upgrade: Upgrade = AS_STORED): GraphStore {
  async function writeVersion(graphId: GraphId, graph: Graph, name?: string): Promise<VersionId> {
    const id = newId<VersionId>('v');
    await db.versions.put({ id, graphId, at: now(), graph, ...(name ? { name } : {}) });
    const back = await db.versions.get(id);
    if (!back || JSON.stringify(back.graph) !== JSON.stringify(graph)) throw new Error('The graph read back from storage is not the one that was saved.');
    return id;
  }
  return {
    list: () => db.graphs.orderBy('updatedAt').reverse().filter((row) => row.deletedAt === undefined).toArray(),
    async create(graph) {
      const id = newId<GraphId>('g');
      const head = await writeVersion(id, graph);
      await db.graphs.put({ id, title: graph.title, head, createdAt: now(), updatedAt: now() });
      return id;
    },
    async open(id) {
      const row = await db.graphs.get(id);
      if (!row || row.deletedAt !== undefined) return undefined;
      const version = (await db.versions.get(row.head)) ?? (await db.versions.where('[graphId+at]').between([id, 0], [id, Infinity]).last());
      if (!version) return undefined;
      const graph = upgrade.graph(version.graph);
      // Undo steps of a graph that was another one fit no more.
      const history = graph === version.graph ? upgrade.history((await db.histories.get(id))?.steps) : undefined;
      return { graph, history };
    },
    async save(id, graph, history, name) {
      const head = await writeVersion(id, graph, name);
      await db.transaction('rw', db.graphs, db.histories, async () => {
        await db.graphs.update(id, { head, title: graph.title, updatedAt: now() });
        await db.histories.put({ graphId: id, steps: history });
      });
      const unnamed = (await db.versions.where('[graphId+at]').between([id, 0], [id, Infinity]).toArray()).filter((row) => !row.name && row.id !== head);
      if (unnamed.length > KEEP) await db.versions.bulkDelete(unnamed.slice(0, unnamed.length - KEEP).map((row) => row.id));
      return head;
    },
    async versions(id) {
      const rows = await db.versions.where('[graphId+at]').between([id, 0], [id, Infinity]).reverse().toArray();
      return rows.map((row) => ({ ...row, graph: upgrade.graph(row.graph) }));
    },
    async nameVersion(id, name) {
      await db.versions.where('id').equals(id).modify((row) => {
        if (name.trim()) (row as { name?: string }).name = name.trim();
        else delete (row as { name?: string }).name;
      });
    },
    discard: async (id) => void (await db.graphs.update(id, { deletedAt: now() })),
    async restore(id) {
      await db.graphs.where('id').equals(id).modify((row) => {
        delete (row as { deletedAt?: number }).deletedAt;
      });
    },
    discarded: () => db.graphs.orderBy('updatedAt').reverse().filter((row) => row.deletedAt !== undefined).toArray(),
    async empty() {
      const old = await db.graphs.filter((row) => row.deletedAt !== undefined && row.deletedAt < now() - KEPT_MS).primaryKeys();
      for (const id of old) await this.remove(id);
    },
    async remove(id) {
      await db.transaction('rw', [db.graphs, db.versions, db.histories, db.runs, db.runEvents, db.nodeStates], async () => {
        await db.graphs.delete(id);
        await db.histories.delete(id);
        await db.versions.where('[graphId+at]').between([id, 0], [id, Infinity]).delete();
        const runs = db.runs.where('[graphId+startedAt]').between([id, 0], [id, Infinity]);
        for (const run of await runs.primaryKeys()) await db.runEvents.where('[runId+seq]').between([run, 0], [run, Infinity]).delete();
        await runs.delete();
        await db.nodeStates.where('graphId').equals(id).delete();
      });
    },
    async setThumbnail(id, hash) {
      await db.graphs.update(id, { thumbnail: hash });
    },
  };
}
