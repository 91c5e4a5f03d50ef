/** How the built-in generator read a prompt, for the person who wrote it. */

/** A part of the prompt, in UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
export const WORD_KINDS = [
  'subject',
  'card',
  'person',
  'number',
  'colour',
  'material',
  'relation',
  'place',
  'light',
  'weather',
  'season',
  'style',
  'view',
  'mood',
  'detail',
  'letters',
  'left out',
  'unread',
] as const;
/** What kind of thing a word asks for; `unread` for one that means nothing to the generator. */
export type WordKind = (typeof WORD_KINDS)[number];
export interface ReadWord extends Span {
  /** As it stands in the prompt. */
  readonly text: string;
  readonly kind: WordKind;
}
export interface ToldReading {
  /** In the order of the prompt. */
  readonly words: readonly ReadWord[];
  /** What was asked for and is not in the picture, as it stands in the prompt. */
  readonly notDrawn: readonly string[];
  /** What a card stands for. */
  readonly cards: readonly string[];
  /** What words can be read as instead, in English. */
  readonly known: readonly string[];
}
