/** Brings a stored graph up to its last edit. */
import { applyPatches, enablePatches, type Patch as ImmerPatch } from 'immer';
import type { Graph } from '../core/graph.ts';
import { asHistory, historyAfter, type Edit, type History } from '../core/history.ts';
import type { Patch } from '../core/patches.ts';

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
  readonly history: History;
  /** Edits from the first one on that does not fit, as a damaged log can hold; what came before them is applied. */
  readonly unread: readonly Edit[];
}

export function replayed({ graph, history: steps, edits = [] }: Stored): Replayed {
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
