/** The market as the screens see it: what plans are made with in the thread that runs. */
import { useMemo } from 'react';
import type { ProviderView } from '../routing/job.ts';
import { readinessOf } from '../routing/readiness.ts';
import type { Market } from '../routing/resolve.ts';
import type { DeskState } from '../state/desk.ts';
import { useApp, useFact } from './app-context.ts';

type Known = Pick<DeskState, 'catalog' | 'providers' | 'settings' | 'quotes'>;
export const marketOf = ({ catalog, providers, settings, quotes }: Known): Market => ({
  catalog,
  book: settings.book,
  ready: readinessOf(providers ?? []),
  quotes,
});

export function useMarket(): Market {
  const { desk } = useApp();
  const { catalog, providers, settings, quotes } = useFact(desk, (state) => state);
  return useMemo(() => marketOf({ catalog, providers, settings, quotes }), [catalog, providers, settings, quotes]);
}

/** What a service is called; its id where no local server tells of it. */
export const serviceName = (providers: readonly ProviderView[] | undefined, id: string): string =>
  providers?.find((provider) => provider.id === id)?.name ?? id;
