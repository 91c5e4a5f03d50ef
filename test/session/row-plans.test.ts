/** Rows of a batch are planned once, and again only as far as something changed for them. */
import { expect, test } from 'vitest';
import { readyFor } from '../rig/ready.ts';
import { batchOf } from '../../src/graph/batch.ts';
import { setCell } from '../../src/graph/batch-edits.ts';
import { expanded } from '../../src/graph/flat-graph.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { CacheKey, ColumnId, GraphId, NodeId, RowId, RunId } from '../../src/core/ids.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import { foresee } from '../../src/engine/foresee.ts';
import { plan } from '../../src/engine/plan.ts';
import { Results } from '../../src/engine/results.ts';
import { run } from '../../src/engine/run.ts';
import type { RowPlan } from '../../src/ledger/row-plan.ts';
import { registry } from '../../src/registry.ts';
import { EMPTY_CATALOG } from '../../src/routing/catalog.ts';
import { dispatcher } from '../../src/routing/take-plan.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { rowPlanner, type PlannedRow, type RowsQuestion } from '../../src/session/row-plans.ts';
import { graphOf } from '../rig/graphs.ts';
import { memoryPorts } from '../rig/memory-ports.ts';

const id = (name: string) => name as NodeId;
const rowIds = ['r1', 'r2', 'r3', 'r4'] as RowId[];
const column = 'c' as ColumnId;
const start: Graph = {
  ...graphOf(
    {
      p: ['prompt', { text: 'a {{what}}', variables: { what: 'vase' } }],
      s: 'seed',
      i: ['image', { megapixels: '0.5' }],
    },
    ['p.prompt > i.prompt', 's.seed > i.seed'],
  ),
  batch: {
    columns: [{ id: column, node: id('p'), param: 'variables', variable: 'what' }],
    rows: rowIds.map((row, at) => ({ id: row, cells: { [column]: `vase ${at}` } })),
  },
};

function desk() {
  const results = new Results();
  const takes = new Map<string, readonly TakeRecord[]>();
  const rows = rowPlanner();
  const planned: RowId[] = [];
  const slots = new Map<RowId, string>();
  const market = { catalog: EMPTY_CATALOG, book: NO_OVERRIDES, ready: readyFor('sketch') };
  /** `turns`: how long each plan takes, in turns of the event loop. */
  async function ask(graph: Graph, circumstances: unknown = {}, turns = 0): Promise<PlannedRow[]> {
    const found: PlannedRow[] = [];
    const question: RowsQuestion = {
      graph,
      registry,
      circumstances,
      lookup: (key) => results.get(key),
      takesOf: (slot) => takes.get(slot) ?? [],
      async plan(rowGraph, { lookup, takesOf }) {
        const flat = expanded(rowGraph);
        const row = rowIds.find((_, at) =>
          (flat.nodes[id('p')]!.params['variables'] as { what: string }).what.endsWith(String(at)),
        )!;
        planned.push(row);
        for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
        const dispatch = dispatcher({
          table: HOUSE,
          market,
          mode: 'draft',
          graphId: 'g' as GraphId,
          runId: '' as RunId,
          nodes: flat.nodes,
          takesOf: (_, slot) => (slots.set(row, slot), takesOf(slot)),
        });
        return plan(
          flat,
          registry,
          { mode: 'draft' },
          lookup,
          new Map(),
          dispatch,
          await foresee(flat, registry, lookup, new Map(), new AbortController().signal),
        );
      },
    };
    for await (const row of rows(question)) found.push(row);
    return found;
  }
  /** Runs a row, as far as its results go. */
  async function make({ graph }: PlannedRow): Promise<void> {
    const ports = memoryPorts(registry, undefined, { mode: 'draft', market });
    await run(
      expanded(graph!()),
      { mode: 'draft' },
      {
        ...ports,
        lookup: (key: CacheKey) => results.get(key),
        keep: (key, outputs) => void results.set(key, outputs),
        emit: () => {},
      },
      new AbortController().signal,
    );
  }
  const since = () => planned.splice(0);
  return { ask, make, since, takes, slots, results };
}
const steps = (rows: readonly PlannedRow[]) =>
  rows.map(({ plan: { toRun, mayRun } }: { readonly plan: RowPlan }) => toRun + mayRun);

test('asked again, nothing is planned; after a row ran, that row and those it made something for', async () => {
  const { ask, make, since } = desk();
  const first = await ask(start);
  expect(since()).toEqual(rowIds);
  expect((await ask({ ...start, title: 'Renamed' })).map(({ plan: one }) => one)).toEqual(
    first.map(({ plan: one }) => one),
  );
  expect(since()).toEqual([]);
  await make(first[1]!);
  const second = await ask(start);
  // The seed node, which all rows share, is made now: each plan says so.
  expect(since()).toEqual(rowIds);
  expect(steps(second)).toEqual([2, 0, 2, 2]);
  await make(second[2]!);
  const third = await ask(start);
  expect(since()).toEqual(['r3']);
  expect(steps(third)).toEqual([2, 0, 0, 2]);
});

test('an edited cell plans its row, another graph or other circumstances all; a lost result those that had it', async () => {
  const { ask, make, since, results } = desk();
  const first = await ask(start);
  for (const row of first) await make(row);
  await ask(start);
  since();
  const edited = structuredClone(start) as Graph;
  const same = { ...start, batch: edited.batch! };
  setCell(same as never, rowIds[3]!, column, 'boat 3');
  await ask(same);
  expect(since()).toEqual(['r4']);
  const [key] = [...results].find(([, outputs]) => outputs['image'] !== undefined)!;
  results.delete(key);
  await ask(same);
  expect(since()).toHaveLength(1);
  await ask(same, { mode: 'delivery' });
  expect(since()).toEqual(rowIds);
  await ask({ ...same, nodes: { ...same.nodes } }, { mode: 'delivery' });
  expect(since()).toEqual(rowIds);
});

test('a take plans the row whose slot it is', async () => {
  const { ask, since, takes, slots } = desk();
  await ask(start);
  since();
  takes.set(slots.get(rowIds[2]!)!, [
    { id: 't', node: 'i', slot: slots.get(rowIds[2]!), number: 0, verdict: { state: 'open' } } as unknown as TakeRecord,
  ]);
  await ask(start);
  expect(since()).toEqual(['r3']);
});

test('a row that goes on from the one above is planned when that one is made', async () => {
  const { ask, make, since } = desk();
  const picture = { id: 'f' as ColumnId, node: id('r'), param: 'file', above: id('i') };
  const file = { hash: 'a'.repeat(64) as never, name: 'a.png', mime: 'image/png', width: 8, height: 8 };
  const graph: Graph = {
    ...start,
    nodes: { ...start.nodes, ...graphOf({ r: ['reference', { file }] }, []).nodes },
    batch: { ...batchOf(start), columns: [...batchOf(start).columns, picture] },
  };
  const rows = await ask(graph);
  expect([since(), rows.map(({ plan: { waits } }) => waits ?? false)]).toEqual([['r1'], [false, true, true, true]]);
  await make(rows[0]!);
  const next = await ask(graph);
  expect([since(), next.map(({ plan: { waits } }) => waits ?? false)]).toEqual([
    ['r1', 'r2'],
    [false, false, true, true],
  ]);
});

test('two questions asked at the same time are answered each for itself', async () => {
  const { ask, since } = desk();
  await Promise.all([ask(start, { mode: 'draft' }, 1), ask(start, { mode: 'delivery' }, 50)]);
  expect(since().sort()).toEqual([...rowIds, ...rowIds].sort());
});
