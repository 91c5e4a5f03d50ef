/** Takes of open graphs by slot, kept in memory and written to storage as they happen. */
import type { ArtifactHash, CacheKey, GraphId, NodeId, TakeId } from '../core/ids.ts';
import type { Graph } from '../graph/graph.ts';
import type { Registry } from '../core/node.ts';
import type { Micros } from '../core/money.ts';
import type { TakeRecord, Verdict } from '../core/take.ts';
import { artifactsOfOutputs, type Outputs } from '../core/values.ts';
import { monthStart, usedInMonth } from '../ledger/month.ts';
import type { BookedJob } from '../routing/job.ts';
import type { ResultChange, TakeStore } from './stores.ts';

export interface TakeCache {
  load(graphId: GraphId): Promise<void>;
  takesOf(graphId: GraphId, slot: string): readonly TakeRecord[];
  /** What was last decided about a picture or clip, over its takes of the nodes that are asked for. */
  verdictOf(graphId: GraphId, isAsked: (node: NodeId) => boolean, artifact: ArtifactHash): Verdict['state'];
  /** Where the pictures of a graph's takes are kept. */
  keysOf(graphId: GraphId): readonly CacheKey[];
  /**
   * Writes a take a run made. What a person said of it meanwhile stays said; the take is returned as it now stands.
   * One that cannot be written (a full disk) throws, still counts here, and is written with the next one.
   */
  record(take: TakeRecord, found: ReadonlyMap<CacheKey, Outputs>): Promise<Recorded>;
  /** Writes verdicts, all or none, before anything counts them; throws when they cannot be written. */
  judge(takes: readonly TakeRecord[], found: ReadonlyMap<CacheKey, Outputs>): Promise<ResultChange>;
  /**
   * Charged since the first of this month, UTC, over all graphs and for whoever else asked the job service; at its
   * estimate where nobody says.
   */
  spentThisMonth(now: number): Promise<Micros>;
}
interface Recorded {
  readonly take: TakeRecord;
  readonly results: ResultChange;
}

/** `booked`: what the job service has booked this month, as far as it is known. */
export function createTakeCache(store: TakeStore, booked: () => readonly BookedJob[] = () => []): TakeCache {
  /** Takes that could not be written yet. */
  const owed = new Map<TakeId, TakeRecord>();
  /** Read once, and again after each new take. */
  let month: { readonly first: number; readonly takes: Promise<readonly TakeRecord[]> } | undefined;
  const graphs = new Map<GraphId, Map<string, TakeRecord[]>>();
  /** By graph and artifact: two nodes, or two deliverables of one, may have made the same picture. */
  const sharing = new Map<string, Map<TakeId, TakeRecord>>();
  const place = (slots: Map<string, TakeRecord[]>, take: TakeRecord) => {
    const list = slots.get(take.slot) ?? [];
    const at = list.findIndex((other) => other.id === take.id);
    slots.set(take.slot, at < 0 ? [...list, take] : list.with(at, take));
    if (!take.artifact) return;
    const name = `${take.graphId} ${take.artifact.hash}`;
    sharing.set(name, (sharing.get(name) ?? new Map<TakeId, TakeRecord>()).set(take.id, take));
  };
  const slotOf = (take: TakeRecord) => graphs.get(take.graphId)?.get(take.slot) ?? [];
  const count = (takes: readonly TakeRecord[]) => {
    month = undefined;
    for (const take of takes) {
      const slots = graphs.get(take.graphId);
      if (slots) place(slots, take);
    }
  };
  function takesSince(first: number): Promise<readonly TakeRecord[]> {
    if (month?.first === first) return month.takes;
    const asked = (month = { first, takes: store.since(first) });
    // A read that failed is tried again by whoever asks next.
    asked.takes.catch(() => {
      if (month === asked) month = undefined;
    });
    return asked.takes;
  }
  return {
    async load(graphId) {
      if (graphs.has(graphId)) return;
      const slots = new Map<string, TakeRecord[]>();
      for (const take of await store.ofGraph(graphId)) place(slots, take);
      graphs.set(graphId, slots);
    },
    takesOf: (graphId, slot) => graphs.get(graphId)?.get(slot) ?? [],
    verdictOf(graphId, isAsked, artifact) {
      const takes = [...(sharing.get(`${graphId} ${artifact}`)?.values() ?? [])];
      const judged = takes.filter(({ node, verdict }) => verdict.state !== 'open' && isAsked(node));
      return judged.sort((a, b) => a.verdict.at - b.verdict.at).at(-1)?.verdict.state ?? 'open';
    },
    keysOf: (graphId) => [...(graphs.get(graphId)?.values() ?? [])].flat().map(({ key }) => key),
    async record(made, found) {
      const take = withPersonsVerdict(
        made,
        slotOf(made).find(({ id }) => id === made.id),
      );
      const results = resultsAfter([take], found);
      count([take]);
      owed.set(take.id, take);
      const written = [...owed.values()];
      await store.put(written, results);
      for (const one of written) if (owed.get(one.id) === one) owed.delete(one.id);
      return { take, results };
    },
    async judge(takes, found) {
      const results = resultsAfter(takes, found);
      await store.put(takes, results);
      for (const { id } of takes) owed.delete(id);
      count(takes);
      return results;
    },
    async spentThisMonth(now) {
      return usedInMonth(await takesSince(monthStart(now)), booked(), now);
    },
  };
}

/** A run knows takes as they were when it began: what a person decided later is not undone by it. */
function withPersonsVerdict(take: TakeRecord, known: TakeRecord | undefined): TakeRecord {
  const isDecided = known?.verdict.by === 'person' && known.verdict.at >= take.verdict.at;
  return isDecided ? { ...take, verdict: known.verdict } : take;
}

/**
 * A take that may be used is a result under its key; one that its own criteria rejected is none. What a person rejects
 * stays a result: another node with the same key may keep it, and this one refuses it by its take.
 */
function resultsAfter(takes: readonly TakeRecord[], found: ReadonlyMap<CacheKey, Outputs>): ResultChange {
  const made = takes.filter((take) => take.artifact);
  const usable = made.filter(({ verdict }) => verdict.state !== 'rejected');
  const missed = made.filter(({ verdict }) => verdict.state === 'rejected' && verdict.by === 'criteria');
  return {
    keep: usable.map((take) => ({ key: take.key, outputs: { [take.output]: take.artifact } })),
    forget: missed.flatMap((take) => (isShownUnder(take, found.get(take.key)) ? [take.key] : [])),
  };
}

/** Whether the result under its key, where there is one, is still its picture. */
export const isShownUnder = ({ artifact }: TakeRecord, outputs: Outputs | undefined): boolean =>
  artifact !== undefined && artifactsOfOutputs(outputs ?? {}).includes(artifact.hash);

/** The nearest generation nodes upstream: whose takes a refinement finishes. */
export function sourcesOf(graph: Graph, registry: Registry, node: NodeId): NodeId[] {
  const found = new Set<NodeId>();
  const open: NodeId[] = [node];
  for (const seen = new Set<NodeId>(); open.length;) {
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
