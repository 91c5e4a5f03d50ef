/** Plans of a graph and of the rows of its batch, by what a session knows of takes, results and money. */
import type { ArtifactHash, CacheKey, GraphId, NodeId, RowId, RunId } from '../core/ids.ts';
import { FREE, type Micros } from '../core/money.ts';
import type { WholeRegistry } from '../core/node.ts';
import type { TakeRecord } from '../core/take.ts';
import type { Outputs } from '../core/values.ts';
import { foresee } from '../engine/foresee.ts';
import type { VerdictOf } from '../engine/gate.ts';
import type { KeyParts, Lookup } from '../engine/key.ts';
import { plan, type Plan, type RunOptions } from '../engine/plan.ts';
import { factsOf } from '../graph/batch-cells.ts';
import { batchOf } from '../graph/batch.ts';
import { asCell, graphOfRow, neededFromAbove, waitsForAbove, movesSeeds } from '../graph/batch-rows.ts';
import { registryWith } from '../graph/component.ts';
import { expanded, flatTargets, isHomeOf } from '../graph/flat-graph.ts';
import type { Graph } from '../graph/graph.ts';
import type { MoneySettings } from '../ledger/money-settings.ts';
import { budgetLeft } from '../ledger/budget-left.ts';
import { ALWAYS_READY, type Readiness } from '../routing/readiness.ts';
import { EMPTY_CATALOG, type Catalog } from '../routing/catalog.ts';
import type { Quote } from '../routing/quotes.ts';
import { resolve, type Considered } from '../routing/resolve.ts';
import type { RoutingTable } from '../routing/routing-table.ts';
import { NO_OVERRIDES } from '../routing/price-book.ts';
import { dispatcher, type RouteContext, type TakePlan } from '../routing/take-plan.ts';
import type { FoundResults } from './found-results.ts';
import { rowPlanner, type PlannedRow } from './row-plans.ts';
import { isShownUnder, type TakeCache } from './take-cache.ts';

export interface SessionRequest {
  readonly graphId: GraphId;
  readonly graph: Graph;
  readonly options: RunOptions;
  /** The table this graph uses, the user's prices and limits. */
  readonly table: RoutingTable;
  readonly settings: MoneySettings;
  /** The row of the graph's batch to run, in place of what the graph says itself. */
  readonly row?: RowId;
  /** What the nodes of the row above made. Without it that is looked up among the stored results. */
  readonly above?: ReadonlyMap<NodeId, Outputs>;
  /** Rows with the same name are one batch: together they stay below what one run may spend. */
  readonly batch?: string;
  /**
   * What counts as accepted though nobody has judged it, for a run that nobody watches: all, or artifacts by the
   * beginning of their hash. What was rejected stays so.
   */
  readonly accepts?: 'all' | readonly string[];
  /** Takes that were sent already are waited for; nobody is asked for another. */
  readonly followsOnly?: true;
}

/** What control nodes say, by key, kept between plans at most. */
const MOST_FORESEEN = 5000;
const NOT_RUN = '' as RunId;

export interface Planning {
  /** Hands over the catalog, which services can be asked, and what they say of prices, once and whenever they change. */
  equip(catalog: Catalog, ready?: readonly Readiness[], quotes?: readonly Quote[]): void;
  readonly catalog: Catalog;
  /** `before`: what each node was last made of. `spent`: what the month has used. */
  plan(
    request: SessionRequest,
    flat: Graph,
    before: ReadonlyMap<NodeId, KeyParts>,
    spent: Micros,
  ): Promise<Plan<TakePlan>>;
  /** The rows of a batch from the top, each with its plan: what one made is there for the one below. */
  rows(request: SessionRequest): Promise<AsyncGenerator<PlannedRow>>;
  /**
   * The graph that is asked for: its own or that of a row; nothing while the row above has not made what it goes on
   * from.
   */
  graphOf(request: SessionRequest): Promise<Graph | undefined>;
  /** What was decided about pictures of this graph. */
  verdicts(request: SessionRequest, flat: Graph): VerdictOf;
  /** Who made, or may have made, a take, as it is known today. */
  askedFor(take: TakeRecord): Considered | undefined;
  /** Where takes go. `budget`: what is left; `undefined` without a limit. */
  routes(request: SessionRequest, flat: Graph, runId: RunId, budget: Micros | undefined, lookup: Lookup): RouteContext;
}

interface Needs {
  readonly registry: WholeRegistry;
  readonly takeCache: TakeCache;
  readonly found: FoundResults;
  now(): number;
}

export const optionsFor = ({ options: { targets, ...options } }: SessionRequest, flat: Graph): RunOptions => ({
  ...options,
  ...(targets ? { targets: flatTargets(flat, targets) } : {}),
});

