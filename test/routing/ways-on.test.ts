/** How it goes on after a rejection: what is offered can be made, and by whom it is offered. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { GraphId, NodeId, RunId } from '../../src/core/ids.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { BUILT_IN } from '../../src/routing/catalog.ts';
import { parseCatalog } from '../../src/routing/read-catalog.ts';
import { resolve, type Market } from '../../src/routing/resolve.ts';
import { HOUSE } from '../../src/routing/house.ts';
import type { TakePlan } from '../../src/routing/take-plan.ts';
import { nextByItself, waysOn } from '../../src/routing/ways-on.ts';
import { readyFor } from '../rig/ready.ts';
import { rowFor, takeRequest } from '../rig/requests.ts';
import { takeOf } from '../rig/takes.ts';

const parsed = parseCatalog(readFileSync('public/catalog.json', 'utf8'));
if (!parsed.ok) throw new Error('no catalog');
const { catalog } = parsed.value;
const market: Market = { catalog, book: NO_OVERRIDES, ready: readyFor('bfl', 'google') };
const KLEIN = { provider: 'bfl', model: 'bfl/flux-2-klein-4b' };
const LITE = { provider: 'google', model: 'google/gemini-3.1-flash-lite-image' };
const MAX = { provider: 'bfl', model: 'bfl/flux-2-max' };
const rows = [
  rowFor({ candidates: [KLEIN, LITE], escalateTo: 'cinematic', cap: 3 }),
  rowFor({ tier: 'cinematic', candidates: [MAX] }),
];
const table = { ...HOUSE, rows };

function planned(locked: boolean, over: Partial<Parameters<typeof takeRequest>[0]> = {}): TakePlan {
  const request = takeRequest({ seed: { kind: 'seed', seed: 7, locked }, ...over });
  const resolution = resolve(request, 'delivery', table, market);
  const origin = { graphId: 'g' as GraphId, node: 'n' as NodeId, runId: 'r' as RunId };
  return { origin, output: 'image', slot: 's', number: 0, cap: 3, request, mode: 'delivery', resolution, taken: [] };
}
const by = (answered: TakeRecord['answered'], seed: number, number = 0) =>
  takeOf(`${answered.model} ${seed}`, { answered, seed, baseSeed: seed, number });
const offered = (takePlan: TakePlan, taken: readonly TakeRecord[]) =>
  waysOn(takePlan, taken, table, market).map(({ kind, candidate }) => `${kind}: ${candidate.model}`);

test('with a seed that moves the same model goes on by itself, and the next model and the tier above are offered', () => {
  const taken = [by(KLEIN, 7)];
  expect(nextByItself(planned(false), taken)?.candidate.model).toBe(KLEIN.model);
  expect(offered(planned(false), taken)).toEqual([`model: ${LITE.model}`, `tier: ${MAX.model}`]);
});

test('with a locked seed the next model goes on by itself; once all were asked, only a new seed or the tier above', () => {
  expect(nextByItself(planned(true), [by(KLEIN, 7)])?.candidate.model).toBe(LITE.model);
  expect(offered(planned(true), [by(KLEIN, 7)])).toEqual([`seed: ${KLEIN.model}`, `tier: ${MAX.model}`]);
  const all = [by(KLEIN, 7), by(LITE, 7, 1)];
  expect(nextByItself(planned(true), all)).toBe(undefined);
  expect(offered(planned(true), all)).toEqual([`seed: ${KLEIN.model}`, `tier: ${MAX.model}`]);
});

test('a seed that is offered made nothing yet; at the cap none is, for it would make nothing', () => {
  const [first] = waysOn(planned(true), [by(KLEIN, 7)], table, market);
  const seed = first?.kind === 'seed' ? first.seed : 7;
  const [second] = waysOn(planned(true), [by(KLEIN, 7), by(KLEIN, seed)], table, market);
  expect(second?.kind === 'seed' && ![7, seed].includes(second.seed)).toBe(true);
  const spent = [by(KLEIN, 7), by(KLEIN, 8), by(KLEIN, 9)];
  expect(nextByItself(planned(true), spent)).toBe(undefined);
  expect(offered(planned(true), spent)).toEqual([`model: ${LITE.model}`, `tier: ${MAX.model}`]);
});

test('a sketch is the tier above sketches only: after a take of a service it would be a step down', () => {
  const sketching = { ...HOUSE, rows: [rows[0]!, rowFor({ tier: 'cinematic', candidates: [BUILT_IN] })] };
  const drawing = { ...market, ready: readyFor('bfl', 'google', 'sketch') };
  const tiersAfter = (answered: TakeRecord['answered']) =>
    waysOn(planned(false), [by(answered, 7)], sketching, drawing).filter(({ kind }) => kind === 'tier');
  expect(tiersAfter(BUILT_IN)).toHaveLength(1);
  expect(tiersAfter(KLEIN)).toEqual([]);
});

test('past a pin nobody else is offered', () =>
  expect(offered(planned(true, { pinned: MAX }), [by(MAX, 7)])).toEqual([`seed: ${MAX.model}`]));
