/** The market as the screens see it: what plans are made with in the thread that runs. */
import { useMemo } from 'react';
import type { ModelRef } from '../core/take.ts';
import { BUILT_IN, type Catalog } from '../routing/catalog.ts';
import type { ProviderView } from '../routing/job.ts';
import { readinessOf } from '../routing/readiness.ts';
import type { Market } from '../routing/resolve.ts';
import { usualServiceName } from '../routing/service-names.ts';
import type { DeskState } from '../state/desk.ts';
import { t } from '../words/t.ts';
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

/** What a service is called. */
export const serviceName = (providers: readonly ProviderView[] | undefined, id: string): string =>
  providers?.find((provider) => provider.id === id)?.name ?? usualServiceName(id);

/** The same, in a list of who makes what: the built-in engine is no service. */
export const serviceInWords = (providers: readonly ProviderView[] | undefined, id: string): string =>
  id === BUILT_IN.provider ? t('on this computer') : serviceName(providers, id);

/** A model by its name in the catalog, and who makes it. */
export function modelInWords(
  catalog: Catalog,
  providers: readonly ProviderView[] | undefined,
  { provider, model }: ModelRef,
): string {
  const name = t(catalog.find({ provider, model })?.model.name ?? model);
  return provider === BUILT_IN.provider ? name : t('{0} at {1}', name, serviceName(providers, provider));
}
