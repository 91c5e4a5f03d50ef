/** Remembers which graph is being opened, so that one that ends the page is not opened again and again. */
import type { GraphId } from '../core/ids.ts';
import { isRecord } from '../core/loose.ts';

const KEY = 'triptych-opening';
/** Openings without an end after which a graph stays closed. */
const PATIENCE = 2;

export interface OpeningGuard {
  /**
   * Called before anything of the graph is touched. False when its opening broke twice: then it is not to be opened;
   * the next time is a new try.
   */
  begins(id: GraphId): boolean;
  /** Called when the graph is on the screen, or was not opened after all. */
  ended(id: GraphId): void;
}

/** Without storage for the site it guards nothing. */
export function openingGuard(): OpeningGuard {
  let going: GraphId | undefined;
  function ended(id: GraphId): void {
    const broken = brokenOpenings();
    if (broken.delete(id)) keep(broken);
  }
  /** What could still be left in good order did not end the page, however few frames it was given. */
  function leaves(): void {
    if (going && somethingIsShown()) ended(going);
  }
  window.addEventListener('pagehide', leaves);
  return {
    begins(id) {
      leaves();
      going = id;
      const broken = brokenOpenings();
      const count = broken.get(id) ?? 0;
      broken.set(id, count < PATIENCE ? count + 1 : PATIENCE - 1);
      keep(broken);
      return count < PATIENCE;
    },
    ended,
  };
}

/** By graph: openings that began and did not end, this one included. */
function brokenOpenings(): Map<string, number> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return new Map(
      Object.entries(isRecord(stored) ? stored : {}).filter((entry): entry is [string, number] =>
        Number.isInteger(entry[1]),
      ),
    );
  } catch {
    return new Map();
  }
}

function keep(broken: ReadonlyMap<string, number>): void {
  try {
    if (broken.size) localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(broken)));
    else localStorage.removeItem(KEY);
  } catch {
    // A full or blocked storage guards nothing; the graph opens all the same.
  }
}

/**
 * Resolves when the page has drawn what it was given, and something is on it. Tabs in the background draw nothing and
 * are not waited for.
 */
export async function nextDrawn(): Promise<boolean> {
  const frame = () =>
    new Promise<void>((resolve) => (document.hidden ? setTimeout(resolve) : requestAnimationFrame(() => resolve())));
  await frame();
  await frame();
  return somethingIsShown();
}

function somethingIsShown(): boolean {
  const root = document.getElementById('root');
  return root === null || root.childElementCount > 0;
}
