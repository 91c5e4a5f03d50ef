/** What a search finds and in which order, in every list that is searched by typing. */
import { matchSorter, rankings } from 'match-sorter';

interface Searched {
  /** What it is called, in each language that it may be asked for in: a few of its letters, in order, are enough. */
  readonly names?: readonly string[];
  /** The same, for lists of many that are called alike, where a few letters would find them all: pieces of it count. */
  readonly exactNames?: readonly string[];
  /** What else is said of it. Found when it holds the word as it was typed. */
  readonly about?: readonly string[];
}

/**
 * Those that fit every word, in whichever order the words come; first what is called so, then what begins so, then
 * what has the word or only its letters in it. Among equals the order stays, as it does without words.
 */
export function ranked<T>(all: readonly T[], words: string, searched: (one: T) => Searched): T[] {
  const keys = [
    { key: (one: T) => [...(searched(one).names ?? [])], threshold: rankings.MATCHES },
    { key: (one: T) => [...(searched(one).exactNames ?? [])], threshold: rankings.CONTAINS },
    { key: (one: T) => [...(searched(one).about ?? [])], threshold: rankings.CONTAINS, maxRanking: rankings.CONTAINS },
  ];
  const found = words.split(/\s+/).filter(Boolean);
  // The first word sorts last, so that it counts most.
  return found.reduceRight<T[]>(
    (left, word) => matchSorter(left, word, { keys, baseSort: (one, other) => one.index - other.index }),
    [...all],
  );
}
