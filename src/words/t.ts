/**
 * Words on screen. English is written where it is used and is the key; a language is one table from it, chosen before
 * the page is drawn.
 */
import { decimalMarkOf, type Figure } from '../core/figures.ts';
import type { DecimalMark } from '../core/number-text.ts';
import { ENGLISH, inWords, say, shown, type Said, type Sayable, type Words } from '../core/say.ts';

let reader = ENGLISH;
/** From here on everything is written for a reader of this language, a tag like `de`. */
export function speak(locale: string, words: Words = {}): void {
  reader = locale === 'en' ? ENGLISH : { locale, words };
}

/**
 * The words in the chosen language; what is not translated stays English. `{0}`, `{1}`… take the values; nothing is
 * written for `false` and `undefined`.
 */
export const t = (english: string, ...values: readonly (Sayable | boolean | null | undefined)[]): string =>
  tell(
    say(
      english,
      ...values.map((value) =>
        value === undefined || value === null || value === false ? '' : value === true ? 'true' : value,
      ),
    ),
  );

/** What the reader writes before tenths. */
export const decimalMark = (): DecimalMark => decimalMarkOf(reader.locale);
/** For dates. */
export const locale = (): string => reader.locale;
/** An amount or a number that stands by itself. */
export const inFigures = (figure: Figure): string => shown(figure, reader);

/** What threads, storage and pure code have to say, in the chosen language. */
export const tell = (said: Said): string => inWords(said, reader);
export const tellAll = (sentences: readonly Said[], between = ', '): string => sentences.map(tell).join(between);

/** Words in which only a number differs, "Shot 3", are one text of the table: "Shot {0}". */
export function tNumbered(english: string): string {
  const { pattern, numbers } = numbersIn(english);
  return t(pattern, ...numbers);
}
export function numbersIn(text: string): { readonly pattern: string; readonly numbers: readonly string[] } {
  const numbers: string[] = [];
  return { pattern: text.replace(/\d+(\.\d+)?/g, (number) => `{${numbers.push(number) - 1}}`), numbers };
}

/** Marks words that are written in one place and shown by `t` in another, so that they are found and translated. */
export const w = <const T extends string>(english: T): T => english;
