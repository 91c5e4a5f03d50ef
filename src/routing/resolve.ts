/**
 * Who makes the next take, and why not the others. Pure: the dry run on screen and the run itself ask the same
 * function.
 */
import { inDollars, type Micros } from '../core/money.ts';
import { listed, said, say, type Said, type Sentence } from '../core/say.ts';
import {
  isVideoWork,
  sameModel,
  startsFromPicture,
  type ModelRef,
  type RunMode,
  type TakeRequest,
} from '../core/take.ts';
import { BUILT_IN, type Catalog } from './catalog.ts';
import { endpointFor } from './endpoint-for.ts';
import { fitTo, type Fit } from './model-fit.ts';
import { missingPlaceOf } from './own-workflow.ts';
import { estimate, type Estimate, type WorkSize } from './prices.ts';
import type { PriceBook } from './price-book.ts';
import { pictureSize } from './picture-size.ts';
import { amountAt, quoteFor, type Quote } from './quotes.ts';
import { obstacleFor, type Obstacle, type Readiness } from './readiness.ts';
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
  /** What services say of prices that the list does not know. */
  readonly quotes?: readonly Quote[];
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
  /** Why its service cannot be asked now: one of the reasons. */
  readonly obstacle?: Obstacle;
  /** Nothing but what is left of the budget speaks against it. */
  readonly onlyMoney?: boolean;
  /** Nothing but that nobody knows its price, while a budget is to be kept. */
  readonly onlyUnpriced?: true;
  /** Nothing but that its service is in trouble, and so does not say its price either. */
  readonly onlyTrouble?: true;
  /** The built-in engine, after a service that is meant to make this. */
  readonly isStandIn?: true;
}
export interface Resolution {
  readonly table: { readonly id: string; readonly version: number };
  readonly tier: RowTier;
  /** All candidates of the row, in its order; before them the model the node is pinned to. */
  readonly considered: readonly Considered[];
  /** Those that can be asked, in order, as far as the row allows going. */
  readonly usable: readonly Considered[];
  readonly row?: Row;
  /** The node is pinned to the first of them: the others are passed over. */
  readonly isPinned?: true;
  /** Why nobody can be asked. */
  readonly problem?: Sentence;
}

export const sizeOf = (request: TakeRequest, mode: RunMode): WorkSize => {
  // What goes on from a clip is joined with it, so it has its size, which was a draft's already.
  const shrink = mode === 'draft' && !request.continues ? 0.25 : 1;
  const { seconds, fps } = request.motion ?? { seconds: 0, fps: 24 };
  return {
    megapixels: request.megapixels * shrink,
    seconds,
    fps,
    width: Math.round(request.aspect.width * Math.sqrt(shrink)),
    height: Math.round(request.aspect.height * Math.sqrt(shrink)),
    // The last frame is sent, and paid for, as they are.
    references: request.references.length + (request.lastFrame ? 1 : 0),
    ...(request.sound ? { sound: true } : {}),
  };
};

/** What the request itself demands, whatever the row says. */
export function needsOf(request: TakeRequest): Capability[] {
  const needs: Capability[] = [];
  if (request.seed.locked) needs.push('seed');
  if (request.references.length) needs.push('references');
  if (request.work === 'image to video') needs.push('firstFrame');
  if (request.lastFrame) needs.push('lastFrame');
  return needs;
}

/** The same of a wider picture, with one reference more: what costs no more then goes by none of it. */
const largerThan = (size: WorkSize): WorkSize => ({
  ...size,
  width: size.width * 2,
  megapixels: size.megapixels * 2,
  references: (size.references ?? 0) + 1,
});

/**
 * `isGuess`: the request is of something that is not made yet; prices that go by its size may become higher. `sent`:
 * models that have a take of it already, or may have. What that costs is spent, and the local server has it whatever is
 * set up by now: neither money nor a key speaks against waiting for it.
 */
