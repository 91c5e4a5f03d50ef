/** Screens and panels that are loaded when they are first shown. */
import { lazy, type ComponentType } from 'react';
import { loadPart } from '../load-part.ts';
import { bringLostSheets, lostSheets } from './lost-sheets.ts';

/** How to ask again for the part that failed with this error. */
const missing = new WeakMap<object, () => void>();

/**
 * A part that could not be loaded throws to the fence around it, and is asked for anew when a person tries again there.
 */
export function part<P extends object>(load: () => Promise<{ readonly default: ComponentType<P> }>): ComponentType<P> {
  /** Sheets that may be this part's, and did not come with it. */
  let lacking: readonly string[] = [];
  const loadWhole = async () => {
    const [loaded, sheets] = await Promise.allSettled([load(), bringLostSheets(lacking)]);
    lacking = lostSheets();
    if (loaded.status === 'rejected') throw loaded.reason;
    if (sheets.status === 'rejected') throw sheets.reason;
    return loaded.value;
  };
  const ask = () =>
    lazy(() =>
      loadPart(loadWhole).catch((thrown: object) => {
        missing.set(thrown, () => void (Asked = ask()));
        throw thrown;
      }),
    );
  let Asked = ask();
  return function Part(props: P) {
    return <Asked {...props} />;
  };
}

/** React keeps a failed part failed for ever; this lets go of it. Nothing happens for any other error. */
export function askForPartAgain(error: unknown): void {
  if (typeof error === 'object' && error) missing.get(error)?.();
}
