/**
 * Who makes the next take, and why not the others. Pure: the dry run on screen and the run itself ask the same
 * function.
 */
import { inDollars, type Micros } from '../core/money.ts';
import { listed, say, type Sentence } from '../core/say.ts';
import {
  isVideoWork,
  sameModel,
  startsFromPicture,
  type ModelRef,
  type RunMode,
  type TakeRequest,
} from '../core/take.ts';
import type { Catalog } from './catalog.ts';
import { endpointFor } from './endpoint-for.ts';
import { fitTo, type Fit } from './model-fit.ts';
import { estimate, type Estimate, type WorkSize } from './prices.ts';
import type { PriceBook } from './price-book.ts';
import type { Readiness } from './readiness.ts';
import {
  CAPABILITY_WORDS,
  rowOf,
  type Capability,
  type Row,
  type RoutingTable,
  type RowTier,
} from './routing-table.ts';

/** What the world is like when a route is chosen. */
export interface Market {
  readonly catalog: Catalog;
  readonly book: PriceBook;
  /** Services that are known here, and whether they could take a request now. */
  readonly ready: readonly Readiness[];
  /** The smaller of what the run and the month have left; `undefined` without a limit. */
  readonly budgetLeft?: Micros;
}
export interface Considered extends ModelRef {
  readonly name: string;
  /** The provider's own name for it. */
  readonly modelId: string;
  readonly estimate: Estimate;
  readonly seconds?: number;
  /** Empty for a candidate that can be asked. */
  readonly reasons: readonly Sentence[];
  /** The request as far as this model takes it. Missing for the built-in engine, which takes all of it. */
  readonly fit?: Fit;
  /** Of the adapter that asks it. */
  readonly version?: number;
  /** Nothing but what is left of the budget speaks against it. */
  readonly onlyMoney?: boolean;
}
export interface Resolution {
  readonly table: { readonly id: string; readonly version: number };
  readonly tier: RowTier;
  /** All candidates of the row, in its order. */
  readonly considered: readonly Considered[];
  /** Those that can be asked, in order, as far as the row allows going. */
  readonly usable: readonly Considered[];
  readonly row?: Row;
  /** Why nobody can be asked. */
  readonly problem?: Sentence;
}

export const sizeOf = (request: TakeRequest, mode: RunMode): WorkSize => {
  const shrink = mode === 'draft' ? 0.25 : 1;
  const { seconds, fps } = request.motion ?? { seconds: 0, fps: 24 };
  return {
    megapixels: request.megapixels * shrink,
    seconds,
    fps,
    width: Math.round(request.aspect.width * Math.sqrt(shrink)),
    height: Math.round(request.aspect.height * Math.sqrt(shrink)),
    references: request.references.length,
  };
};

/** What the request itself demands, whatever the row says. */
export function needsOf(request: TakeRequest): Capability[] {
  const needs: Capability[] = [];
  if (request.seed.locked) needs.push('seed');
  if (request.references.length) needs.push('references');
  if (request.work === 'image to video') needs.push('firstFrame');
  return needs;
}

/** The same of a wider picture, with one reference more: what costs no more then goes by none of it. */
const largerThan = (size: WorkSize): WorkSize => ({
  ...size,
  width: size.width * 2,
  megapixels: size.megapixels * 2,
  references: (size.references ?? 0) + 1,
});

/** `isGuess`: the request is of something that is not made yet; prices that go by its size may become higher. */
export function resolve(
  request: TakeRequest,
  mode: RunMode,
  table: RoutingTable,
  market: Market,
  isGuess = false,
): Resolution {
  const tier: RowTier = mode === 'draft' ? 'draft' : request.tier;
  const base = { table: { id: table.id, version: table.version }, tier };
  const row = rowOf(table, request.work, tier);
  if (!row || row.candidates.length === 0)
    return {
      ...base,
      considered: [],
      usable: [],
      problem: say('The table “{0}” has no candidates for {1}, {2}.', table.name, say(request.work), say(tier)),
    };
  const needs = [...new Set([...row.needs, ...needsOf(request)])];
  const size = sizeOf(request, mode);
  const costOf = (ref: ModelRef): Estimate => {
    const cost = estimate(ref, request.work, size, market.catalog, market.book);
    if (!isGuess || cost.amount === undefined) return cost;
    const ofMore = estimate(ref, request.work, largerThan(size), market.catalog, market.book);
    return ofMore.amount === cost.amount ? cost : { ...cost, mayGrow: true };
  };
  const considered = row.candidates.map((ref) => consider(ref, row, request, needs, size, costOf(ref), market));
  const usable = considered.filter((candidate) => candidate.reasons.length === 0);
  const nobody =
    usable.length === 0
      ? {
          problem: say(
            '{0|The only candidate for {1}, {2} cannot|None of the {0} candidates for {1}, {2} can} be asked: {3}.',
            considered.length,
            say(request.work),
            say(tier),
            listed(considered.map(({ name, reasons }) => say('{0} ({1})', say(name), reasons[0]!))),
          ),
        }
      : {};
  return { ...base, row, considered, usable, ...nobody };
}

