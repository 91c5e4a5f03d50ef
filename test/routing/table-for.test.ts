import { expect, test } from 'vitest';
import { HOUSE } from '../../src/routing/house.ts';
import type { RoutingTable } from '../../src/routing/routing-table.ts';
import { newestOf, tableFor } from '../../src/routing/table-for.ts';

const tableOf = (id: string, version: number): RoutingTable => ({ ...HOUSE, id, version });
const own = (version: number) => tableOf('own', version);
const tables = [HOUSE, own(1), own(3), own(2), own(0)];
const pinnedTo = (table: string, version: number) => ({ routing: { table, version } });

test('a graph uses the version it is pinned to, a draft too', () => {
  expect(tableFor(pinnedTo('own', 2), tables)).toBe(tables[3]);
  expect(tableFor(pinnedTo('own', 0), tables)).toBe(tables[4]);
});

test('where that version is not here it uses the newest published one of that table', () => {
  expect(tableFor(pinnedTo('own', 9), tables)).toBe(tables[2]);
  expect(newestOf(tables, 'own')).toBe(tables[2]);
});

test('without a pin, or with one to a table nobody knows or that is only a draft, it uses the newest House', () => {
  const newer = tableOf(HOUSE.id, HOUSE.version + 1);
  expect(tableFor({}, [newer, ...tables])).toBe(newer);
  expect(tableFor(pinnedTo('nobody', 1), tables)).toBe(HOUSE);
  expect(tableFor(pinnedTo('draft', 1), [...tables, tableOf('draft', 0)])).toBe(HOUSE);
});
