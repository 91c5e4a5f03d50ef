/** What is done with graphs from a list of them: open they may be, but need not. */
import { produce } from 'immer';
import { replayed } from '../state/replayed-edits.ts';
import { UNTITLED, type Graph } from '../graph/graph.ts';
import { graphName } from '../graph/graph-name.ts';
import type { GraphDraft } from '../graph/edits.ts';
import type { GraphId, NodeId } from '../core/ids.ts';
import type { ListedGraphCommands } from '../ui/commands.ts';
import { t } from '../words/t.ts';
import type { EditingServices } from './services.ts';

type Kept = Pick<EditingServices, 'document' | 'workspace' | 'graphs' | 'history' | 'lock' | 'save' | 'upgrade'>;

export function createListedGraphs(
  { document, workspace, graphs, history, lock, save, upgrade }: Kept,
  createGraph: (graph: Graph) => Promise<GraphId>,
): ListedGraphCommands {
  const isOpen = (id: GraphId) => document.getState().id === id;

  /** As it was last saved, with every edit; the open one is saved first. */
  async function kept(id: GraphId) {
    if (isOpen(id)) await save();
    const opened = await graphs.open(id);
    return opened && { ...replayed(opened, upgrade), position: opened.position };
  }

  const tellOpenElsewhere = () =>
    workspace.notify('info', t('This graph is open in another tab, so it was not renamed.'), t('Rename it there.'));

  async function change(id: GraphId, to: (draft: Pick<GraphDraft, 'title' | 'tags'>) => void): Promise<boolean> {
    if (isOpen(id)) {
      if (document.getState().readOnly) return false;
      document.edit('Rename graph', (_, whole) => to(whole));
      await save();
      return true;
    }
    const hold = await lock.take(id, () => true);
    try {
      if (!hold.mayEdit) return false;
      const now = await kept(id);
      if (now)
        await graphs.keepVersion(id, {
          ...now,
          graph: produce(now.graph, (draft) => to(draft as GraphDraft)),
          anew: true,
        });
      return true;
    } finally {
      hold.release();
    }
  }

  return {
    async renameGraph(id, { title, tags }) {
      const isDone = await change(id, (graph) => {
        graph.title = title.trim() || UNTITLED;
        if (tags.length > 0) graph.tags = tags;
        else delete graph.tags;
      });
      if (isDone) lock.announce(id);
      else tellOpenElsewhere();
      return isDone;
    },
    async duplicateGraph(id) {
      const now = await kept(id);
      if (!now) return undefined;
      const copy = await createGraph({ ...now.graph, title: t('{0}, copy', graphName(now.graph)) });
      const states = [...(await history.nodeStates(id))];
      await history.keepNodeStates(
        states.map(([node, { parts, outputs }]) => ({
          graphId: copy,
          node: node as NodeId,
          ...(parts ? { parts } : {}),
          outputs,
        })),
      );
      const { thumbnail } = (await graphs.list()).find((listed) => listed.id === id) ?? {};
      if (thumbnail) await graphs.setThumbnail(copy, thumbnail);
      return copy;
    },
    async removeGraph(id) {
      await graphs.remove(id);
      return true;
    },
  };
}
