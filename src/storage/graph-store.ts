/** Graphs: their newest version, the edits since, their earlier versions, their undo history. */
import { sameData } from '../core/equal.ts';
import { NodeError } from '../core/errors.ts';
import { TRASH_DAYS } from '../core/limits.ts';
import { graphName } from '../graph/graph-name.ts';
import { nodeIds, type Graph } from '../graph/graph.ts';
import { isSamePosition, positionOf, START, type Edit, type Position } from '../graph/history.ts';
import type { ArtifactHash, GraphId, VersionId } from '../core/ids.ts';
import { newId } from '../core/ids.ts';
import { AS_STORED, type Upgrade } from '../file/upgrade.ts';
import { inWords, say, type Said } from '../core/say.ts';
import type { Database, GraphRow, TimelineRow } from './db.ts';
import { thinned } from './thinning.ts';

const KEPT_MS = TRASH_DAYS * 86_400_000;
/** Different edits that a version is described by. */
const MOST_LABELS = 3;

const GONE = {
  message: say('This graph is no longer stored on this computer: its data was cleared or deleted elsewhere.'),
  hint: say('Save it as a new graph, or export it.'),
};
const DISCARDED = {
  message: say('This graph was deleted in another tab.'),
  hint: say('Bring it back, or save it as a new graph.'),
};
const ELSEWHERE = {
  message: say('This graph was changed in another tab meanwhile.'),
  hint: say('Save what is here as a new graph, so that neither is lost.'),
};

/** Why a graph is not written: its row is gone, it was thrown away, or somebody else wrote into it meanwhile. */
export class NotSaved extends NodeError {
  readonly why: 'gone' | 'discarded' | 'elsewhere';
  constructor(why: NotSaved['why'], said: Said, hint: Said) {
    super('rejected', said, { hint });
    this.why = why;
  }
}
/** A graph as it is stored: a version and what was done since. */
export interface OpenedGraph {
  readonly graph: Graph;
  readonly history: unknown;
  readonly edits: readonly Edit[];
  /** Where the log of edits ends. */
  readonly position: Position;
  /** The newest version could not be read; this is one before it, without what came later. */
  readonly isOlder: boolean;
}
/** What becomes a version. */
export interface Snapshot {
  readonly graph: Graph;
  readonly history: unknown;
  /** The last edit in it, which must be the last one stored. */
  readonly position: Position;
  readonly name?: string;
  /** Written even where no edit was made since the last version: the graph itself was mended. */
  readonly anew?: boolean;
}
export interface GraphStore {
  list(): Promise<readonly GraphRow[]>;
  create(graph: Graph, history?: unknown): Promise<GraphId>;
  open(id: GraphId): Promise<OpenedGraph | undefined>;
  /**
   * Adds edits to the log, all or none. Of `graph`, which is what they made, only title and tags are written. Throws
   * `NotSaved`.
   */
  save(id: GraphId, graph: Graph, edits: readonly Edit[]): Promise<void>;
  /**
   * One version of everything up to the last edit is written and read back, the log cleared: all of it, or nothing.
   * Throws `NotSaved`.
   */
  keepVersion(id: GraphId, snapshot: Snapshot): Promise<VersionId>;
  /** Newest first, without their graphs. */
  versions(id: GraphId): Promise<readonly TimelineRow[]>;
  versionGraph(id: VersionId): Promise<Graph | undefined>;
  /** Names a version, so that it is kept for ever; without a name it is thinned out like the others. */
  nameVersion(id: VersionId, name: string): Promise<void>;
  /** Graphs that have versions and are in no list: the newest version of each. */
  lost(): Promise<readonly TimelineRow[]>;
  /** Puts a lost graph back into the list. */
  recover(id: GraphId): Promise<void>;
  /** Throws a graph away. It is gone from the list and can be brought back for thirty days. */
  discard(id: GraphId): Promise<void>;
  restore(id: GraphId): Promise<void>;
  /** Those thrown away, newest first. */
  discarded(): Promise<readonly GraphRow[]>;
  /** Deletes for ever what was thrown away long ago. */
  empty(): Promise<void>;
  /** Deletes a graph for ever, with its versions, history and runs. Its takes are counted by the ledger and stay. */
  remove(id: GraphId): Promise<void>;
  setThumbnail(id: GraphId, hash: ArtifactHash): Promise<void>;
}

