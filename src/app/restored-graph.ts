/** One graph of a backup, with all that belongs to it: read as strictly as a graph file, since what is stored is trusted. */
import { sameData } from '../core/equal.ts';
import type { GraphId, RunId, VersionId } from '../core/ids.ts';
import { readJson } from '../core/json.ts';
import { LARGEST_GRAPH_FILE } from '../core/limits.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import type { Registry } from '../core/node.ts';
import { say, type Sentence } from '../core/say.ts';
import type { DataShape } from '../core/data-shapes.ts';
import { hashOf } from '../engine/key.ts';
import { GRAPH_TABLES, type GraphTable } from '../file/backup-format.ts';
import { graphFileOf } from '../file/format.ts';
import { readGraphFile } from '../file/parse.ts';
import {
  isEdit,
  isGraphRow,
  isHistory,
  isNodeState,
  isRun,
  isRunEvents,
  isTimelineRow,
  isVersion,
} from '../file/row-shapes.ts';
import { graphName } from '../graph/graph-name.ts';
import { nodeIds, type Graph } from '../graph/graph.ts';
import { asHistory, START, type Edit } from '../graph/history.ts';
import type { NodeState, StoredRun } from '../session/stores.ts';
import { applied, replayed } from '../state/replayed-edits.ts';
import type { EditRow, GraphRow, HistoryRow, RunEventsRow, TimelineRow, VersionRow } from '../storage/db.ts';
import type { WholeGraph } from '../storage/restore-store.ts';

const SHAPES: Readonly<Record<GraphTable, DataShape>> = {
  graphs: isGraphRow,
  timeline: isTimelineRow,
  versions: isVersion,
  edits: isEdit,
  histories: isHistory,
  nodeStates: isNodeState,
  runs: isRun,
  runEvents: isRunEvents,
};
type Rows = { readonly [Table in GraphTable]: Loose[] };

export interface RestoredGraph {
  /** `undefined` where too little of it can be read to be a graph. */
  readonly graph: WholeGraph | undefined;
  /** What was left out of it. */
  readonly lacks: readonly Sentence[];
}

/** The row of a graph, from the first line of its lines. */
export function graphRowIn(line: string): GraphRow | undefined {
  const read = readJson(line, LARGEST_GRAPH_FILE);
  const { table, row } = read.ok && isRecord(read.value) ? read.value : {};
  return table === 'graphs' && isGraphRow(row) ? (row as unknown as GraphRow) : undefined;
}

/** A stored graph as the reader of graph files gives it; `undefined` where it refuses it. */
export function readStoredGraph(raw: unknown, format: number, registry: Registry): Graph | undefined {
  const read = readGraphFile({ ...(isRecord(raw) ? raw : {}), format: 'triptych', formatVersion: format }, registry);
  return read.ok ? read.value.graph : undefined;
}

/** `format`: of the graphs inside. */
export async function readGraphLines(
  lines: AsyncIterable<string>,
  id: GraphId,
  format: number,
  registry: Registry,
): Promise<RestoredGraph> {
  const rows = Object.fromEntries(GRAPH_TABLES.map((table) => [table, [] as Loose[]])) as unknown as Rows;
  let damaged = 0;
  for await (const line of lines) {
    const read = readJson(line, LARGEST_GRAPH_FILE);
    const { table, row } = read.ok && isRecord(read.value) ? read.value : {};
    const known = GRAPH_TABLES.find((one) => one === table);
    const isOfGraph = isRecord(row) && (known === 'graphs' ? row['id'] === id : isOf(row, id, known));
    if (known && isOfGraph && SHAPES[known](row)) rows[known].push(withGraphRead(row, known, format, registry));
    else damaged++;
  }
  const whole = wholeOf(rows);
  const name = whole?.row.title ?? id;
  const lost = damaged + rows.versions.filter(({ graph }) => graph === undefined).length;
  const lacks = lost > 0 && whole ? [say('“{0}”: {1} {1|row|rows} could not be read.', name, lost)] : [];
  return whole ? withStepsChecked(whole, registry, lacks) : { graph: undefined, lacks };
}

/** Rows of events name their run alone. */
const isOf = (row: Loose, id: GraphId, table: GraphTable | undefined): boolean =>
  table === 'runEvents' || row['graphId'] === id;

const withGraphRead = (row: Loose, table: GraphTable, format: number, registry: Registry): Loose =>
  table === 'versions' || table === 'runs' ? { ...row, graph: readStoredGraph(row['graph'], format, registry) } : row;

function wholeOf(rows: Rows): WholeGraph | undefined {
  const [row] = rows.graphs as unknown as readonly GraphRow[];
  const isReadable = ({ graph }: Loose) => graph !== undefined;
  const versions = rows.versions.filter(isReadable) as unknown as readonly VersionRow[];
  const ids = new Set(versions.map(({ id }) => id));
  if (!row || !ids.has(row.head)) return undefined;
  const timeline = (rows.timeline as unknown as readonly TimelineRow[]).filter((place) => ids.has(place.id));
  const head = timeline.find((place) => place.id === row.head);
  if (!head) return undefined;
  const placed = new Set(timeline.map((place) => place.id));
  const runs = rows.runs.filter(isReadable) as unknown as readonly StoredRun[];
  const runIds = new Set(runs.map((run) => run.id));
  return {
    row,
    timeline,
    versions: versions.filter((version) => placed.has(version.id)),
    // Those up to the newest version are in it.
    edits: (rows.edits as unknown as readonly EditRow[])
      .filter(({ seq }) => seq > head.last.seq)
      .toSorted((a, b) => a.seq - b.seq),
    history: (rows.histories as unknown as readonly HistoryRow[])[0],
    states: rows.nodeStates as unknown as readonly NodeState[],
    runs,
    events: (rows.runEvents as unknown as readonly RunEventsRow[]).filter(({ runId }) => runIds.has(runId)),
  };
}

