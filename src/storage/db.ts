/**
 * The one place that knows Dexie: tables and their rows. Never edit a published version; add the next one, and never
 * take
 * a table or an index away: a release that is older would put it back.
 */
import { Dexie, type DexieOptions, type EntityTable, type Table } from 'dexie';
import type { LibraryComponent } from '../graph/adopt.ts';
import { emptyGraph, nodeIds, type Graph } from '../graph/graph.ts';
import { START, type Edit, type Position } from '../graph/history.ts';
import type { ArtifactHash, ComponentId, GraphId, NodeId, RunId, TakeId, VersionId } from '../core/ids.ts';
import type { Loose } from '../core/loose.ts';
import { inWords, say, type Said } from '../core/say.ts';
import type { TakeRecord } from '../core/take.ts';
import type { TakeLabel } from '../core/take-label.ts';
import { formatMigrations } from '../file/migrations.ts';
import type { Refinement } from '../ledger/costs.ts';
import type { ReplayReport } from '../ledger/replay-report.ts';
import type { LessonDraft } from '../lessons/lesson-draft.ts';
import type { LessonProgress } from '../lessons/progress.ts';
import type { OwnModel } from '../routing/own-model.ts';
import type { RoutingTable } from '../routing/routing-table.ts';
import type { NodeState, StoredResult, StoredRun, TimedEvent } from '../session/stores.ts';
import type { KeptBlob } from './bytes.ts';
import { watchStalls } from './stalls.ts';

export interface GraphRow {
  readonly id: GraphId;
  readonly title: string;
  readonly head: VersionId;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The newest picture a run of it delivered. */
  readonly thumbnail?: ArtifactHash;
  /** The graph's own, so that lists need not read it. */
  readonly tags?: readonly string[];
  /** Thrown away then; it can be brought back for a while. */
  readonly deletedAt?: number;
  /** Where its log of edits ends; missing before the first. */
  readonly last?: Position;
}
/** A whole graph as it once was. What is said about it stands in the timeline. */
export interface VersionRow {
  readonly id: VersionId;
  readonly graphId: GraphId;
  readonly at: number;
  readonly graph: Graph;
}
/** A version's place among the others, so that a list of them needs no graph. */
export interface TimelineRow {
  readonly id: VersionId;
  readonly graphId: GraphId;
  /** Counts the versions of a graph from 1. Order is by this; a clock can be set back. */
  readonly number: number;
  readonly at: number;
  /** Named versions are kept for ever; unnamed ones are thinned out. */
  readonly name?: string;
  readonly nodes: number;
  /** How many edits lie between it and the version before, and what the first few different ones are called. */
  readonly edits: number;
  readonly labels: readonly Said[];
  /** The last edit that is in it. */
  readonly last: Position;
}
/** What was done since the newest version, one row for each edit. */
export interface EditRow extends Edit {
  readonly graphId: GraphId;
}
/** Undo history beside the graph, so that a reload loses nothing. Steps are plain Immer patches. */
export interface HistoryRow {
  readonly graphId: GraphId;
  readonly steps: unknown;
}
export interface RunEventsRow {
  readonly runId: RunId;
  readonly seq: number;
  readonly events: readonly TimedEvent[];
}
export interface ResultRow extends StoredResult {
  readonly lastUsedAt: number;
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
  readonly blob: KeptBlob;
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

/** A lesson that was begun here, or is kept here. */
export interface LessonRow {
  readonly id: string;
  readonly progress?: LessonProgress;
  /** Its file, where it did not come with the app. */
  readonly text?: string;
  /** What is written of its next version. */
  readonly draft?: LessonDraft;
  /** What replays of runs of the draft's graph found. */
  readonly replays?: readonly ReplayReport[];
}
/** What a learner handed in. */
export interface HandedInRow {
  /** Who, and which lesson: the same again replaces it. */
  readonly id: string;
  readonly at: number;
  /** The result file. */
  readonly text: string;
  /** The teacher's. */
  readonly note: string;
  /** Graphs that were made to look at it, by the step. */
  readonly opened?: Readonly<Record<string, GraphId>>;
}

/** Dexie counts ten in the browser's own version numbers for each of its own. */
export const NATIVE_STEP = 10;
/** What is said where a newer release keeps its data. */
export const OUTDATED = {
  message: say('A newer version of Triptych keeps its data here now, and this one must not write into it.'),
  hint: say(
    'Reload this page to go on with the newer version. If it comes up again, close all other tabs of Triptych first.',
  ),
};

export class Database extends Dexie {
  declare readonly graphs: EntityTable<GraphRow, 'id'>;
  declare readonly versions: EntityTable<VersionRow, 'id'>;
  declare readonly timeline: EntityTable<TimelineRow, 'id'>;
  declare readonly edits: Table<EditRow, [GraphId, number]>;
  declare readonly histories: EntityTable<HistoryRow, 'graphId'>;
  declare readonly runs: EntityTable<StoredRun, 'id'>;
  declare readonly runEvents: Table<RunEventsRow, [RunId, number]>;
  declare readonly results: EntityTable<ResultRow, 'key'>;
  declare readonly nodeStates: Table<NodeState, [GraphId, NodeId]>;
  declare readonly artifacts: EntityTable<ArtifactRow, 'hash'>;
  declare readonly blobs: EntityTable<BlobRow, 'hash'>;
  declare readonly takes: Table<TakeRecord, TakeId>;
  declare readonly takeLabels: Table<TakeLabel, TakeId>;
  declare readonly refinements: Table<Refinement, number>;
  declare readonly routing: Table<RoutingTable, [string, number]>;
  declare readonly ownModels: EntityTable<OwnModel, 'id'>;
  declare readonly components: Table<LibraryComponent, [ComponentId, number]>;
  declare readonly templates: EntityTable<TemplateRow, 'id'>;
  declare readonly settings: EntityTable<SettingRow, 'key'>;
  declare readonly lessons: EntityTable<LessonRow, 'id'>;
  declare readonly handedIn: EntityTable<HandedInRow, 'id'>;

