/** Leads on from a service that can be asked to the routing table that would ask it. */
import { Suspense, useState } from 'react';
import { t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { serviceName } from '../market.ts';
import { part } from '../part.tsx';

const UseService = part(() => import('./use-service.tsx'));

/** `table`: the id of the one that is offered first. `isMain`: nothing beside it matters as much. */
export function UseServiceButton({
  provider,
  table,
  isMain = false,
}: {
  readonly provider: string;
  readonly table: string;
  readonly isMain?: boolean;
}) {
  const { desk } = useApp();
  const service = useFact(desk, (state) => serviceName(state.providers, provider));
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button className={isMain ? 'button button--primary' : 'button'} type="button" onClick={() => setOpen(true)}>
        {t('Use {0}…', service)}
      </button>
      {isOpen && (
        <Suspense>
          <UseService provider={provider} table={table} onDone={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
