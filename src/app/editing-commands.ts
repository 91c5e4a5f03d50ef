/** What a person can do before anything runs: open graphs, edit them, keep versions of them. */
import type { Graph } from '../graph/graph.ts';
import type { GraphId } from '../core/ids.ts';
import { loadPart } from '../load-part.ts';
import type { Commands } from '../ui/commands.ts';
import { t } from '../words/t.ts';
import type { LatePart } from './late-part.ts';
import { createOpening, type Following } from './opening.ts';
import type { EditingServices } from './services.ts';

type EditingCommands = Omit<Commands, keyof LatePart> & Following;
/** `late`: what these commands ask of the part of the app that may not be there yet. */
export function createEditingCommands(
  services: EditingServices,
  late: Pick<LatePart, 'exportGraph' | 'startRun' | 'storeFile'>,
): EditingCommands {
  const { document, workspace, graphs, history } = services;
  const { notify } = workspace;
  const { createGraph, ...opening } = createOpening(services, {
    exportGraph: late.exportGraph,
    resume: () => late.startRun(),
  });

  return {
    ...opening,
    createGraph,
    async openTemplate(id) {
      const { createIntake } = await loadPart(() => import('./intake.ts'));
      return createIntake(
        services,
        createGraph,
        late.storeFile,
        async () => services.desk.getState().tables,
      ).openTemplate(id);
    },

    ownTemplates: () => services.shelf.templates(),
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
