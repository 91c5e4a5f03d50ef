/** A lesson as it is in its file: steps, what is asked, and what has to be seen. */
import type { Graph } from '../graph/graph.ts';
import type { EmbeddedMedia } from '../file/format.ts';

/**
 * In one language, or in several by their tags ("en", "de"). A lesson brings its translations along, because the one a
 * teacher writes has no other place for them.
 */
export type Text = string | Readonly<Record<string, string>>;

/** What checks look at. All of it belongs to the graph of the step. */
export const SIGHTS = ['takes', 'results', 'change', 'film', 'replay', 'answers', 'graph'] as const;
export type Sight = (typeof SIGHTS)[number];

/** A fact by its name; `asked` is what the fact's own reader gave. */
export interface Expectation {
  readonly fact: string;
  readonly asked: unknown;
}
/** What has to be true of something seen, never of what a node is called. */
export interface Check {
  readonly id: string;
  /** A few words: what is checked. */
  readonly title: Text;
  readonly see: Sight;
  readonly expect: readonly Expectation[];
  /** One sentence: what is not yet as it should be. What was seen is said beside it. */
  readonly otherwise: Text;
  /** Empty in a last task. */
  readonly hint: Text;
}

interface AskedBase {
  readonly id: string;
  readonly text: Text;
}
/** Values of params, by node and name. All answers to one question set the same params. */
export type ChoiceChange = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface AskOption {
  readonly id: string;
  readonly text: Text;
  /** What it does to the graph of the step: such an answer can be run, to see what it takes. */
  readonly change?: ChoiceChange;
}
/** A question that is answered in the panel of the lesson. */
export type Ask = AskedBase &
  (
    | { readonly options: readonly AskOption[] }
    | { readonly number: { readonly least: number; readonly most: number; readonly unit: string } }
  );
export type Answers = Readonly<Record<string, string | number>>;

export interface LessonGraph {
  readonly graph: Graph;
  readonly media: Readonly<Record<string, EmbeddedMedia>>;
}
/** A template by its name, or a graph of the lesson's own. */
export type LessonStart = { readonly template: string } | LessonGraph;

export interface LessonStep {
  readonly id: string;
  readonly title: Text;
  /** Markdown. */
  readonly text: Text;
  /** A picture inside the lesson, as a data address. */
  readonly picture?: { readonly source: string; readonly alt: Text };
  /** The step begins with a graph of its own; without it, it goes on with the one before. */
  readonly start?: LessonStart;
  readonly asks: readonly Ask[];
  readonly checks: readonly Check[];
  /** One way to do it, in words. */
  readonly shown: Text;
  /** What to look at when it is done. */
  readonly notice: Text;
  /** The last task: neither hints nor a way shown. */
  readonly isTask: boolean;
}

export interface Lesson {
  readonly id: string;
  readonly version: number;
  readonly title: Text;
  readonly summary: Text;
  /** What a learner can explain afterwards. */
  readonly explains: Text;
  readonly minutes: number;
  readonly author: string;
  readonly licence: string;
  readonly start: LessonStart;
  readonly steps: readonly LessonStep[];
}

/** A picture inside a file, as a data address: of these kinds none can hold a program. */
export const PICTURE_INSIDE = /^data:image\/(png|webp|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/;

/** In this language, else in English, else in the first there is. */
export function toldIn(text: Text, language: string): string {
  if (typeof text === 'string') return text;
  return text[language] ?? text['en'] ?? Object.values(text)[0] ?? '';
}
