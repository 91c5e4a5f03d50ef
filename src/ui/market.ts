/** The market as the screens see it: what plans are made with in the thread that runs. */
import { useMemo } from 'react';
import { readinessOf } from '../routing/readiness.ts';
import type { Market } from '../routing/resolve.ts';
import { useApp, useFact } from './app-context.ts';

export function useMarket(): Market {
  const { desk } = useApp();
  const { catalog, providers, settings } = useFact(desk, (state) => state);
  return useMemo(
    () => ({ catalog, book: settings.book, ready: readinessOf(providers ?? []) }),
    [catalog, providers, settings],
  );
}
