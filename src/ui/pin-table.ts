/** Makes the open graph use one version of a routing table, whatever is published later; one undo step. */
import { say } from '../core/say.ts';
import type { RoutingTable } from '../routing/routing-table.ts';
import { pinTo } from '../routing/table-pin.ts';
import type { App } from './app-context.ts';

export function pinTable({ document }: Pick<App, 'document'>, table: RoutingTable): void {
  const { name, version } = table;
  document.edit(say('Pin {0} {1}', name, version), (_, next) => void (next.routing = pinTo(table)));
}
