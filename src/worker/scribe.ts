/** Writes down what happens in one run: for the page at frame speed, for history in batches, for the books at the end. */
import type { Graph } from '../core/graph.ts';
import type { GraphId, NodeId, RunId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { RunEvent, RunSummary } from '../engine/events.ts';
import type { KeyParts } from '../engine/key.ts';
import type { Refinement } from '../ledger/audit.ts';
import type { NodeStateRow } from '../storage/db.ts';
import type { Kept, RunStore } from '../storage/runs.ts';
import type { TakeStore } from '../storage/takes.ts';
import { sourcesOf } from './ledger.ts';
import type { TimedEvent } from './protocol.ts';

/** Events leave for page and storage at most this often, in milliseconds. */
const FRAME_MS = 16;
const STORE_MS = 250;

interface Subject {
  readonly runId: RunId;
  readonly graphId: GraphId;
  readonly graph: Graph;
  readonly registry: Registry;
  readonly runs: RunStore;
  readonly takes: TakeStore;
  /** What each node was last made of; it is added to. Missing for a row of a batch, which is not what the graph shows. */
  readonly previous: Map<NodeId, KeyParts> | undefined;
  send(events: readonly TimedEvent[]): void;
}
export interface Scribe {
  write(event: RunEvent): void;
  /** Stores a result. */
  keep(result: Kept): void;
  /** History that cannot be written (a full disk) is lost; the run is not. */
  close(summary: RunSummary): Promise<void>;
}

export function scribe({ runId, graphId, graph, registry, runs, takes, previous, send }: Subject): Scribe {
  const outbox = batches<TimedEvent>(FRAME_MS, send);
  let seq = 0;
  let stored = Promise.resolve();
  const afterwards = (write: () => Promise<void>) => void (stored = stored.then(write).catch(() => {}));
  const archive = batches<TimedEvent>(STORE_MS, (events) => {
    const batch = seq++;
    afterwards(() => runs.append(runId, batch, events));
  });
  const results = batches<Kept>(FRAME_MS, (kept) => afterwards(() => runs.keep(kept)));
  const states: NodeStateRow[] = [];
  const refinements: Refinement[] = [];
  return {
    write(event) {
      const at = Date.now();
      outbox.add({ ...event, at });
      if (event.type !== 'progress') archive.add({ ...event, at });
      if (event.type !== 'finished' || event.from === 'frozen') return;
      const { node, parts, outputs, ms } = event;
      if (previous) {
        previous.set(node, parts);
        states.push({ graphId, node, parts, outputs });
      }
      if (event.from === 'run' && registry.get(parts.type)?.layer === 'refinement') refinements.push({ at, graphId, node, sources: sourcesOf(graph, registry, node), ms });
    },
    keep: (result) => results.add(result),
    async close(summary) {
      results.flush();
      archive.flush();
      await stored;
      await runs.keepNodeStates(states).catch(() => {});
      await takes.putRefinements(refinements).catch(() => {});
      await runs.end(runId, summary).catch(() => {});
      outbox.flush();
    },
  };
}

/** Collects items and hands them on together. */
function batches<T>(everyMs: number, send: (items: readonly T[]) => void): { add(item: T): void; flush(): void } {
  let waiting: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length) send(waiting);
    waiting = [];
  };
  return {
    add(item) {
      waiting.push(item);
      timer ??= setTimeout(flush, everyMs);
    },
    flush,
  };
}
