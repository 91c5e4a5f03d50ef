import { produce } from 'immer';
import { expect, test } from 'vitest';
import {
  addColumn,
  addRows,
  combinations,
  countCombinations,
  goOnFrom,
  moveRow,
  removeColumn,
  repeatWithSeeds,
  setCell,
} from '../../src/graph/batch-edits.ts';
import { asCell, graphOfRow, nameOfRow, neededFromAbove } from '../../src/graph/batch-rows.ts';
import { MOST_ROWS } from '../../src/core/limits.ts';
import { batchOf } from '../../src/graph/batch.ts';
import { cellFrom, columnsOffered, factsOf } from '../../src/graph/batch-cells.ts';
import { registryWith } from '../../src/graph/component.ts';
import { expanded } from '../../src/graph/flat-graph.ts';
import type { GraphDraft } from '../../src/graph/edits.ts';
import { filesIn } from '../../src/graph/imported-files.ts';
import { emptyBoard, type Component, type Graph } from '../../src/graph/graph.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { inWords } from '../../src/core/say.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { layOver, readTable, writeTable } from '../../src/file/batch-table.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';

const edit = (graph: Graph, change: (draft: GraphDraft) => unknown): Graph =>
  produce(graph, (draft) => void change(draft as unknown as GraphDraft));
const id = (name: string) => name as NodeId;
const start = graphOf(
  {
    p: ['prompt', { text: 'a {{product}} in {{place}}', variables: { product: 'vase', place: 'fog' } }],
    s: ['seed', { seed: { mode: 'fixed', value: 5 } }],
    a: 'aspect',
    r: 'reference',
    i: 'image',
  },
  ['p.prompt > i.prompt', 's.seed > i.seed'],
);
const withColumns = edit(start, (draft) => {
  addColumn(draft, { node: id('p'), param: 'variables', variable: 'product' });
  addColumn(draft, { node: id('s'), param: 'seed' });
});
const paramsOf = (graph: Graph, row: number, node: string) =>
  graphOfRow(graph, registry, batchOf(graph).rows[row]!.id).nodes[id(node)]!.params;
const wholeOf = (dropped: readonly Parameters<typeof inWords>[0][]) => dropped.map((line) => inWords(line)).join('\n');

test('a row is the graph with its cells in place; an empty cell keeps what the graph says', () => {
  const graph = edit(withColumns, (draft) => {
    const { columns, rows } = batchOf(draft as unknown as Graph);
    setCell(draft, rows[0]!.id, columns[0]!.id, 'clock');
    setCell(draft, rows[0]!.id, columns[1]!.id, 9);
    addRows(draft, [{}]);
  });
  expect(paramsOf(graph, 0, 'p')['variables']).toEqual({ product: 'clock', place: 'fog' });
  expect(paramsOf(graph, 0, 's')['seed']).toEqual({ mode: 'fixed', value: 9 });
  expect(paramsOf(graph, 1, 'p')).toEqual(graph.nodes[id('p')]!.params);
  expect(graph.nodes[id('p')]!.params['variables']).toEqual({ product: 'vase', place: 'fog' });
});

test('seeds inside components move as those on the graph do, exposed or not; what stays is the same object', () => {
  const seed = (mode: string) => ({ seed: { mode, value: 5 } });
  const inner = graphOf(
    {
      a: ['seed', seed('increment')],
      b: ['seed', seed('random')],
      c: ['seed', seed('fixed')],
      d: ['seed', seed('increment')],
    },
    [],
  );
  const component = (nodes: Graph['nodes'], params: Component['params']): Component => ({
    ...emptyBoard,
    title: 'C',
    description: '',
    version: 0,
    inputs: {},
    outputs: {},
    params,
    nodes,
  });
  const graph: Graph = {
    ...graphOf(
      {
        x: ['component/outer', { shown: { mode: 'fixed', value: 40 } }],
        y: 'component/outer',
        t: ['seed', seed('increment')],
        u: ['seed', seed('random')],
      },
      [],
    ),
    components: {
      outer: component(graphOf({ m: 'component/inner' }, []).nodes, {
        shown: { label: 'Shown', node: id('m'), param: 'shown' },
      }),
      inner: component(inner.nodes, { shown: { label: 'Shown', node: id('d'), param: 'seed' } }),
      other: component({}, {}),
    } as Graph['components'],
    batch: { columns: [], rows: ['r1', 'r2', 'r3'].map((row) => ({ id: row, cells: {} })) as never },
  };
  const rows = batchOf(graph).rows.map((row) =>
    graphOfRow(
      graph,
      registryWith(registry, () => graph.components),
      row.id,
    ),
  );
  const values = (node: string) =>
    rows.map((row) => (expanded(row).nodes[id(node)]!.params['seed'] as { value: number }).value);
  for (const instance of ['x', 'y']) {
    expect([values(`${instance}/m/a`), values(`${instance}/m/b`), values(`${instance}/m/c`)]).toEqual([
      values('t'),
      values('u'),
      [5, 5, 5],
    ]);
  }
  expect([values('x/m/d'), values('y/m/d')]).toEqual([[40, 40, 40], values('t')]);
  expect(rows[2]!.components['other' as never]).toBe(graph.components['other' as never]);
  const still: Graph = { ...graph, components: { other: graph.components['other' as never] } as Graph['components'] };
  expect(graphOfRow(still, registry, batchOf(graph).rows[1]!.id).components).toBe(still.components);
});

