/**
 * The open graph, its undo history, and what of it is not stored yet. `edit` is the only way to change a graph; one
 * gesture
 * is one step.
 */
import { enablePatches, produceWithPatches } from 'immer';
import { createStore } from 'zustand/vanilla';
import { boardAt, draftAt } from '../graph/component.ts';
import type { BoardDraft, GraphDraft } from '../graph/edits.ts';
import type { Failure } from '../core/errors.ts';
import { emptyGraph, type Board, type Graph } from '../graph/graph.ts';
import { asHistory, historyAfter, joinedSteps, NO_HISTORY, positionOf, START } from '../graph/history.ts';
import type { Edit, UndoHistory, Position, UndoStep } from '../graph/history.ts';
import { newId, type GraphId, type NodeId } from '../core/ids.ts';
import type { Said } from '../core/say.ts';
import { applied } from './replayed-edits.ts';

enablePatches();

/** Edits with the same merge key within this time are one step. */
const MERGE_MS = 800;

export interface DocumentState {
  readonly id: GraphId | undefined;
  readonly graph: Graph;
  /** The instances opened to get here, outermost first; empty on the graph itself. */
  readonly path: readonly NodeId[];
  /** What the canvas shows: the graph, or the component at the end of the path. */
  readonly board: Board;
  readonly history: UndoHistory;
  /** Grows with every change, so that savers and planners can tell. */
  readonly revision: number;
  /** Another tab edits this graph; here it can only be looked at. */
  readonly readOnly: boolean;
  /** Where the log of edits has come to, stored or not. */
  readonly position: Position;
  /** Edits that storage has not confirmed yet, in order. */
  readonly unsaved: readonly Edit[];
  /** Why storage did not take them, until it does. */
  readonly refused: Failure | undefined;
}
export type DocumentStore = ReturnType<typeof createDocument>;

type Recipe<T> = (board: BoardDraft, graph: GraphDraft) => T;

/** How far a graph's log goes in storage, and edits that are not there yet. */
interface Log {
  readonly position?: Position;
  readonly unsaved?: readonly Edit[];
}

/**
 * `now` is in milliseconds and must never be set back, as a wall clock can be. `onRefused` is called when something is
 * to be changed that can only be viewed.
 */
export function createDocument(now: () => number = () => performance.now(), onRefused: () => void = () => {}) {
  const store = createStore<DocumentState>(() => {
    const graph = emptyGraph();
    const log = { position: START, unsaved: [], refused: undefined };
    return { id: undefined, graph, path: [], board: graph, history: NO_HISTORY, revision: 0, readOnly: false, ...log };
  });
  /** When the newest step last grew; nothing is merged into a step that was undone, redone or opened. */
  let grewAt = -Infinity;
  /** The edit that still takes more in. */
  let growing: Edit | undefined;

  /** The graph with the part of it that is looked at; what an edit took away is left. */
  const looked = (graph: Graph, path: readonly NodeId[]): Pick<DocumentState, 'graph' | 'path' | 'board'> => {
    const board = boardAt(graph, path);
    return board ? { graph, path, board } : looked(graph, path.slice(0, -1));
  };

  function commit(graph: Graph, did: Edit['did'], step: UndoStep): void {
    const { path, history, revision, position, unsaved } = store.getState();
    const grown = did === 'join' && growing;
    const edit: Edit = grown
      ? { ...grown, edition: grown.edition + 1, step: joinedSteps(grown.step, step) }
      : { id: newId('e'), after: position.id, seq: position.seq + 1, edition: 0, did, step };
    growing = did === 'edit' || did === 'join' ? edit : undefined;
    grewAt = growing ? now() : -Infinity;
    const others = unsaved.filter((other) => other !== grown);
    store.setState({
      ...looked(graph, path),
      history: historyAfter(history, { did, step }),
      revision: revision + 1,
      position: positionOf(edit),
      unsaved: [...others, edit],
    });
  }

  return {
    ...store,

    load(id: GraphId | undefined, graph: Graph, history: unknown, readOnly = false, log: Log = {}): void {
      const { position = START, unsaved = [] } = log;
      growing = undefined;
      grewAt = -Infinity;
      store.setState((state) => ({
        id,
        ...looked(graph, state.id === id ? state.path : []),
        history: asHistory(history),
        revision: state.revision + 1,
        readOnly,
        position: positionOf(unsaved.at(-1) ?? position),
        unsaved,
        refused: undefined,
      }));
    },

    /** Opens an instance to show what is inside, or goes back out. */
    look(path: readonly NodeId[]): void {
      store.setState(({ graph }) => looked(graph, path));
    },

    /**
     * Changes what the canvas shows by an Immer recipe, which gets the whole graph too. Edits with one `mergeKey` in
     * quick
     * succession become one step.
     */
    edit<T>(label: Said, recipe: Recipe<T>, { mergeKey }: { readonly mergeKey?: string } = {}): T | undefined {
      const { graph, path, history, readOnly } = store.getState();
      if (readOnly) return void onRefused();
      let result: T | undefined;
      const [next, redo, undo] = produceWithPatches(graph, (draft) => {
        const whole = draft as GraphDraft;
        result = recipe(draftAt(whole, path) ?? whole, whole);
      });
      if (redo.length === 0) return result;
      const joins = mergeKey !== undefined && history.past.at(-1)?.mergeKey === mergeKey && now() - grewAt < MERGE_MS;
      commit(next, joins ? 'join' : 'edit', { label, redo, undo, ...(mergeKey === undefined ? {} : { mergeKey }) });
      return result;
    },

    undo(): Said | undefined {
      const { graph, history, readOnly } = store.getState();
      if (readOnly) return void onRefused();
      const step = history.past.at(-1);
      if (!step) return undefined;
      commit(applied(graph, step.undo), 'undo', { label: step.label, redo: step.undo, undo: [] });
      return step.label;
    },

    redo(): Said | undefined {
      const { graph, history, readOnly } = store.getState();
      if (readOnly) return void onRefused();
      const step = history.future[0];
      if (!step) return undefined;
      commit(applied(graph, step.redo), 'redo', { label: step.label, redo: step.redo, undo: [] });
      return step.label;
    },

    /** What comes next is an edit of its own in the log: the last one is about to become part of a version. */
    seal(): void {
      growing = undefined;
    },

    /** Storage has these edits; those that took more in meanwhile are not the same any more. */
    confirm(id: GraphId, stored: readonly Edit[]): void {
      const { id: open, unsaved } = store.getState();
      if (open === id)
        store.setState({ unsaved: unsaved.filter((edit) => !stored.includes(edit)), refused: undefined });
    },

    /** Storage would not have them. */
    refuse(id: GraphId, refused: Failure): void {
      if (store.getState().id === id) store.setState({ refused });
    },
  };
}
