/**
 * A graph on its way to another thread: whole the first time, then only what changed, so that what did not keeps its
 * identity there.
 */
import type { Board, Component, Graph } from '../graph/graph.ts';
import type { ComponentId } from '../core/ids.ts';
import { nodesWith } from '../graph/lineage.ts';

type RecordName = keyof Board;
interface RecordChange {
  readonly put: Readonly<Record<string, unknown>>;
  readonly drop: readonly string[];
}
/** A board that changed: its records by what differs, anything else as it is now. */
interface BoardChange {
  readonly rest: Readonly<Record<string, unknown>>;
  readonly records: Readonly<Partial<Record<RecordName, RecordChange>>>;
}
interface ComponentChanges {
  readonly put: Readonly<Record<ComponentId, Component>>;
  readonly changed: Readonly<Record<ComponentId, BoardChange>>;
  readonly drop: readonly string[];
}
export type GraphTransfer = { readonly whole: Graph } | (BoardChange & { readonly components?: ComponentChanges });

const RECORDS: readonly RecordName[] = ['nodes', 'wires', 'frames', 'notes'];

/** For one receiver: it remembers what that one has. Every transfer made must be sent, in order. */
export function packer(): (graph: Graph) => GraphTransfer {
  let sent: Graph | undefined;
  return (graph) => {
    const before = sent;
    sent = graph;
    return before ? difference(before, graph) : { whole: graph };
  };
}

/** The other end of one packer. */
export function unpacker(): (transfer: GraphTransfer) => Graph {
  let received: Graph | undefined;
  return (transfer) => (received = 'whole' in transfer ? transfer.whole : applied(received!, transfer));
}

function difference(before: Graph, after: Graph): GraphTransfer {
  const { components, ...board } = after;
  const change = boardDifference(before, board);
  // A graph that shares little with the one before (another was opened) is smaller whole.
  if (isMostlyNew(change, after)) return { whole: after };
  return before.components === components
    ? change
    : { ...change, components: componentDifference(before.components, components) };
}
const isMostlyNew = ({ records }: BoardChange, { nodes }: Pick<Board, 'nodes'>): boolean =>
  Object.keys(records.nodes?.put ?? {}).length * 2 > Object.keys(nodes).length;

function boardDifference(before: Board, after: Board): BoardChange {
  const { nodes: _, wires: _w, frames: _f, notes: _n, ...rest } = after;
  const records: Partial<Record<RecordName, RecordChange>> = {};
  for (const name of RECORDS) {
    const [old, now]: readonly Readonly<Record<string, unknown>>[] = [before[name], after[name]];
    if (old === now) continue;
    const put: Record<string, unknown> = {};
    for (const id in now) if (now[id] !== old![id]) put[id] = now[id];
    records[name] = { put, drop: Object.keys(old!).filter((id) => !(id in now!)) };
  }
  return { rest, records };
}

function componentDifference(before: Graph['components'], after: Graph['components']): ComponentChanges {
  const put: Record<ComponentId, Component> = {};
  const changed: Record<ComponentId, BoardChange> = {};
  for (const [id, component] of Object.entries(after) as [ComponentId, Component][]) {
    const old = before[id];
    if (old === component) continue;
    const change = old && boardDifference(old, component);
    if (change && !isMostlyNew(change, component)) changed[id] = change;
    else put[id] = component;
  }
  return { put, changed, drop: Object.keys(before).filter((id) => !(id in after)) };
}

function applied(
  before: Graph,
  { rest, records, components: changes }: Exclude<GraphTransfer, { whole: Graph }>,
): Graph {
  const components: Record<ComponentId, Component> = changes
    ? { ...before.components, ...changes.put }
    : before.components;
  if (changes) {
    for (const id of changes.drop) delete components[id as ComponentId];
    for (const [id, change] of Object.entries(changes.changed) as [ComponentId, BoardChange][]) {
      components[id] = { ...change.rest, ...appliedBoard(before.components[id]!, change.records) } as Component;
    }
  }
  return { ...rest, ...appliedBoard(before, records), components } as Graph;
}

function appliedBoard(before: Board, records: BoardChange['records']): Board {
  const { nodes, wires, frames, notes } = before;
  const boards: Record<RecordName, Readonly<Record<string, unknown>>> = { nodes, wires, frames, notes };
  for (const name of RECORDS) {
    const change = records[name];
    if (!change) continue;
    if (name === 'nodes' && change.drop.length === 0) {
      boards.nodes = nodesWith(nodes, change.put as Graph['nodes']);
      continue;
    }
    const next: Record<string, unknown> = { ...boards[name], ...change.put };
    for (const id of change.drop) delete next[id];
    boards[name] = next;
  }
  return boards as unknown as Board;
}
