/** Brings a stored graph up to its last edit. */
import { applyPatches, enablePatches, type Patch as ImmerPatch } from 'immer';
import type { Graph } from '../graph/graph.ts';
import { asHistory, historyAfter, type Edit, type UndoHistory } from '../graph/history.ts';
import type { Patch } from '../graph/patches.ts';
import { AS_STORED, type Upgrade } from '../file/upgrade.ts';

enablePatches();

/** Immer only reads what it is given. */
export function applied(graph: Graph, patches: readonly Patch[]): Graph {
  return applyPatches(graph, patches as readonly ImmerPatch[]);
}

interface Stored {
  readonly graph: Graph;
  readonly history: unknown;
  /** Done since that version, in order. */
  readonly edits?: readonly Edit[];
}
export interface Replayed {
  readonly graph: Graph;
  readonly history: UndoHistory;
  /** Edits from the first one on that does not fit, as a damaged log can hold; what came before them is applied. */
  readonly unread: readonly Edit[];
  /** The graph is no longer the one that is stored: it held what an earlier release wrote. */
  readonly isUpgraded: boolean;
}

/** Edits are applied to the graph as it was stored, which they were made on; then it is upgraded. */
export function replayed(stored: Stored, upgrade: Upgrade = AS_STORED): Replayed {
  const { graph, history, unread } = withEdits(stored);
  const today = upgrade.graph(graph);
  const isUpgraded = today !== graph;
  // Undo steps of a graph that was another one fit no more.
  return { graph: today, history: asHistory(isUpgraded ? undefined : upgrade.history(history)), unread, isUpgraded };
}

function withEdits({ graph, history: steps, edits = [] }: Stored): Omit<Replayed, 'isUpgraded'> {
  let history = asHistory(steps);
  for (const [at, edit] of edits.entries()) {
    try {
      graph = applied(graph, edit.step.redo);
    } catch {
      return { graph, history, unread: edits.slice(at) };
    }
    history = historyAfter(history, edit);
  }
  return { graph, history, unread: [] };
}
