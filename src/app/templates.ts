/** Templates: those that come with the app, and those a person made. */
import type { GraphId } from '../core/ids.ts';
import type { Graph } from '../graph/graph.ts';
import { withTexts } from '../graph/readable.ts';
import type { RoutingTable } from '../routing/routing-table.ts';
import { onNewestTable } from '../routing/table-for.ts';
import type { IncomingCommands } from '../ui/commands.ts';
import { t, tNumbered } from '../words/t.ts';
import { notifyFailure } from './notify-failure.ts';
import { tellChanges, type KeepOpened } from './opened-graphs.ts';
import type { Reading } from './reading.ts';
import type { EditingServices } from './services.ts';
import { whileSlow } from './while-slow.ts';

/** A template that has not come by then will not come. */
const LONGEST_LOAD_MS = 20_000;

export function createTemplates(
  { shelf, workspace }: Pick<EditingServices, 'shelf' | 'workspace'>,
  reading: Reading,
  createGraph: (graph: Graph) => Promise<GraphId>,
  keepOpened: KeepOpened,
  tables: () => Promise<readonly RoutingTable[]>,
): Pick<IncomingCommands, 'openTemplate'> {
  const { notify } = workspace;
  return {
    async openTemplate(id) {
      const own = (await shelf.templates()).find((template) => template.id === id);
      if (own) return createGraph(own.graph);
      const come = whileSlow(workspace, t('The template is on its way.'));
      const response = await fetch(`templates/${encodeURIComponent(id)}.triptych.json`, {
        signal: AbortSignal.timeout(LONGEST_LOAD_MS),
      }).catch(() => undefined);
      come();
      if (response?.status === 404) {
        notify('bad', t('There is no template “{0}”.', id), t('Choose one from the gallery.'));
        return undefined;
      }
      if (response && !response.ok) {
        const what = t('The template “{0}” cannot be loaded: the server answered {1}.', id, response.status);
        notify('bad', what, t('Try again later. Your graphs are kept here and open without it.'));
        return undefined;
      }
      if (!response) {
        notify(
          'bad',
          t('The template “{0}” cannot be loaded. Are you offline?', id),
          t('Try again when there is a connection. Graphs that are kept here open without one.'),
        );
        return undefined;
      }
      const parsed = await reading.graph(await response.text());
      if (!parsed.ok) {
        notifyFailure(workspace, t('The template “{0}” cannot be read.', id), parsed.error);
        return undefined;
      }
      // It was made with the table that ships; who opens it here goes by what was published here since.
      const graph = onNewestTable(parsed.value.graph, await tables());
      const opened = await keepOpened({ ...parsed.value, graph: withTexts(graph, tNumbered) });
      tellChanges(workspace, opened.changes);
      return opened.id;
    },
  };
}
