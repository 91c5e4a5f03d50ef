/** What was done to a graph: the steps that undo knows, and the edits that storage keeps. Plain data throughout. */
import { compressed, type Patch } from './patches.ts';
import type { Said } from '../core/say.ts';

const MOST_STEPS = 200;

/** One thing that undo takes back. */
export interface UndoStep {
  readonly label: Said;
  readonly redo: readonly Patch[];
  readonly undo: readonly Patch[];
  /** Edits with the same key in quick succession are one step: typing, sliders. */
  readonly mergeKey?: string;
}
export interface UndoHistory {
  readonly past: readonly UndoStep[];
  readonly future: readonly UndoStep[];
}
export const NO_HISTORY: UndoHistory = { past: [], future: [] };

/** One line of a graph's log. A graph is its newest version and the edits after it, in order. */
export interface Edit {
  readonly id: string;
  /** The edit it was made on top of; it is never applied to anything else. */
  readonly after: string;
  /** Counts the edits of a graph from 1. Order is by this, never by a clock. */
  readonly seq: number;
  /** Grows while more is merged into it: of two forms of one edit, the later. */
  readonly edition: number;
  /** `join`: went on with the step before it, which a version has meanwhile closed. */
  readonly did: 'edit' | 'join' | 'undo' | 'redo';
  /** The patches that were applied, and for an edit those that take it back. */
  readonly step: UndoStep;
}
/** How far a graph's log goes. */
export type Position = Pick<Edit, 'id' | 'seq' | 'edition'>;
/** Before the first edit. */
export const START: Position = { id: '', seq: 0, edition: 0 };
export const positionOf = ({ id, seq, edition }: Position): Position => ({ id, seq, edition });
export const isSamePosition = (a: Position, b: Position): boolean => a.id === b.id && a.edition === b.edition;

/** Two steps as one. */
export function joinedSteps(first: UndoStep, then: UndoStep): UndoStep {
  return { ...then, redo: compressed([...first.redo, ...then.redo]), undo: compressed([...then.undo, ...first.undo]) };
}

/** The history after one more edit of the log. */
export function historyAfter({ past, future }: UndoHistory, { did, step }: Pick<Edit, 'did' | 'step'>): UndoHistory {
  const last = past.at(-1);
  switch (did) {
    case 'edit':
      return { past: [...past, step].slice(-MOST_STEPS), future: [] };
    case 'join':
      return { past: last ? [...past.slice(0, -1), joinedSteps(last, step)] : [step], future: [] };
    case 'undo':
      return last ? { past: past.slice(0, -1), future: [last, ...future] } : { past, future };
    case 'redo':
      return future[0] ? { past: [...past, future[0]], future: future.slice(1) } : { past, future };
    default:
      return did satisfies never;
  }
}

/** Stored history is data of our own making, but a damaged one must not keep a graph from opening. */
export function asHistory(stored: unknown): UndoHistory {
  const candidate = stored as UndoHistory | undefined;
  return Array.isArray(candidate?.past) && Array.isArray(candidate.future) ? candidate : NO_HISTORY;
}

/** Those of some edits put aside that go on from where the stored log ends; none of them is ever applied twice. */
export function followOn(aside: readonly Edit[], stored: Position): readonly Edit[] {
  const isLater = ({ id, edition }: Edit) => id === stored.id && edition > stored.edition;
  const from = aside.findIndex((edit) => edit.after === stored.id || isLater(edit));
  return from < 0 ? [] : aside.slice(from);
}
