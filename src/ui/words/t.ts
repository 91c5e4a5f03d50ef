/** Words on screen. English is written where it is used and is the key; a language is one table from it, chosen before the page is drawn. */
export type Words = Readonly<Record<string, string>>;

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

/** What can stand in a sentence; an element of a page cannot. */
type Sayable = string | number | boolean | null | undefined;

let words: Words = {};
export function speak(table: Words): void {
  words = table;
}

/** The words in the chosen language; what is not translated stays English. `{0}`, `{1}`… take the values; nothing is written for `false` and `undefined`. */
export function t(english: string, ...values: readonly Sayable[]): string {
  const text = words[english] ?? english;
  return values.length ? text.replace(/\{(\d)\}/g, (_, at: string) => inWords(values[Number(at)])) : text;
}
const inWords = (value: Sayable): string => (value === undefined || value === null || value === false ? '' : String(value));

/** Marks words that are written in one place and shown by `t` in another, so that they are found and translated. */
export const w = <const T extends string>(english: T): T => english;
