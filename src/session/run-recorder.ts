/**
 * Writes down what happens in one run: for the page at frame speed, for history in batches, for the ledger at the end.
 */
import { toFailure, type Failure } from '../core/errors.ts';
import type { Graph } from '../graph/graph.ts';
import type { ArtifactHash, GraphId, NodeId, RunId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { artifactsOfOutputs } from '../core/values.ts';
import type { RunEvent, RunSummary } from '../engine/events.ts';
import type { KeyParts } from '../engine/key.ts';
import type { Refinement } from '../ledger/costs.ts';
import type { Clock } from './clock.ts';
import type { NodeState, RunStore, StoredResult, TakeStore, TimedEvent } from './stores.ts';
import { sourcesOf } from './take-cache.ts';

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
  readonly clock: Clock;
  /**
   * What each node was last made of; it is added to. Missing for a row of a batch, which is not what the graph shows.
   */
  readonly previous: Map<NodeId, KeyParts> | undefined;
  /** Stored results were found again. */
  used(found: readonly StoredResult[]): void;
  send(events: readonly TimedEvent[]): void;
}
export interface RunRecorder {
  write(event: RunEvent): void;
  /** Stores a result. */
  keep(result: StoredResult): void;
  /** History that cannot be written (a full disk) is lost, the run is not; says why the first of it was. */
  close(summary: RunSummary): Promise<Failure | undefined>;
}

export function runRecorder({
  runId,
  graphId,
  graph,
  registry,
  runs,
  takes,
  clock,
  previous,
  used,
  send,
}: Subject): RunRecorder {
  const outbox = batches<TimedEvent>(clock, FRAME_MS, send);
  let seq = 0;
  let stored = Promise.resolve();
  let trouble: Failure | undefined;
  const afterwards = (write: () => Promise<void>) => {
    stored = stored.then(write).catch((thrown: unknown) => {
      trouble ??= toFailure(thrown);
    });
  };
  const archive = batches<TimedEvent>(clock, STORE_MS, (events) => {
    const batch = seq++;
    afterwards(() => runs.append(runId, batch, events));
  });
  const results = batches<StoredResult>(clock, FRAME_MS, (kept) => afterwards(() => runs.keep(kept)));
  const states: NodeState[] = [];
  const refinements: Refinement[] = [];
  const made = new Map<NodeId, readonly ArtifactHash[]>();
  const again: StoredResult[] = [];
  return {
    write(event) {
      const at = clock.now();
      outbox.add({ ...event, at });
      if (event.type !== 'progress') archive.add({ ...event, at });
      if (event.type !== 'finished') return;
      made.set(event.node, artifactsOfOutputs(event.outputs));
      if (event.from === 'frozen') return;
      const { node, key, parts, outputs, ms } = event;
      if (event.from === 'cache') again.push({ key, outputs });
      if (previous) {
        previous.set(node, parts);
        states.push({ graphId, node, parts, outputs });
      }
      if (event.from === 'run' && registry.get(parts.type)?.layer === 'refinement') {
        const sources = sourcesOf(graph, registry, node);
        refinements.push({ at, graphId, node, sources, of: sources.flatMap((source) => made.get(source) ?? []), ms });
      }
    },
    keep: (result) => results.add(result),
    async close(summary) {
      results.flush();
      archive.flush();
      afterwards(() => runs.keepNodeStates(states));
      afterwards(() => takes.putRefinements(refinements));
      afterwards(() => runs.end(runId, summary));
      await stored;
      used(again);
      outbox.flush();
      return trouble;
    },
  };
}

/** Collects items and hands them on together. */
function batches<T>(
  clock: Clock,
  everyMs: number,
  send: (items: readonly T[]) => void,
): { add(item: T): void; flush(): void } {
  let waiting: T[] = [];
  let cancel: (() => void) | undefined;
  const flush = () => {
    cancel?.();
    cancel = undefined;
    if (waiting.length) send(waiting);
    waiting = [];
  };
  return {
    add(item) {
      waiting.push(item);
      cancel ??= clock.after(everyMs, flush);
    },
    flush,
  };
}
