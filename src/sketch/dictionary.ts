/** All words that are understood, with what they mean. */
import * as lexicon from './lexicon.ts';
import { RELATIONS, type Relation } from './lexicon-grammar.ts';
import { FACES, PEOPLE, TRAITS, WORN } from './lexicon-people.ts';
import type { PersonLook } from './person.ts';
import type { Subject } from './shapes.ts';
import { SHAPES } from './shapes.ts';

/** Settings of the picture that are lists of names in a reading. */
export type Setting =
  | 'places'
  | 'surfaces'
  | 'times'
  | 'weathers'
  | 'seasons'
  | 'materials'
  | 'colours'
  | 'styles'
  | 'lenses'
  | 'moods'
  | 'extras';
export type Meaning =
  | { readonly field: Setting; readonly value: string }
  | { readonly field: 'subjects'; readonly value: Subject; readonly person?: PersonLook }
  | { readonly field: 'faces' }
  | { readonly field: 'traits'; readonly look: PersonLook }
  | { readonly field: 'worn'; readonly look: PersonLook }
  | { readonly field: 'relations'; readonly value: Relation };

export const LONGEST_PHRASE = 4;
const dictionary = buildDictionary();

function buildDictionary(): ReadonlyMap<string, readonly Meaning[]> {
  const entries = new Map<string, Meaning[]>();
  const learn = (words: string, meaning: Meaning) => {
    for (const word of words.split('|').filter(Boolean)) {
      const meanings = entries.get(word) ?? [];
      if (!meanings.some(({ field }) => field === meaning.field)) meanings.push(meaning);
      entries.set(word, meanings);
    }
  };
  for (const [value, { words }] of Object.entries(SHAPES)) learn(words, { field: 'subjects', value: value as Subject });
  for (const [person, words] of PEOPLE) learn(words, { field: 'subjects', value: 'figure', person });
  learn(FACES, { field: 'faces' });
  for (const [look, words] of TRAITS) learn(words, { field: 'traits', look });
  for (const [look, words] of WORN) learn(words, { field: 'worn', look });
  const settings: readonly (readonly [Setting, Readonly<Record<string, string>>])[] = [
    ['places', lexicon.PLACES],
    ['surfaces', lexicon.SURFACES],
    ['times', lexicon.TIMES],
    ['weathers', lexicon.WEATHERS],
    ['seasons', lexicon.SEASONS],
    ['materials', lexicon.MATERIALS],
    ['styles', lexicon.STYLES],
    ['lenses', lexicon.LENSES],
    ['moods', lexicon.MOODS],
    ['extras', lexicon.EXTRAS],
  ];
  for (const [field, table] of settings)
    for (const [value, words] of Object.entries(table)) learn(words, { field, value });
  for (const [word, value] of Object.entries(lexicon.COLOURS)) learn(word, { field: 'colours', value });
  for (const [value, words] of Object.entries(RELATIONS))
    learn(words, { field: 'relations', value: value as Relation });
  return entries;
}

/** How many different words and phrases are understood. */
export const vocabularySize = (): number => dictionary.size;

const PLURALS: Readonly<Record<string, string>> = {
  men: 'man',
  women: 'woman',
  children: 'child',
  people: 'people',
  mice: 'mouse',
  geese: 'goose',
  sheep: 'sheep',
};

/** What a word or phrase means, and whether it stands for several; nothing where it means nothing. */
export function meaningOf(
  phrase: string,
): { readonly meanings: readonly Meaning[]; readonly isPlural: boolean } | undefined {
  const irregular = PLURALS[phrase];
  const exact = dictionary.get(phrase);
  if (exact) return { meanings: exact, isPlural: irregular === phrase && phrase === 'people' };
  const one = irregular ?? singular(phrase);
  const meanings = one === undefined ? undefined : dictionary.get(one);
  return meanings && { meanings, isPlural: true };
}

export function singular(word: string): string | undefined {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith('ves') && word.length > 4) return `${word.slice(0, -3)}f`;
  if (/(s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') && word.length > 3 ? word.slice(0, -1) : undefined;
}
