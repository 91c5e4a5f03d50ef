/**
 * What every take cost: the price it was charged, the refinement of its picture, the waiting for it and the deciding
 * about it. Attributed once over all takes there are; whoever asks about some of them adds up.
 */
import { grouped } from '../core/grouped.ts';
import type { ArtifactHash, GraphId, NodeId } from '../core/ids.ts';
import { FREE, scaled, sumOf, type Micros } from '../core/money.ts';
import type { TakeRecord } from '../core/take.ts';

/** One run of a refinement node on this machine. */
export interface Refinement {
  readonly at: number;
  readonly graphId: GraphId;
  readonly node: NodeId;
  /** The generation nodes it finishes the work of. */
  readonly sources: readonly NodeId[];
  /** What those had made: the pictures it refined. Missing where that was not written down yet. */
  readonly of?: readonly ArtifactHash[];
  readonly ms: number;
}
/** What time is worth. */
export interface Rates {
  readonly machinePerHour: Micros;
  readonly personPerHour: Micros;
}
export interface Components {
  /** What services charged: the only part that is on anybody's bill. The others are what time is worth. */
  readonly generation: Micros;
  readonly refinement: Micros;
  readonly waiting: Micros;
  readonly reviewing: Micros;
}
export interface CostedTake {
  readonly take: TakeRecord;
  readonly cost: Components;
}

const HOUR = 3_600_000;
/** What was paid, with what machines and people are worth. */
export const fullCostOf = ({ generation, refinement, waiting, reviewing }: Components): Micros =>
  sumOf([generation, refinement, waiting, reviewing]);

/**
 * All takes with what they cost, in their order. `takes` must be all there are: a part of them changes who owns what.
 */
export function costed(
  takes: readonly TakeRecord[],
  refinements: readonly Refinement[],
  rates: Rates,
): readonly CostedTake[] {
  const refinementOf = refinementCosts(takes, refinements, rates);
  const waitingOf = waitingCosts(takes, rates);
  return takes.map((take) => ({
    take,
    cost: {
      generation: take.charged ?? FREE,
      refinement: refinementOf.get(take) ?? FREE,
      waiting: waitingOf.get(take) ?? FREE,
      reviewing: scaled(rates.personPerHour, Math.max(0, take.verdict.reviewMs), HOUR),
    },
  }));
}

/** Equal shares; what does not divide goes to the first, so that the sum stays exact. */
function shares(amount: Micros, among: number): readonly Micros[] {
  const each = Math.floor(amount / among);
  return Array.from({ length: among }, (_, at) => (at === 0 ? amount - each * (among - 1) : each) as Micros);
}

function add(costs: Map<TakeRecord, Micros>, owners: readonly TakeRecord[], amount: Micros): void {
  if (owners.length === 0) return;
  const parts = shares(amount, owners.length);
  owners.forEach((take, at) => costs.set(take, sumOf([costs.get(take) ?? FREE, parts[at]!])));
}

/**
 * A refinement belongs to the takes whose pictures it refined: of its own sources if they made them, else of whoever did,
 * as in a copy of a graph. Where nobody knows which those were, to the newest of each source that was there by then.
 */
function refinementCosts(
  takes: readonly TakeRecord[],
  refinements: readonly Refinement[],
  rates: Rates,
): ReadonlyMap<TakeRecord, Micros> {
  const costs = new Map<TakeRecord, Micros>();
  const made = takes.filter(({ artifact }) => artifact).toSorted((a, b) => a.at - b.at);
  const byNode = grouped(made, ({ graphId, node }) => `${graphId} ${node}`);
  const byPicture = grouped(made, ({ artifact }) => artifact!.hash);
  const place = new Map(made.map((take, at) => [take, at]));
  for (const { at, graphId, sources, of = [], ms } of refinements) {
    const newest = (some: readonly TakeRecord[] = []) => some.findLast((take) => take.at <= at);
    const refined = of.flatMap((hash) => byPicture.get(hash) ?? []).sort((a, b) => place.get(a)! - place.get(b)!);
    const own = sources.flatMap(
      (source) => newest(refined.filter((take) => take.graphId === graphId && take.node === source)) ?? [],
    );
    const others = newest(refined) ?? refined.at(-1);
    const byTime = sources.flatMap((source) => newest(byNode.get(`${graphId} ${source}`)) ?? []);
    const owners = own.length > 0 ? own : others ? [others] : byTime;
    add(costs, owners, scaled(rates.machinePerHour, Math.max(0, ms), HOUR));
  }
  return costs;
}

/**
 * A person waits for a run once, however many takes are made in it at the same time or one after another: what is
 * counted is the time in which at least one of them was waited for, and each moment is shared by those it was waited
 * for. A take is waited for from when its node was ready until the service had answered.
 */
function waitingCosts(takes: readonly TakeRecord[], rates: Rates): ReadonlyMap<TakeRecord, Micros> {
  const costs = new Map<TakeRecord, Micros>();
  const byRun = grouped(takes, ({ graphId, runId }) => `${graphId} ${runId}`);
  for (const ofRun of byRun.values()) {
    const spans = ofRun
      .map((take) => ({ take, from: take.at - Math.max(0, take.queuedMs), to: take.at + Math.max(0, take.workedMs) }))
      .filter(({ from, to }) => to > from)
      .sort((a, b) => a.from - b.from);
    const moments = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
    let next = 0;
    let now: typeof spans = [];
    let waited = 0;
    let charged = FREE;
    for (const [index, moment] of moments.entries()) {
      now = now.filter(({ to }) => to > moment);
      while (spans[next] && spans[next]!.from <= moment) now.push(spans[next++]!);
      if (now.length === 0) continue;
      waited += moments[index + 1]! - moment;
      // Of the whole so far, so that many short moments are not rounded up one by one.
      const soFar = scaled(rates.personPerHour, waited, HOUR);
      const owners = now.map(({ take }) => take);
      add(costs, owners, (soFar - charged) as Micros);
      charged = soFar;
    }
  }
  return costs;
}
