import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { ADAPTERS } from '../../src/providers/adapters.ts';
import { BUILT_IN } from '../../src/routing/catalog.ts';
import { HOUSE, SHIPPED_TABLES } from '../../src/routing/house.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { parseCatalog } from '../../src/routing/read-catalog.ts';
import { problemsOf } from '../../src/routing/routing-table.ts';
import { ableIn, rowKey } from '../../src/routing/service-rows.ts';
import { rowsHash } from '../../src/routing/table-pin.ts';

const parsed = parseCatalog(readFileSync('public/catalog.json', 'utf8'));
if (!parsed.ok) throw new Error(inWords(parsed.error.message));
const { catalog } = parsed.value;
const ready = ADAPTERS.map(({ id, version }) => ({ id, version }));

test('every service that the newest House names has an adapter', () => {
  const named = HOUSE.rows.flatMap(({ candidates }) => candidates.map(({ provider }) => provider));
  const known = [BUILT_IN.provider, ...ADAPTERS.map(({ id }) => id)];
  expect([...new Set(named)].filter((id) => !known.includes(id))).toEqual([]);
});

test('the first of each row is asked as soon as its service can be: within what the row needs and may cost', () => {
  const market = { catalog, book: NO_OVERRIDES, ready };
  const closed = HOUSE.rows.filter((row) => {
    const [{ provider, model }] = row.candidates as [(typeof row.candidates)[number]];
    return !ableIn(row, provider, market).some((able) => able.model === model);
  });
  expect(closed.map(rowKey)).toEqual([]);
  expect(problemsOf(HOUSE, catalog)).toEqual([]);
});

test('a version that was shipped never changes', () =>
  expect(SHIPPED_TABLES.map((table) => `${table.version} ${rowsHash(table)}`)).toEqual([
    '2 97c4171efeb4',
    '1 ee3d2b6d1614',
  ]));
