/** From a prompt to settings: which words were understood, what they ask for, what is negated. Pure. */
import type { ReadWord, WordKind } from '../core/word-kinds.ts';
import { hash32 } from '../core/random.ts';
import { LONGEST_PHRASE, meaningOf, type Meaning, type Setting } from './dictionary.ts';
import { ARTICLES, FILLERS, GROUND, MINOR, MOST, NEGATIONS, NUMBERS, THINGS } from './lexicon-grammar.ts';
import type { Material } from './lexicon.ts';
import type { PromptReading } from './scene-reading.ts';
import { describe, dressUp, hairOf, settleFaces, settleNeon, settleTraits } from './read-people.ts';
import { note, type Open, type ReadState } from './read-state.ts';
import { addCard, addSubject, phraseText } from './read-subjects.ts';
import { wordsOf, type Word } from './words.ts';

/** How many words after "no" and "without" it still holds for. */
const NEGATED = 3;
/** Words after one of these are worn by the person before. */
const WEARING: ReadonlySet<string> = new Set(['with', 'in', 'wearing']);

const KINDS: Readonly<Record<Setting, WordKind>> = {
  places: 'place',
  surfaces: 'place',
  times: 'light',
  weathers: 'weather',
  seasons: 'season',
  materials: 'material',
  colours: 'colour',
  styles: 'style',
  lenses: 'view',
  moods: 'mood',
  extras: 'detail',
};

export function read(text: string): PromptReading {
  const { language, words } = wordsOf(text);
  const state: ReadState = {
    settings: {
      places: [],
      surfaces: [],
      times: [],
      weathers: [],
      seasons: [],
      materials: [],
      colours: [],
      styles: [],
      lenses: [],
      moods: [],
      extras: [],
    },
    subjects: [],
    words: [],
    without: [],
    letters: undefined,
    flavour: 0,
    negated: 0,
    count: 0,
    afterNoun: false,
    isOpen: false,
    isMinor: false,
    isWearing: false,
    inside: false,
    isFace: false,
    waiting: { look: {}, traits: [] },
    relation: undefined,
    run: [],
  };
  for (let at = 0; at < words.length;) at += readPhrase(state, words, at);
  endPhrase(state);
  settleTraits(state);
  settleFaces(state);
  settleNeon(state);
  const { settings, subjects, without, flavour, letters } = state;
  return {
    language,
    words: inOrder(state.words),
    ...settings,
    subjects,
    without,
    flavour,
    ...(letters === undefined ? {} : { letters }),
  } as unknown as PromptReading;
}

/** Reads the longest phrase that begins here. Returns how many words it took. */
function readPhrase(state: ReadState, words: readonly Word[], at: number): number {
  const word = words[at]!;
  if (/^[,;:!?()]$/.test(word.word)) {
    endPhrase(state);
    settleTraits(state);
    Object.assign(state, {
      negated: 0,
      isOpen: false,
      isMinor: false,
      isWearing: false,
      relation: undefined,
      afterNoun: false,
      count: 0,
    });
    state.waiting = { look: {}, traits: [] };
    return 1;
  }
  if (word.isLettering) {
    endPhrase(state);
    state.letters ??= word.text;
    note(state, word, 'letters');
    return 1;
  }
  if (word.corrected) {
    endPhrase(state);
    if (word.corrected === 'card') addCard(state, [word]);
    else note(state, word, 'left out');
    return 1;
  }
  const { length, meanings, isPlural } = phraseAt(words, at);
  const phrase = words.slice(at, at + length);
  const [first] = phrase;
  if (NEGATIONS.has(word.word)) {
    endPhrase(state);
    state.negated = NEGATED;
    note(state, word, 'left out');
    return 1;
  }
  const number = /^\d+$/.test(word.word) ? Number(word.word) : length === 1 ? NUMBERS[word.word] : undefined;
  const describes = isAdjectiveHere(meanings, isPlural, words, at + length);
  const isThing = !describes && meanings.some(({ field }) => field === 'subjects');
  if (number !== undefined && (!isThing || words[at + 1]?.word === 'of')) {
    endPhrase(state);
    if (ARTICLES.has(word.word)) state.isOpen = true;
    else note(state, word, 'number');
    state.afterNoun = false;
    // "A pair", "a dozen": the article counts nothing there.
    state.count = Math.min(MOST, number);
    state.isOpen = true;
    return 1;
  }
  if (meanings.length === 0) return readUnknown(state, word);
  const kind = kindOf(describes ? meanings.filter(({ field }) => field !== 'subjects') : meanings, first!);
  if (state.negated > 0) {
    for (const meaning of meanings) if ('value' in meaning) state.without.push(meaning.value);
    for (const one of phrase) note(state, one, 'left out');
    state.negated--;
    return length;
  }
  endPhrase(
    state,
    isThing ? 'noun' : meanings.some(({ field }) => field === 'traits' || field === 'relations') ? 'verb' : 'adjective',
  );
  const noted = note(state, { ...first!, to: phrase.at(-1)!.to, text: phraseText(phrase) }, kind);
  understand(
    state,
    describes ? meanings.filter(({ field }) => field !== 'subjects') : meanings,
    noted,
    isPlural,
    number,
  );
  return length;
}

