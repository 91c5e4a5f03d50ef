/** Sentences for people, as data: threads and storage carry them, and whoever shows one says it in the reader's language. */
import { own } from './own.ts';

/** English with `{0}`, `{1}`… where the values go. A value that is a sentence is said in the reader's language too; names and numbers are shown as they are. */
export interface Sentence {
  readonly english: string;
  readonly values: readonly Sayable[];
}
export type Sayable = string | number | Sentence;
/** A sentence; or English without values, as it also stands in what earlier releases stored. */
export type Said = string | Sentence;

export const say = (english: string, ...values: readonly Sayable[]): Sentence => ({ english, values });

/** Several as one: `a, b, c`. */
export const listed = (parts: readonly Sentence[], between = ', '): Sentence =>
  parts.slice(1).reduce((before, part) => say(`{0}${between}{1}`, before, part), parts[0] ?? say(''));

/** From English to a language; what is not in it stays English. */
export type Words = Readonly<Record<string, string>>;
const ENGLISH: Words = {};

export function inWords(said: Said, words: Words = ENGLISH): string {
  if (typeof said === 'string') return own(words, said) ?? said;
  const text = own(words, said.english) ?? said.english;
  return said.values.length
    ? text.replace(/\{(\d)\}/g, (_, at: string) => shown(said.values[Number(at)] ?? '', words))
    : text;
}
const shown = (value: Sayable, words: Words): string =>
  typeof value === 'object' ? inWords(value, words) : String(value);
