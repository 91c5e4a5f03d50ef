/**
 * Which languages there are: English, and every table of this folder. A table is a file named by its language tag
 * (`de.ts`, `pt-BR.ts`), loaded only when it is spoken.
 */
import type { Words } from '../core/say.ts';

const tables = import.meta.glob<Words>(['./[a-z][a-z].ts', './[a-z][a-z]-*.ts'], { import: 'default' });
const tagOf = (path: string): string => path.slice('./'.length, -'.ts'.length);
const loaders: ReadonlyMap<string, () => Promise<Words>> = new Map(
  Object.entries(tables).map(([path, load]) => [tagOf(path), load]),
);

/** Language tags, English first. */
export const LANGUAGES: readonly string[] = ['en', ...loaders.keys()];

/** What a language is called by those who speak it. */
export function nameOfLanguage(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** The table of a language; empty for English, which is written where it is used. */
export const wordsIn = async (language: string): Promise<Words> => (await loaders.get(language)?.()) ?? {};

/** The language that serves a reader of this tag best: its own, another form of it, or English. */
export function languageFor(tag: string): string {
  const [plain] = tag.split('-');
  return [tag, plain].find((one) => one !== undefined && LANGUAGES.includes(one)) ?? 'en';
}
