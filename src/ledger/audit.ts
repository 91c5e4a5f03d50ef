/** What an accepted deliverable really cost: generation, refinement, waiting and reviewing, over what was accepted. */
import type { GraphId, NodeId } from '../core/ids.ts';
import { FREE, scaled, sumOf, type Micros } from '../core/money.ts';
import { inWords, say, type Sentence } from '../core/say.ts';
import { sameModel, type TakeRecord, type Tier, type WorkKind } from '../core/take.ts';

/** One run of a refinement node on this machine. */
export interface Refinement {
  readonly at: number;
  readonly graphId: GraphId;
  readonly node: NodeId;
  /** The generation nodes it finishes the work of. */
  readonly sources: readonly NodeId[];
  readonly ms: number;
}
/** What time is worth. */
export interface Rates {
  readonly machinePerHour: Micros;
  readonly personPerHour: Micros;
}
export const DIMENSIONS = ['month', 'tier', 'kind', 'model', 'provider', 'graph', 'table'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export interface Components {
  readonly generation: Micros;
  readonly refinement: Micros;
  readonly waiting: Micros;
  readonly reviewing: Micros;
}
export interface AuditRow extends Components {
  readonly key: string;
  readonly takes: number;
  readonly failed: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Takes answered by another model than the one asked. */
  readonly fallbacks: number;
  /** Takes whose price nobody knows; what they cost is missing from `spent`. */
  readonly unpriced: number;
  readonly spent: Micros;
  /** Of the takes that were judged; `undefined` when none was. */
  readonly acceptance: number | undefined;
  /** Takes made for each one accepted. */
  readonly multiplier: number | undefined;
  /** `undefined` while nothing was accepted, whatever was spent. */
  readonly perAccepted: (Components & { readonly total: Micros }) | undefined;
}

const HOUR = 3_600_000;
export const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);

/** The generation takes of one refinement: the newest take of each source node made before it. Its cost is shared among them. */
function sharesOf(
  refinement: Refinement,
  takesOf: (graph: GraphId, node: NodeId) => readonly TakeRecord[],
  rates: Rates,
): readonly (readonly [TakeRecord, Micros])[] {
  const owners = refinement.sources.flatMap(
    (source) => takesOf(refinement.graphId, source).findLast((take) => take.at <= refinement.at) ?? [],
  );
  const cost = scaled(rates.machinePerHour, Math.max(0, refinement.ms), HOUR);
  const each = Math.floor(cost / Math.max(1, owners.length)) as Micros;
  // What does not divide goes to the first, so that the sum stays exact.
  return owners.map((take, i) => [take, (i === 0 ? cost - each * (owners.length - 1) : each) as Micros]);
}

function refinementCosts(
  takes: readonly TakeRecord[],
  refinements: readonly Refinement[],
  rates: Rates,
): (take: TakeRecord) => Micros {
  const costs = new Map<TakeRecord, Micros>();
  const made = new Map<string, TakeRecord[]>();
  for (const take of takes.filter(({ artifact }) => artifact).toSorted((a, b) => a.at - b.at)) {
    const key = `${take.graphId} ${take.node}`;
    const list = made.get(key);
    if (list) list.push(take);
    else made.set(key, [take]);
  }
  const takesOf = (graph: GraphId, node: NodeId) => made.get(`${graph} ${node}`) ?? [];
  for (const refinement of refinements)
    for (const [take, cost] of sharesOf(refinement, takesOf, rates))
      costs.set(take, sumOf([costs.get(take) ?? FREE, cost]));
  return (take) => costs.get(take) ?? FREE;
}

function keyFor(take: TakeRecord, dimension: Dimension, titleOf: (graph: GraphId) => string): string {
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
      return titleOf(take.graphId);
    case 'table':
      return `${take.table.id} ${take.table.version}`;
    default:
      return dimension satisfies never;
  }
}