test('a seed that moves gives each row another one, and the same again the next time', () => {
  for (const mode of ['increment', 'random'] as const) {
    const graph = edit(start, (draft) => {
      draft.nodes[id('s')]!.params = { seed: { mode, value: 4294967290 } };
      addColumn(draft, { node: id('p'), param: 'text' });
      addRows(
        draft,
        Array.from({ length: 20 }, () => ({})),
      );
    });
    const seeds = batchOf(graph).rows.map((_, row) => (paramsOf(graph, row, 's')['seed'] as { value: number }).value);
    expect(new Set(seeds).size).toBe(21);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
    expect(batchOf(graph).rows.map((_, row) => (paramsOf(graph, row, 's')['seed'] as { value: number }).value)).toEqual(
      seeds,
    );
    const moved = edit(graph, (draft) => moveRow(draft, 0, 20));
    expect((paramsOf(moved, 20, 's')['seed'] as { value: number }).value === seeds[0]).toBe(mode === 'random');
  }
});

test('variables are offered first; what a wire feeds and what is a column already is not', () => {
  expect(columnsOffered(start, registry).slice(0, 2)).toEqual([
    { node: 'p', param: 'variables', variable: 'product' },
    { node: 'p', param: 'variables', variable: 'place' },
  ]);
  expect(columnsOffered(withColumns, registry).some(({ param }) => param === 'seed')).toBe(false);
  expect(
    columnsOffered(start, registry).some(
      ({ node, param }) => node === id('a') && registry.get('aspect')!.params[param]!.kind === 'aspect',
    ),
  ).toBe(true);
});

test('a column whose node is gone is passed over, and a cell that fits no more', () => {
  const graph = edit(withColumns, (draft) => {
    const { columns, rows } = batchOf(draft as unknown as Graph);
    setCell(draft, rows[0]!.id, columns[1]!.id, 3);
    delete draft.nodes[id('s')];
  });
  expect(factsOf(graph, registry, batchOf(graph).columns[1]!)).toBeUndefined();
  expect(Object.keys(graphOfRow(graph, registry, batchOf(graph).rows[0]!.id).nodes)).toEqual(Object.keys(graph.nodes));
  expect(batchOf(edit(graph, (draft) => removeColumn(draft, batchOf(graph).columns[1]!.id))).rows[0]!.cells).toEqual(
    {},
  );
});

test.each([
  ['seed', 'seed', '12', 12],
  ['seed', 'seed', '-1', 'from 0 to 4294967295'],
  [
    'seed',
    'seed',
    '18446744073709551615',
    'A seed is a whole number from 0 to 4294967295, not “18446744073709551615”.',
  ],
  ['seed', 'seed', '1,000', 'a thousand to some'],
  ['guidance', 'scale', '1.000', 1],
  ['guidance', 'scale', '12,500', 'a thousand to some'],
  ['guidance', 'scale', '7,5', 7.5],
  ['guidance', 'scale', '900', 'must be between'],
  ['guidance', 'scale', 'much', 'is not a value'],
  ['aspect', 'frame', '16:9', '16:9'],
  ['image', 'tier', 'CINEMATIC', 'cinematic'],
  ['reference', 'file', 'a.png', 'is not a value'],
])('%s %s typed as “%s”', (type, param, typed, expected) => {
  const spec = registry.get(type)!.params[param]!;
  const read = cellFrom(spec, typed);
  if ('problem' in read) expect(inWords(read.problem)).toContain(expected);
  else expect(read.cell).toBe(expected);
});

