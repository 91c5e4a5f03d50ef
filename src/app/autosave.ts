/** Saves the open graph a moment after each change; backs off when storage refuses, and says so once. */
import { toFailure } from '../core/errors.ts';
import type { Graph } from '../core/graph.ts';
import type { GraphId } from '../core/ids.ts';
import type { DocumentStore } from '../state/document.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import type { GraphStore } from '../storage/graphs.ts';
import { t, tell } from '../ui/words/t.ts';

const DELAY_MS = 350;
const BACK_OFF_MS = 10_000;

/** Returns a function that saves at once what is not saved yet. */
export function autosave(document: DocumentStore, graphs: GraphStore, workspace: WorkspaceStore, announce: (id: GraphId, graph: Graph) => void): () => Promise<void> {
  let saved = document.getState();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving = Promise.resolve();
  let complained = false;

  async function save(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const state = document.getState();
    if (!state.id || state.readOnly || state.revision === saved.revision) return;
    if (state.graph === saved.graph && state.id === saved.id) {
      saved = state;
      return;
    }
    try {
      await graphs.save(state.id, state.graph, state.history);
      saved = state;
      complained = false;
      announce(state.id, state.graph);
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (!complained) workspace.notify('bad', t('Your last changes are not saved yet: {0}', tell(failure.message)), failure.hint ?? t('Export the graph to be safe; saving is tried again every ten seconds.'));
      complained = true;
      timer = setTimeout(queue, BACK_OFF_MS);
    }
  }
  function queue(): void {
    saving = saving.then(save);
  }

  document.subscribe((state, before) => {
    if (state.id !== before.id) saved = state;
    else if (state.revision !== saved.revision) timer ??= setTimeout(queue, DELAY_MS);
  });
  window.addEventListener('pagehide', queue);
  window.document.addEventListener('visibilitychange', () => window.document.hidden && queue());
  return () => {
    queue();
    return saving;
  };
}