/** `upgrade`: what is stored may be older than what is installed. */
export function graphStore(db: Database, now: () => number = Date.now, upgrade: Upgrade = AS_STORED): GraphStore {
  const timelineOf = (id: GraphId) => db.timeline.where('[graphId+number]').between([id, 0], [id, Infinity]);
  const editsOf = (id: GraphId, from = 0) => db.edits.where('[graphId+seq]').between([id, from], [id, Infinity]);

  /** The row of a graph that may be written to. */
  async function rowToWrite(id: GraphId): Promise<GraphRow> {
    const row = await db.graphs.get(id);
    if (!row) throw new NotSaved('gone', GONE.message, GONE.hint);
    if (row.deletedAt !== undefined) throw new NotSaved('discarded', DISCARDED.message, DISCARDED.hint);
    return row;
  }
  const changedElsewhere = () => new NotSaved('elsewhere', ELSEWHERE.message, ELSEWHERE.hint);

  /** Inside a transaction: a version is written, and what was read back is what was meant. */
  async function writeVersion(row: TimelineRow, graph: Graph): Promise<void> {
    const { id, graphId, at } = row;
    await db.versions.put({ id, graphId, at, graph });
    const back = await db.versions.get(id);
    const isSame = back && sameData(back.graph, graph);
    if (!isSame) throw new Error('The graph read back from storage is not the one that was saved.');
    await db.timeline.put(row);
  }

  /** Deletes the versions whose time has passed; only their places in the timeline are read. */
  async function thin(id: GraphId): Promise<void> {
    await db.transaction('rw', db.timeline, db.versions, async () => {
      const gone = thinned(await timelineOf(id).toArray(), now());
      await db.timeline.bulkDelete([...gone]);
      await db.versions.bulkDelete([...gone]);
    });
  }

  /** The newest version that can be read. */
  async function newestReadable(id: GraphId): Promise<Graph | undefined> {
    const rows = await timelineOf(id).reverse().toArray();
    for (const row of rows) {
      const version = await db.versions.get(row.id);
      if (version) return version.graph;
    }
    return undefined;
  }

  return {
    list: () =>
      db.graphs
        .orderBy('updatedAt')
        .reverse()
        .filter((row) => row.deletedAt === undefined)
        .toArray(),
    async create(graph, history) {
      const [id, head, at] = [newId<GraphId>('g'), newId<VersionId>('v'), now()];
      await db.transaction('rw', [db.graphs, db.versions, db.timeline, db.histories], async () => {
        const nodes = nodeIds(graph).length;
        await writeVersion({ id: head, graphId: id, number: 1, at, nodes, edits: 0, labels: [], last: START }, graph);
        await db.graphs.put({ id, ...listedOf(graph), head, createdAt: at, updatedAt: at });
        if (history !== undefined) await db.histories.put({ graphId: id, steps: history });
      });
      return id;
    },
    open: (id) =>
      db.transaction('r', [db.graphs, db.versions, db.timeline, db.histories, db.edits], async () => {
        const row = await db.graphs.get(id);
        if (!row || row.deletedAt !== undefined) return undefined;
        const { last: position = START } = row;
        const [head, version] = [await db.timeline.get(row.head), await db.versions.get(row.head)];
        if (head && version) {
          const edits = await editsOf(id, head.last.seq + 1).toArray();
          return {
            graph: version.graph,
            history: (await db.histories.get(id))?.steps,
            edits,
            position,
            isOlder: false,
          };
        }
        const graph = await newestReadable(id);
        return graph && { graph, history: undefined, edits: [], position, isOlder: true };
      }),
    save: (id, graph, edits) =>
      db.transaction('rw', db.graphs, db.edits, async () => {
        const { last = START } = await rowToWrite(id);
        const first = edits[0];
        if (!first) return;
        const goesOn = first.after === last.id || (first.id === last.id && first.edition > last.edition);
        if (!goesOn) throw changedElsewhere();
        await db.edits.bulkPut(edits.map((edit) => ({ ...edit, graphId: id })));
        await db.graphs.update(id, { ...listedOf(graph), updatedAt: now(), last: positionOf(edits.at(-1)!) });
      }),
    async keepVersion(id, { graph, history, position, name, anew = false }) {
      const kept = await db.transaction(
        'rw',
        [db.graphs, db.versions, db.timeline, db.histories, db.edits],
        async () => {
          const { head: before, last = START, updatedAt } = await rowToWrite(id);
          if (!isSamePosition(last, position)) throw changedElsewhere();
          const head = await db.timeline.get(before);
          const isKept = head && isSamePosition(head.last, position) && !anew;
          if (isKept && (!name || !head.name)) {
            if (name) await db.timeline.update(before, { name });
            return before;
          }
          const done = await editsOf(id).toArray();
          const number = ((await timelineOf(id).last())?.number ?? 0) + 1;
          const row: TimelineRow = {
            id: newId<VersionId>('v'),
            graphId: id,
            number,
            at: done.length > 0 ? updatedAt : now(),
            nodes: nodeIds(graph).length,
            edits: done.length,
            labels: firstLabels(done),
            last: positionOf(position),
            ...(name ? { name } : {}),
          };
          await writeVersion(row, graph);
          await db.graphs.update(id, { head: row.id, ...listedOf(graph) });
          await db.histories.put({ graphId: id, steps: history });
          await editsOf(id).delete();
          return row.id;
        },
      );
      // Versions too many are not worth a failure; the next one tries again.
      await thin(id).catch(() => {});
      return kept;
    },
    versions: (id) => timelineOf(id).reverse().toArray(),
    async versionGraph(id) {
      const version = await db.versions.get(id);
      return version && upgrade.graph(version.graph);
    },
    async nameVersion(id, name) {
      await db.timeline
        .where('id')
        .equals(id)
        .modify((row) => {
          if (name.trim()) (row as { name?: string }).name = name.trim();
          else delete (row as { name?: string }).name;
        });
    },
    async lost() {
      const listed = new Set(await db.graphs.toCollection().primaryKeys());
      const ids = (await db.timeline.orderBy('graphId').uniqueKeys()) as unknown as readonly GraphId[];
      const newest = await Promise.all(ids.filter((id) => !listed.has(id)).map((id) => timelineOf(id).last()));
      return newest.filter((row) => row !== undefined);
    },
    recover: (id) =>
      db.transaction('rw', [db.graphs, db.versions, db.timeline, db.edits], async () => {
        if (await db.graphs.get(id)) return;
        const [oldest, newest] = [await timelineOf(id).first(), await timelineOf(id).last()];
        const graph = await newestReadable(id);
        if (!oldest || !newest || !graph) return;
        const last = positionOf((await editsOf(id).last()) ?? newest.last);
        await db.graphs.put({
          id,
          ...listedOf(graph),
          head: newest.id,
          createdAt: oldest.at,
          updatedAt: newest.at,
          last,
        });
      }),
    discard: async (id) => void (await db.graphs.update(id, { deletedAt: now() })),
    async restore(id) {
      await db.graphs
        .where('id')
        .equals(id)
        .modify((row) => {
          delete (row as { deletedAt?: number }).deletedAt;
        });
    },
    discarded: () =>
      db.graphs
        .orderBy('updatedAt')
        .reverse()
        .filter((row) => row.deletedAt !== undefined)
        .toArray(),
    async empty() {
      const old = await db.graphs
        .filter((row) => row.deletedAt !== undefined && row.deletedAt < now() - KEPT_MS)
        .primaryKeys();
      for (const id of old) await this.remove(id);
    },
    async remove(id) {
      await db.transaction(
        'rw',
        [db.graphs, db.versions, db.timeline, db.edits, db.histories, db.runs, db.runEvents, db.nodeStates],
        async () => {
          await db.graphs.delete(id);
          await db.histories.delete(id);
          await editsOf(id).delete();
          await db.versions.bulkDelete(await timelineOf(id).primaryKeys());
          await timelineOf(id).delete();
          const runs = db.runs.where('[graphId+startedAt]').between([id, 0], [id, Infinity]);
          for (const run of await runs.primaryKeys())
            await db.runEvents.where('[runId+seq]').between([run, 0], [run, Infinity]).delete();
          await runs.delete();
          await db.nodeStates.where('graphId').equals(id).delete();
        },
      );
    },
    async setThumbnail(id, hash) {
      await db.graphs.update(id, { thumbnail: hash });
    },
  };
}

/** What lists of graphs say of one. Without tags, earlier ones are overwritten by none. */
const listedOf = (graph: Graph): Pick<GraphRow, 'title' | 'tags'> => ({
  title: graphName(graph),
  tags: graph.tags ?? [],
});

/** What the edits are called, each name once. */
function firstLabels(edits: readonly Edit[]): readonly Said[] {
  const made = edits.filter(({ did }) => did === 'edit' || did === 'join');
  const labels = new Map(made.map(({ step }) => [inWords(step.label), step.label]));
  return [...labels.values()].slice(0, MOST_LABELS);
}
