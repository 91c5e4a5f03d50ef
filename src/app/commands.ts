/** Everything a person can do that takes time or crosses a border: plain async functions over stores and storage. */
import type { Graph } from '../core/graph.ts';
import type { GraphId, NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { RunMode } from '../core/take.ts';
import type { Upgrade } from '../file/upgrade.ts';
import type { DeskStore } from '../state/desk.ts';
import type { DocumentStore } from '../state/document.ts';
import type { QueueStore } from '../state/queue.ts';
import type { RunsStore } from '../state/runs.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import type { ArtifactStore } from '../storage/artifacts.ts';
import type { GraphStore } from '../storage/graphs.ts';
import type { RunStore } from '../storage/runs.ts';
import type { ShelfStore } from '../storage/shelf.ts';
import type { TakeStore } from '../storage/takes.ts';
import type { Commands, DeskCommands, ShelfCommands } from '../ui/commands.ts';
import { t } from '../ui/words/t.ts';
import type { Thread } from '../worker/bridge.ts';
import type { RunRequest, RunThread } from '../worker/protocol.ts';
import type { Save } from './autosave.ts';
import { createClipboard } from './clipboard.ts';
import { createIncoming } from './incoming.ts';
import type { GraphLock } from './lock.ts';
import { notifyFailure } from './notify-failure.ts';
import { createOpening, type Following } from './opening.ts';
import { createOutgoing } from './outgoing.ts';
import { createReading } from './reading.ts';
import { createRunner } from './runner.ts';
import { createSpaceCommands } from './space.ts';
import type { ReviewClock } from '../state/review-clock.ts';
import type { Seeds } from './seeds.ts';
import { createTakeCommands } from './takes.ts';

/** Storage is tidied when the first screen has long been drawn. */
const TIDY_DELAY_MS = 5000;

export interface Services {
  readonly registry: Registry;
  readonly document: DocumentStore;
  readonly runs: RunsStore;
  readonly queue: QueueStore;
  readonly workspace: WorkspaceStore;
  readonly graphs: GraphStore;
  readonly history: RunStore;
  readonly artifacts: ArtifactStore;
  readonly takes: TakeStore;
  readonly desk: DeskStore;
  readonly shelf: ShelfStore;
  readonly lock: GraphLock;
  readonly upgrade: Upgrade;
  thread(): Thread<RunThread>;
  /** What the thread is asked to plan or run. Each one made must be sent: it holds what changed since the last. */
  request(graphId: GraphId, graph: Graph, targets?: readonly NodeId[], mode?: RunMode): RunRequest;
  readonly save: Save;
  readonly seeds: Seeds;
  readonly reviewClock: ReviewClock;
  /** Says why something was not done. */
  tell(error: unknown): void;
}

export function createCommands(
  services: Services,
): Omit<Commands, keyof DeskCommands | keyof ShelfCommands> & Following {
  const { document, workspace, graphs, history } = services;
  const { notify } = workspace;

  const { tidy, ...space } = createSpaceCommands(services);
  const runner = createRunner(services, services.seeds, tidy);
  const outgoing = createOutgoing(services);
  const { createGraph, ...opening } = createOpening(services, {
    exportGraph: outgoing.exportGraph,
    resume: () => runner.startRun(),
  });
  const reading = createReading(workspace);
  const incoming = createIncoming(services, reading, createGraph);
  setTimeout(() => void tidy(), TIDY_DELAY_MS);

  return {
    ...createTakeCommands(services, runner.startRun),
    lockSeed: (node, param, before) => services.seeds.lock(node, param, before),
    ...runner,
    ...space,
    ...incoming,
    ...outgoing,
    ...createClipboard(services, reading, incoming.takeText),
    ...opening,
    createGraph,

    async freeze(outputs) {
      const kept = await services.thread().call.freeze(outputs);
      if (!kept.ok) notifyFailure(workspace, t('The result was not kept, so nothing was frozen.'), kept.error);
      return kept.ok ? kept.value : undefined;
    },
    replay: (id) => services.thread().call.replay(id),

    listGraphs: () => graphs.list(),
    restoreGraph: graphs.restore,
    discardedGraphs: graphs.discarded,
    nameVersion: graphs.nameVersion,
    listRuns: (id: GraphId) => history.list(id),
    runEvents: history.events,
    async versions() {
      const { id } = document.getState();
      if (!id) return [];
      await services.save({ version: true });
      return graphs.versions(id);
    },
    versionGraph: graphs.versionGraph,
    /** Puts another graph in place of the open one, as one undo step. */
    replaceGraph(graph: Graph, label: string): void {
      document.edit(label, (_, whole) => {
        // What the other one does not have is gone too: its table, its pin.
        for (const key of Object.keys(whole)) if (!Object.hasOwn(graph, key)) Reflect.deleteProperty(whole, key);
        Object.assign(whole, graph);
      });
    },
    async saveNamed(name: string): Promise<boolean> {
      const isSaved = await services.save({ name });
      if (isSaved) notify('info', t('Saved as “{0}”.', name));
      return isSaved;
    },
  };
}