test('CSV names columns in any order, by label or by node and label; what fits nothing is said and left out', () => {
  const read = readTable(
    '\uFEFFSeed;product;Image: Tier;Nonsense\r\n7;"red; bottle";speed;x\n\nabc;vase;best;y\n',
    start,
    registry,
  );
  expect(read.columns.map(({ node, param, variable }) => [node, param, variable])).toEqual([
    ['s', 'seed', undefined],
    ['p', 'variables', 'product'],
    ['i', 'tier', undefined],
  ]);
  expect(read.rows.map((cells) => read.columns.map((column) => cells[column.id]))).toEqual([
    [7, 'red; bottle', 'speed'],
    [undefined, 'vase', undefined],
  ]);
  expect(wholeOf(read.dropped)).toMatch(/Nonsense.*\n.*Row 2: “abc”.*\n.*Row 2: “best”/);
});

test('a table without a heading fills the columns as they stand; without columns it is refused with a sentence', () => {
  expect(readTable('clock\t3\nlamp\t4', withColumns, registry).rows).toHaveLength(2);
  const { rows, dropped } = readTable('clock,3', start, registry);
  expect(rows).toEqual([]);
  expect(wholeOf(dropped)).toContain('names nothing');
  expect(wholeOf(readTable(`product\n${'x\n'.repeat(MOST_ROWS + 5)}`, start, registry).dropped)).toContain('1005 rows');
});

test('a column of prompts is full of commas, and a spreadsheet parts by tabs alone', () => {
  const [column] = readTable('product\na red vase, soft light; dusk\n"a ""blue"" one"\n', start, registry).rows.map(
    (cells) => Object.values(cells),
  );
  expect(column).toEqual(['a red vase, soft light; dusk']);
  const graph = edit(withColumns, (draft) => layOver(draft, registry, 'a vase, red\t1\nb, c; d\t2', 0, 0));
  expect(batchOf(graph).rows.map(({ cells }) => Object.values(cells))).toEqual([
    ['a vase, red', 1],
    ['b, c; d', 2],
  ]);
});

test('what is exported is read again as it was', () => {
  const graph = edit(withColumns, (draft) => {
    const [product, seed] = batchOf(draft as unknown as Graph).columns.map((column) => column.id);
    addRows(draft, [{ [product!]: 'a "tall", red; vase\nin two lines', [seed!]: 3 }, { [product!]: 'clock' }]);
  });
  const read = readTable(writeTable(graph, registry, { Files: ['001.png'] }), graph, registry);
  expect(read.columns).toEqual(batchOf(graph).columns);
  expect(read.rows).toEqual(batchOf(graph).rows.map(({ cells }) => cells));
});

test('a block from a spreadsheet lies over the cells and makes the rows it needs', () => {
  let dropped: readonly Parameters<typeof inWords>[0][] = [];
  const graph = edit(
    withColumns,
    (draft) => (dropped = layOver(draft, registry, 'one\t1\ttoo far\ntwo\tx\nthree\t3', 0, 0)),
  );
  const [product, seed] = batchOf(graph).columns.map((column) => column.id);
  expect(batchOf(graph).rows.map(({ cells }) => [cells[product!], cells[seed!]])).toEqual([
    ['one', 1],
    ['two', undefined],
    ['three', 3],
  ]);
  expect(wholeOf(dropped)).toContain('Row 2');
});

test('every combination writes each value once with each of the others', () => {
  const [a, b] = batchOf(withColumns).columns.map((column) => column.id);
  const rows = [{ [a!]: 'x', [b!]: 1 }, { [a!]: 'y', [b!]: 2 }, { [a!]: 'x' }].map((cells, at) => ({
    id: `r${at}` as never,
    cells,
  }));
  expect(combinations({ ...batchOf(withColumns), rows })).toEqual([
    { [a!]: 'x', [b!]: 1 },
    { [a!]: 'x', [b!]: 2 },
    { [a!]: 'y', [b!]: 1 },
    { [a!]: 'y', [b!]: 2 },
  ]);
});

test('columns multiply: combinations are counted without being made, and never more than a batch can hold', () => {
  const columns = Array.from({ length: 8 }, (_, at) => ({ id: `c${at}` as never, node: id('p'), param: 'text' }));
  const rows = Array.from({ length: 1000 }, (_, row) => ({
    id: `r${row}` as never,
    cells: Object.fromEntries(columns.map((column) => [column.id, `${row}`])),
  }));
  expect(countCombinations({ columns, rows })).toBe(1e24);
  expect(combinations({ columns, rows })).toHaveLength(MOST_ROWS);
  expect(countCombinations({ columns: columns.slice(0, 2), rows: rows.slice(0, 3) })).toBe(
    combinations({ columns: columns.slice(0, 2), rows: rows.slice(0, 3) }).length,
  );
});