  /** What is still to be written before a newer release takes over. */
  beforeClosing: () => Promise<unknown> = () => Promise.resolve();
  /**
   * Nothing can be read or written here any more: a newer release raises the database, or did so before it was opened.
   */
  onOutdated: (when: 'now' | 'before') => void = () => {};
  /** An older page keeps this one from raising the database. */
  onBlocked: () => void = () => {};

  /** What was asked here has had no answer for long, or has one now. */
  onStalled: (isStalled: boolean) => void = () => {};

  /** `engine`: what keeps the tables, where it is not the browser's own IndexedDB. */
  constructor(name = 'triptych', engine: Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'> = {}) {
    super(name, engine);
    this.use(watchStalls((isStalled) => this.onStalled(isStalled)));
    this.on('versionchange', ({ newVersion }) => {
      // Deleted by the browser or by a person: it is made anew when it is needed.
      if (newVersion === null) this.close({ disableAutoOpen: false });
      // Another page waits until this one lets go, and raises it then.
      else
        void this.beforeClosing()
          .catch(() => {})
          .then(() => this.giveUp('now'));
      return false;
    });
    this.on('blocked', () => this.onBlocked());
    // Dexie opens a database that a newer release has raised as if it were its own.
    this.on('ready', () => {
      const isNewer = Math.floor(this.backendDB().version / NATIVE_STEP) > this.verno;
      if (!isNewer) return;
      this.giveUp('before');
      throw new Dexie.VersionError(inWords(OUTDATED.message));
    });
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
    this.version(3)
      .stores({ components: '[id+version], id', templates: 'id, at' })
      .upgrade(async (change) => {
        const grow = (row: { graph: Graph }) =>
          void (row.graph = {
            ...emptyGraph(),
            ...(formatMigrations[2]!(row.graph as unknown as Loose) as unknown as Graph),
          });
        await change.table('versions').toCollection().modify(grow);
        await change.table('runs').toCollection().modify(grow);
      });
    // Edits are kept one by one, and versions in a timeline, in the order they were made.
    this.version(4)
      .stores({ edits: '[graphId+seq]', timeline: 'id, graphId, [graphId+number]' })
      .upgrade(async (change) => {
        const heads = new Set<VersionId>();
        await change.table<GraphRow>('graphs').each(({ head }) => void heads.add(head));
        const ofGraph = new Map<GraphId, TimelineRow[]>();
        const versions = change.table<VersionRow & { readonly name?: string }>('versions').orderBy('[graphId+at]');
        await versions.each(({ id, graphId, at, name, graph }) => {
          const rows = ofGraph.get(graphId) ?? [];
          const nodes = nodeIds(graph).length;
          rows.push({
            id,
            graphId,
            number: 0,
            at,
            nodes,
            edits: 0,
            labels: [],
            last: START,
            ...(name ? { name } : {}),
          });
          ofGraph.set(graphId, rows);
        });
        for (const rows of ofGraph.values()) {
          // Whatever the clock said when it was written, what a graph opens with is its newest.
          const inOrder = [...rows.filter(({ id }) => !heads.has(id)), ...rows.filter(({ id }) => heads.has(id))];
          await change.table('timeline').bulkPut(inOrder.map((row, at) => ({ ...row, number: at + 1 })));
        }
      });
    // Workflows of a person's own became models.
    this.version(5).stores({ ownModels: 'id' });
    this.version(6).stores({ lessons: 'id', handedIn: 'id' });
    // Takes can be starred and tagged.
    this.version(7).stores({ takeLabels: 'take' });
  }

  /** Closes for good: whatever is asked of it from now on fails. */
  private giveUp(when: 'now' | 'before'): void {
    this.close({ disableAutoOpen: true });
    this.onOutdated(when);
  }
}
