/** Everything a person can do that takes time or crosses a border: plain async functions over stores and storage. */
import type { Graph } from '../graph/graph.ts';
import type { GraphId } from '../core/ids.ts';
import type { Commands, DeskCommands, OwnModelCommands, ProviderCommands, ShelfCommands } from '../ui/commands.ts';
import { t } from '../words/t.ts';
import { createClipboard } from './clipboard.ts';
import { createIncoming } from './incoming.ts';
import { notifyFailure } from './notify-failure.ts';
import { createOpening, type Following } from './opening.ts';
import { createOutgoing } from './outgoing.ts';
import { createReading } from './reading.ts';
import { createRunner } from './runner.ts';
import { createSpaceCommands } from './space-commands.ts';
import type { Services } from './services.ts';
import { createTakeCommands } from './take-commands.ts';
import { createUnsettled } from './unsettled.ts';

/** Storage is tidied when the first screen has long been drawn. */
const TIDY_DELAY_MS = 5000;

export function createCommands(
  services: Services,
): Omit<Commands, keyof DeskCommands | keyof ShelfCommands | keyof ProviderCommands | keyof OwnModelCommands> &
  Following {
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
    ...createUnsettled(services, runner.startRun),
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
