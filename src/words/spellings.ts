/** Words in every language at once, for files that come from readers of another. */
import { LANGUAGES, wordsIn } from './languages.ts';

/** Loads all languages. What it gives says how a word is written in each; the word itself is among them. */
export async function spellings(): Promise<(word: string) => readonly string[]> {
  const tables = await Promise.all(LANGUAGES.map(wordsIn));
  const written = new Map<string, Set<string>>();
  const note = (word: string, other: string) =>
    void (written.get(word) ?? written.set(word, new Set([word])).get(word)!).add(other);
  for (const table of tables) {
    for (const [english, translated] of Object.entries(table)) {
      note(english, translated);
      note(translated, english);
    }
  }
  return (word) => [...(written.get(word) ?? [word])];
}
