/** The models that a service offers, the first of them until all are asked for; and those it does not make any more. */
import { useId, useState } from 'react';
import type { Model } from '../../routing/catalog.ts';
import type { ProviderView } from '../../routing/job.ts';
import { t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';

const SHOWN = 4;

export function ServiceModels({ provider: { id } }: { readonly provider: ProviderView }) {
  const { desk } = useApp();
  const catalog = useFact(desk, (state) => state.catalog);
  const [isOpen, setOpen] = useState(false);
  const list = useId();
  const all = catalog.models.filter(({ offers }) => offers.some(({ provider }) => provider === id));
  const names = all.filter(({ status }) => status !== 'retired').map(({ name }) => name);
  const closed = all.filter(({ status }) => status === 'retired');
  const rest = names.length - SHOWN;
  return (
    <>
      {names.length === 0 && closed.length === 0 && <p className="provider__models">{t('Models of your own.')}</p>}
      {names.length > 0 && (
        <p className="provider__models" id={list}>
          {t('{0} {0|model|models}: {1}', names.length, (isOpen ? names : names.slice(0, SHOWN)).join(', '))}{' '}
          {rest > 0 && (
            <button
              className="link provider__more"
              type="button"
              aria-expanded={isOpen}
              aria-controls={list}
              onClick={() => setOpen(!isOpen)}
            >
              {isOpen ? t('fewer') : t('and {0} more', rest)}
            </button>
          )}
        </p>
      )}
      {closed.length > 0 && (
        <p className="provider__models">{t('Not made any more: {0}.', closed.map(sinceWhen).join(', '))}</p>
      )}
    </>
  );
}

const sinceWhen = ({ name, statusDate }: Model): string => (statusDate ? t('{0} (since {1})', name, statusDate) : name);
