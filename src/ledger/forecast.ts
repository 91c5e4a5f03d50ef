/** What a run will cost, before it does: a range for each node and in total, honest about what is not known. */
import type { ArtifactHash, NodeId, TakeId } from '../core/ids.ts';
import { FREE, inDollars, scaled, type Micros } from '../core/money.ts';
import { say, type Sentence } from '../core/say.ts';
import type { ModelRef, TakeRecord, WorkKind } from '../core/take.ts';
import type { Plan } from '../engine/plan.ts';
import { madeTakes, stepOf, type AttemptStep, type WhyStopped } from '../routing/attempts.ts';
import type { Estimate } from '../routing/prices.ts';
import { nextOf, type TakePlan } from '../routing/take-plan.ts';
import type { Considered } from '../routing/resolve.ts';
import { acceptanceRate, type Rate } from './acceptance-rate.ts';

/** `=` exact, `≈` the list depends on cases, `≥` some of it has no known price or size, `?` nothing is known. */
export type Certainty = '=' | '≈' | '≥' | '?';
export interface CostRange {
  readonly low: Micros;
  readonly high: Micros;
  readonly certainty: Certainty;
}
export interface NodeForecast extends CostRange {
  readonly takePlan: TakePlan;
  /** Who would be asked; missing when nobody can be. */
  readonly candidate?: Considered;
  /** Behind a gate that waits: it is made by a run after the verdict, if at all. */
  readonly isLater?: boolean;
  /** Takes this run may make, or that later one. */
  readonly takes: readonly [number, number];
  /** It has to be made, and no take can be: all are used, or nobody can be asked. */
  readonly stopped?: WhyStopped;
  readonly rate?: Rate;
  /** Generation cost of one accepted take, at the acceptance rate learned so far. */
  readonly perAccepted?: { readonly expected: Micros; readonly low: Micros; readonly high: Micros };
}
interface Total extends CostRange {
  readonly takes: readonly [number, number];
}
export interface Forecast extends Total {
  readonly nodes: Readonly<Record<NodeId, NodeForecast>>;
  /** What comes after so many verdicts, where gates keep takes for later. */
  readonly after?: Total & { readonly verdicts: number };
}

export function forecast(plan: Plan<TakePlan>, takes: readonly TakeRecord[]): Forecast {
  const nodes: Record<NodeId, NodeForecast> = {};
  const rateOf = ratesOver(takes);
  for (const id of Object.keys(plan.dispatched) as NodeId[]) nodes[id] = forecastNode(plan, id, rateOf);
  const all = Object.values(nodes);
  const later = all.filter(({ isLater }) => isLater);
  return {
    nodes,
    ...totalOf(all.filter(({ isLater }) => !isLater)),
    ...(later.length ? { after: { ...totalOf(later), verdicts: plan.verdicts } } : {}),
  };
}

function totalOf(all: readonly NodeForecast[]): Total {
  const total = (pick: (node: NodeForecast) => number) => all.reduce((sum, node) => sum + pick(node), 0);
  const budget = Math.min(Infinity, ...all.map(({ takePlan }) => takePlan.budgetLeft ?? Infinity));
  const low = total((node) => node.low);
  const high = total((node) => node.high);
  const isEnough = high <= budget;
  return {
    low: (isEnough ? low : Math.min(low, leastOf(all, budget))) as Micros,
    high: Math.min(budget, high) as Micros,
    certainty: certaintyOfAll(all),
    takes: takesWithin(isEnough ? Infinity : budget, all),
  };
}

/** Takes there is money for. */
function takesWithin(budget: number, nodes: readonly NodeForecast[]): Forecast['takes'] {
  const total = (end: 0 | 1) => nodes.reduce((sum, { takes }) => sum + takes[end], 0);
  if (budget === Infinity) return [total(0), total(1)];
  const most = Math.floor(budget / Math.min(...pricesOf(nodes)));
  return [Math.min(1, total(0)), Math.min(total(1), most)];
}

const pricesOf = (nodes: readonly NodeForecast[]): number[] =>
  nodes.flatMap(({ takePlan }) => takePlan.resolution.usable.map(({ estimate }) => estimate.amount ?? 0));

/**
 * What is spent at least where the money may not last: a call is only refused when less is left than it costs, and
 * whoever comes first gets one.
 */
function leastOf(nodes: readonly NodeForecast[], budget: number): number {
  const firsts = nodes.filter(({ takes }) => takes[0] > 0).map(({ low }) => low as number);
  return Math.max(0, budget - Math.max(0, ...pricesOf(nodes)), firsts.length ? Math.min(...firsts) : 0);
}

