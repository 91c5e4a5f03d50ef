/** Everything a thread needs to make takes for one node: the request, the route, and what was tried before. */
import type { GraphNode, ShownTake } from '../graph/graph.ts';
import type { ArtifactHash, GraphId, NodeId, RunId, TakeId } from '../core/ids.ts';
import type { Micros } from '../core/money.ts';
import type { ModelRef, RunMode, TakeRecord, TakeRequest } from '../core/take.ts';
import type { SeedValue } from '../core/values.ts';
import type { Dispatch } from '../engine/dispatch.ts';
import { hashOf, keyedParams, type KeyParts } from '../engine/key.ts';
import { firstNumber, nextAttempt, stepOf, type Attempt } from './attempts.ts';
import { resolve, type Market, type Resolution } from './resolve.ts';
import type { RoutingTable } from './routing-table.ts';

export interface TakePlan {
  readonly origin: { readonly graphId: GraphId; readonly node: NodeId; readonly runId: RunId };
  /** The socket its artifact leaves by. */
  readonly output: string;
  readonly slot: string;
  /** The attempt to begin with: the first that is not rejected. */
  readonly number: number;
  /** Most takes for this slot, over time. */
  readonly cap: number;
  readonly request: TakeRequest;
  /** It is of something that is not made yet: more may be asked than it says. */
  readonly isGuess?: boolean;
  readonly mode: RunMode;
  readonly resolution: Resolution;
  /** Earlier takes of this slot, oldest first. */
  readonly taken: readonly TakeRecord[];
  /** Those of them whose picture is no longer stored. */
  readonly gone?: readonly TakeId[];
  /** The take that was chosen for this slot. */
  readonly pointer?: ShownTake;
  /** What may be spent, where there is a limit. */
  readonly budgetLeft?: Micros;
  /** What all takes of a month may cost, where there is a limit. */
  readonly monthlyBudget?: Micros;
  /** Only a take that was sent already is waited for; nobody is asked for another. */
  readonly followsOnly?: true;
}

/** Where takes of this graph go: fixed for one plan or run. */
export interface RouteContext {
  readonly table: RoutingTable;
  readonly market: Market;
  readonly mode: RunMode;
  readonly graphId: GraphId;
  readonly runId: RunId;
  readonly nodes: Readonly<Record<NodeId, GraphNode>>;
  readonly monthlyBudget?: Micros | undefined;
  readonly followsOnly?: true;
  /** Each seed is a deliverable of its own, as in a table with a row for each. */
  readonly eachSeed?: boolean;
  /**
   * Each seed that is not locked is one too, as in a table whose rows count on. Takes that were made when such rows
   * were one deliverable stay where they are: those of a seed are its row's.
   */
  readonly eachMovingSeed?: boolean;
  /** Earlier takes of this node for this slot, oldest first. Two nodes that ask the same are two deliverables. */
  takesOf(node: NodeId, slot: string): readonly TakeRecord[];
  /** Whether the picture of a take can still be used. Where it is missing, every one can. */
  isStored?(take: TakeRecord): boolean;
}

/**
 * What the takes of one deliverable have in common: everything asked except the seed and the criteria. A model the node
 * is pinned to is asked for: what others made before is no take of it. `withSeed`: the seed too, where each is asked for
 * as a thing of its own.
 */
export function slotOf(
  type: string,
  mode: RunMode,
  params: KeyParts['params'],
  inputs: KeyParts['inputs'],
  { withSeed = false, pinned }: { readonly withSeed?: boolean; readonly pinned?: ModelRef | undefined } = {},
): string {
  const asked = Object.fromEntries(
    Object.entries(inputs).filter(
      ([, value]) => Array.isArray(value) || !['seed', 'acceptance'].includes((value as { kind: string }).kind),
    ),
  );
  const { seed } = inputs as { readonly seed?: SeedValue };
  return hashOf([type, mode, params, asked, ...(withSeed && seed ? [seed.seed] : []), ...(pinned ? [pinned] : [])]);
}

