/** Code that is no component and comes after what is drawn first. */
import { useEffect, useState } from 'react';
import { loadPart } from '../load-part.ts';

/** What `load` brings, which has to be the same function each time; `undefined` until it is there. */
export function useLoaded<T extends object>(load: () => Promise<T>): T | undefined {
  const [loaded, setLoaded] = useState<T>();
  useEffect(() => {
    let isWanted = true;
    // One that does not come is told by whoever hears what nobody caught.
    void loadPart(load).then((brought) => isWanted && setLoaded(brought));
    return () => {
      isWanted = false;
    };
  }, [load]);
  return loaded;
}
