/** How a prompt was read: one value, for the picture and for the person who wrote it. */
import type { ReadWord } from '../core/word-kinds.ts';
import type { Extra, Lens, Material, Mood, PlaceName, Season, Style, Surface, Time, Weather } from './lexicon.ts';
import type { Relation } from './lexicon-grammar.ts';
import type { PersonLook } from './person.ts';
import type { Subject } from './shapes.ts';

export interface ReadSubject {
  readonly shape: Subject;
  readonly count: number;
  /** As it stands in the prompt. */
  readonly label: string;
  readonly material?: Material;
  /** "#rrggbb" */
  readonly colour?: string;
  readonly person?: PersonLook;
  /** Where it is, by another subject: its place in `subjects`. */
  readonly relation?: { readonly is: Relation; readonly to: number };
}
/** What a text asks for, in the order it names things; nothing that it leaves open. */
export interface PromptReading {
  readonly language: 'en' | 'de';
  readonly words: readonly ReadWord[];
  readonly places: readonly PlaceName[];
  readonly surfaces: readonly Surface[];
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
  /** What is to be written in the picture. */
  readonly letters?: string;
  /** Words that were negated ("no people"), as a reading of their own would name them. */
  readonly without: readonly string[];
  /** A number from the words that mean nothing here, so that every prompt is its own picture. */
  readonly flavour: number;
}

/** Everything a reading names, for the negative prompt. */
export function namedIn(reading: PromptReading): string[] {
  return [
    reading.places,
    reading.times,
    reading.weathers,
    reading.seasons,
    reading.materials,
    reading.colours,
    reading.styles,
    reading.lenses,
    reading.moods,
    reading.extras,
    reading.subjects.map((subject) => subject.shape),
  ].flat();
}
