/** What a teacher did to a draft, to be taken back and done again. */
import type { LessonDraft } from './lesson-draft.ts';

export interface DraftHistory {
  readonly draft: LessonDraft;
  /** Oldest first. */
  readonly past: readonly LessonDraft[];
  /** The next one first. */
  readonly future: readonly LessonDraft[];
  /** Of the last change; another of the same place joins it. */
  readonly place: string | undefined;
}

/** Steps that can be taken back. */
const LONGEST = 200;

export const unchangedDraft = (draft: LessonDraft): DraftHistory => ({
  draft,
  past: [],
  future: [],
  place: undefined,
});

/** `place`: the field that is typed in; a whole text is taken back at once. Without it, each change is one. */
export function draftChanged(history: DraftHistory, draft: LessonDraft, place?: string): DraftHistory {
  const joins = place !== undefined && place === history.place;
  const past = joins ? history.past : [...history.past, history.draft].slice(-LONGEST);
  return { draft, past, future: [], place };
}

export function draftUndone(history: DraftHistory): DraftHistory {
  const draft = history.past.at(-1);
  if (!draft) return history;
  return { draft, past: history.past.slice(0, -1), future: [history.draft, ...history.future], place: undefined };
}

export function draftRedone(history: DraftHistory): DraftHistory {
  const [draft, ...future] = history.future;
  if (!draft) return history;
  return { draft, past: [...history.past, history.draft], future, place: undefined };
}
