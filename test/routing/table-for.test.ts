import { describe, expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { rowWith } from '../../src/routing/service-rows.ts';
import type { RoutingTable } from '../../src/routing/routing-table.ts';
import { hasTwin, newestOf, tableElsewhere, tableFor, tableKey, withShipped } from '../../src/routing/table-for.ts';
import { pinTo } from '../../src/routing/table-pin.ts';

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
  expect(tableFor(pinnedTo('nobody', 1), [newer, ...tables])).toBe(newer);
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
    'It is pinned to version 4 of the routing table “theirs”, which is not here; House 2 is used.',
  );
  expect(saidOf(pinnedTo('own', 9))).toBe(
    'It is pinned to version 9 of the routing table “own”, which is not here; House 3 is used.',
  );
  expect(saidOf(pinnedTo('theirs', 0))).toBe(
    'It is pinned to a draft of the routing table “theirs”, which is not here; House 2 is used.',
  );
});

const asksFal = (version: number): RoutingTable => {
  const [first, ...others] = HOUSE.rows;
  return {
    ...HOUSE,
    version,
    rows: [rowWith(first!, { provider: 'fal', model: 'bfl/flux-2-pro' }, 'first'), ...others],
  };
};
const elsewhere = (routing: ReturnType<typeof pinTo>, known: readonly RoutingTable[]) => {
  const told = tableElsewhere({ routing }, known);
  return told && inWords(told);
};

test('a pin means what its table said: under another number here it is found, and told of', () => {
  const theirs = pinTo(asksFal(2));
  const here = [tableOf('house', 2), asksFal(3), asksFal(4)];
  expect(tableFor({ routing: theirs }, here)).toBe(here[1]);
  expect(elsewhere(theirs, here)).toBe(
    'It is pinned to version 2 of the routing table “house” of another browser, which is House 3 here.',
  );
  expect(elsewhere(pinTo(here[2]!), here)).toBe(undefined);
});

test('where no table here says what was meant, its number is gone by, and that it says something else is told', () => {
  const here = [tableOf('house', 2), tableOf('house', 3)];
  expect(tableFor({ routing: pinTo(asksFal(2)) }, here)).toBe(here[0]);
  expect(elsewhere(pinTo(asksFal(2)), here)).toBe(
    'It is pinned to House 2 of another browser, which is not here; House 2 of this one says something else and is used.',
  );
  // A graph from before contents were written down goes by the number alone, as it did.
  expect(elsewhere({ table: 'house', version: 2 }, here)).toBe(undefined);
});

describe('what was published here before a version of the same number shipped', () => {
  const own = { ...asksFal(HOUSE.version), publishedAt: '2026-11-01T00:00:00.000Z' };
  const tables = withShipped([own]);

  test('keeps its number and hides nothing: both are there, and can be told apart', () => {
    expect(tables).toContain(own);
    expect(tables).toContain(HOUSE);
    expect(new Set(tables.map(tableKey)).size).toBe(tables.length);
    expect(tables.filter((table) => hasTwin(table, tables))).toEqual([HOUSE, own]);
  });

  test('is followed as before, and pins mean the one they were made for', () => {
    expect(tableFor({}, tables)).toBe(own);
    for (const table of [own, HOUSE]) expect(tableFor({ routing: pinTo(table) }, tables)).toBe(table);
    // A pin from before contents were written down is older than the one that ships.
    expect(tableFor({ routing: { table: 'house', version: HOUSE.version } }, tables)).toBe(own);
  });

  test('a browser that has none goes by what ships, once', () => {
    expect(newestOf(withShipped([]), HOUSE.id)).toBe(HOUSE);
    expect(withShipped([HOUSE])).toEqual(withShipped([]));
  });
});
