/** What a session needs to be kept, in memory: `test/contract` holds it to what storage does. */
import { newId, type ArtifactHash, type CacheKey, type NodeId, type RunId, type TakeId } from '../core/ids.ts';
import { FREE, sumOf, type Micros } from '../core/money.ts';
import type { TakeRecord } from '../core/take.ts';
import { artifactsOfOutputs, type Outputs } from '../core/values.ts';
import type { Refinement } from '../ledger/costs.ts';
import { usedInMonth } from '../ledger/month.ts';
import {
  NO_CHANGE,
  type MonthBudget,
  type NodeState,
  type RunStore,
  type StoredRun,
  type TakeStore,
  type TimedEvent,
} from '../session/stores.ts';

export interface Stores {
  readonly runs: RunStore;
  readonly takes: TakeStore;
  readonly month: MonthBudget;
}

/** `isStored`: whether an artifact is still there. */
export function memoryStores(now: () => number, isStored: (hash: ArtifactHash) => boolean): Stores {
  const runs = new Map<RunId, StoredRun>();
  const events = new Map<RunId, TimedEvent[][]>();
  const results = new Map<CacheKey, Outputs>();
  const states = new Map<string, NodeState>();
  const takes = new Map<TakeId, TakeRecord>();
  const refinements: Refinement[] = [];
  const reserved = new Map<string, { readonly amount: Micros; readonly take: TakeId | undefined }>();
  const isWhole = (outputs: Outputs) => artifactsOfOutputs(outputs).every(isStored);
  const byTime = (found: Iterable<TakeRecord>) => [...found].sort((a, b) => a.at - b.at);
  return {
    runs: {
      async begin(graphId, graph, mode, row) {
        const id = newId<RunId>('r');
        runs.set(id, { id, graphId, graph, mode, startedAt: now(), ...(row === undefined ? {} : { row }) });
        return id;
      },
      async append(runId, seq, batch) {
        const batches = events.get(runId) ?? [];
        batches[seq] = [...batch];
        events.set(runId, batches);
      },
      async end(runId, summary) {
        const run = runs.get(runId);
        if (run) runs.set(runId, { ...run, summary, endedAt: now() });
      },
      async list(graphId, limit = 50) {
        const own = [...runs.values()].filter((run) => run.graphId === graphId);
        return own.sort((a, b) => b.startedAt - a.startedAt).slice(0, limit);
      },
      events: async (runId) => (events.get(runId) ?? []).flat(),
      results: async () => ({ found: new Map([...results].filter(([, outputs]) => isWhole(outputs))), isAll: true }),
      async resultsOf(keys) {
        const found = keys.flatMap((key): [CacheKey, Outputs][] => {
          const outputs = results.get(key);
          return outputs && isWhole(outputs) ? [[key, outputs]] : [];
        });
        return new Map(found);
      },
      async keep(made) {
        for (const { key, outputs } of made) results.set(key, outputs);
      },
      used() {},
      run: async (runId) => runs.get(runId),
      async keepNodeStates(rows) {
        for (const row of rows) states.set(`${row.graphId} ${row.node}`, row);
      },
      async nodeStates(graphId) {
        const own = [...states.values()].filter((state) => state.graphId === graphId);
        return new Map(
          own.map(({ node, parts, outputs }): [NodeId, Pick<NodeState, 'parts' | 'outputs'>] => [
            node,
            { ...(parts && { parts }), outputs },
          ]),
        );
      },
    },
    takes: {
      async put(made, { keep, forget } = NO_CHANGE) {
        // As a database would: what cannot be copied is not stored, and then nothing is.
        const copies = structuredClone(made);
        for (const take of copies) takes.set(take.id, take);
        for (const key of forget) results.delete(key);
        for (const { key, outputs } of keep) results.set(key, outputs);
      },
      ofGraph: async (graphId) => byTime(takes.values()).filter((take) => take.graphId === graphId),
      all: async () => byTime(takes.values()),
      since: async (at) => byTime(takes.values()).filter((take) => take.at >= at),
      putRefinements: async (rows) => void refinements.push(...rows),
      refinements: async () => refinements,
    },
    month: {
      async reserve(amount, budget, take) {
        const open = [...reserved.values()].filter((one) => !one.take || !takes.has(one.take));
        const used = sumOf([usedInMonth([...takes.values()], [], now()), ...open.map((one) => one.amount)]);
        if (used + amount > budget) return { left: Math.max(FREE, budget - used) as Micros };
        const id = newId<string>('m');
        reserved.set(id, { amount, take });
        return { id };
      },
      release: async (id) => void reserved.delete(id),
    },
  };
}
