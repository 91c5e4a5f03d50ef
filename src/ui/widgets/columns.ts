/** How many cards stand side by side, and which. */
import { useEffect, useMemo, useState, type RefObject } from 'react';

/** As many as fit, one at least; in pixels. */
export function useColumns(list: RefObject<HTMLElement | null>, narrowest: number, gap: number): number {
  const [columns, setColumns] = useState(3);
  useEffect(() => {
    if (!list.current) return undefined;
    const watch = new ResizeObserver(([entry]) => {
      const { width } = entry!.contentRect;
      setColumns(Math.max(1, Math.floor((width + gap) / (narrowest + gap))));
    });
    watch.observe(list.current);
    return () => watch.disconnect();
  }, [list, narrowest, gap]);
  return columns;
}

export const useRows = <T>(things: readonly T[], columns: number): readonly (readonly T[])[] =>
  useMemo(
    () =>
      Array.from({ length: Math.ceil(things.length / columns) }, (_, at) =>
        things.slice(at * columns, (at + 1) * columns),
      ),
    [things, columns],
  );
