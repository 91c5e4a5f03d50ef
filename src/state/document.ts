/** The open graph and its undo history. `edit` is the only way to change a graph; one gesture is one step. */
import { applyPatches, enablePatches, produceWithPatches, type Patch } from 'immer';
import { createStore } from 'zustand/vanilla';
import type { GraphDraft } from '../core/edits.ts';
import { emptyGraph, type Graph } from '../core/graph.ts';
import type { GraphId } from '../core/ids.ts';

enablePatches();

/** Edits with the same merge key within this time are one step: typing, sliders. */
const MERGE_MS = 800;
const MOST_STEPS = 200;

interface Step {
  readonly label: string;
  readonly redo: readonly Patch[];
  readonly undo: readonly Patch[];
  readonly mergeKey?: string;
  readonly at: number;
}
export interface History {
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}
export interface DocumentState {
  readonly id: GraphId | undefined;
  readonly graph: Graph;
  readonly history: History;
  /** Grows with every change, so that savers and planners can tell. */
  readonly revision: number;
  /** Another tab edits this graph; here it can only be looked at. */
  readonly readOnly: boolean;
}
export type DocumentStore = ReturnType<typeof createDocument>;

const NONE: History = { past: [], future: [] };

export function createDocument(now: () => number = Date.now) {
  const store = createStore<DocumentState>(() => ({ id: undefined, graph: emptyGraph(), history: NONE, revision: 0, readOnly: false }));

  return {
    ...store,

    load(id: GraphId | undefined, graph: Graph, history: unknown, readOnly = false): void {
      store.setState((state) => ({ id, graph, history: asHistory(history), revision: state.revision + 1, readOnly }));
    },

    /** Changes the graph by an Immer recipe. Edits with one `mergeKey` in quick succession become one step. */
    edit<T>(label: string, recipe: (draft: GraphDraft) => T, options: { readonly mergeKey?: string } = {}): T | undefined {
      const { graph, history, revision, readOnly } = store.getState();
      if (readOnly) return undefined;
      let result: T | undefined;
      const [next, redo, undo] = produceWithPatches(graph, (draft) => {
        result = recipe(draft as GraphDraft);
      });
      if (redo.length === 0) return result;
      const last = history.past.at(-1);
      const at = now();
      const merges = last && options.mergeKey !== undefined && last.mergeKey === options.mergeKey && at - last.at < MERGE_MS;
      const step: Step = merges
        ? { label, redo: [...last.redo, ...redo], undo: [...undo, ...last.undo], mergeKey: options.mergeKey!, at }
        : { label, redo, undo, at, ...(options.mergeKey === undefined ? {} : { mergeKey: options.mergeKey }) };
      const past = [...(merges ? history.past.slice(0, -1) : history.past), step].slice(-MOST_STEPS);
      store.setState({ graph: next, history: { past, future: [] }, revision: revision + 1 });
      return result;
    },

    undo(): string | undefined {
      const { graph, history, revision, readOnly } = store.getState();
      const step = history.past.at(-1);
      if (!step || readOnly) return undefined;
      store.setState({ graph: applyPatches(graph, step.undo), history: { past: history.past.slice(0, -1), future: [step, ...history.future] }, revision: revision + 1 });
      return step.label;
    },

    redo(): string | undefined {
      const { graph, history, revision, readOnly } = store.getState();
      const step = history.future[0];
      if (!step || readOnly) return undefined;
      store.setState({ graph: applyPatches(graph, step.redo), history: { past: [...history.past, step], future: history.future.slice(1) }, revision: revision + 1 });
      return step.label;
    },
  };
}

/** Stored history is data of our own making, but a damaged one must not keep a graph from opening. */
function asHistory(stored: unknown): History {
  const candidate = stored as History | undefined;
  return Array.isArray(candidate?.past) && Array.isArray(candidate.future) ? candidate : NONE;
}
