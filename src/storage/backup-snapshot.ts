/**
 * Everything that is kept, as it is at one moment, for a backup: read in one transaction, and written as lines at once,
 * so that memory holds no more than a few rows.
 */
import type { ArtifactHash } from '../core/ids.ts';
import { artifactsOfOutputs } from '../core/values.ts';
import { BACKUP_TABLES, entryOfGraph, entryOfTable, type BackupTable, type GraphTable } from '../file/backup-format.ts';
import { AS_STORED, type Upgrade } from '../file/upgrade.ts';
import type { Graph } from '../graph/graph.ts';
import { blobOf } from './bytes.ts';
import type { ArtifactRow, Database, GraphRow } from './db.ts';
import { frozenKeys, keptArtifacts } from './kept.ts';

export interface SnapshotFile extends ArtifactRow {
  readonly blob: Blob;
  /** It can be made again. */
  readonly isRemade?: true;
}
export interface DatabaseSnapshot {
  /** Lines of rows, by the name of their entry. */
  readonly texts: ReadonlyMap<string, Blob>;
  readonly files: readonly SnapshotFile[];
  readonly counts: Readonly<Record<'graphs' | 'takes' | 'files', number>>;
}

/** Characters that are held before they are handed to the browser. */
const HELD = 2 ** 20;
/** Characters of one graph with its versions, beyond which its oldest runs are left out. */
const LONGEST_GRAPH = 192 * 2 ** 20;
/** What the view is called among the settings of a backup. */
export const VIEW_SETTING = 'view';
/** Money that tabs have set aside for calls that are made now. */
const OF_NOW = 'reserved';

/** Lines of JSON that grow outside of the page's memory. */
class Lines {
  private readonly parts: Blob[] = [];
  private held: string[] = [];
  private size = 0;
  length = 0;

  add(row: unknown): void {
    const line = `${JSON.stringify(row)}\n`;
    this.held.push(line);
    this.size += line.length;
    this.length += line.length;
    if (this.size > HELD) this.handOver();
  }
  done(): Blob {
    this.handOver();
    return new Blob(this.parts, { type: 'application/x-ndjson' });
  }
  private handOver(): void {
    this.parts.push(new Blob(this.held));
    this.held = [];
    this.size = 0;
  }
}

export interface SnapshotWish {
  /** Also what can be made again. */
  readonly isWhole: boolean;
  /** A graph as a graph file holds it. */
  readonly asWritten: (graph: Graph) => unknown;
  /** Graphs are written as this release writes them. */
  readonly upgrade?: Upgrade;
  /** How this person likes the editor: it is kept elsewhere, and written among the settings. */
  readonly view: unknown;
  readonly cancelled?: AbortSignal;
}

/** Throws when it is cancelled. */
export async function snapshot(db: Database, wish: SnapshotWish): Promise<DatabaseSnapshot> {
  const { isWhole, asWritten, upgrade = AS_STORED, view, cancelled } = wish;
  return db.transaction('r', db.tables, async () => {
    const kept = await keptArtifacts(db, new Set());
    const frozen = await frozenKeys(db);
    const texts = new Map<string, Blob>();

    const files: SnapshotFile[] = [];
    for (const row of await db.artifacts.toArray()) {
      cancelled?.throwIfAborted();
      const isRemade = !kept.has(row.hash);
      const bytes = isWhole || !isRemade ? await db.blobs.get(row.hash) : undefined;
      // A blob is a handle: its bytes stay where they are until they are read.
      if (bytes) files.push({ ...row, blob: blobOf(bytes.blob), ...(isRemade ? { isRemade } : {}) });
    }
    const hashes = new Set<ArtifactHash>(files.map(({ hash }) => hash));
    const isThere = (outputs: Parameters<typeof artifactsOfOutputs>[0]) =>
      artifactsOfOutputs(outputs).every((hash) => hashes.has(hash));

    const graphs = await db.graphs.toArray();
    for (const row of graphs) {
      cancelled?.throwIfAborted();
      texts.set(entryOfGraph(row.id), await linesOfGraph(row));
    }
    for (const table of BACKUP_TABLES) {
      cancelled?.throwIfAborted();
      const lines = new Lines();
      await db.table<unknown>(table).each((row) => {
        const written = rowOf(table, row);
        if (written !== undefined) lines.add(written);
      });
      if (table === 'settings') lines.add({ key: VIEW_SETTING, value: view });
      if (lines.length > 0) texts.set(entryOfTable(table), lines.done());
    }
    const takes = await db.takes.count();
    return { texts, files, counts: { graphs: graphs.length, takes, files: files.length } };

    /** `undefined` for what no backup holds. */
    function rowOf(table: BackupTable, row: unknown): unknown {
      switch (table) {
        case 'results': {
          const { key, outputs } = row as { key: never; outputs: Parameters<typeof isThere>[0] };
          return (isWhole || frozen.has(key)) && isThere(outputs) ? row : undefined;
        }
        case 'settings':
          return (row as { key: string }).key === OF_NOW ? undefined : row;
        case 'templates': {
          const template = row as { graph: Graph };
          return { ...template, graph: asWritten(upgrade.graph(template.graph)) };
        }
        case 'components':
          return upgrade.component(row as Parameters<Upgrade['component']>[0]);
        default:
          return row;
      }
    }

    async function linesOfGraph(row: GraphRow): Promise<Blob> {
      const { id } = row;
      const lines = new Lines();
      const add = (table: GraphTable, one: unknown) => lines.add({ table, row: one });
      add('graphs', row);
      const places = await db.timeline.where('[graphId+number]').between([id, 0], [id, Infinity]).toArray();
      for (const place of places) add('timeline', place);
      for (const place of places) {
        const version = await db.versions.get(place.id);
        if (version) add('versions', { ...version, graph: asWritten(upgrade.graph(version.graph)) });
      }
      await ofGraph('edits', '[graphId+seq]', id, (edit) => add('edits', edit));
      const history = await db.histories.get(id);
      if (history) add('histories', history);
      await db.nodeStates
        .where('graphId')
        .equals(id)
        .each((state) => void (isThere(state.outputs) && add('nodeStates', state)));
      const runs = await db.runs.where('[graphId+startedAt]').between([id, 0], [id, Infinity]).reverse().primaryKeys();
      for (const runId of runs) {
        const run = lines.length < LONGEST_GRAPH ? await db.runs.get(runId) : undefined;
        if (!run) continue;
        add('runs', { ...run, graph: asWritten(upgrade.graph(run.graph)) });
        await ofGraph('runEvents', '[runId+seq]', runId, (events) => add('runEvents', events));
      }
      return lines.done();
    }
    async function ofGraph(table: GraphTable, index: string, id: string, each: (row: unknown) => void): Promise<void> {
      await db.table<unknown>(table).where(index).between([id, 0], [id, Infinity]).each(each);
    }
  });
}
