/**
 * Sentences for people, as data: threads and storage carry them, and whoever shows one says it in the reader's
 * language.
 */
import { written, type Figure } from './figures.ts';
import { own } from './own.ts';
import { formFor } from './plural.ts';

/**
 * English with `{0}`, `{1}`… where the values go, and `{0|node|nodes}` where a word goes by a count. A value that is a
 * sentence, an amount or a number is told in the reader's language too; names are shown as they are.
 */
export interface Sentence {
  readonly english: string;
  readonly values: readonly Sayable[];
}
export type Sayable = string | Figure | Sentence;
/** A sentence; or English without values, as it also stands in what earlier releases stored. */
export type Said = string | Sentence;

export const say = (english: string, ...values: readonly Sayable[]): Sentence => ({ english, values });

/** As a part of another sentence. */
export const said = (what: Said): Sentence => (typeof what === 'string' ? say(what) : what);

/** Several as one: `a, b, c`. */
export const listed = (parts: readonly Sentence[], between = ', '): Sentence =>
  parts.slice(1).reduce((before, part) => say(`{0}${between}{1}`, before, part), parts[0] ?? say(''));

/** From English to a language; what is not in it stays English. */
export type Words = Readonly<Record<string, string>>;
/** Whom something is told: `locale` says how numbers and money are written. */
export interface Reader {
  readonly locale: string;
  readonly words: Words;
}
/** Logs, the command line and messages of errors are written for this one. */
export const ENGLISH: Reader = { locale: 'en-US', words: {} };

export function inWords(said: Said, reader: Reader = ENGLISH): string {
  if (typeof said === 'string') return own(reader.words, said) ?? said;
  if (said.values.length === 0) return own(reader.words, said.english) ?? said.english;
  const translated = own(reader.words, said.english);
  // What is not translated has the forms of English.
  return filled(translated ?? said.english, said.values, reader, translated === undefined ? 'en' : reader.locale);
}
/** A form may itself have places for values, but no forms. What ends a sentence of another sentence has one full stop. */
const filled = (text: string, values: readonly Sayable[], reader: Reader, language: string): string =>
  text.replace(/\{(\d)(?:\|((?:[^{}]|\{\d\})*))?\}(\.?)/g, (_, at: string, forms: string | undefined, stop: string) => {
    const value = values[Number(at)] ?? '';
    if (forms !== undefined)
      return filled(formFor(countIn(value), forms.split('|'), language), values, reader, language) + stop;
    const words = shown(value, reader);
    return isSentence(value) && words.endsWith('.') ? words : words + stop;
  });
const isSentence = (value: Sayable): value is Sentence => typeof value === 'object' && 'english' in value;
const countIn = (value: Sayable): number =>
  typeof value === 'object' && 'number' in value ? value.number : Number(value);
/** A value as it stands in a sentence. Earlier releases stored amounts and numbers as text: that stays as it is. */
export function shown(value: Sayable, reader: Reader = ENGLISH): string {
  if (typeof value === 'string') return value;
  if (isSentence(value)) return inWords(value, reader);
  return written(value, reader.locale);
}
