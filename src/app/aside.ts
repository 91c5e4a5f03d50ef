/**
 * Edits that storage has not confirmed when a page goes away, put where writing is immediate. The next opening takes
 * them up.
 */
import type { Edit } from '../graph/history.ts';
import type { GraphId } from '../core/ids.ts';

const keyOf = (id: GraphId): string => `triptych-unsaved-${id}`;

/** Does nothing where there is no such storage, or no room in it. */
export function putAside(id: GraphId, edits: readonly Edit[]): void {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(edits));
  } catch {
    // Blocked or full. The database is still being written to as well.
  }
}

export function readAside(id: GraphId): readonly Edit[] {
  try {
    const edits: unknown = JSON.parse(localStorage.getItem(keyOf(id)) ?? '[]');
    return Array.isArray(edits) && edits.every(isEdit) ? edits : [];
  } catch {
    return [];
  }
}

export function dropAside(id: GraphId): void {
  try {
    localStorage.removeItem(keyOf(id));
  } catch {
    // Nothing was put there either.
  }
}

function isEdit(value: unknown): value is Edit {
  const { id, after, seq, edition, step } = (value ?? {}) as Partial<Edit>;
  const isNamed = typeof id === 'string' && typeof after === 'string';
  const isPlaced = Number.isSafeInteger(seq) && Number.isSafeInteger(edition);
  return isNamed && isPlaced && Array.isArray(step?.redo) && Array.isArray(step.undo);
}