function consider(
  ref: ModelRef,
  row: Row,
  request: TakeRequest,
  needs: readonly Capability[],
  size: WorkSize,
  cost: Estimate,
  market: Market,
): Considered {
  const found = market.catalog.find(ref);
  const reasons: Sentence[] = [];
  if (!found)
    return { ...ref, name: ref.model, modelId: ref.model, estimate: cost, reasons: [say('not in the catalog')] };
  const { model, offer } = found;
  if (model.status === 'retired') reasons.push(say('retired'));
  if (!model.work.includes(request.work)) reasons.push(say('cannot do {0}', say(request.work)));
  for (const need of needs) {
    if (model.supports[need] === false) reasons.push(say('cannot take: {0}', say(CAPABILITY_WORDS[need])));
    else if (model.supports[need] === undefined)
      reasons.push(say('not known to take: {0}', say(CAPABILITY_WORDS[need])));
  }
  const longest = Math.max(0, ...(model.supports.durations ?? []));
  if (isVideoWork(request.work) && longest > 0 && size.seconds > longest)
    reasons.push(say('makes clips of at most {0} s, and {1} s are asked for', longest, size.seconds));
  if (row.maxPrice !== undefined) {
    if (cost.amount === undefined)
      reasons.push(say('price unknown, and the ceiling of the row is {0}', inDollars(row.maxPrice)));
    else if (cost.amount > row.maxPrice)
      reasons.push(say('too dear ({0}, ceiling {1})', inDollars(cost.amount), inDollars(row.maxPrice)));
  }
  if (row.maxSeconds !== undefined && model.seconds !== undefined && model.seconds > row.maxSeconds)
    reasons.push(say('too slow ({0} s, at most {1} s)', model.seconds, row.maxSeconds));
  const overBudget = market.budgetLeft !== undefined && cost.amount !== undefined && cost.amount > market.budgetLeft;
  if (market.budgetLeft !== undefined) {
    if (cost.amount === undefined) reasons.push(say('price unknown, and there is a budget to keep'));
    else if (overBudget)
      reasons.push(say('over budget ({0}, {1} left)', inDollars(cost.amount), inDollars(market.budgetLeft)));
  }
  const service = market.ready.find(({ id }) => id === ref.provider);
  if (!service) reasons.push(say('provider not set up'));
  else if (service.obstacle) reasons.push(service.obstacle);
  const endpoint = endpointFor(offer, request.work, {
    // Of a still that is not made yet it is known that there will be one.
    still: startsFromPicture(request.work),
    references: request.references.length > 0,
  });
  if (!endpoint) reasons.push(say('nobody has written down how it is asked for this'));
  return {
    ...ref,
    ...(service?.version === undefined
      ? {}
      : { version: service.version, fit: fitTo(request, size, model, endpoint ?? offer) }),
    name: model.name,
    modelId: endpoint?.modelId ?? offer.modelId,
    estimate: cost,
    ...(model.seconds === undefined ? {} : { seconds: model.seconds }),
    reasons,
    ...(overBudget && reasons.length === 1 ? { onlyMoney: true } : {}),
  };
}

/** Why `answered` and not the first of the row. */
export function whyThis({ considered }: Resolution, answered: ModelRef): Sentence {
  const first = considered[0];
  if (!first || sameModel(first, answered)) return say('first choice of the row');
  const at = considered.findIndex((candidate) => sameModel(candidate, answered));
  const passed = considered.slice(0, at).filter((candidate) => candidate.reasons.length > 0);
  return passed.length
    ? listed(
        passed.map(({ name, reasons }) => say('{0}: {1}', name, reasons[0]!)),
        '; ',
      )
    : say('the candidates before it were asked already');
}
