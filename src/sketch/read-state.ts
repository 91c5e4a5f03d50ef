/** What has been read of a prompt so far, and what waits for a noun. */
import type { ReadWord, WordKind } from '../core/word-kinds.ts';
import type { Setting } from './dictionary.ts';
import type { Relation } from './lexicon-grammar.ts';
import type { Material } from './lexicon.ts';
import type { PersonLook } from './person.ts';
import type { ReadSubject } from './scene-reading.ts';
import type { Word } from './words.ts';

export type Open<T> = { -readonly [K in keyof T]: T[K] };
export interface ReadState {
  readonly settings: Record<Setting, string[]>;
  readonly subjects: Open<ReadSubject>[];
  readonly words: Open<ReadWord>[];
  readonly without: string[];
  letters: string | undefined;
  flavour: number;
  negated: number;
  count: number;
  afterNoun: boolean;
  /** An article has begun a noun phrase that has no noun yet. */
  isOpen: boolean;
  isMinor: boolean;
  isWearing: boolean;
  /** "In" stands before. */
  inside: boolean;
  isFace: boolean;
  /** Adjectives since the last comma or noun, which belong to the noun that follows. */
  waiting: { colour?: string; material?: Material; look: PersonLook; traits: Open<ReadWord>[] };
  relation: { readonly is: Relation; readonly from: number } | undefined;
  /** Unknown words in a row. */
  run: Word[];
}

export function note(
  state: ReadState,
  { from, to, text }: Pick<Word, 'from' | 'to' | 'text'>,
  kind: WordKind,
): Open<ReadWord> {
  const noted: Open<ReadWord> = { from, to, text, kind };
  state.words.push(noted);
  return noted;
}