const headOf = ({ row, versions }: WholeGraph): Graph => versions.find(({ id }) => id === row.head)!.graph;
/** What patches made of a graph is one only if the reader of graph files says so. */
function isGraph(graph: Graph, registry: Registry): boolean {
  const read = readGraphFile(graphFileOf(graph), registry);
  return read.ok && sameData(read.value.graph, graph);
}

/** Leaves out edits and undo steps that would make something of the graph that is none. */
function withStepsChecked(whole: WholeGraph, registry: Registry, lacks: readonly Sentence[]): RestoredGraph {
  const { row, timeline, edits, history } = whole;
  const head = headOf(whole);
  const newest = timeline.find((place) => place.id === row.head)!;
  const areEditsFine = edits.length === 0 || fits(head, edits, registry);
  const isHistoryFine = history === undefined || canBeUndone(head, history, registry);
  const { history: _, ...rest } = whole;
  return {
    graph: {
      ...rest,
      row: areEditsFine ? row : { ...row, title: graphName(head), tags: head.tags ?? [], last: newest.last },
      edits: areEditsFine ? edits : [],
      history: areEditsFine && isHistoryFine ? history : undefined,
    },
    lacks: [
      ...lacks,
      ...(areEditsFine
        ? []
        : [
            say(
              '“{0}”: its last {1} {1|edit|edits} could not be read. It comes as it was before.',
              row.title,
              edits.length,
            ),
          ]),
      ...(isHistoryFine ? [] : [say('“{0}”: what could be undone there could not be read.', row.title)]),
    ],
  };
}
function fits(head: Graph, edits: readonly Edit[], registry: Registry): boolean {
  const { graph, unread } = replayed({ graph: head, history: undefined, edits });
  return unread.length === 0 && isGraph(graph, registry);
}
/** All the way back, and all the way forward: one that does not fit is found at the ends. */
function canBeUndone(head: Graph, { steps }: HistoryRow, registry: Registry): boolean {
  const { past, future } = asHistory(steps);
  try {
    const oldest = past.reduceRight((graph, { undo }) => applied(graph, undo), head);
    const newest = future.reduce((graph, { redo }) => applied(graph, redo), head);
    return isGraph(oldest, registry) && isGraph(newest, registry);
  } catch {
    return false;
  }
}

/** Whether what is here is what the backup holds: the same edits led to it, and it is called the same. */
export const isSameGraph = (here: GraphRow, there: GraphRow): boolean =>
  sameData(
    [here.last?.id ?? START.id, here.last?.edition ?? 0, here.title, here.tags ?? []],
    [there.last?.id ?? START.id, there.last?.edition ?? 0, there.title, there.tags ?? []],
  );

/** The id of a graph that comes beside one that is here: the same from the same backup, so that it comes once. */
export const secondId = ({ id, head, last, title, tags }: GraphRow): GraphId =>
  `g${hashOf([id, head, last ?? null, title, tags ?? []]).slice(0, 16)}` as GraphId;

const renewed = <Id extends string>(prefix: string, graph: GraphId, old: Id): Id =>
  `${prefix}${hashOf([graph, old]).slice(0, 16)}` as Id;
/** What a run of it is called there. */
export const secondRunId = (graph: GraphId, run: RunId): RunId => renewed('r', graph, run);

/** A graph under a new id and title, with new ids for all that is stored under one. */
export function asSecond(whole: WholeGraph, id: GraphId, title: string): WholeGraph {
  const { row, timeline, versions, states, runs, events } = whole;
  const versionId = (old: VersionId) => renewed('v', id, old);
  const now = replayed({ graph: headOf(whole), history: whole.history?.steps, edits: whole.edits });
  const graph: Graph = { ...now.graph, title };
  const { last = START } = row;
  const isHead = (version: { readonly id: VersionId }) => version.id === row.head;
  return {
    row: { ...row, id, title, head: versionId(row.head) },
    timeline: timeline.map((place) => ({
      ...place,
      id: versionId(place.id),
      graphId: id,
      ...(isHead(place) ? { last, nodes: nodeIds(graph).length } : {}),
    })),
    versions: versions.map((version) => ({
      ...version,
      id: versionId(version.id),
      graphId: id,
      ...(isHead(version) ? { graph } : {}),
    })),
    // They are in its newest version now.
    edits: [],
    history: { graphId: id, steps: now.history },
    states: states.map((state) => ({ ...state, graphId: id })),
    runs: runs.map((run) => ({ ...run, id: secondRunId(id, run.id), graphId: id })),
    events: events.map((batch) => ({ ...batch, runId: secondRunId(id, batch.runId) })),
  };
}
