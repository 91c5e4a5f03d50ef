/** Goes back to an earlier version of a routing table, which is published again: what is published is never changed. */
import type { RoutingTable } from '../routing/routing-table.ts';
import { isMeantBy } from '../routing/table-pin.ts';
import { t } from '../words/t.ts';
import type { App } from './app-context.ts';
import { pinTable } from './pin-table.ts';

/** `from`: the version that is given up. The open graph goes back too where it is pinned to that one. */
export async function backToTable(
  app: Pick<App, 'commands' | 'document'>,
  earlier: RoutingTable,
  from: RoutingTable,
): Promise<RoutingTable | undefined> {
  const { id, name, rows, version } = earlier;
  const again = await app.commands.publishChange(
    id,
    (newest) => ({ ...newest, name, rows }),
    t('Back to version {0}.', version),
  );
  const { routing } = app.document.getState().graph;
  if (again && routing && isMeantBy(routing, from)) pinTable(app, again);
  return again;
}
