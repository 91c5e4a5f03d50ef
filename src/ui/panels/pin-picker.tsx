/** Every model of the catalog that does this kind of work, to pin a node to. */
import { useEffect, useMemo } from 'react';
import type { ModelRef, WorkKind } from '../../core/take.ts';
import type { Model } from '../../routing/catalog.ts';
import type { Considered } from '../../routing/resolve.ts';
import type { RoutingTable } from '../../routing/routing-table.ts';
import { underTable, type TakePlan } from '../../routing/take-plan.ts';
import { t, tell } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { serviceInWords, useMarket } from '../market.ts';
import { ranked } from '../ranking.ts';
import { priceAlone } from '../units.ts';
import { Combobox } from '../widgets/combobox.tsx';
import { Sheet } from '../widgets/sheet.tsx';
import './palette.css';
import './pin-picker.css';

export function PinPicker({
  takePlan,
  table,
  onPick,
  onLeave,
}: {
  readonly takePlan: TakePlan;
  readonly table: RoutingTable;
  readonly onPick: (model: ModelRef & { readonly name: string }) => void;
  readonly onLeave: () => void;
}) {
  const market = useMarket();
  const { desk, commands } = useApp();
  const providers = useFact(desk, (state) => state.providers);
  const { request } = takePlan;
  const { work } = request;
  const { models } = market.catalog;
  // Services are asked only for what tables and pins name, before each run; here all that can be chosen have a price.
  useEffect(() => {
    void commands.priceModels(offersFor(models, work));
  }, [commands, models, work]);
  const offers = useMemo(() => {
    const refs = offersFor(models, work);
    const asPinned = (pinned: ModelRef): Considered[] =>
      underTable({ ...takePlan, request: { ...request, pinned } }, table, market).resolution.considered.slice(0, 1);
    // Those that can be asked today stand first.
    return refs.flatMap(asPinned).toSorted((a, b) => Number(a.reasons.length > 0) - Number(b.reasons.length > 0));
  }, [takePlan, request, models, work, table, market]);
  const heading = t('Pin to a model: {0}', t(request.work));
  return (
    <Sheet heading={heading} headingIs="unseen" className="sheet palette pin-picker" onClose={onLeave}>
      <Combobox
        className="field"
        label={heading}
        listLabel={heading}
        placeholder={heading}
        find={(words) =>
          ranked(offers, words, ({ name, provider }) => ({
            exactNames: [`${t(name)} ${serviceInWords(providers, provider)}`],
          }))
        }
        idOf={({ provider, model }) => `${provider} ${model}`}
        draw={({ name, provider, estimate, reasons }) => (
          <>
            <span data-state={reasons.length ? 'off' : 'usable'}>
              {t(name)} <span className="muted">{serviceInWords(providers, provider)}</span>
              {reasons[0] && <small>{tell(reasons[0])}</small>}
            </span>
            <span className="muted tabular">{priceAlone(estimate)}</span>
          </>
        )}
        nothing={(words) => t('Nothing matches “{0}”.', words)}
        onChoose={onPick}
        onLeave={onLeave}
      />
    </Sheet>
  );
}

const offersFor = (models: readonly Model[], work: WorkKind): readonly ModelRef[] =>
  models
    .filter((model) => model.status !== 'retired' && model.work.includes(work))
    .flatMap(({ id, offers }) => offers.map(({ provider }) => ({ provider, model: id })));
