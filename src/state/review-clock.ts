/**
 * How long takes were looked at. A take counts while it is on screen and the page is visible; of several at once each
 * gets its share, since the person who looks is one.
 */
import type { TakeId } from '../core/ids.ts';

/** Longer than this nobody looks at one take before they decide; they went for coffee. */
export const LONGEST_REVIEW_MS = 5 * 60_000;

export interface ReviewClock {
  /** These takes are on screen from now on, until what is returned is called. */
  show(takes: readonly TakeId[]): () => void;
  /** The page can be seen, or cannot. */
  setVisible(isVisible: boolean): void;
  /**
   * Milliseconds a take was looked at since the last verdict about it, at most `LONGEST_REVIEW_MS`; it counts anew
   * then.
   */
  taken(take: TakeId): number;
  /** The verdict it was taken for was not kept: it counts towards the next. */
  giveBack(take: TakeId, ms: number): void;
}

/** `now` in milliseconds, of a clock that never goes back. */
export function reviewClock(now: () => number): ReviewClock {
  const places = new Set<readonly TakeId[]>();
  const looked = new Map<TakeId, number>();
  let isVisible = true;
  let since = now();

  function count(): void {
    const passed = Math.max(0, now() - since);
    since = now();
    if (!isVisible) return;
    const seen = new Set([...places].flat());
    for (const take of seen) looked.set(take, (looked.get(take) ?? 0) + passed / seen.size);
  }
  return {
    show(takes) {
      count();
      const place = [...takes];
      places.add(place);
      return () => {
        count();
        places.delete(place);
      };
    },
    setVisible(visible) {
      count();
      isVisible = visible;
    },
    taken(take) {
      count();
      const time = Math.min(LONGEST_REVIEW_MS, Math.round(looked.get(take) ?? 0));
      looked.delete(take);
      return time;
    },
    giveBack(take, ms) {
      looked.set(take, (looked.get(take) ?? 0) + ms);
    },
  };
}
