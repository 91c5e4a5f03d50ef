/** What every command is built over: stores and storage, and for most of them the thread that plans and runs. */
import type { Graph } from '../graph/graph.ts';
import type { GraphId, NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { RunMode } from '../core/take.ts';
import type { Upgrade } from '../file/upgrade.ts';
import type { GatewayClient } from '../providers/gateway-client.ts';
import type { DeskStore } from '../state/desk.ts';
import type { DocumentStore } from '../state/document.ts';
import type { QueueStore } from '../state/queue.ts';
import type { ReviewClock } from '../state/review-clock.ts';
import type { RunsStore } from '../state/runs.ts';
import type { TeachingStore } from '../state/teaching.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import type { ArtifactStore } from '../storage/artifact-store.ts';
import type { GraphStore } from '../storage/graph-store.ts';
import type { RunStore, TakeStore } from '../session/stores.ts';
import type { ShelfStore } from '../storage/shelf-store.ts';
import type { Thread } from '../worker/bridge.ts';
import type { RunRequest, RunThread } from '../worker/protocol.ts';
import type { Save } from './autosave.ts';
import type { GraphLock } from './lock.ts';
import type { Seeds } from './seeds.ts';

/** Enough to open graphs and edit them. */
export interface EditingServices {
  readonly registry: Registry;
  readonly document: DocumentStore;
  readonly runs: RunsStore;
  readonly queue: QueueStore;
  readonly workspace: WorkspaceStore;
  readonly teaching: TeachingStore;
  readonly graphs: GraphStore;
  readonly history: RunStore;
  readonly artifacts: ArtifactStore;
  readonly takes: TakeStore;
  readonly desk: DeskStore;
  readonly shelf: ShelfStore;
  readonly lock: GraphLock;
  readonly upgrade: Upgrade;
  /** Whether what is saved outlives this tab. */
  readonly lasts: boolean;
  readonly save: Save;
  readonly reviewClock: ReviewClock;
  /** Says why something was not done. */
  tell(error: unknown): void;
}

export interface Services extends EditingServices {
  thread(): Thread<RunThread>;
  /** What the thread is asked to plan or run. Each one made must be sent: it holds what changed since the last. */
  request(graphId: GraphId, graph: Graph, targets?: readonly NodeId[], mode?: RunMode): RunRequest;
  readonly seeds: Seeds;
  readonly gateway: GatewayClient;
  /**
   * Asks which services can be asked now, what the month has cost by now, and for prices that nobody knows yet, of whatever
   * this graph may ask for; settles when that was told, or cannot be now.
   */
  askBeforeRun(graph: Graph): Promise<void>;
}
