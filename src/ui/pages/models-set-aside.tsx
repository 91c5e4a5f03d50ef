/** Models that a service does not make with the key that is set: which, why, and until when nobody asks for them. */
import type { Catalog } from '../../routing/catalog.ts';
import { isCalled } from '../../routing/endpoint-for.ts';
import type { ProviderView } from '../../routing/job.ts';
import { t, tell } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { shortTime } from '../dates.ts';

export function ModelsSetAside({ provider: { id, modelsSetAside = [] } }: { readonly provider: ProviderView }) {
  const { desk } = useApp();
  const catalog = useFact(desk, (state) => state.catalog);
  return modelsSetAside.map(({ model, until, message, hint }) => (
    <p key={model} className="provider__trouble">
      {t('{0} is set aside until {1}: {2}', nameIn(catalog, id, model), shortTime(until), tell(message))}{' '}
      {hint && tell(hint)}
    </p>
  ));
}

/** `called`: as the service calls it. */
const nameIn = ({ models }: Catalog, provider: string, called: string): string =>
  t(
    models.find(({ offers }) => offers.some((offer) => offer.provider === provider && isCalled(offer, called)))?.name ??
      called,
  );