/** The deliverable a node works on, and its takes. `slotWith`: what it is called, with the seed in it or without. */
function deliverableOf(
  node: NodeId,
  seed: SeedValue,
  { eachSeed = false, eachMovingSeed = false, takesOf }: RouteContext,
  slotWith: (withSeed: boolean) => string,
): { readonly slot: string; readonly taken: readonly TakeRecord[] } {
  const withSeed = eachSeed || (eachMovingSeed && !seed.locked);
  const slot = slotWith(withSeed);
  const taken = takesOf(node, slot);
  if (eachSeed || !withSeed || taken.length > 0) return { slot, taken };
  const shared = slotWith(false);
  const before = takesOf(node, shared).filter(({ baseSeed }) => baseSeed === seed.seed);
  return before.length > 0 ? { slot: shared, taken: before } : { slot, taken };
}

/** The engine's question answered: by which route a generation node would be made, and whether it is made already. */
export function dispatcher(routeContext: RouteContext): Dispatch<TakePlan> {
  return (node, definition, { params, inputs, isGuess = false }) => {
    if (!definition.request) return undefined;
    const { pinned, take: asked } = routeContext.nodes[node] ?? {};
    const request = { ...definition.request({ inputs, params }), ...(pinned ? { pinned } : {}) };
    const { slot, taken } = deliverableOf(node, request.seed, routeContext, (withSeed) =>
      slotOf(definition.id, routeContext.mode, keyedParams(definition.params, params), inputs, { withSeed, pinned }),
    );
    const pointer = asked?.slot === slot ? asked : undefined;
    const { mode, table, market } = routeContext;
    const sent = taken.filter(({ state }) => state !== undefined).map(({ answered }) => answered);
    const resolution = resolve(request, mode, table, market, isGuess, sent);
    const cap = request.acceptance?.cap || resolution.row?.cap || 1;
    const { graphId, runId, monthlyBudget, followsOnly } = routeContext;
    const { budgetLeft } = routeContext.market;
    const output = Object.keys(definition.outputs)[0] ?? '';
    const standing = { request, resolution, cap, taken, pointer };
    const isStored = routeContext.isStored ?? (() => true);
    const first = firstNumber(standing);
    const next = nextAttempt(standing, first, isStored);
    const number = next.kind === 'stop' ? first : next.number;
    const takePlan: TakePlan = {
      output,
      origin: { graphId, node, runId },
      slot,
      number,
      cap,
      request,
      mode: routeContext.mode,
      resolution,
      taken,
      ...(pointer ? { pointer } : {}),
      ...(isGuess ? { isGuess } : {}),
      gone: taken.filter((take) => take.artifact && !isStored(take)).map(({ id }) => id),
      ...(budgetLeft === undefined ? {} : { budgetLeft }),
      ...(monthlyBudget === undefined ? {} : { monthlyBudget }),
      ...(followsOnly ? { followsOnly } : {}),
    };
    const isWaitedFor = resolution.usable[0]?.version !== undefined;
    return {
      ...(isWaitedFor ? { lane: 'network' as const } : {}),
      route: routeOf(takePlan, number),
      take: number,
      refused: refusedBy(taken),
      isJudged: (request.acceptance?.criteria.length ?? 0) > 0,
      takePlan,
      ...(next.kind === 'use' && next.take.artifact ? { found: { [output]: next.take.artifact } } : {}),
    };
  };
}

/** What a run would do next at a node. */
export const nextOf = (takePlan: TakePlan, number = takePlan.number): Attempt =>
  nextAttempt(takePlan, number, ({ id }) => !takePlan.gone?.includes(id));

/** The same work by another table, with the same money left. */
export function underTable(takePlan: TakePlan, table: RoutingTable, market: Market): TakePlan {
  const { request, mode, budgetLeft, isGuess } = takePlan;
  const limit = budgetLeft === undefined ? {} : { budgetLeft };
  const resolution = resolve(request, mode, table, { ...market, ...limit }, isGuess);
  return { ...takePlan, resolution, cap: request.acceptance?.cap || resolution.row?.cap || 1 };
}

/** In words and in the key: another maker gives another picture. */
export function routeOf({ request, resolution, mode }: TakePlan, number: number): string {
  const step = stepOf(number, request.seed, resolution);
  if (!step) return `${mode}: nobody`;
  const { provider, modelId, version } = step.candidate;
  return `${mode}: ${provider} ${modelId}${version === undefined ? '' : ` v${version}`}`;
}

/** Pictures a person rejected: no other key brings them back. */
export const refusedBy = (taken: readonly TakeRecord[]): ArtifactHash[] =>
  taken.flatMap(({ artifact, verdict }) =>
    artifact && verdict.state === 'rejected' && verdict.by === 'person' ? [artifact.hash] : [],
  );
