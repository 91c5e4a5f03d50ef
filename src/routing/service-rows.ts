/**
 * A service in a routing table: which of its models each row could ask, which of them suits the row best, and the table
 * with them in it. By the same function that routes takes, so that what is offered is what would be asked.
 */
import type { ArtifactHash } from '../core/ids.ts';
import { isVideoWork, sameModel, type ModelRef, type RunMode, type TakeRequest, type WorkKind } from '../core/take.ts';
import { BUILT_IN, type Model } from './catalog.ts';
import { resolve, type Considered, type Market } from './resolve.ts';
import type { Row, RoutingTable, RowTier } from './routing-table.ts';

/** `first`: before all others. `last`: after the other services, where only the built-in engine comes after it. */
export type ServicePlace = 'first' | 'last';

export interface ServedRow {
  readonly row: Row;
  /** Models of the service that could be asked in it, the one that suits it best first; never empty. */
  readonly able: readonly Considered[];
}

/** Rows of a table in which a service could be asked today, in the table's order. */
export function servedRows(table: RoutingTable, provider: string, market: Market): readonly ServedRow[] {
  return table.rows.flatMap((row) => {
    const able = ableIn(row, provider, market);
    return able.length > 0 ? [{ row, able }] : [];
  });
}

/** Models of a service that a row could ask, the one that suits it best first. */
export const ableIn = (row: Row, provider: string, market: Market): readonly Considered[] =>
  consideredIn(row, provider, market)
    .filter(({ reasons }) => reasons.length === 0)
    .toSorted((one, other) => suits(row, one, market) - suits(row, other, market) || byPrice(row, one, other));

/** Whether a row has a ceiling, and nothing but that nobody knows its price keeps a model of a service out of it. */
export const lacksPriceOnly = (row: Row, provider: string, market: Market): boolean =>
  row.maxPrice !== undefined &&
  consideredIn(row, provider, market).some(
    ({ reasons, estimate }) => reasons.length === 1 && estimate.amount === undefined,
  );

function consideredIn(row: Row, provider: string, market: Market): readonly Considered[] {
  const isNamed = (id: string) => row.candidates.some(({ model }) => model === id);
  const isOf = (one: { readonly provider: string }) => one.provider === provider;
  const models = market.catalog.models.filter(
    (model) => model.offers.some(isOf) && (isNamed(model.id) || isMeantFor(model, row.tier)),
  );
  const candidates = models.map(({ id }): ModelRef => ({ provider, model: id }));
  const only: RoutingTable = { ...EMPTY_TABLE, rows: [{ ...row, candidates }] };
  // What is left of a budget changes by the hour; a table is for longer.
  const { budgetLeft: _, ...lasting } = market;
  return resolve(usualRequest(row), modeOf(row.tier), only, lasting).considered;
}

/** A row with a candidate in it, wherever it stood before. */
export function rowWith(row: Row, { provider, model }: ModelRef, place: ServicePlace): Row {
  const ref = { provider, model };
  const others = row.candidates.filter((other) => !sameModel(other, ref));
  const builtIn = others.findIndex((other) => sameModel(other, BUILT_IN));
  const at = place === 'first' ? 0 : builtIn < 0 ? others.length : builtIn;
  return { ...row, candidates: others.toSpliced(at, 0, ref) };
}

/** A table with a model in each of some rows; all other rows stay as they are. */
export const tableWith = (
  table: RoutingTable,
  chosen: ReadonlyMap<string, ModelRef>,
  place: ServicePlace,
): RoutingTable => ({
  ...table,
  rows: table.rows.map((row) => {
    const ref = chosen.get(rowKey(row));
    return ref ? rowWith(row, ref, place) : row;
  }),
});

/** One row among those of a table. */
export const rowKey = ({ work, tier }: Pick<Row, 'work' | 'tier'>): string => `${work}, ${tier}`;

/** Rows of a table that name a service. */
export const rowsNaming = ({ rows }: RoutingTable, service: string): readonly Row[] =>
  rows.filter(({ candidates }) => candidates.some(({ provider }) => provider === service));

/** Drafts are for looking: what is cheap or quick. Workflows of one's own are meant for whatever they are put to. */
function isMeantFor({ tiers }: Model, tier: RowTier): boolean {
  if (tiers.length === 0) return true;
  return tier === 'draft' ? tiers.includes('budget') || tiers.includes('speed') : tiers.includes(tier);
}

/** Less is better: what the row asks already, then what it asks of somebody else, then what takes a seed. */
function suits({ candidates }: Row, ref: Considered, { catalog }: Market): number {
  const own = candidates.findIndex((other) => sameModel(other, ref));
  if (own >= 0) return own;
  const elsewhere = candidates.findIndex(({ model }) => model === ref.model);
  if (elsewhere >= 0) return candidates.length + elsewhere;
  return 2 * candidates.length + (catalog.find(ref)?.model.supports.seed ? 0 : 1);
}

/** Where the price is what a row is for, the cheapest stands first; elsewhere the order of the catalog stays. */
function byPrice({ tier }: Row, one: Considered, other: Considered): number {
  if (tier !== 'draft' && tier !== 'budget') return 0;
  const amounts = [one, other].map(({ estimate }) => estimate.amount ?? Infinity) as [number, number];
  return amounts[0] === amounts[1] ? 0 : amounts[0] - amounts[1];
}

const modeOf = (tier: RowTier): RunMode => (tier === 'draft' ? 'draft' : 'delivery');

const EMPTY_TABLE: RoutingTable = { id: '', name: '', version: 0, note: '', publishedAt: '', rows: [] };

const SQUARE = { width: 1000, height: 1000 };
const HD = { width: 1280, height: 720 };

/** A picture of one megapixel, or a clip of five seconds at 720p, with whatever the row needs. */
function usualRequest({ work, tier, needs }: Row): TakeRequest {
  const picture = { kind: 'image', hash: '' as ArtifactHash, ...SQUARE } as const;
  const { width, height } = sizeFor(work);
  return {
    work,
    tier: tier === 'draft' ? 'budget' : tier,
    prompt: { kind: 'prompt', text: '', negative: '' },
    seed: { kind: 'seed', seed: 0, locked: false },
    guidance: { kind: 'guidance', scale: 7 },
    aspect: { kind: 'aspect', ratio: [width, height], width, height },
    megapixels: (width * height) / 1e6,
    references: needs.includes('references') ? [{ kind: 'reference', image: picture, strength: 1 }] : [],
    ...(isVideoWork(work)
      ? { motion: { kind: 'motion', move: 'push in', amount: 0.5, easing: 'linear', seconds: 5, fps: 24 } }
      : {}),
  };
}
const sizeFor = (work: WorkKind) => (isVideoWork(work) ? HD : SQUARE);
