/** What was chosen lately in a search, the last one first; kept between visits. */
import { remember, remembered } from '../state/remembered.ts';

const MOST = 8;
const keyOfList = (list: 'commands' | 'nodes'): string => `triptych-recent-${list}`;

export const recentChoices = (list: 'commands' | 'nodes'): readonly string[] =>
  remembered(keyOfList(list), (stored) =>
    Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string') : [],
  );

export function rememberChoice(list: 'commands' | 'nodes', id: string): void {
  remember(keyOfList(list), [id, ...recentChoices(list).filter((other) => other !== id)].slice(0, MOST));
}

/** Those that were chosen lately come first, the last one before all; the others stay in their order. */
export function recentFirst<T extends { readonly id: string }>(all: readonly T[], recent: readonly string[]): T[] {
  const place = ({ id }: T) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  return all.toSorted((a, b) => place(a) - place(b));
}
