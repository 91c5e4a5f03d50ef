/** What a graph that stays with a table is offered: a service that is set up, or the table of the same number here. */
import { expect, test } from 'vitest';
import { HOUSE } from '../../src/routing/house.ts';
import type { ProviderView } from '../../src/routing/job.ts';
import { rowWith } from '../../src/routing/service-rows.ts';
import { pinTo } from '../../src/routing/table-pin.ts';
import { tableOffer } from '../../src/ui/table-offer.ts';

const service = (id: string, isReady: boolean) => ({ id, isReady }) as ProviderView;
const asksFal = {
  ...HOUSE,
  version: HOUSE.version + 1,
  rows: HOUSE.rows.map((row) => rowWith(row, { provider: 'fal', model: 'bfl/flux-2-pro' }, 'first')),
};
const tables = [HOUSE, asksFal];

test('a newer version is offered for a service that is set up and that only it asks', () => {
  const offered = (isReady: boolean, at = HOUSE) => tableOffer(pinTo(at), tables, [service('fal', isReady)]);
  expect(offered(true)).toEqual({ kind: 'newer', table: asksFal, service: 'fal' });
  expect(offered(false)).toBe(undefined);
  expect(offered(true, asksFal)).toBe(undefined);
  // A graph without a pin follows the newest by itself.
  expect(tableOffer(undefined, tables, [service('fal', true)])).toBe(undefined);
  // What both ask is no reason.
  expect(tableOffer(pinTo(HOUSE), tables, [service('bfl', true)])).toBe(undefined);
});

test('where the table of that number is another one here, to stay with it is offered', () => {
  const theirs = pinTo({ ...HOUSE, rows: HOUSE.rows.slice(1) });
  expect(tableOffer(theirs, tables, [])).toEqual({ kind: 'other', table: HOUSE });
  expect(tableOffer(pinTo(HOUSE), tables, [])).toBe(undefined);
});