test('repeating counts seeds up from the row’s own', () => {
  const graph = edit(start, (draft) => {
    addColumn(draft, { node: id('p'), param: 'variables', variable: 'product' });
    const [column] = batchOf(draft as unknown as Graph).columns;
    addRows(draft, [{ [column!.id]: 'vase' }, { [column!.id]: 'clock' }]);
    repeatWithSeeds(draft, registry, 3);
  });
  const [product, seed] = batchOf(graph).columns.map((column) => column.id);
  expect(batchOf(graph).rows.map(({ cells }) => [cells[product!], cells[seed!]])).toEqual([
    ['vase', 5],
    ['vase', 6],
    ['vase', 7],
    ['clock', 5],
    ['clock', 6],
    ['clock', 7],
  ]);
  expect(inWords(nameOfRow(batchOf(graph), batchOf(graph).rows[4]!.id))).toBe('Row 5: clock, 6');
  expect(batchOf(edit(graph, (draft) => moveRow(draft, 0, 5))).rows.at(-1)!.id).toBe(batchOf(graph).rows[0]!.id);
});

test('a batch travels in the file, and a damaged one costs only what is damaged', () => {
  const file = { hash: 'a'.repeat(64), name: 'a.png', mime: 'image/png' };
  const graph = edit(withColumns, (draft) => {
    addColumn(draft, { node: id('r'), param: 'file' });
    addRows(draft, [{ [batchOf(draft as unknown as Graph).columns[2]!.id]: file as never }]);
  });
  expect(filesIn(graph)).toEqual([file]);
  const opened = parseGraphFile(writeGraphFile(graph), registry);
  expect(opened.ok && opened.value.graph.batch).toEqual(graph.batch);
  const raw = JSON.parse(writeGraphFile(graph)) as { batch: { columns: unknown[]; rows: unknown[] } };
  raw.batch.columns.push({ id: 'x', node: 'gone', param: 'text' }, { id: '__proto__', node: 'p', param: 'text' }, 5);
  raw.batch.rows.push(
    { id: 'r9', cells: { x: 1, [batchOf(graph).columns[1]!.id]: { deep: true }, constructor: 'no' } },
    'rubbish',
    raw.batch.rows[0],
  );
  const mended = parseGraphFile(JSON.stringify(raw), registry);
  expect(mended.ok && mended.value.graph.batch).toEqual({
    columns: graph.batch!.columns,
    rows: [...graph.batch!.rows, { id: 'r9', cells: {} }],
  });
});

test('a row goes on from the row above, unless its cell says otherwise; the first row from the graph', () => {
  const graph = edit(start, (draft) => {
    addColumn(draft, { node: id('r'), param: 'file' });
    const [column] = batchOf(draft as unknown as Graph).columns;
    goOnFrom(draft, column!.id, id('i'));
    addRows(draft, [{}, { [column!.id]: { hash: 'c'.repeat(64), name: 'c.png', mime: 'image/png' } as never }, {}]);
  });
  const { rows } = batchOf(graph);
  expect(rows.map((row) => neededFromAbove(batchOf(graph), row.id))).toEqual([[], [], ['i']]);
  const made = asCell({ image: { kind: 'image', hash: 'd'.repeat(64) as never, width: 8, height: 4 } });
  expect(
    rows.map(
      (row) =>
        (graphOfRow(graph, registry, row.id, () => made).nodes[id('r')]!.params['file'] as { hash: string } | undefined)
          ?.hash[0],
    ),
  ).toEqual([undefined, 'c', 'd']);
  expect(asCell({ out: { kind: 'number', number: 1 } })).toBeUndefined();
  const again = parseGraphFile(writeGraphFile(graph), registry);
  expect(again.ok && again.value.graph.batch).toEqual(graph.batch);
  expect(
    batchOf(edit(graph, (draft) => goOnFrom(draft, batchOf(graph).columns[0]!.id, undefined))).columns[0],
  ).not.toHaveProperty('above');
});

test('which sockets are fed is looked for once, however many params ask', () => {
  let looked = 0;
  const wires = new Proxy(start.wires, { ownKeys: (own) => (looked++, Reflect.ownKeys(own)) });
  const nodes = Object.fromEntries(
    Object.entries(start.nodes).map(([name, node]) => [name, { ...node, promoted: Object.keys(node.params) }]),
  );
  const graph = { ...start, nodes, wires } as Graph;
  expect(columnsOffered(graph, registry).length).toBeGreaterThan(2);
  for (const place of columnsOffered(graph, registry)) factsOf(graph, registry, place);
  expect(looked).toBe(1);
});
