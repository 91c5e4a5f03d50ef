/** Services that could make what a node asks for, and are not asked by its table: each with the way to have it asked. */
import { useEffect, useMemo } from 'react';
import { BUILT_IN } from '../../routing/catalog.ts';
import { canBeAsked } from '../../routing/readiness.ts';
import { rowOf, type RoutingTable } from '../../routing/routing-table.ts';
import { ableIn } from '../../routing/service-rows.ts';
import type { TakePlan } from '../../routing/take-plan.ts';
import { t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { serviceName, useMarket } from '../market.ts';
import { UseServiceButton } from './use-service-button.tsx';

/** More than a person has keys for, mostly. */
const MOST_OFFERS = 3;

/** `table`: the newest version of the one the graph uses, which the next will be made of. */
export function RouteOffers({
  takePlan: { request, resolution },
  table,
  isBrief = false,
}: {
  readonly takePlan: TakePlan;
  readonly table: RoutingTable;
  /** Only the first of them, in one line. */
  readonly isBrief?: boolean;
}) {
  const { desk, commands } = useApp();
  const providers = useFact(desk, (state) => state.providers);
  const market = useMarket();
  const { catalog } = market;
  const { work } = request;
  const row = rowOf(table, work, resolution.tier);
  const idle = useMemo(
    () =>
      market.ready
        .map(({ id }) => id)
        .filter((id) => id !== BUILT_IN.provider && canBeAsked(market, id))
        .filter((id) => !row?.candidates.some(({ provider }) => provider === id)),
    [market, row],
  );
  // What a row may cost is compared with what services say.
  useEffect(() => {
    const models = catalog.models.filter((model) => model.work.includes(work));
    void commands.priceModels(
      idle.flatMap((provider) =>
        models
          .filter(({ offers }) => offers.some((offer) => offer.provider === provider))
          .map(({ id }) => ({ provider, model: id })),
      ),
    );
  }, [commands, catalog, work, idle]);
  const able = useMemo(
    () => (row ? idle.filter((provider) => ableIn(row, provider, market).length > 0).slice(0, MOST_OFFERS) : []),
    [row, idle, market],
  );
  if (able.length === 0) return null;
  if (isBrief) return <UseServiceButton provider={able[0]!} table={table.id} />;
  return (
    <div className="node-route__offers">
      {able.map((provider) => (
        <p key={provider}>
          <span>{t('{0} can make this, and is not in the row.', serviceName(providers, provider))}</span>
          <UseServiceButton provider={provider} table={table.id} />
        </p>
      ))}
    </div>
  );
}
