/** What a search finds and in which order, in every list that is searched by typing. */
import { matchSorter, rankings } from 'match-sorter';

export interface Searched {
  /** What it is called, in each language that it may be asked for in: a few of its letters, in order, are enough. */
  readonly names?: readonly string[];
  /** The same, for lists of many that are called alike, where a few letters would find them all: pieces of it count. */
  readonly exactNames?: readonly string[];
  /** What else is said of it. Found when it holds the word as it was typed. */
  readonly about?: readonly string[];
}

/**
 * Those that fit every word, in whichever order the words come; first what is called so, then what begins so, then
 * what has the word or only its letters in it. Where nothing fits a word, what is called nearly so is meant: then there
 * was a typing error. Among equals the order stays, as it does without words.
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
    (left, word) => {
      const fitting = matchSorter(left, word, { keys, baseSort: (one, other) => one.index - other.index });
      return fitting.length > 0 ? fitting : nearly(left, word, searched);
    },
    [...all],
  );
}

/** How many letters may be wrong, missing, too many or in the wrong order in a word of this length. */
const mostWrong = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** Those of which a word begins nearly as this one, the nearest first. */
function nearly<T>(all: readonly T[], word: string, searched: (one: T) => Searched): T[] {
  const typed = word.toLocaleLowerCase();
  const most = mostWrong(typed.length);
  if (most === 0) return [];
  const distanceTo = (one: T): number => {
    const { names = [], exactNames = [] } = searched(one);
    const distances = [...names, ...exactNames].flatMap((name) =>
      name
        .toLocaleLowerCase()
        .split(/[\s\-–,./]+/)
        // What a name begins with says more of it than a later word.
        .map((part, at) => distanceToBeginning(typed, part) + (at === 0 ? 0 : 0.5)),
    );
    return Math.min(...distances);
  };
  return all
    .map((one) => ({ one, distance: distanceTo(one) }))
    .filter(({ distance }) => Math.floor(distance) <= most)
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ one }) => one);
}

/**
 * The least number of letters to put in, take out, change or exchange with their neighbour so that a text becomes a
 * beginning of another: optimal string alignment (Boytsov 2011, section 2.2), its last row over all ends.
 */
function distanceToBeginning(typed: string, name: string): number {
  let before: number[] = [];
  let row = Array.from({ length: name.length + 1 }, (_, at) => at);
  for (let at = 1; at <= typed.length; at++) {
    const next = [at];
    for (let to = 1; to <= name.length; to++) {
      const changed = row[to - 1]! + (typed[at - 1] === name[to - 1] ? 0 : 1);
      next[to] = Math.min(changed, row[to]! + 1, next[to - 1]! + 1);
      const areExchanged = at > 1 && to > 1 && typed[at - 1] === name[to - 2] && typed[at - 2] === name[to - 1];
      if (areExchanged) next[to] = Math.min(next[to]!, before[to - 2]! + 1);
    }
    before = row;
    row = next;
  }
  return Math.min(...row.slice(Math.max(0, typed.length - mostWrong(typed.length))));
}
