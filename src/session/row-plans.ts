/**
 * Plans of a batch's rows. After a row has run, only rows are planned again for which something changed that their
 * plans hung on.
 */
import { asCell, graphOfRow, neededFromAbove } from '../graph/batch-rows.ts';
import { batchOf } from '../graph/batch.ts';
import { sameData } from '../core/equal.ts';
import type { Batch, BatchRow, Graph } from '../graph/graph.ts';
import type { CacheKey, NodeId, RowId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { FileSetting } from '../core/params.ts';
import type { TakeRecord } from '../core/take.ts';
import type { Outputs } from '../core/values.ts';
import type { Lookup } from '../engine/key.ts';
import type { Plan } from '../engine/plan.ts';
import { rowPlan, waitingRow, type RowPlan } from '../ledger/row-plan.ts';
import type { TakePlan } from '../routing/take-plan.ts';

/** What a plan may ask about. */
export interface Known {
  readonly lookup: Lookup;
  takesOf(slot: string): readonly TakeRecord[];
}
export interface RowsQuestion extends Known {
  readonly graph: Graph;
  /** Of the graph, its components included. */
  readonly registry: Registry;
  /** Anything else that decides about plans: mode, table, prices, money left. Plain data. */
  readonly circumstances: unknown;
  plan(rowGraph: Graph, known: Known): Promise<Plan<TakePlan>>;
}
export interface PlannedRow {
  readonly id: RowId;
  readonly plan: RowPlan;
  /** The graph it runs; none while the row above has not made what it goes on from. */
  readonly graph?: () => Graph;
}

/** A plan, and the answers it was made of. */
interface KeptPlan {
  readonly plan: RowPlan;
  readonly row: BatchRow;
  readonly at: number;
  readonly above: readonly (FileSetting | undefined)[];
  readonly results: ReadonlyMap<CacheKey, Outputs | undefined>;
  readonly takes: ReadonlyMap<string, readonly TakeRecord[]>;
}
type Common = Pick<Graph, 'nodes' | 'wires' | 'components'> & {
  readonly columns: Batch['columns'];
  readonly circumstances: unknown;
};

/** One for each thread: it remembers the rows it was asked about last. */
export function rowPlanner(): (question: RowsQuestion) => AsyncGenerator<PlannedRow> {
  let common: Common | undefined;
  let kept = new Map<RowId, KeptPlan>();

  return async function* (question) {
    const { graph, registry } = question;
    const batch = batchOf(graph);
    const now: Common = {
      nodes: graph.nodes,
      wires: graph.wires,
      components: graph.components,
      columns: batch.columns,
      circumstances: question.circumstances,
    };
    if (!common || !isSame(common, now)) kept = new Map();
    common = now;
    // While this one waits another may ask about something else: what is planned here is for this question alone.
    const mine = kept;
    const rows = new Set(batch.rows.map(({ id }) => id));
    for (const id of mine.keys()) if (!rows.has(id)) mine.delete(id);
    let last: RowPlan['made'] = {};
    for (const [at, row] of batch.rows.entries()) {
      const above = last;
      const made = (node: NodeId) => asCell(above[node]);
      const { id } = row;
      const needed = neededFromAbove(batch, id).map(made);
      if (needed.includes(undefined)) {
        last = {};
        yield { id, plan: waitingRow(id) };
        continue;
      }
      const ofRow = () => graphOfRow(graph, registry, id, made);
      const before = mine.get(id);
      const holds =
        before &&
        before.at === at &&
        sameData(before.row, row) &&
        sameData(before.above, needed) &&
        isTrue(before, question);
      const current = holds ? before : await planned(ofRow(), { row, at, above: needed }, question);
      mine.set(id, current);
      last = current.plan.made;
      yield { id, plan: current.plan, graph: ofRow };
    }
  };
}

const isSame = (a: Common, b: Common): boolean =>
  a.nodes === b.nodes &&
  a.wires === b.wires &&
  a.components === b.components &&
  sameData(a.columns, b.columns) &&
  sameData(a.circumstances, b.circumstances);

/** Whether all that a plan was told would be told again. */
function isTrue({ results, takes }: KeptPlan, { lookup, takesOf }: Known): boolean {
  for (const [key, outputs] of results) if (lookup(key) !== outputs) return false;
  for (const [slot, told] of takes) if (!isSameList(takesOf(slot), told)) return false;
  return true;
}
const isSameList = (a: readonly TakeRecord[], b: readonly TakeRecord[]): boolean =>
  a === b || (a.length === b.length && a.every((take, at) => take === b[at]));

async function planned(
  rowGraph: Graph,
  place: Pick<KeptPlan, 'row' | 'at' | 'above'>,
  { plan, lookup, takesOf }: RowsQuestion,
): Promise<KeptPlan> {
  const results = new Map<CacheKey, Outputs | undefined>();
  const takes = new Map<string, readonly TakeRecord[]>();
  const made = await plan(rowGraph, {
    lookup(key) {
      const outputs = lookup(key);
      results.set(key, outputs);
      return outputs;
    },
    takesOf(slot) {
      const list = takesOf(slot);
      takes.set(slot, list);
      return list;
    },
  });
  return { ...place, plan: rowPlan(place.row.id, made), results, takes };
}