function certaintyOfAll(nodes: readonly NodeForecast[]): Certainty {
  const has = (certainty: Certainty) => nodes.some((node) => node.certainty === certainty);
  if (has('?') || has('≥')) return nodes.every((node) => node.certainty === '?') ? '?' : '≥';
  return has('≈') ? '≈' : '=';
}

type RateOf = (ref: ModelRef, work: WorkKind) => Rate;

/** Many nodes ask the same model for the same work. */
function ratesOver(takes: readonly TakeRecord[]): RateOf {
  const known = new Map<string, Rate>();
  return (ref, work) => {
    const name = `${ref.provider} ${ref.model} ${work}`;
    const rate = known.get(name) ?? acceptanceRate(takes, ref, work);
    known.set(name, rate);
    return rate;
  };
}

/** Why a run would make no take at a node that has to be made; nothing where it would, or need not. */
export function stoppedAt({ nodes, dispatched }: Plan<TakePlan>, node: NodeId): NodeForecast['stopped'] {
  const takePlan = dispatched[node]?.takePlan;
  const state = nodes[node]?.state;
  if (!takePlan || (state !== 'will run' && state !== 'may run')) return undefined;
  const next = nextOf(takePlan);
  return next.kind === 'stop' ? next.because : undefined;
}

function forecastNode(plan: Plan<TakePlan>, id: NodeId, rateOf: RateOf): NodeForecast {
  const { takePlan } = plan.dispatched[id]!;
  const state = plan.nodes[id]?.state;
  const { request, resolution, budgetLeft = Infinity } = takePlan;
  const isLater = state === 'later';
  const isIdle = state !== 'will run' && state !== 'may run' && !isLater;
  const stopped = stoppedAt(plan, id);
  const candidate = stepOf(takePlan.number, request.seed, resolution)?.candidate;
  const rate = candidate && rateOf(candidate, request.work);
  const base = {
    takePlan,
    ...(candidate ? { candidate } : {}),
    ...(rate ? { rate } : {}),
    ...perAccepted(candidate?.estimate.amount, rate),
    ...(stopped ? { stopped } : {}),
    ...(isLater ? { isLater } : {}),
  };
  if (isIdle) return { ...base, low: FREE, high: FREE, certainty: '=', takes: [0, 0] };
  const ahead = outlookOf(takePlan);
  const isSure = state === 'will run' || isLater;
  return {
    ...base,
    low: (isSure ? ahead.low : FREE) as Micros,
    high: Math.min(ahead.high, budgetLeft) as Micros,
    certainty: certaintyOf(ahead),
    takes: [isSure ? ahead.takes[0] : 0, ahead.takes[1]],
  };
}

function perAccepted(one: Micros | undefined, rate: Rate | undefined): Pick<NodeForecast, 'perAccepted'> {
  if (one === undefined || !rate) return {};
  const { expected, low, high } = rate.takes;
  return { perAccepted: { expected: scaled(one, expected), low: scaled(one, low), high: scaled(one, high) } };
}

/** What a run may come to from one attempt on. */
interface Outlook {
  readonly low: number;
  readonly high: number;
  readonly takes: readonly [number, number];
  /** Somebody may be asked whose price is not known, or only about. */
  readonly isUnknown: boolean;
  readonly isAbout: boolean;
  /** The first who would be asked has a price. */
  readonly isPriced: boolean;
}
/** A take as its criteria would reject it: what there is then to go on from. */
function missed({ request, taken }: TakePlan, number: number, { candidate, seed }: AttemptStep): TakeRecord {
  const { provider, model } = candidate;
  const artifact = { kind: 'image', hash: '' as ArtifactHash, width: 0, height: 0 } as const;
  const verdict = { state: 'rejected', by: 'criteria', at: 0, reviewMs: 0 } as const;
  const id = `ahead ${taken.length}` as TakeId;
  const answered = { provider, model };
  return { id, number, request, answered, seed, baseSeed: request.seed.seed, artifact, verdict } as TakeRecord;
}

function certaintyOf({ isUnknown, isAbout, isPriced }: Outlook): Certainty {
  if (isUnknown) return isPriced ? '≥' : '?';
  return isAbout ? '≈' : '=';
}

const NOTHING: Outlook = { low: 0, high: 0, takes: [0, 0], isUnknown: false, isAbout: false, isPriced: true };

