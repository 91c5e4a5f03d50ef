/** A prompt in words with their places: English ones as they stand, German ones by their English. */
import { correctionsIn, withoutCorrections } from '../core/prompt-corrections.ts';
import type { Span } from '../core/word-kinds.ts';
import { meaningOf } from './dictionary.ts';
import { ARTICLES, FILLERS, MINOR, NEGATIONS, NUMBERS, THINGS } from './lexicon-grammar.ts';
import { GERMAN_THINGS } from './lexicon-german-things.ts';
import { ENDINGS, GERMAN, JOINTS } from './lexicon-german.ts';

export interface Word extends Span {
  /** In small letters and, where it is known, in English. */
  readonly word: string;
  /** As it stands in the prompt. */
  readonly text: string;
  /** To be written in the picture as it stands. */
  readonly isLettering?: true;
  /** A noun, as German writes it. */
  readonly isNoun?: true;
  /** By a correction: to be drawn as a card with its name, or not at all. */
  readonly corrected?: 'card' | 'nothing';
}

const WORDS =
  /"[^"\n]{1,60}"|“[^”\n]{1,60}”|„[^“”\n]{1,60}[“”]|«[^»\n]{1,60}»|\[[^\]\n]*\]|[\p{L}\p{N}'’&/.-]+|[,;:!?()]/gu;
const ACRONYMS: ReadonlySet<string> = new Set(
  'HDR|UHD|DSLR|SLR|LED|LCD|RGB|USA|NYC|UFO|SUV|WPA|CAD|ISO|AI|CGI|VFX|IMAX|NASA|DVD|ASMR|POV|SLR'.split('|'),
);

export interface PromptWords {
  readonly language: 'en' | 'de';
  readonly words: readonly Word[];
}
/** Of the two languages the one that reads more. */
export function wordsOf(text: string): PromptWords {
  const corrections = correctionsIn(text);
  const raw = rawWords(text);
  const english = corrected(
    raw.map((word) => [word]),
    corrections,
  );
  const german = corrected(inEnglish(raw), corrections);
  return knownIn(german) > knownIn(english)
    ? { language: 'de', words: german.map(nounOf) }
    : { language: 'en', words: english };
}

function rawWords(text: string): Word[] {
  const isShouted = !/\p{Ll}/u.test(withoutCorrections(text));
  const words: Word[] = [];
  for (const { 0: found, index } of text.matchAll(WORDS)) {
    if (found.startsWith('[')) continue;
    const span = { from: index, to: index + found.length };
    if (/^["“„«]/.test(found)) {
      words.push({ ...span, word: '"', text: found.slice(1, -1).trim(), isLettering: true });
      continue;
    }
    const word = found.replace(/’/g, "'").replace(/^[-'.&/]+|[-'.&/]+$/g, '');
    if (!word) continue;
    const before = words.at(-1);
    const isCapitals = !isShouted && /^\p{Lu}[\p{Lu}\p{N}&-]{2,}$/u.test(word) && !ACRONYMS.has(word);
    if (isCapitals && !(before && ARTICLES.has(before.word))) {
      if (before?.isLettering && before.word !== '"')
        words[words.length - 1] = { ...before, to: span.to, text: `${before.text} ${word}` };
      else words.push({ ...span, word: word.toLowerCase(), text: word, isLettering: true });
    } else words.push({ ...span, word: word.toLowerCase(), text: word });
  }
  return words;
}

/** Each as one or several English words, or as it is where it is not known. */
function inEnglish(words: readonly Word[]): Word[][] {
  const out: Word[][] = [];
  for (let at = 0; at < words.length;) {
    const first = words[at]!;
    let length = first.isLettering ? 0 : Math.min(4, words.length - at);
    let english: string | undefined;
    for (; length >= 1; length--) {
      const phrase = words.slice(at, at + length);
      if (phrase.some((word) => word.isLettering)) continue;
      english = translated(phrase.map(({ word }) => word).join(' '));
      if (english !== undefined) break;
    }
    if (english === undefined) {
      out.push([first]);
      at++;
      continue;
    }
    const span = { from: first.from, to: words[at + length - 1]!.to };
    const text = words
      .slice(at, at + length)
      .map((word) => word.text)
      .join(' ');
    out.push(english.split(' ').map((word) => ({ ...span, word, text })));
    at += length;
  }
  return out;
}

const germanWords: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...GERMAN, ...GERMAN_THINGS }).flatMap(([english, german]) =>
    german.split('|').map((word) => [word, english] as const),
  ),
);
function translated(word: string): string | undefined {
  const whole = stem(word);
  if (whole !== undefined || word.includes(' ')) return whole;
  for (let cut = word.length - 3; cut >= 3; cut--) {
    const last = stem(word.slice(cut));
    if (last === undefined) continue;
    for (const joint of JOINTS) {
      const first = word.slice(0, cut);
      if (!first.endsWith(joint)) continue;
      const before = germanWords.get(first.slice(0, first.length - joint.length));
      if (before !== undefined && first.length - joint.length >= 3 && !isSmall(before)) return `${before} ${last}`;
    }
  }
  return undefined;
}
function stem(word: string): string | undefined {
  const exact = germanWords.get(word);
  if (exact !== undefined) return exact;
  for (const ending of ENDINGS) {
    if (!word.endsWith(ending) || word.length - ending.length < 3) continue;
    const base = germanWords.get(word.slice(0, -ending.length));
    if (base !== undefined && !isSmall(base)) return base;
  }
  return undefined;
}
/** Words of grammar are not inflected, and no parts of compounds. */
const isSmall = (english: string): boolean =>
  ARTICLES.has(english) || MINOR.has(english) || FILLERS.has(english) || NEGATIONS.has(english) || english.length < 3;

function corrected(words: readonly (readonly Word[])[], corrections: ReadonlyMap<string, string>): Word[] {
  if (corrections.size === 0) return words.flat();
  const out: Word[] = [];
  for (let at = 0; at < words.length;) {
    let length = Math.min(4, words.length - at);
    let to: string | undefined;
    for (; length >= 1; length--) {
      const phrase = words
        .slice(at, at + length)
        .map(([first]) => first!.text.toLowerCase())
        .join(' ');
      to = corrections.get(phrase);
      if (to !== undefined) break;
    }
    if (to === undefined) {
      out.push(...words[at]!);
      at++;
      continue;
    }
    const span = { from: words[at]![0]!.from, to: words[at + length - 1]![0]!.to };
    const text = words
      .slice(at, at + length)
      .map(([first]) => first!.text)
      .join(' ');
    if (to === 'card' || to === 'nothing' || to === '')
      out.push({ ...span, word: text.toLowerCase(), text, corrected: to === 'card' ? 'card' : 'nothing' });
    else out.push(...to.split(/\s+/).map((word) => ({ ...span, word, text })));
    at += length;
  }
  return out;
}

const nounOf = (word: Word): Word => (/^\p{Lu}\p{Ll}/u.test(word.text) ? { ...word, isNoun: true } : word);
const knownIn = (words: readonly Word[]): number =>
  words.filter(
    ({ word, isLettering }) =>
      !isLettering &&
      (meaningOf(word) !== undefined ||
        ARTICLES.has(word) ||
        MINOR.has(word) ||
        FILLERS.has(word) ||
        NEGATIONS.has(word) ||
        THINGS.has(word) ||
        NUMBERS[word] !== undefined),
  ).length;
