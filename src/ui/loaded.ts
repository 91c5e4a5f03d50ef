/** Code that is no component and comes after what is drawn first. */
import { useEffect, useState } from 'react';
import { loadPart } from '../load-part.ts';

/** What was brought before: it is there at once for whoever comes later. */
const brought = new WeakMap<object, object>();

/** What `load` brings, which has to be the same function each time; `undefined` until it is there. */
export function useLoaded<T extends object>(load: () => Promise<T>): T | undefined {
  const [loaded, setLoaded] = useState(() => brought.get(load) as T | undefined);
  useEffect(() => {
    if (loaded) return undefined;
    let isWanted = true;
    // One that does not come is told by whoever hears what nobody caught.
    void loadPart(load).then((found) => {
      brought.set(load, found);
      if (isWanted) setLoaded(found);
    });
    return () => {
      isWanted = false;
    };
  }, [load, loaded]);
  return loaded;
}
