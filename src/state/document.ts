/** The open graph and its undo history. `edit` is the only way to change a graph; one gesture is one step. */
import { applyPatches, enablePatches, produceWithPatches, type Patch } from 'immer';
import { createStore } from 'zustand/vanilla';
import { boardAt, draftAt } from '../core/component.ts';
import type { BoardDraft, GraphDraft } from '../core/edits.ts';
import { emptyGraph, type Board, type Graph } from '../core/graph.ts';
import type { GraphId, NodeId } from '../core/ids.ts';
import type { Said } from '../core/say.ts';

enablePatches();

/** Edits with the same merge key within this time are one step: typing, sliders. */
const MERGE_MS = 800;
const MOST_STEPS = 200;

interface Step {
  readonly label: Said;
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
  /** The instances opened to get here, outermost first; empty on the graph itself. */
  readonly path: readonly NodeId[];
  /** What the canvas shows: the graph, or the component at the end of the path. */
  readonly board: Board;
  readonly history: History;
  /** Grows with every change, so that savers and planners can tell. */
  readonly revision: number;
  /** Another tab edits this graph; here it can only be looked at. */
  readonly readOnly: boolean;
}
export type DocumentStore = ReturnType<typeof createDocument>;

const NONE: History = { past: [], future: [] };

export function createDocument(now: () => number = Date.now) {
  const store = createStore<DocumentState>(() => {
    const graph = emptyGraph();
    return { id: undefined, graph, path: [], board: graph, history: NONE, revision: 0, readOnly: false };
  });
  /** The graph with the part of it that is looked at; what an edit took away is left. */
  const looked = (graph: Graph, path: readonly NodeId[]): Pick<DocumentState, 'graph' | 'path' | 'board'> => {
    const board = boardAt(graph, path);
    return board ? { graph, path, board } : looked(graph, path.slice(0, -1));
  };

  return {
    ...store,

    load(id: GraphId | undefined, graph: Graph, history: unknown, readOnly = false): void {
      store.setState((state) => ({ id, ...looked(graph, state.id === id ? state.path : []), history: asHistory(history), revision: state.revision + 1, readOnly }));
    },

    /** Opens an instance to show what is inside, or goes back out. */
    look(path: readonly NodeId[]): void {
      store.setState(({ graph }) => looked(graph, path));
    },

    /** Changes what the canvas shows by an Immer recipe, which gets the whole graph too. Edits with one `mergeKey` in quick succession become one step. */
    edit<T>(label: Said, recipe: (board: BoardDraft, graph: GraphDraft) => T, options: { readonly mergeKey?: string } = {}): T | undefined {
      const { graph, path, history, revision, readOnly } = store.getState();
      if (readOnly) return undefined;
      let result: T | undefined;
      const [next, redo, undo] = produceWithPatches(graph, (draft) => {
        const whole = draft as GraphDraft;
        result = recipe(draftAt(whole, path) ?? whole, whole);
      });
      if (redo.length === 0) return result;
      const last = history.past.at(-1);
      const at = now();
      const merges = last && options.mergeKey !== undefined && last.mergeKey === options.mergeKey && at - last.at < MERGE_MS;
      const step: Step = merges
        ? { label, redo: [...last.redo, ...redo], undo: [...undo, ...last.undo], mergeKey: options.mergeKey!, at }
        : { label, redo, undo, at, ...(options.mergeKey === undefined ? {} : { mergeKey: options.mergeKey }) };
      const past = [...(merges ? history.past.slice(0, -1) : history.past), step].slice(-MOST_STEPS);
      store.setState({ ...looked(next, path), history: { past, future: [] }, revision: revision + 1 });
      return result;
    },

    undo(): Said | undefined {
      const { graph, path, history, revision, readOnly } = store.getState();
      const step = history.past.at(-1);
      if (!step || readOnly) return undefined;
      store.setState({ ...looked(applyPatches(graph, step.undo), path), history: { past: history.past.slice(0, -1), future: [step, ...history.future] }, revision: revision + 1 });
      return step.label;
    },

    redo(): Said | undefined {
      const { graph, path, history, revision, readOnly } = store.getState();
      const step = history.future[0];
      if (!step || readOnly) return undefined;
      store.setState({ ...looked(applyPatches(graph, step.redo), path), history: { past: [...history.past, step], future: history.future.slice(1) }, revision: revision + 1 });
      return step.label;
    },
  };
}

/** Stored history is data of our own making, but a damaged one must not keep a graph from opening. */
function asHistory(stored: unknown): History {
  const candidate = stored as History | undefined;
  return Array.isArray(candidate?.past) && Array.isArray(candidate.future) ? candidate : NONE;
}