export function audit(
  takes: readonly TakeRecord[],
  refinements: readonly Refinement[],
  rates: Rates,
  dimension: Dimension,
  titleOf: (graph: GraphId) => string = String,
): AuditRow[] {
  const refinementOf = refinementCosts(takes, refinements, rates);
  const groups = new Map<string, TakeRecord[]>();
  for (const take of takes) {
    const key = keyFor(take, dimension, titleOf);
    const group = groups.get(key);
    if (group) group.push(take);
    else groups.set(key, [take]);
  }
  return [...groups]
    .map(([key, group]) => auditRow(key, group, rates, refinementOf))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** All of it as one row. */
export function auditTotal(takes: readonly TakeRecord[], refinements: readonly Refinement[], rates: Rates): AuditRow {
  const refinementOf = refinementCosts(takes, refinements, rates);
  return auditRow('total', takes, rates, refinementOf);
}

function auditRow(
  key: string,
  takes: readonly TakeRecord[],
  rates: Rates,
  refinementOf: (take: TakeRecord) => Micros,
): AuditRow {
  const cost = (ms: number) => scaled(rates.personPerHour, Math.max(0, ms), HOUR);
  const parts: Components = {
    generation: sumOf(takes.map((take) => take.charged ?? FREE)),
    refinement: sumOf(takes.map(refinementOf)),
    waiting: sumOf(takes.map((take) => cost(take.queuedMs + take.workedMs))),
    reviewing: sumOf(takes.map((take) => cost(take.verdict.reviewMs))),
  };
  const accepted = takes.filter((take) => take.verdict.state === 'accepted').length;
  const rejected = takes.filter((take) => take.verdict.state === 'rejected').length;
  const spent = sumOf(Object.values(parts));
  const each = (amount: Micros) => Math.round(amount / accepted) as Micros;
  return {
    key,
    takes: takes.length,
    failed: takes.filter((take) => take.failure).length,
    accepted,
    rejected,
    fallbacks: takes.filter((take) => !sameModel(take.asked, take.answered)).length,
    unpriced: takes.filter((take) => take.charged === null).length,
    ...parts,
    spent,
    acceptance: accepted + rejected ? accepted / (accepted + rejected) : undefined,
    multiplier: accepted ? takes.length / accepted : undefined,
    perAccepted: accepted
      ? {
          generation: each(parts.generation),
          refinement: each(parts.refinement),
          waiting: each(parts.waiting),
          reviewing: each(parts.reviewing),
          total: each(spent),
        }
      : undefined,
  };
}

export type WhatIf =
  | { readonly known: true; readonly accepted: number; readonly was: Micros; readonly wouldBe: Micros }
  | { readonly known: false; readonly reason: Sentence };
/** The accepted takes of this kind at one tier, had they been made at another, at the rates seen there. */
export function whatIf(
  takes: readonly TakeRecord[],
  refinements: readonly Refinement[],
  rates: Rates,
  work: WorkKind,
  from: Tier | 'draft',
  to: Tier | 'draft',
): WhatIf {
  const of = (tier: Tier | 'draft') =>
    auditTotal(
      takes.filter((take) => take.work === work && take.tier === tier),
      refinements,
      rates,
    );
  const [a, b] = [of(from), of(to)];
  if (!a.accepted)
    return { known: false, reason: say('No {0} was accepted at {1}, so there is nothing to move.', say(work), from) };
  if (!b.perAccepted)
    return { known: false, reason: say('No {0} was accepted at {1} yet, so its rate is not known.', say(work), to) };
  return { known: true, accepted: a.accepted, was: a.spent, wouldBe: (b.perAccepted.total * a.accepted) as Micros };
}

/** One line a take, amounts in dollars with six digits; text is quoted, and nothing can be read as a formula. */
export function toCsv(takes: readonly TakeRecord[]): string {
  const money = (amount: Micros | null) => (amount === null ? '' : (amount / 1e6).toFixed(6));
  const quoted = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const head =
    'at,graph,node,work,tier,mode,table,provider asked,model asked,provider,model,seed,queued s,worked s,estimated $,charged $,verdict,by,reason,review s,failure';
  const lines = takes.map((take) =>
    [
      new Date(take.at).toISOString(),
      quoted(take.graphId),
      quoted(take.node),
      quoted(take.work),
      take.tier,
      take.mode,
      quoted(`${take.table.id} ${take.table.version}`),
      quoted(take.asked.provider),
      quoted(take.asked.model),
      quoted(take.answered.provider),
      quoted(take.answered.model),
      take.seed,
      (take.queuedMs / 1000).toFixed(3),
      (take.workedMs / 1000).toFixed(3),
      money(take.estimated),
      money(take.charged),
      take.verdict.state,
      take.verdict.by,
      quoted(take.verdict.reason ?? ''),
      (take.verdict.reviewMs / 1000).toFixed(1),
      quoted(take.failure ? inWords(take.failure.message) : ''),
    ].join(','),
  );
  // The byte order mark tells spreadsheets that it is UTF-8.
  return `\uFEFF${[head, ...lines].join('\n')}\n`;
}
