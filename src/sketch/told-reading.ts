/** What a person is told of how their prompt was read. */
import type { ToldReading } from '../core/word-kinds.ts';
import { castOf, MOST_KINDS } from './cast.ts';
import { read } from './read.ts';
import { namedIn } from './scene-reading.ts';
import { SHAPES } from './shapes.ts';

export function toldReading(prompt: string, negative: string): ToldReading {
  const reading = read(prompt);
  const banned = new Set([...reading.without, ...namedIn(read(negative))]);
  const cast = castOf(reading, banned);
  const unread = reading.words.filter(({ kind }) => kind === 'unread').map(({ text }) => text);
  const tooMany = cast.slice(MOST_KINDS).map(({ label }) => label);
  const cards = cast.slice(0, MOST_KINDS).filter(({ shape }) => shape === 'card');
  return {
    words: reading.words,
    notDrawn: [...new Set([...unread, ...tooMany])],
    cards: cards.map(({ label }) => label),
    known: KNOWN,
  };
}

/** One word for each drawing, in the order of the alphabet. */
const KNOWN: readonly string[] = Object.values(SHAPES)
  .map(({ words }) => words.split('|')[0]!)
  .filter(Boolean)
  .concat('man', 'woman', 'child')
  .toSorted();
