/** What a run will cost, before it does: a range for each node and in total, honest about what is not known. */
import type { NodeId } from '../core/ids.ts';
import { FREE, inDollars, scaled, type Micros } from '../core/money.ts';
import { say, type Sentence } from '../core/say.ts';
import type { ModelRef, TakeRecord, WorkKind } from '../core/take.ts';
import type { Plan } from '../engine/plan.ts';
import { madeTakes, stepOf } from '../routing/attempts.ts';
import type { Errand } from '../routing/errand.ts';
import type { Considered } from '../routing/resolve.ts';
import { acceptanceRate, type Rate } from './acceptance-rate.ts';

/** `=` exact, `≈` the list depends on cases, `≥` some of it has no known price, `?` nothing is known. */
export type Certainty = '=' | '≈' | '≥' | '?';
export interface CostRange {
  readonly low: Micros;
  readonly high: Micros;
  readonly certainty: Certainty;
}
export interface NodeForecast extends CostRange {
  readonly errand: Errand;
  /** Who would be asked; missing when nobody can be. */
  readonly candidate?: Considered;
  /** Takes this run may make. */
  readonly takes: readonly [number, number];
  readonly rate?: Rate;
  /** Generation cost of one accepted take, at the acceptance rate learned so far. */
  readonly perAccepted?: { readonly expected: Micros; readonly low: Micros; readonly high: Micros };
}
export interface Forecast extends CostRange {
  readonly nodes: Readonly<Record<NodeId, NodeForecast>>;
  readonly takes: readonly [number, number];
}

export function forecast(plan: Plan<Errand>, takes: readonly TakeRecord[]): Forecast {
  const nodes: Record<NodeId, NodeForecast> = {};
  const rateOf = ratesOver(takes);
  for (const id of Object.keys(plan.dispatched) as NodeId[])
    nodes[id] = forecastNode(plan.dispatched[id]!.errand, plan.nodes[id]?.state, rateOf);
  const all = Object.values(nodes);
  const total = (pick: (node: NodeForecast) => number) => all.reduce((sum, node) => sum + pick(node), 0);
  const certainty = all.some((node) => node.certainty === '?' || node.certainty === '≥')
    ? all.every((node) => node.certainty === '?')
      ? '?'
      : '≥'
    : all.some((node) => node.certainty === '≈')
      ? '≈'
      : '=';
  return {
    nodes,
    low: total((node) => node.low) as Micros,
    high: total((node) => node.high) as Micros,
    certainty,
    takes: [total((node) => node.takes[0]), total((node) => node.takes[1])],
  };
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

function forecastNode(errand: Errand, state: string | undefined, rateOf: RateOf): NodeForecast {
  const candidate = stepOf(errand.number, errand.request.seed, errand.resolution)?.candidate;
  const rate = candidate && rateOf(candidate, errand.request.work);
  const one = candidate?.estimate.amount;
  const perAccepted =
    one !== undefined && rate
      ? {
          perAccepted: {
            expected: scaled(one, rate.takes.expected),
            low: scaled(one, rate.takes.low),
            high: scaled(one, rate.takes.high),
          },
        }
      : {};
  const base = { errand, ...(candidate ? { candidate } : {}), ...(rate ? { rate } : {}), ...perAccepted };
  const idle = state !== 'will run' && state !== 'may run';
  const left = Math.max(0, errand.cap - madeTakes(errand.taken));
  if (idle || !candidate || left === 0) return { ...base, low: FREE, high: FREE, certainty: '=', takes: [0, 0] };
  // Only criteria make a run go on by itself.
  const most = errand.request.acceptance?.criteria.length ? left : 1;
  const least = state === 'may run' ? 0 : 1;
  if (one === undefined) return { ...base, low: FREE, high: FREE, certainty: '?', takes: [least, most] };
  return {
    ...base,
    low: scaled(one, least),
    high: scaled(one, most),
    certainty: candidate.estimate.about ? '≈' : '=',
    takes: [least, most],
  };
}

/** "$0.00", "≈ $0.10", "$0.05 to $0.30", "≥ $0.10", "unknown". */
export function inWords({ low, high, certainty }: CostRange): Sentence {
  if (certainty === '?') return say('unknown');
  const range =
    low === high || certainty === '≥' ? say('{0}', inDollars(low)) : say('{0} to {1}', inDollars(low), inDollars(high));
  return certainty === '=' ? range : say('{0} {1}', certainty, range);
}