/** Nobody can say how much it comes to at most. */
const isOpen = ({ amount, mayGrow }: Estimate): boolean => amount === undefined || mayGrow === true;

/** Takes and fallbacks that are thought through one by one; of more, the dearest each time. */
const MOST_TAKES = 24;
const MOST_FALLBACKS = 2;

function outlookOf(takePlan: TakePlan): Outlook {
  const { request, resolution, cap, taken } = takePlan;
  const fallbacks = resolution.row?.fallbacks ?? 0;
  const left = cap - madeTakes(taken);
  const isShort = left <= MOST_TAKES && fallbacks <= MOST_FALLBACKS;
  if (isShort || !request.acceptance?.criteria.length) return outlook(takePlan, { number: takePlan.number, fallbacks });
  const first = nextOf(takePlan);
  if (first.kind === 'stop' || first.kind === 'use') return NOTHING;
  const prices = resolution.usable.map(({ estimate }) => estimate.amount);
  const isFree = first.kind === 'measure';
  return {
    low: isFree ? 0 : Math.min(...prices.map((price) => price ?? 0)),
    high: left * Math.max(...prices.map((price) => price ?? 0)),
    takes: [isFree ? 0 : 1, left],
    isUnknown: resolution.usable.some(({ estimate }) => isOpen(estimate)),
    isAbout: resolution.usable.some(({ estimate }) => estimate.about),
    isPriced: prices[0] !== undefined,
  };
}

/**
 * Every way a run can go from here: a take is accepted and the run ends, its criteria reject it and the next one is
 * taken, or the call fails and another candidate is asked. A run whose calls all fail costs less.
 */
function outlook(takePlan: TakePlan, { number, fallbacks }: { number: number; fallbacks: number }): Outlook {
  const { request, resolution, taken } = takePlan;
  const next = nextOf(takePlan, number);
  const goesOn = request.acceptance !== undefined && request.acceptance.criteria.length > 0;
  if (next.kind === 'stop' || next.kind === 'use') return NOTHING;
  if (next.kind === 'measure') {
    if (!goesOn) return NOTHING;
    const rest = outlook(takePlan, { number: next.number + 1, fallbacks });
    return { ...rest, low: 0, takes: [0, rest.takes[1]] };
  }
  const { candidate } = next.step;
  const price = candidate.estimate.amount ?? 0;
  const made: TakeRecord = missed(takePlan, next.number, next.step);
  const after = goesOn
    ? outlook({ ...takePlan, taken: [...taken, made] }, { number: next.number + 1, fallbacks })
    : NOTHING;
  const others = resolution.usable.filter((other) => other !== candidate);
  const instead =
    fallbacks > 0 && others.length > 0
      ? outlook(
          { ...takePlan, resolution: { ...resolution, usable: others } },
          { number: next.number, fallbacks: fallbacks - 1 },
        )
      : undefined;
  return {
    low: Math.min(price, instead && instead.takes[0] > 0 ? instead.low : price),
    high: Math.max(price + after.high, instead?.high ?? 0),
    takes: [1, Math.max(1 + after.takes[1], instead?.takes[1] ?? 0)],
    isUnknown: isOpen(candidate.estimate) || after.isUnknown || (instead?.isUnknown ?? false),
    isAbout: candidate.estimate.about || after.isAbout || (instead?.isAbout ?? false),
    isPriced: candidate.estimate.amount !== undefined,
  };
}
/** "$0.00", "≈ $0.10", "$0.05 to $0.30", "at most $0.30", "≥ $0.10", "unknown". */
export function costInWords({ low, high, certainty }: CostRange): Sentence {
  if (certainty === '?') return say('unknown');
  const marked = (range: Sentence) => (certainty === '=' ? range : say('{0} {1}', certainty, range));
  if (low === high || certainty === '≥') return marked(say('{0}', inDollars(low)));
  if (low === FREE) return say('at most {0}', marked(say('{0}', inDollars(high))));
  return marked(say('{0} to {1}', inDollars(low), inDollars(high)));
}

/** "$0.05, 1 take", "at most $0.15 (up to 2 takes)". */
export function costOfTakesInWords(total: CostRange & Pick<Forecast, 'takes'>): Sentence {
  const [least, most] = total.takes;
  const cost = costInWords(total);
  if (least === most) return say('{0}, {1} {1|take|takes}', cost, most);
  if (total.low === FREE || least === 0) return say('{0} (up to {1} {1|take|takes})', cost, most);
  return say('{0}, {1} to {2} {2|take|takes}', cost, least, most);
}
