/** What a card does not need to be drawn comes when it can; until then it keeps its room. */
import type { ReactNode } from 'react';
import { useLoaded } from '../loaded.ts';

export function late<M extends object>(bring: () => Promise<M>) {
  return function Late({
    children,
    until = null,
  }: {
    readonly children: (brought: M) => ReactNode;
    /** What stands there meanwhile. */
    readonly until?: ReactNode;
  }) {
    const brought = useLoaded(bring);
    return brought ? children(brought) : until;
  };
}