function readUnknown(state: ReadState, { word, ...rest }: Word): number {
  if (ARTICLES.has(word)) {
    endPhrase(state);
    state.isOpen = true;
    state.afterNoun = false;
    return 1;
  }
  if (MINOR.has(word)) {
    endPhrase(state);
    Object.assign(state, {
      isMinor: true,
      isOpen: false,
      afterNoun: false,
      relation: undefined,
      isWearing: WEARING.has(word),
      inside: word === 'in',
    });
    return 1;
  }
  if (state.negated > 0) {
    state.negated--;
    note(state, rest, 'left out');
    return 1;
  }
  if (FILLERS.has(word)) {
    if (word === 'and' || word === 'or') {
      endPhrase(state);
      Object.assign(state, { isMinor: false, isWearing: state.isWearing, afterNoun: false });
    }
    return 1;
  }
  state.flavour = hash32(`${state.flavour}${word}`);
  state.run.push({ word, ...rest });
  return 1;
}

/** "A rose dress", "a glass bottle": what is also a colour or a stuff is one before another noun. */
function isAdjectiveHere(
  meanings: readonly Meaning[],
  isPlural: boolean,
  words: readonly Word[],
  next: number,
): boolean {
  if (isPlural || !meanings.some(({ field }) => field === 'colours' || field === 'materials') || !words[next])
    return false;
  return phraseAt(words, next).meanings.some(({ field }) => field === 'subjects');
}

/** A phrase in one of its meanings, or in several that go together. */
function understand(
  state: ReadState,
  meanings: readonly Meaning[],
  noted: Open<ReadWord>,
  isPlural: boolean,
  number: number | undefined,
): void {
  const last = state.subjects.at(-1);
  const person = last?.person && (state.isWearing || !state.isOpen) ? last : undefined;
  const trait = meanings.find((meaning) => meaning.field === 'traits');
  const worn = meanings.find((meaning) => meaning.field === 'worn');
  if (worn && last?.person && state.isWearing) return dressUp(state, last, worn.look, noted);
  if (trait && !(meanings.some(({ field }) => field === 'subjects') && !last?.person)) {
    if (person) describe(state, person, trait.look, noted);
    else {
      state.waiting.look = { ...state.waiting.look, ...trait.look, ...hairOf(state, trait.look, noted.text) };
      state.waiting.traits.push(noted);
    }
    const relation = meanings.find((meaning) => meaning.field === 'relations');
    if (relation && last) state.relation = { is: relation.value, from: state.subjects.length - 1 };
    if (meanings.every(({ field }) => field === 'traits' || field === 'relations' || field === 'subjects')) return;
  }
  const relation = meanings.find((meaning) => meaning.field === 'relations');
  if (relation) {
    if (last && !trait) state.relation = { is: relation.value, from: state.subjects.length - 1 };
    Object.assign(state, { isOpen: false, isMinor: last === undefined, afterNoun: false, count: 0 });
    return;
  }
  const subject = meanings.find((meaning) => meaning.field === 'subjects');
  // In a compound ("perfume bottle") the first noun already says what it is.
  const isCompound = state.afterNoun && subject !== undefined;
  state.afterNoun = subject !== undefined && !isPlural;
  if (meanings.some(({ field }) => field === 'faces')) {
    state.isFace = true;
    state.isMinor = false;
  }
  // A lemon is of its own colour, and the picture is not.
  const ownColour = subject && meanings.filter(isSetting).find(({ field }) => field === 'colours');
  if (ownColour) state.waiting.colour ??= ownColour.value;
  for (const meaning of meanings) {
    if (meaning.field === 'colours' && subject) continue;
    if (meaning.field === 'subjects') {
      if (!isCompound)
        addSubject(
          state,
          { shape: meaning.value, label: noted.text, ...(meaning.person ? { person: meaning.person } : {}) },
          isPlural,
          number,
        );
    } else if (isSetting(meaning)) {
      const { field, value } = meaning;
      if (!state.settings[field].includes(value)) state.settings[field].push(value);
      if (field === 'colours') state.waiting.colour = value;
      if (field === 'materials') state.waiting.material = value as Material;
      if (field === 'places' && !subject) state.relation = undefined;
    }
  }
  if (subject) Object.assign(state, { count: 0, isOpen: false });
}
const isSetting = (meaning: Meaning): meaning is Meaning & { field: Setting; value: string } => meaning.field in KINDS;