export function createPlanning({ registry, takeCache, found, now }: Needs): Planning {
  const never = new AbortController().signal;
  const foreseen = new Map<CacheKey, Outputs>();
  const rowPlans = rowPlanner();
  let catalog = EMPTY_CATALOG;
  let ready = ALWAYS_READY;
  let quotes: readonly Quote[] = [];
  /** Plans of rows hang on all three, and a number is compared sooner than a catalog. */
  let catalogVersion = 0;

  /** Whether the rows of a graph's table say each which seed it has. */
  function seedsDiffer(graph: Graph): boolean {
    const known = registryWith(registry, () => graph.components);
    return batchOf(graph).columns.some((column) => factsOf(graph, known, column)?.spec.kind === 'seed');
  }

  function routes(
    request: SessionRequest,
    flat: Graph,
    runId: RunId,
    budget: Micros | undefined,
    lookup: Lookup,
    takesOf: (slot: string) => readonly TakeRecord[] = (slot) => takeCache.takesOf(request.graphId, slot),
    isRow = request.row !== undefined,
  ): RouteContext {
    const limit = budget === undefined ? {} : { budgetLeft: budget };
    return {
      table: request.table,
      market: { catalog, book: request.settings.book, ready, quotes, ...limit },
      mode: request.options.mode,
      ...(request.followsOnly ? { followsOnly: true } : {}),
      monthlyBudget: request.settings.monthlyBudget,
      graphId: request.graphId,
      runId,
      nodes: flat.nodes,
      eachSeed: isRow && seedsDiffer(request.graph),
      eachMovingSeed:
        isRow &&
        movesSeeds(
          request.graph,
          registryWith(registry, () => request.graph.components),
        ),
      takesOf: (node, slot) => takesOf(slot).filter((take) => isHomeOf(flat, node, take.node)),
      isStored: (take) => isShownUnder(take, lookup(take.key)),
    };
  }

  function verdicts({ graphId, accepts }: SessionRequest, flat: Graph): VerdictOf {
    const isAcceptedUnseen = (artifact: ArtifactHash) =>
      accepts === 'all' || (accepts?.some((beginning) => artifact.startsWith(beginning)) ?? false);
    return (node, artifact) => {
      const verdict = takeCache.verdictOf(graphId, (written) => isHomeOf(flat, node, written), artifact);
      return verdict === 'open' && isAcceptedUnseen(artifact) ? 'accepted' : verdict;
    };
  }

  async function planWith(
    request: SessionRequest,
    flat: Graph,
    before: ReadonlyMap<NodeId, KeyParts>,
    context: RouteContext,
    lookup: Lookup,
  ): Promise<Plan<TakePlan>> {
    if (foreseen.size > MOST_FORESEEN) foreseen.clear();
    const outputs = await foresee(flat, registry, lookup, foreseen, never);
    const verdictOf = verdicts(request, flat);
    return plan(flat, registry, optionsFor(request, flat), lookup, before, dispatcher(context), outputs, verdictOf);
  }

  async function rows(request: SessionRequest): Promise<AsyncGenerator<PlannedRow>> {
    const { graphId, graph, options, table, settings } = request;
    const known = registryWith(registry, () => graph.components);
    const [results, spent] = await Promise.all([
      found.load(),
      takeCache.spentThisMonth(now()),
      takeCache.load(graphId),
    ]);
    const budget = budgetLeft(settings, spent, FREE);
    return rowPlans({
      graph,
      registry: known,
      circumstances: { graphId, options, table, settings, budget, catalog: catalogVersion },
      lookup: (key) => results.get(key),
      takesOf: (slot) => takeCache.takesOf(graphId, slot),
      async plan(rowGraph, { lookup, takesOf }) {
        const flat = expanded(rowGraph);
        return found.withAll((fetched) => {
          // Asked of both: one brings what is only stored, the other remembers what was asked.
          const both: Lookup = (key) => {
            fetched(key);
            return lookup(key);
          };
          const context = routes(request, flat, NOT_RUN, budget, both, takesOf, true);
          return planWith(request, flat, new Map(), context, both);
        });
      },
    });
  }

  return {
    equip(models, services = ALWAYS_READY, said = []) {
      catalog = models;
      ready = services;
      quotes = said;
      catalogVersion++;
    },
    get catalog() {
      return catalog;
    },
    routes,
    verdicts,
    rows,
    askedFor({ request, mode, answered, table }) {
      const rowless = { ...table, name: '', note: '', publishedAt: '', rows: [] };
      const market = { catalog, book: NO_OVERRIDES, ready, quotes };
      return resolve({ ...request, pinned: answered }, mode, rowless, market, false, [answered]).considered[0];
    },
    plan(request, flat, before, spent) {
      const budget = budgetLeft(request.settings, spent, FREE);
      return found.withAll((lookup) =>
        planWith(request, flat, before, routes(request, flat, NOT_RUN, budget, lookup), lookup),
      );
    },
    async graphOf(request) {
      const { graph, row, above } = request;
      if (row === undefined) return graph;
      const batch = batchOf(graph);
      if (above || neededFromAbove(batch, row).length === 0) {
        const made = (node: NodeId) => asCell(above?.get(node));
        if (waitsForAbove(batch, row, made)) return undefined;
        const known = registryWith(registry, () => graph.components);
        return graphOfRow(graph, known, row, made);
      }
      for await (const planned of await rows(request)) if (planned.id === row) return planned.graph?.();
      return undefined;
    },
  };
}
