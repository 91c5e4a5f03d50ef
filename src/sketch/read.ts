/** From a prompt to settings: which words were understood, what they ask for, what is negated. Pure. */
import { hash32 } from '../core/random.ts';
import * as lexicon from './lexicon.ts';
import type { Extra, Lens, Material, Mood, PlaceName, Season, Style, Subject, Time, Weather } from './lexicon.ts';

export interface ReadSubject {
  readonly shape: Subject;
  readonly count: number;
  readonly material?: Material;
  /** "#rrggbb" */
  readonly colour?: string;
}
/** What a text asks for, in the order it names things; nothing that it leaves open. */
export interface PromptReading {
  readonly places: readonly PlaceName[];
  readonly times: readonly Time[];
  readonly weathers: readonly Weather[];
  readonly seasons: readonly Season[];
  readonly subjects: readonly ReadSubject[];
  readonly materials: readonly Material[];
  readonly colours: readonly string[];
  readonly styles: readonly Style[];
  readonly lenses: readonly Lens[];
  readonly moods: readonly Mood[];
  readonly extras: readonly Extra[];
  /** Words that were negated ("no people"), as a reading of their own would name them. */
  readonly without: readonly string[];
  /** A number from the words that mean nothing here, so that every prompt is its own picture. */
  readonly flavour: number;
}

type Meaning =
  | { readonly field: 'places'; readonly value: PlaceName }
  | { readonly field: 'times'; readonly value: Time }
  | { readonly field: 'weathers'; readonly value: Weather }
  | { readonly field: 'seasons'; readonly value: Season }
  | { readonly field: 'subjects'; readonly value: Subject }
  | { readonly field: 'materials'; readonly value: Material }
  | { readonly field: 'colours'; readonly value: string }
  | { readonly field: 'styles'; readonly value: Style }
  | { readonly field: 'lenses'; readonly value: Lens }
  | { readonly field: 'moods'; readonly value: Mood }
  | { readonly field: 'extras'; readonly value: Extra };

const dictionary = buildDictionary();
const LONGEST_PHRASE = 3;

function buildDictionary(): ReadonlyMap<string, readonly Meaning[]> {
  const entries = new Map<string, Meaning[]>();
  const learn = (table: Readonly<Record<string, string>>, field: Meaning['field']) => {
    for (const [value, words] of Object.entries(table)) {
      for (const word of words.split('|')) {
        const meanings = entries.get(word) ?? [];
        if (!meanings.some((meaning) => meaning.field === field)) meanings.push({ field, value } as Meaning);
        entries.set(word, meanings);
      }
    }
  };
  learn(lexicon.SUBJECTS, 'subjects');
  learn(lexicon.PLACES, 'places');
  learn(lexicon.TIMES, 'times');
  learn(lexicon.WEATHERS, 'weathers');
  learn(lexicon.SEASONS, 'seasons');
  learn(lexicon.MATERIALS, 'materials');
  learn(lexicon.STYLES, 'styles');
  learn(lexicon.LENSES, 'lenses');
  learn(lexicon.MOODS, 'moods');
  learn(lexicon.EXTRAS, 'extras');
  for (const [word, value] of Object.entries(lexicon.COLOURS))
    entries.set(word, [...(entries.get(word) ?? []), { field: 'colours', value }]);
  return entries;
}

/** How many different words and phrases are understood. */
export const vocabularySize = (): number => dictionary.size;

function singular(word: string): string | undefined {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith('ves') && word.length > 4) return `${word.slice(0, -3)}f`;
  if (/(s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') && word.length > 3 ? word.slice(0, -1) : undefined;
}

const NEGATIONS = new Set(['no', 'without', 'not', 'never', 'minus', 'except', 'avoid', 'free']);
const ARTICLES = new Set([
  'a',
  'an',
  'the',
  'any',
  'of',
  'in',
  'on',
  'at',
  'with',
  'and',
  'by',
  'over',
  'under',
  'to',
  'for',
  'from',
  'its',
  'his',
  'her',
  'some',
  'very',
  'near',
  'beside',
  'is',
  'are',
  'into',
  'through',
  'onto',
]);

export function read(text: string): PromptReading {
  const words = text.toLowerCase().match(/[\p{L}\p{N}'&/.-]+|[,;:!?]/gu) ?? [];
  const found: { -readonly [K in keyof Omit<PromptReading, 'subjects' | 'without' | 'flavour'>]: string[] } = {
    places: [],
    times: [],
    weathers: [],
    seasons: [],
    materials: [],
    colours: [],
    styles: [],
    lenses: [],
    moods: [],
    extras: [],
  };
  const subjects: { shape: Subject; count: number; material?: Material; colour?: string }[] = [];
  const without: string[] = [];
  let flavour = 0;
  let negated = 0;
  let count = 0;
  let afterNoun = false;
  /** Adjectives since the last comma or noun, which belong to the noun that follows. */
  let waiting: { colour?: string; material?: Material } = {};

  for (let at = 0; at < words.length;) {
    const { length, meanings, plural } = phraseAt(words, at);
    const word = words[at]!;
    at += length;
    if (!meanings.length) afterNoun = false;
    if (/^[,;:!?]$/.test(word)) {
      negated = 0;
      waiting = {};
      continue;
    }
    if (NEGATIONS.has(word)) {
      negated = 3;
      continue;
    }
    if (/^\d+$/.test(word) || (lexicon.NUMBERS[word] !== undefined && meanings.length === 0)) {
      count = Math.min(7, lexicon.NUMBERS[word] ?? Number(word));
      continue;
    }
    if (meanings.length === 0) {
      if (!ARTICLES.has(word)) flavour = hash32(`${flavour}${word}`);
      if (negated > 0 && !ARTICLES.has(word)) negated--;
      continue;
    }
    if (negated > 0) {
      for (const meaning of meanings) without.push(meaning.value);
      negated--;
      continue;
    }
    // In a compound ("perfume bottle") the first noun already says what it is.
    const compound = afterNoun && meanings.some((meaning) => meaning.field === 'subjects');
    afterNoun = !plural && meanings.some((meaning) => meaning.field === 'subjects');
    for (const meaning of meanings) {
      if (meaning.field === 'subjects') {
        if (compound) continue;
        const same = subjects.find((subject) => subject.shape === meaning.value);
        if (same) Object.assign(same, waiting);
        else subjects.push({ shape: meaning.value, count: count || (plural ? 3 : 1), ...waiting });
        // A colour or stuff that belongs to one thing is not the picture's own.
        found.colours = found.colours.filter((colour) => colour !== waiting.colour);
        found.materials = found.materials.filter((material) => material !== waiting.material);
      } else if (!found[meaning.field].includes(meaning.value)) found[meaning.field].push(meaning.value);
      if (meaning.field === 'colours') waiting.colour = meaning.value;
      if (meaning.field === 'materials') waiting.material = meaning.value;
    }
    if (meanings.some((meaning) => meaning.field === 'subjects')) {
      waiting = {};
      count = 0;
    }
  }
  return { ...found, subjects, without, flavour } as unknown as PromptReading;
}

function phraseAt(
  words: readonly string[],
  at: number,
): { length: number; meanings: readonly Meaning[]; plural: boolean } {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length >= 1; length--) {
    const phrase = words.slice(at, at + length).join(' ');
    const exact = dictionary.get(phrase);
    if (exact) return { length, meanings: exact, plural: false };
    const one = singular(phrase);
    const meanings = one && dictionary.get(one);
    if (meanings) return { length, meanings, plural: true };
  }
  return { length: 1, meanings: [], plural: false };
}
