import { expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { HOUSE } from '../../src/routing/house.ts';
import type { RoutingTable } from '../../src/routing/routing-table.ts';
import { newestOf, tableElsewhere, tableFor } from '../../src/routing/table-for.ts';

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

test('of a table that is not here it is said which was meant, and which is used', () => {
  const saidOf = (graph: Parameters<typeof tableElsewhere>[0]) => {
    const elsewhere = tableElsewhere(graph, tables);
    return elsewhere && inWords(elsewhere);
  };
  expect([saidOf({}), saidOf(pinnedTo('own', 2)), saidOf(pinnedTo('own', 0))]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(saidOf(pinnedTo('theirs', 4))).toBe(
    'It is pinned to version 4 of the routing table “theirs”, which is not here; House 1 is used.',
  );
  expect(saidOf(pinnedTo('own', 9))).toBe(
    'It is pinned to version 9 of the routing table “own”, which is not here; House 3 is used.',
  );
  expect(saidOf(pinnedTo('theirs', 0))).toBe(
    'It is pinned to a draft of the routing table “theirs”, which is not here; House 1 is used.',
  );
});