/** `next`: what ends the unknown words in a row; before a noun or an adjective they only describe it. */
function endPhrase(state: ReadState, next?: 'noun' | 'adjective' | 'verb'): void {
  const { run } = state;
  if (run.length === 0) return;
  state.run = [];
  const isFirst =
    state.subjects.length === 0 &&
    !state.isMinor &&
    state.words.every(({ kind }) => kind === 'number' || kind === 'left out' || kind === 'colour');
  const nounAt = run.findIndex(({ isNoun, word }) => isNoun || THINGS.has(word) || THINGS.has(word.replace(/s$/, '')));
  const couldBeNoun =
    nounAt >= 0 ||
    (state.isOpen && !state.afterNoun) ||
    (isFirst && !/(ing|ed|ly|ous|ful|ive|less|able|ic)$/.test(run.at(-1)!.word));
  const describes = next === 'noun' || (next === 'adjective' && nounAt < 0);
  const isGround = run.some(({ word }) => GROUND.has(word));
  if (describes || isGround || state.isMinor || !couldBeNoun || state.afterNoun) {
    for (const word of run) note(state, word, 'unread');
    return;
  }
  // "A zorblax sleeping quietly": what it does is no part of its name.
  const from = nounAt >= 0 ? nounAt : 0;
  const verb = run.findIndex(({ word }, k) => k > from && /(ing|ly)$/.test(word));
  const to = nounAt >= 0 && run.some(({ isNoun }) => isNoun) ? nounAt + 1 : verb < 0 ? run.length : verb;
  for (const word of [...run.slice(0, from), ...run.slice(to)]) note(state, word, 'unread');
  addCard(state, run.slice(from, Math.min(to, from + 3)));
}

function kindOf(meanings: readonly Meaning[], word: Word): WordKind {
  const [meaning] = meanings;
  const subject = meanings.find(({ field }) => field === 'subjects');
  if (subject) return 'subject';
  if (meanings.some(({ field }) => field === 'faces')) return 'view';
  const setting = meanings.find(isSetting);
  if (setting) return KINDS[setting.field];
  if (meaning?.field === 'relations') return 'relation';
  return word ? 'person' : 'unread';
}

function phraseAt(
  words: readonly Word[],
  at: number,
): { readonly length: number; readonly meanings: readonly Meaning[]; readonly isPlural: boolean } {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length >= 1; length--) {
    const phrase = words.slice(at, at + length);
    if (phrase.some(({ isLettering, corrected }) => isLettering || corrected)) continue;
    const found = meaningOf(phrase.map(({ word }) => word).join(' '));
    if (found) return { length, ...found };
  }
  return { length: 1, meanings: [], isPlural: false };
}

/** In the order of the prompt; a word that was read as several counts once. */
const inOrder = (words: readonly ReadWord[]): ReadWord[] =>
  words
    .filter(({ from, to }, k) => words.findIndex((one) => one.from === from && one.to === to) === k)
    .toSorted((a, b) => a.from - b.from);
