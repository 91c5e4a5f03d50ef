/** What the open graph may take in the place of the table it stays with: its way there is one press. */
import { BUILT_IN } from '../routing/catalog.ts';
import type { ProviderView } from '../routing/job.ts';
import type { RoutingTable } from '../routing/routing-table.ts';
import { rowsNaming } from '../routing/service-rows.ts';
import { newestOf, tableFor } from '../routing/table-for.ts';
import { isMeantBy, type TablePin } from '../routing/table-pin.ts';

/** `service`: set up, named by the newer version, and not by the one the graph stays with. */
export type TableOffer =
  | { readonly kind: 'newer'; readonly table: RoutingTable; readonly service: string }
  /** No table here says what the graph was made with. */
  | { readonly kind: 'other'; readonly table: RoutingTable };

export function tableOffer(
  pin: TablePin | undefined,
  tables: readonly RoutingTable[],
  providers: readonly ProviderView[],
): TableOffer | undefined {
  if (!pin) return undefined;
  const used = tableFor({ routing: pin }, tables);
  const newest = newestOf(tables, used.id);
  const service =
    newest.version > used.version
      ? providers.find(
          ({ id, isReady }) =>
            isReady &&
            id !== BUILT_IN.provider &&
            rowsNaming(newest, id).length > 0 &&
            rowsNaming(used, id).length === 0,
        )
      : undefined;
  if (service) return { kind: 'newer', table: newest, service: service.id };
  return isMeantBy(pin, used) ? undefined : { kind: 'other', table: used };
}
