/** The one search for nodes: in the finder, the library and the palette. */
import { own } from '../core/own.ts';
import type { NodeFace } from '../core/node.ts';
import { t } from '../words/t.ts';
import { OTHER_NAMES } from './other-names.ts';
import { ranked, type Searched } from './ranking.ts';

/** By its name, by what else people call it, and by what is said of it. */
export const searchedInNode = ({ id, title, summary, layer }: NodeFace): Searched => ({
  names: [title, id],
  exactNames: own(OTHER_NAMES, id) ?? [],
  about: [summary, t(summary), layer, t(layer)],
});
export const findNodes = (all: readonly NodeFace[], words: string): NodeFace[] => ranked(all, words, searchedInNode);
