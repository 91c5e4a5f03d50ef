/** A service put into a routing table: which of its models, where in which rows, and nothing else. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dollars } from '../../src/core/money.ts';
import { inWords } from '../../src/core/say.ts';
import { sameModel, type ModelRef } from '../../src/core/take.ts';
import { ADAPTERS } from '../../src/providers/adapters.ts';
import { emptyGraph } from '../../src/graph/graph.ts';
import { FIRST_HOUSE } from '../../src/routing/first-house.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import type { Quote } from '../../src/routing/quotes.ts';
import { parseCatalog } from '../../src/routing/read-catalog.ts';
import { resolve, type Market } from '../../src/routing/resolve.ts';
import { rowOf, type Row } from '../../src/routing/routing-table.ts';
import { onNewestTable } from '../../src/routing/table-for.ts';
import { usualServiceName } from '../../src/routing/service-names.ts';
import {
  ableIn,
  lacksPriceOnly,
  rowKey,
  rowsNaming,
  rowWith,
  servedRows,
  tableWith,
} from '../../src/routing/service-rows.ts';
import { pinTo } from '../../src/routing/table-pin.ts';
import { whatIsMissing } from '../../src/routing/what-is-missing.ts';
import { readyFor } from '../rig/ready.ts';
import { rowFor, takeRequest } from '../rig/requests.ts';

const parsed = parseCatalog(readFileSync('public/catalog.json', 'utf8'));
if (!parsed.ok) throw new Error(inWords(parsed.error.message));
const { catalog } = parsed.value;
const market: Market = { catalog, book: NO_OVERRIDES, ready: readyFor('sketch', 'replicate', 'bfl', 'fal') };
const house = (work: Row['work'], tier: Row['tier']): Row => rowOf(HOUSE, work, tier)!;
const modelsIn = (row: Row, provider = 'replicate', at = market) => ableIn(row, provider, at).map(({ model }) => model);

test('a row is offered the model it names elsewhere first, then those of its tier that take a seed; only what it may ask', () => {
  // "budget" names it at another service.
  expect(modelsIn(house('text to image', 'budget'))[0]).toBe('bfl/flux-schnell');
  // Nothing there makes clips with a known price.
  expect(modelsIn(house('text to video', 'budget'))).toEqual([]);
  const cinematic = modelsIn(house('text to image', 'cinematic'));
  expect(cinematic).toEqual(['bfl/flux-2-pro']);
  expect(modelsIn({ ...house('text to image', 'cinematic'), maxPrice: dollars('0.001') })).toEqual([]);
  expect(modelsIn(house('text to image', 'cinematic'), 'luma')).toEqual([]);
});

test('what only the service knows of prices counts: within the ceiling of a row it is offered, beyond it not', () => {
  const quote = (amount: string): Quote => ({
    provider: 'fal',
    model: 'fal-ai/nano-banana-pro',
    price: { amount: dollars(amount), unit: 'image' },
    at: 1,
  });
  const row = house('text to image', 'cinematic');
  expect(modelsIn(row, 'fal')).not.toContain('google/gemini-3-pro-image');
  expect(modelsIn(row, 'fal', { ...market, quotes: [quote('0.15')] })).toContain('google/gemini-3-pro-image');
  expect(modelsIn(row, 'fal', { ...market, quotes: [quote('0.9')] })).not.toContain('google/gemini-3-pro-image');
  // What is left of a budget today says nothing about a table.
  const broke = { ...market, quotes: [quote('0.15')], budgetLeft: dollars('0') };
  expect(modelsIn(row, 'fal', broke)).toContain('google/gemini-3-pro-image');
});

test('of a row with a ceiling it is told when only a price is missing', () => {
  const at = { ...market, ready: readyFor('sketch', 'kling', 'replicate') };
  const row = house('image to video', 'speed');
  expect(modelsIn(row, 'kling', at)).toEqual([]);
  expect(lacksPriceOnly(row, 'kling', at)).toBe(true);
  const { maxPrice: _, ...open } = row;
  expect(lacksPriceOnly(open, 'kling', at)).toBe(false);
  expect(lacksPriceOnly(row, 'kling', { ...at, ready: readyFor('sketch') })).toBe(false);
  // What is too dear has a price.
  const picture = house('text to image', 'cinematic');
  expect(lacksPriceOnly({ ...picture, maxPrice: dollars('0.001') }, 'replicate', at)).toBe(false);
});

test('first is before all, last is before the built-in engine alone; what stood there already moves, and nothing is twice', () => {
  const row = house('text to image', 'speed');
  const ref: ModelRef = { provider: 'replicate', model: 'bfl/flux-2-klein-4b' };
  expect(rowWith(row, ref, 'first').candidates).toEqual([ref, ...row.candidates]);
  const last = rowWith(row, ref, 'last').candidates;
  expect(last.slice(-2)).toEqual([ref, row.candidates.at(-1)]);
  const moved = rowWith(rowWith(row, ref, 'last'), ref, 'first');
  expect(moved.candidates.filter((one) => sameModel(one, ref)).length).toBe(1);
  expect(moved.candidates[0]).toEqual(ref);
  expect(rowWith({ ...row, candidates: [] }, ref, 'last').candidates).toEqual([ref]);
});

test('a table with a service in it keeps every other row, and all that a row says beside its candidates', () => {
  const served = servedRows(FIRST_HOUSE, 'replicate', market);
  expect(served.length).toBeGreaterThan(2);
  const chosen = new Map(served.slice(0, 2).map(({ row, able }) => [rowKey(row), able[0]!]));
  const next = tableWith(FIRST_HOUSE, chosen, 'first');
  expect(next.rows.length).toBe(FIRST_HOUSE.rows.length);
  for (const [index, row] of next.rows.entries()) {
    const before = FIRST_HOUSE.rows[index]!;
    if (!chosen.has(rowKey(before))) expect(row).toBe(before);
    expect({ ...row, candidates: [] }).toEqual({ ...before, candidates: [] });
  }
  expect([FIRST_HOUSE, next].map((table) => rowsNaming(table, 'replicate').length)).toEqual([0, 2]);
});

test('what is missing is told by the candidate that is nearest to being asked', () => {
  const missing = (candidates: readonly ModelRef[], over: Partial<Market> = {}, tier: 'speed' = 'speed') =>
    whatIsMissing(
      resolve(takeRequest({ tier }), 'delivery', { ...HOUSE, rows: [rowFor({ candidates })] }, { ...market, ...over }),
    );
  const schnell: ModelRef = { provider: 'replicate', model: 'bfl/flux-schnell' };
  const veo: ModelRef = { provider: 'runway', model: 'google/veo-3.1' };
  const noKey = { id: 'runway', obstacle: { lacks: 'key', reason: { english: 'no key', values: [] } } } as const;
  expect(missing([]).kind).toBe('candidates');
  expect(missing([veo], { ready: [noKey] }).kind).toBe('match');
  expect(missing([veo, schnell], { ready: [] })).toMatchObject({ kind: 'adapter', candidate: schnell });
  expect(missing([schnell], { budgetLeft: dollars('0.001') })).toMatchObject({ kind: 'money' });
  // Its service says no price, and a budget is to be kept.
  const unpriced: ModelRef = { provider: 'fal', model: 'bfl/flux-2-max' };
  expect(missing([unpriced], { budgetLeft: dollars('5') })).toMatchObject({ kind: 'money' });
  expect(missing([schnell]).kind).toBe('seed');
});

test('a graph that stays with a version is put on the newest of the same table, and on no other', () => {
  const stays = { ...emptyGraph(), routing: { table: 'house', version: 1 } };
  const tables = [HOUSE, { ...HOUSE, version: 3 }, { ...HOUSE, version: 0 }];
  expect(onNewestTable(stays, tables).routing).toEqual(pinTo(tables[1]!));
  const elsewhere = { ...stays, routing: { table: 'theirs', version: 1 } };
  expect(onNewestTable(elsewhere, tables)).toBe(elsewhere);
  expect(onNewestTable(emptyGraph(), tables).routing).toBeUndefined();
});

test('every service has a name for people: those that are asked the one of their adapter', () => {
  for (const { id, name } of ADAPTERS) expect(usualServiceName(id)).toBe(name);
  const services = new Set(catalog.models.flatMap(({ offers }) => offers.map(({ provider }) => provider)));
  services.delete('sketch');
  expect([...services].filter((id) => usualServiceName(id) === id)).toEqual(['fal', 'inference.sh']);
  expect(usualServiceName('toString')).toBe('ToString');
});

test('every service has what it makes in the catalog: pictures, and clips where it makes them', () => {
  const makes = (provider: string, isClip: boolean) =>
    catalog.models.some(
      ({ status, work, offers }) =>
        status !== 'retired' &&
        work.some((kind) => kind.endsWith('video') === isClip) &&
        offers.some((offer) => offer.provider === provider),
    );
  const services = ADAPTERS.filter(({ isLocal, isLocalIfPrivate }) => !isLocal && !isLocalIfPrivate).map(
    ({ id }) => id,
  );
  expect(services.filter((id) => !makes(id, true))).toEqual(['openai', 'stability', 'recraft', 'ideogram']);
  expect(services.filter((id) => !makes(id, false))).toEqual(['minimax']);
});
