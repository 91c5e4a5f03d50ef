/** Tags of a graph: what it belongs to. Graphs with one tag make a campaign. */
import { LONGEST_TAG, MOST_TAGS } from '../core/limits.ts';

/** Each once, without the spaces around it and none that is empty; what is longer than anyone writes is cut. */
export const tagsFrom = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts.map((text) => text.trim().slice(0, LONGEST_TAG).trim()))].filter(Boolean).slice(0, MOST_TAGS);

/** As a person writes them: with commas between. */
export const tagsIn = (text: string): readonly string[] => tagsFrom(text.split(','));
