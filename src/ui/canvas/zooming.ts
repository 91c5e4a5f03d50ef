/**
 * While one zooms, the cards are one picture that is scaled; drawing them anew at each step, words and all, costs a
 * third of the frames. Letters grow when it is over: each other size makes the page work out the styles of all cards.
 */
import { useStoreApi } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { leastLetters } from './reading-zoom.ts';

/** After the last step the picture is drawn as sharp as the screen is. */
const REST_MS = 140;

/** How large letters on cards are at least, in pixels of the canvas, at the zoom at which the view rests. */
export function useSmoothZoom(): number | undefined {
  const store = useStoreApi();
  const [letters, setLetters] = useState(() => leastLetters(store.getState().transform[2]));
  useEffect(() => {
    let zoom = store.getState().transform[2];
    let rest: ReturnType<typeof setTimeout> | undefined;
    const settle = () => {
      store.getState().domNode?.removeAttribute('data-zooming');
      setLetters(leastLetters(zoom));
    };
    const stop = store.subscribe(({ transform, domNode }) => {
      if (transform[2] === zoom) return;
      zoom = transform[2];
      domNode?.setAttribute('data-zooming', '');
      clearTimeout(rest);
      rest = setTimeout(settle, REST_MS);
    });
    return () => {
      stop();
      clearTimeout(rest);
      settle();
    };
  }, [store]);
  return letters;
}
