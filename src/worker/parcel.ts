/** A graph on its way to another thread: whole the first time, then only what changed, so that what did not keeps its identity there. */
import type { Board, Graph } from '../core/graph.ts';
import { nodesWith } from '../core/lineage.ts';

type RecordName = keyof Board;
interface RecordChange {
  readonly put: Readonly<Record<string, unknown>>;
  readonly drop: readonly string[];
}
export type Parcel =
  | { readonly whole: Graph }
  | { readonly rest: Omit<Graph, RecordName>; readonly records: Readonly<Partial<Record<RecordName, RecordChange>>> };

const RECORDS: readonly RecordName[] = ['nodes', 'wires', 'frames', 'notes'];

/** For one receiver: it remembers what that one has. Every parcel made must be sent, in order. */
export function packer(): (graph: Graph) => Parcel {
  let sent: Graph | undefined;
  return (graph) => {
    const before = sent;
    sent = graph;
    return before ? difference(before, graph) : { whole: graph };
  };
}

/** The other end of one packer. */
export function unpacker(): (parcel: Parcel) => Graph {
  let received: Graph | undefined;
  return (parcel) => (received = 'whole' in parcel ? parcel.whole : applied(received!, parcel));
}

function difference(before: Graph, after: Graph): Parcel {
  const { nodes: _, wires: _w, frames: _f, notes: _n, ...rest } = after;
  const records: Partial<Record<RecordName, RecordChange>> = {};
  for (const name of RECORDS) {
    const [old, now]: readonly Readonly<Record<string, unknown>>[] = [before[name], after[name]];
    if (old === now) continue;
    const put: Record<string, unknown> = {};
    for (const id in now) if (now[id] !== old![id]) put[id] = now[id];
    records[name] = { put, drop: Object.keys(old!).filter((id) => !(id in now!)) };
  }
  // A graph that shares little with the one before (another was opened) is smaller whole.
  return Object.keys(records.nodes?.put ?? {}).length * 2 > Object.keys(after.nodes).length ? { whole: after } : { rest, records };
}

function applied(before: Graph, { rest, records }: Exclude<Parcel, { whole: Graph }>): Graph {
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
  return { ...rest, ...(boards as unknown as Board) };
}
