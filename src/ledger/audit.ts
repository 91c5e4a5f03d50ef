/** What an accepted deliverable really cost: generation, refinement, waiting and reviewing, over what was accepted. */
import { grouped } from '../core/grouped.ts';
import { FREE, scaled, sumOf, type Micros } from '../core/money.ts';
import { say, type Sentence } from '../core/say.ts';
import { sameModel, type TakeRecord, type Tier, type WorkKind } from '../core/take.ts';
import { PARTS, split } from './amounts.ts';
import { fullCostOf, type Components, type CostedTake } from './costs.ts';
import { fateOf, isChargeSure } from './receipt.ts';

export const DIMENSIONS = ['month', 'tier', 'kind', 'model', 'provider', 'graph', 'table'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export interface AuditRow extends Components {
  readonly key: string;
  readonly takes: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly accepted: number;
  /** Accepted, and no step of another. */
  readonly deliverables: number;
  readonly rejected: number;
  /** Takes answered by another model than the one asked. */
  readonly fallbacks: number;
  /** Takes whose price nobody knows; what they cost is missing from `generation`. */
  readonly unpriced: number;
  /** Of what was paid: what was booked for takes that made nothing, and that nobody has said is charged. */
  readonly uncertain: Micros;
  /** What was paid (`generation`), and what the work of machines and the time of people is worth. */
  readonly fullCost: Micros;
  /** Of the takes that were judged; `undefined` when none was. */
  readonly acceptance: number | undefined;
  /** Takes made for each one accepted. */
  readonly multiplier: number | undefined;
  /** `undefined` while nothing was accepted, whatever was spent. */
  readonly perAccepted: (Components & { readonly total: Micros }) | undefined;
}

export const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);

export function keyFor(take: TakeRecord, dimension: Dimension): string {
  switch (dimension) {
    case 'month':
      return monthOf(take.at);
    case 'tier':
      return take.tier;
    case 'kind':
      return take.work;
    case 'model':
      return take.answered.model;
    case 'provider':
      return take.answered.provider;
    case 'graph':
      return take.graphId;
    case 'table':
      return `${take.table.id} ${take.table.version}`;
    default:
      return dimension satisfies never;
  }
}

/**
 * One row for each value of a dimension. Every take is in exactly one, so the rows add up to the total. `among`: all
 * there are, where these are a part: what is a step of what does not hang on it.
 */
