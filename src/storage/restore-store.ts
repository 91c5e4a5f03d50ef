/**
 * Writes rows of a backup beside what is here. Nothing that is here is ever changed, and each graph comes whole, in one
 * write, or not at all: whatever ends the page in between leaves nothing by halves, and doing it again goes on.
 */
import type { ArtifactHash, CacheKey, GraphId, TakeId } from '../core/ids.ts';
import type { TakeRecord } from '../core/take.ts';
import type { TakeLabel } from '../core/take-label.ts';
import type { LibraryComponent } from '../graph/adopt.ts';
import type { Refinement } from '../ledger/costs.ts';
import type { OwnModel } from '../routing/own-model.ts';
import type { RoutingTable } from '../routing/routing-table.ts';
import type { NodeState, StoredRun } from '../session/stores.ts';
import { keepBlob } from './bytes.ts';
import type {
  ArtifactRow,
  Database,
  EditRow,
  GraphRow,
  HandedInRow,
  HistoryRow,
  LessonRow,
  ResultRow,
  RunEventsRow,
  TemplateRow,
  TimelineRow,
  VersionRow,
} from './db.ts';

/** A graph with all that belongs to it. */
export interface WholeGraph {
  readonly row: GraphRow;
  readonly timeline: readonly TimelineRow[];
  readonly versions: readonly VersionRow[];
  readonly edits: readonly EditRow[];
  readonly history: HistoryRow | undefined;
  readonly states: readonly NodeState[];
  readonly runs: readonly StoredRun[];
  readonly events: readonly RunEventsRow[];
}
/** Rows that are written under a key of their own, and those that were there already. */
export interface Added<Row> {
  readonly added: readonly Row[];
  /** What is here under the key of one that came. */
  readonly here: readonly (readonly [came: Row, here: Row])[];
}

export interface RestoreStore {
  /** Also where it was thrown away. */
  graph(id: GraphId): Promise<GraphRow | undefined>;
  /** All of it, unless it is here; `taken`: a version or a run of something else has one of its ids. */
  addGraph(graph: WholeGraph): Promise<'added' | 'here' | 'taken'>;
  /** Takes a graph that is here out of the trash. */
  bringBack(id: GraphId): Promise<void>;
  hasArtifact(hash: ArtifactHash): Promise<boolean>;
  addArtifact(row: ArtifactRow, blob: Blob): Promise<void>;
  addTakes(rows: readonly TakeRecord[]): Promise<Added<TakeRecord>>;
  addTakeLabels(rows: readonly TakeLabel[]): Promise<Added<TakeLabel>>;
  addResults(rows: readonly ResultRow[]): Promise<Added<ResultRow>>;
  /** They have no ids: one of the same moment and node is the same. */
  addRefinements(rows: readonly Refinement[]): Promise<number>;
  addTables(rows: readonly RoutingTable[]): Promise<Added<RoutingTable>>;
  addOwnModels(rows: readonly OwnModel[]): Promise<Added<OwnModel>>;
  addComponents(rows: readonly LibraryComponent[]): Promise<Added<LibraryComponent>>;
  addTemplates(rows: readonly TemplateRow[]): Promise<Added<TemplateRow>>;
  addLessons(rows: readonly LessonRow[]): Promise<Added<LessonRow>>;
  addHandedIn(rows: readonly HandedInRow[]): Promise<Added<HandedInRow>>;
  takesHere(ids: readonly TakeId[]): Promise<ReadonlySet<TakeId>>;
}

export function restoreStore(db: Database): RestoreStore {
  /** In one step, so that no row comes between looking and writing. */
  function adding<Row>(name: string, keyOf: (row: Row) => unknown) {
    return (rows: readonly Row[]): Promise<Added<Row>> =>
      db.transaction('rw', name, async () => {
        const table = db.table<Row, never>(name);
        const found = await table.bulkGet(rows.map((row) => keyOf(row) as never));
        const added = rows.filter((_, at) => found[at] === undefined);
        await table.bulkPut([...added]);
        const here = rows.flatMap((row, at) => (found[at] === undefined ? [] : [[row, found[at]] as const]));
        return { added, here };
      });
  }
  return {
    graph: (id) => db.graphs.get(id),
    addGraph: ({ row, timeline, versions, edits, history, states, runs, events }) =>
      db.transaction(
        'rw',
        [db.graphs, db.timeline, db.versions, db.edits, db.histories, db.nodeStates, db.runs, db.runEvents],
        async () => {
          if (await db.graphs.get(row.id)) return 'here';
          const others = [
            await db.versions.bulkGet(versions.map(({ id }) => id)),
            await db.timeline.bulkGet(timeline.map(({ id }) => id)),
            await db.runs.bulkGet(runs.map(({ id }) => id)),
          ].flat();
          if (others.some((other) => other !== undefined)) return 'taken';
          await db.versions.bulkPut([...versions]);
          await db.timeline.bulkPut([...timeline]);
          await db.edits.bulkPut([...edits]);
          if (history) await db.histories.put(history);
          await db.nodeStates.bulkPut([...states]);
          await db.runs.bulkPut([...runs]);
          await db.runEvents.bulkPut([...events]);
          await db.graphs.add(row);
          return 'added';
        },
      ),
    bringBack: async (id) =>
      void (await db.graphs
        .where('id')
        .equals(id)
        .modify((row) => {
          delete (row as { deletedAt?: number }).deletedAt;
        })),
    hasArtifact: async (hash) => (await db.artifacts.where('hash').equals(hash).count()) > 0,
    addArtifact: (row, blob) =>
      keepBlob(blob, (kept) =>
        db.transaction('rw', db.artifacts, db.blobs, async () => {
          if (await db.artifacts.get(row.hash)) return;
          await db.blobs.put({ hash: row.hash, blob: kept });
          await db.artifacts.put(row);
        }),
      ),
    addTakes: adding<TakeRecord>('takes', ({ id }) => id),
    addTakeLabels: adding<TakeLabel>('takeLabels', ({ take }) => take),
    addResults: adding<ResultRow>('results', ({ key }): CacheKey => key),
    addRefinements: (rows) =>
      db.transaction('rw', db.refinements, async () => {
        const nameOf = ({ at, graphId, node }: Refinement) => `${at} ${graphId} ${node}`;
        const moments = [...new Set(rows.map(({ at }) => at))];
        const here = new Set((await db.refinements.where('at').anyOf(moments).toArray()).map(nameOf));
        const fresh = rows.filter((row) => !here.has(nameOf(row)));
        await db.refinements.bulkAdd([...fresh]);
        return fresh.length;
      }),
    addTables: adding<RoutingTable>('routing', ({ id, version }) => [id, version]),
    addOwnModels: adding<OwnModel>('ownModels', ({ id }) => id),
    addComponents: adding<LibraryComponent>('components', ({ id, version }) => [id, version]),
    addTemplates: adding<TemplateRow>('templates', ({ id }) => id),
    addLessons: adding<LessonRow>('lessons', ({ id }) => id),
    addHandedIn: adding<HandedInRow>('handedIn', ({ id }) => id),
    async takesHere(ids) {
      const found = await db.takes.bulkGet([...ids]);
      return new Set(ids.filter((_, at) => found[at] !== undefined));
    },
  };
}
