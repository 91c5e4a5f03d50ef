/** The books of the run thread: takes by graph and slot, kept in memory and written to storage as they happen. */
import type { CacheKey, GraphId, NodeId } from '../core/ids.ts';
import type { Graph } from '../core/graph.ts';
import type { Registry } from '../core/node.ts';
import { FREE, sumOf, type Micros } from '../core/money.ts';
import type { TakeRecord } from '../core/take.ts';
import type { Outputs } from '../core/values.ts';
import type { TakeStore } from '../storage/takes.ts';

export interface Ledger {
  load(graphId: GraphId): Promise<void>;
  takesOf(graphId: GraphId, slot: string): readonly TakeRecord[];
  record(take: TakeRecord): Promise<void>;
  /** Charged since the first of this month, UTC, over all graphs. */
  spentThisMonth(now: number): Promise<Micros>;
}
export function ledgerOver(store: TakeStore): Ledger {
  /** Read once, and again after each new take. */
  let month: { readonly first: number; readonly spent: Promise<Micros> } | undefined;
  const graphs = new Map<GraphId, Map<string, TakeRecord[]>>();
  const place = (slots: Map<string, TakeRecord[]>, take: TakeRecord) => {
    const list = slots.get(take.slot) ?? [];
    const at = list.findIndex((other) => other.id === take.id);
    slots.set(take.slot, at < 0 ? [...list, take] : list.with(at, take));
  };
  return {
    async load(graphId) {
      if (graphs.has(graphId)) return;
      const slots = new Map<string, TakeRecord[]>();
      for (const take of await store.ofGraph(graphId)) place(slots, take);
      graphs.set(graphId, slots);
    },
    takesOf: (graphId, slot) => graphs.get(graphId)?.get(slot) ?? [],
    async record(take) {
      month = undefined;
      const slots = graphs.get(take.graphId);
      if (slots) place(slots, take);
      await store.put(take);
    },
    async spentThisMonth(now) {
      const date = new Date(now);
      const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
      if (month?.first !== first) month = { first, spent: store.since(first).then((takes) => sumOf(takes.map((take) => take.charged ?? FREE))) };
      return month.spent;
    },
  };
}

/** Keys of this slot's results that show the given take: they go when it is rejected. */
export function keysShowing(take: TakeRecord, slot: readonly TakeRecord[], results: ReadonlyMap<CacheKey, Outputs>): CacheKey[] {
  return [take, ...slot].map(({ key }) => key).filter((key) => Object.values(results.get(key) ?? {}).some((value) => value && 'hash' in value && value.hash === take.artifact?.hash));
}

/** The nearest generation nodes upstream: whose takes a refinement finishes. */
export function sourcesOf(graph: Graph, registry: Registry, node: NodeId): NodeId[] {
  const found = new Set<NodeId>();
  const open: NodeId[] = [node];
  for (const seen = new Set<NodeId>(); open.length; ) {
    const at = open.pop()!;
    if (seen.has(at)) continue;
    seen.add(at);
    for (const wire of Object.values(graph.wires)) {
      if (wire.to.node !== at) continue;
      if (registry.get(graph.nodes[wire.from.node]?.type ?? '')?.request) found.add(wire.from.node);
      else open.push(wire.from.node);
    }
  }
  return [...found];
}