export function audit(costs: readonly CostedTake[], dimension: Dimension, among = costs): AuditRow[] {
  const none = noDeliverables(takesOf(among));
  const groups = grouped(costs, ({ take }) => keyFor(take, dimension));
  return [...groups].map(([key, group]) => auditRow(key, group, none)).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** All of it as one row. */
export function auditTotal(costs: readonly CostedTake[], among = costs): AuditRow {
  return auditRow('total', costs, noDeliverables(takesOf(among)));
}

/**
 * Accepted takes that are no deliverable of their own. A step: nothing delivers it, and it went into another that is
 * accepted, as a still goes into its clip; takes from before this was written down are each a deliverable. Replaced: a
 * later take of the same deliverable is accepted too, as criteria do when a seed has moved.
 */
export function noDeliverables(takes: readonly TakeRecord[]): ReadonlyMap<TakeRecord, 'step' | 'replaced'> {
  const accepted = takes.filter(({ verdict }) => verdict.state === 'accepted');
  const places = new Set(accepted.map(({ graphId, node }) => `${graphId} ${node}`));
  const isStep = ({ graphId, leadsTo }: TakeRecord) =>
    leadsTo !== undefined && !leadsTo.delivery && leadsTo.takes.some((node) => places.has(`${graphId} ${node}`));
  const newest = new Map<string, TakeRecord>();
  const deliverableOf = ({ graphId, node, slot }: TakeRecord) => `${graphId} ${node} ${slot}`;
  for (const take of accepted) {
    const before = newest.get(deliverableOf(take));
    if (!before || take.at >= before.at) newest.set(deliverableOf(take), take);
  }
  return new Map(
    accepted.flatMap((take): [TakeRecord, 'step' | 'replaced'][] => {
      if (newest.get(deliverableOf(take)) !== take) return [[take, 'replaced']];
      return isStep(take) ? [[take, 'step']] : [];
    }),
  );
}

const takesOf = (costs: readonly CostedTake[]): readonly TakeRecord[] => costs.map(({ take }) => take);

/** What was accepted and is a deliverable, with its picture; in the order given. */
export function acceptedDeliverables(takes: readonly TakeRecord[]): readonly MadeTake[] {
  const none = noDeliverables(takes);
  return takes.filter(
    (take): take is MadeTake => take.verdict.state === 'accepted' && take.artifact !== undefined && !none.has(take),
  );
}
/** A take whose picture or clip was made. */
export type MadeTake = TakeRecord & Required<Pick<TakeRecord, 'artifact'>>;

function auditRow(key: string, costs: readonly CostedTake[], none: ReturnType<typeof noDeliverables>): AuditRow {
  const takes = takesOf(costs);
  const sum = (part: keyof Components) => sumOf(costs.map(({ cost }) => cost[part]));
  const parts: Components = {
    generation: sum('generation'),
    refinement: sum('refinement'),
    waiting: sum('waiting'),
    reviewing: sum('reviewing'),
  };
  const accepted = takes.filter((take) => take.verdict.state === 'accepted');
  const rejected = takes.filter((take) => take.verdict.state === 'rejected').length;
  const deliverables = accepted.filter((take) => !none.has(take)).length;
  const fates = takes.map((take) => fateOf(take, []));
  const judged = accepted.length + rejected;
  return {
    key,
    takes: takes.length,
    failed: fates.filter((fate) => fate === 'failed').length,
    cancelled: fates.filter((fate) => fate === 'cancelled').length,
    accepted: accepted.length,
    deliverables,
    rejected,
    fallbacks: takes.filter((take) => !sameModel(take.asked, take.answered)).length,
    unpriced: takes.filter((take) => take.charged === null && take.state !== 'pending').length,
    ...parts,
    uncertain: sumOf(takes.map((take) => (isChargeSure(take) ? FREE : (take.charged ?? FREE)))),
    fullCost: fullCostOf(parts),
    acceptance: judged ? accepted.length / judged : undefined,
    multiplier: accepted.length ? takes.length / accepted.length : undefined,
    perAccepted: deliverables ? sharedAmong(deliverables, parts) : undefined,
  };
}

/** What each of so many came to. Its parts add up to its total, to the millionth. */
function sharedAmong(deliverables: number, parts: Components): NonNullable<AuditRow['perAccepted']> {
  const total = Math.round(fullCostOf(parts) / deliverables) as Micros;
  const amounts = PARTS.map((part) => parts[part] / deliverables);
  const [generation, refinement, waiting, reviewing] = split(amounts, total, 1) as Micros[];
  return { generation: generation!, refinement: refinement!, waiting: waiting!, reviewing: reviewing!, total };
}

export type WhatIfAnswer =
  | { readonly known: true; readonly accepted: number; readonly was: Micros; readonly wouldBe: Micros }
  | { readonly known: false; readonly reason: Sentence };
/** What was accepted of this kind at one tier, had it been made at another, at the rates seen there. */
export function whatIf(
  costs: readonly CostedTake[],
  work: WorkKind,
  from: Tier | 'draft',
  to: Tier | 'draft',
  among = costs,
): WhatIfAnswer {
  const of = (tier: Tier | 'draft') =>
    auditTotal(
      costs.filter(({ take }) => take.work === work && take.tier === tier),
      among,
    );
  const [a, b] = [of(from), of(to)];
  if (!a.deliverables)
    return {
      known: false,
      reason: say('No {0} was accepted at {1}, so there is nothing to move.', say(work), say(from)),
    };
  if (!b.perAccepted)
    return {
      known: false,
      reason: say('No {0} was accepted at {1} yet, so its rate is not known.', say(work), say(to)),
    };
  return {
    known: true,
    accepted: a.deliverables,
    was: a.fullCost,
    wouldBe: scaled(b.fullCost, a.deliverables, b.deliverables),
  };
}
