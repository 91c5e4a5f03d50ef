/** The one place that knows Dexie: tables and their rows. Never edit a published version; add the next one. */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { LibraryComponent } from '../core/adopt.ts';
import { emptyGraph, type Graph } from '../core/graph.ts';
import type { ArtifactHash, CacheKey, ComponentId, GraphId, NodeId, RunId, TakeId, VersionId } from '../core/ids.ts';
import type { Loose } from '../core/loose.ts';
import type { Sentence } from '../core/say.ts';
import type { RunMode, TakeRecord } from '../core/take.ts';
import type { Outputs } from '../core/values.ts';
import type { RunEvent, RunSummary } from '../engine/events.ts';
import type { KeyParts } from '../engine/key.ts';
import { formatMigrations } from '../file/migrations.ts';
import type { Refinement } from '../ledger/audit.ts';
import type { RoutingTable } from '../routing/table.ts';

export interface GraphRow {
  readonly id: GraphId;
  readonly title: string;
  readonly head: VersionId;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The newest picture a run of it delivered. */
  readonly thumbnail?: ArtifactHash;
  /** Thrown away then; it can be brought back for a while. */
  readonly deletedAt?: number;
}
export interface VersionRow {
  readonly id: VersionId;
  readonly graphId: GraphId;
  readonly at: number;
  /** Named saves are kept for ever; unnamed ones are thinned out. */
  readonly name?: string;
  readonly graph: Graph;
}
/** Undo history beside the graph, so that a reload loses nothing. Steps are plain Immer patches. */
export interface HistoryRow {
  readonly graphId: GraphId;
  readonly steps: unknown;
}
export interface RunRow {
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
export interface RunEventsRow {
  readonly runId: RunId;
  readonly seq: number;
  readonly events: readonly (RunEvent & { readonly at: number })[];
}
export interface ResultRow {
  readonly key: CacheKey;
  readonly outputs: Outputs;
  readonly lastUsedAt: number;
}
/** What each node of a graph last made, and from what. */
export interface NodeStateRow {
  readonly graphId: GraphId;
  readonly node: NodeId;
  /** Missing for a result that came with a file: nobody knows what it was made of. */
  readonly parts?: KeyParts;
  readonly outputs: Outputs;
}
export interface ArtifactRow {
  readonly hash: ArtifactHash;
  readonly kind: 'image' | 'video' | 'depth' | 'file';
  readonly mime: string;
  readonly bytes: number;
  readonly lastUsedAt: number;
}
export interface BlobRow {
  readonly hash: ArtifactHash;
  readonly blob: Blob;
}

export interface SettingRow {
  readonly key: string;
  readonly value: unknown;
}

/** A graph the user made a template of. */
export interface TemplateRow {
  readonly id: string;
  readonly at: number;
  readonly description: string;
  readonly tags: readonly string[];
  readonly graph: Graph;
  readonly thumbnail?: ArtifactHash;
}

export class Database extends Dexie {
  declare readonly graphs: EntityTable<GraphRow, 'id'>;
  declare readonly versions: EntityTable<VersionRow, 'id'>;
  declare readonly histories: EntityTable<HistoryRow, 'graphId'>;
  declare readonly runs: EntityTable<RunRow, 'id'>;
  declare readonly runEvents: Table<RunEventsRow, [RunId, number]>;
  declare readonly results: EntityTable<ResultRow, 'key'>;
  declare readonly nodeStates: Table<NodeStateRow, [GraphId, NodeId]>;
  declare readonly artifacts: EntityTable<ArtifactRow, 'hash'>;
  declare readonly blobs: EntityTable<BlobRow, 'hash'>;
  declare readonly takes: Table<TakeRecord, TakeId>;
  declare readonly refinements: Table<Refinement, number>;
  declare readonly routing: Table<RoutingTable, [string, number]>;
  declare readonly components: Table<LibraryComponent, [ComponentId, number]>;
  declare readonly templates: EntityTable<TemplateRow, 'id'>;
  declare readonly settings: EntityTable<SettingRow, 'key'>;

  constructor(name = 'triptych') {
    super(name);
    this.version(1).stores({
      graphs: 'id, updatedAt',
      versions: 'id, [graphId+at]',
      histories: 'graphId',
      runs: 'id, [graphId+startedAt]',
      runEvents: '[runId+seq]',
      results: 'key, lastUsedAt',
      nodeStates: '[graphId+node], graphId',
      artifacts: 'hash, kind, lastUsedAt',
      blobs: 'hash',
    });
    this.version(2).stores({
      takes: 'id, graphId, at',
      refinements: '++, at',
      routing: '[id+version], id',
      settings: 'key',
    });
    // Graphs gained frames, notes on the canvas, components and a form.
    this.version(3).stores({ components: '[id+version], id', templates: 'id, at' }).upgrade(async (change) => {
      const grow = (row: { graph: Graph }) => void (row.graph = { ...emptyGraph(), ...(formatMigrations[2]!(row.graph as unknown as Loose) as unknown as Graph) });
      await change.table('versions').toCollection().modify(grow);
      await change.table('runs').toCollection().modify(grow);
    });
  }
}
