/**
 * While one zooms, the cards are one picture that is scaled; drawing them anew at each step, words and all, costs a
 * third of the frames.
 */
import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';

/** After the last step the picture is drawn as sharp as the screen is. */
const REST_MS = 140;

export function useSmoothZoom(): void {
  const store = useStoreApi();
  useEffect(() => {
    let zoom = store.getState().transform[2];
    let rest: ReturnType<typeof setTimeout> | undefined;
    const settle = () => store.getState().domNode?.removeAttribute('data-zooming');
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
}