export function resolve(
  request: TakeRequest,
  mode: RunMode,
  table: RoutingTable,
  market: Market,
  isGuess = false,
  sent: readonly ModelRef[] = [],
): Resolution {
  const tier: RowTier = mode === 'draft' ? 'draft' : request.tier;
  const base = { table: { id: table.id, version: table.version }, tier };
  const { pinned } = request;
  const rowOfTable = rowOf(table, request.work, tier);
  const row = pinned ? rowOfPinned(pinned, request, tier, rowOfTable) : rowOfTable;
  if (!row || row.candidates.length === 0)
    return {
      ...base,
      considered: [],
      usable: [],
      problem: say('The table “{0}” has no candidates for {1}, {2}.', table.name, say(request.work), say(tier)),
    };
  const needs = [...new Set([...row.needs, ...needsOf(request)])];
  const size = sizeOf(request, mode);
  const costAt = (ref: ModelRef, at: WorkSize): Estimate => {
    const listed = estimate(ref, request.work, at, market.catalog, market.book);
    return listed.amount === undefined ? (quoted(ref, request, at, market) ?? listed) : listed;
  };
  const costOf = (ref: ModelRef): Estimate => {
    const cost = costAt(ref, size);
    if (!isGuess || cost.amount === undefined) return cost;
    return costAt(ref, largerThan(size)).amount === cost.amount ? cost : { ...cost, mayGrow: true };
  };
  const considered = withStandIn(
    row.candidates.map((ref) => {
      const isSent = sent.some((one) => sameModel(one, ref));
      return consider(ref, row, request, needs, size, costOf(ref), market, isSent);
    }),
  );
  const usable = considered.filter((candidate) => candidate.reasons.length === 0);
  if (pinned) {
    const [own] = considered as [Considered];
    const others = (rowOfTable?.candidates ?? []).filter((ref) => !sameModel(ref, pinned));
    const passedOver = others.map((ref): Considered => {
      const {
        onlyMoney: _,
        onlyUnpriced: __,
        ...other
      } = consider(ref, rowOfTable!, request, needs, size, costOf(ref), market);
      return { ...other, reasons: [say('the node is pinned to {0}', say(own.name)), ...other.reasons] };
    });
    const cannot = say(
      'This node is pinned to {0}, which cannot be asked: {1}.',
      say(own.name),
      listed(own.reasons, '; '),
    );
    return {
      ...base,
      row,
      isPinned: true,
      considered: [own, ...passedOver],
      usable,
      ...(usable.length ? {} : { problem: cannot }),
    };
  }
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

/**
 * The built-in engine draws sketches. Where a service before it is set up for this work, a sketch in its place would pass
 * for what was asked, and what comes after would be bought on top of it: it is made only where a person says so.
 */
function withStandIn(considered: readonly Considered[]): readonly Considered[] {
  const at = considered.findIndex((one) => sameModel(one, BUILT_IN));
  const meant = considered.slice(0, Math.max(0, at)).find(isMeant);
  if (!meant) return considered;
  const engine = considered[at]!;
  const reasons = [...engine.reasons, say('a sketch does not stand in for {0}', say(meant.name))];
  return considered.with(at, { ...engine, reasons, isStandIn: true });
}
/** Whether a service makes this, or would if it had the money and no trouble. */
const isMeant = ({ reasons, onlyMoney, onlyUnpriced, onlyTrouble }: Considered): boolean =>
  reasons.length === 0 || onlyMoney === true || onlyUnpriced === true || onlyTrouble === true;

/** Of a still that is not made yet it is known that there will be one. */
const picturesOf = ({ work, references, lastFrame, continues }: TakeRequest) => ({
  continues,
  still: startsFromPicture(work),
  lastFrame: lastFrame !== undefined,
  references: references.length > 0,
});

/** By what the service says; nothing where it was not asked, or does not say. */
function quoted(ref: ModelRef, request: TakeRequest, size: WorkSize, market: Market): Estimate | undefined {
  const found = market.catalog.find(ref);
  const endpoint = found && endpointFor(found.offer, request.work, picturesOf(request));
  if (!endpoint) return undefined;
  const quote = quoteFor(market.quotes ?? [], { provider: ref.provider, model: endpoint.modelId });
  if (!quote?.price) return undefined;
  const { work, aspect } = request;
  const isVideo = isVideoWork(work);
  const sent = isVideo ? size : pictureSize(aspect, size.megapixels);
  const { seconds, fields } = fitTo(request, size, found.model, { ...endpoint, extending: found.offer.extending });
  const amount = amountAt(quote.price, {
    work,
    width: sent.width,
    height: sent.height,
    ...(isVideo ? { seconds } : {}),
    ...(fields ? { fields } : {}),
  });
  if (amount === undefined) return undefined;
  // Some models take certain sizes only, and some charge more for sound: what it comes to is known when they have made it.
  const about = quote.price.unit === 'megapixel' || request.sound === true;
  return { amount, about, quotedAt: quote.at };
}

/** Its price and its speed were accepted with the pin; how many takes there may be stays for the table to say. */
const rowOfPinned = (pinned: ModelRef, { work }: TakeRequest, tier: RowTier, row: Row | undefined): Row => ({
  work,
  tier,
  candidates: [pinned],
  needs: [],
  fallbacks: 0,
  switchAfter: 1,
  cap: row?.cap ?? 1,
  why: '',
});

function consider(
  ref: ModelRef,
  row: Row,
  request: TakeRequest,
  needs: readonly Capability[],
  size: WorkSize,
  cost: Estimate,
  { catalog, ready, budgetLeft }: Market,
  isSent = false,
): Considered {
  const found = catalog.find(ref);
  const reasons: Sentence[] = [];
  if (!found)
    return { ...ref, name: ref.model, modelId: ref.model, estimate: cost, reasons: [say('not in the catalog')] };
  const { model, offer } = found;
  if (model.status === 'retired')
    reasons.push(model.statusDate ? say('retired since {0}', model.statusDate) : say('retired'));
  if (!model.work.includes(request.work)) reasons.push(say('cannot do {0}', say(request.work)));
  for (const need of needs) {
    const can = model.supports[need];
    if (can) continue;
    if (need === 'audio') reasons.push(can === false ? say('makes silent clips') : say('not known to make sound'));
    else if (can === false) reasons.push(say('cannot take: {0}', say(CAPABILITY_WORDS[need])));
    else reasons.push(say('not known to take: {0}', say(CAPABILITY_WORDS[need])));
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
  const mayPass = isSent || budgetLeft === undefined;
  const overBudget = !mayPass && cost.amount !== undefined && cost.amount > budgetLeft;
  const isUnpriced = !mayPass && cost.amount === undefined;
  if (isUnpriced) reasons.push(say('price unknown, and there is a budget to keep'));
  else if (overBudget) reasons.push(say('over budget ({0}, {1} left)', inDollars(cost.amount), inDollars(budgetLeft)));
  const service = ready.find(({ id }) => id === ref.provider);
  const endpoint = endpointFor(offer, request.work, picturesOf(request));
  const modelId = endpoint?.modelId ?? offer.modelId;
  const obstacle: Obstacle | undefined = service
    ? obstacleFor(service, modelId)
    : { lacks: 'adapter', reason: say('provider not set up') };
  // Without the local server, or its adapter, nobody could say what became of it.
  const isKept = isSent && service !== undefined;
  if (obstacle && !isKept) reasons.push(obstacle.reason);
  const isInTrouble = obstacle?.isTrouble === true && !isKept;
  // Who says its prices says none while it is in trouble: that speaks against no model of it.
  const isUntold = isInTrouble && service?.saysPrices === true && cost.amount === undefined;
  const untold = isUntold ? [row.maxPrice !== undefined, isUnpriced].filter(Boolean).length : 0;
  const missing = endpoint?.workflow && missingPlaceOf(endpoint.workflow);
  if (missing) reasons.push(missing);
  if (!endpoint)
    reasons.push(
      offer.needsOwnWorkflow
        ? say('made there with a workflow of your own only')
        : say('nobody has written down how it is asked for this'),
    );
  return {
    ...ref,
    ...(service?.version === undefined
      ? {}
      : {
          version: service.version,
          fit: fitTo(request, size, model, { ...(endpoint ?? offer), extending: offer.extending }),
        }),
    name: model.name,
    modelId,
    estimate: cost,
    ...(model.seconds === undefined ? {} : { seconds: model.seconds }),
    reasons,
    ...(obstacle && !isKept ? { obstacle } : {}),
    ...(overBudget && reasons.length === 1 ? { onlyMoney: true } : {}),
    ...(isUnpriced && reasons.length === 1 ? { onlyUnpriced: true } : {}),
    ...(isInTrouble && reasons.length - untold === 1 ? { onlyTrouble: true } : {}),
  };
}

/** Why `answered` and not the first of the row. `failed`: those that were asked for the same take before, in vain. */
export function whyThis(
  { considered, isPinned }: Resolution,
  answered: ModelRef,
  failed: ReadonlyMap<Considered, Said> = new Map(),
): Sentence {
  const first = considered[0];
  if (isPinned) return say('the node is pinned to it');
  if (!first || sameModel(first, answered)) return say('first choice of the row');
  const at = considered.findIndex((candidate) => sameModel(candidate, answered));
  const passed = considered.slice(0, at).flatMap((candidate) => {
    const reason = failed.get(candidate) ?? candidate.reasons[0];
    return reason ? [say('{0}: {1}', candidate.name, said(reason))] : [];
  });
  return passed.length ? listed(passed, '; ') : say('the candidates before it were asked already');
}
