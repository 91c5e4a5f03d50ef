/** Graphs whose versions are stored while the graph itself is in no list: found at the start, and offered. */
import type { WorkspaceStore } from '../state/workspace.ts';
import type { GraphStore } from '../storage/graph-store.ts';
import { goTo } from '../ui/navigation.ts';
import { t } from '../words/t.ts';

export async function offerLost(graphs: GraphStore, { notify }: Pick<WorkspaceStore, 'notify'>): Promise<void> {
  // Storage that does not answer is told by whoever needs an answer.
  const lost = await graphs.lost().catch(() => []);
  if (lost.length === 0) return;
  const recover = async () => {
    for (const { graphId } of lost) await graphs.recover(graphId);
    if (lost.length === 1) goTo({ screen: 'graph', id: lost[0]!.graphId });
    else location.reload();
  };
  const what = t('{0|A graph is|{0} graphs are} stored here that {0|is|are} not in your list of graphs.', lost.length);
  const why = t('Site data was cleared in part, or something went wrong while saving. Their versions are whole.');
  notify('info', what, why, { label: t('Bring back'), act: () => void recover() });
}
