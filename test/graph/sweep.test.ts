import { produce } from 'immer';
import { expect, test } from 'vitest';
import { MOST_CELLS } from '../../src/core/limits.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { p } from '../../src/core/params.ts';
import { inWords } from '../../src/core/say.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { graphOfRow } from '../../src/graph/batch-rows.ts';
import type { GraphDraft } from '../../src/graph/edits.ts';
import { makerOf } from '../../src/graph/ends.ts';
import type { Graph } from '../../src/graph/graph.ts';
import {
  addAxis,
  axesOffered,
  beginSweep,
  fedParams,
  setValues,
  shownFor,
  turnSweep,
} from '../../src/graph/sweep-edits.ts';
import { firstValues, moreSeeds, spacedValues, textOfValues, valuesFrom } from '../../src/graph/sweep-values.ts';
import { adoptCell, cellsOf, countCells, sweepProblem, sweptGraph } from '../../src/graph/swept-graph.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';

const id = (name: string) => name as NodeId;
const edit = (graph: Graph, change: (draft: GraphDraft, graph: Graph) => unknown): Graph =>
  produce(graph, (draft) => void change(draft as unknown as GraphDraft, graph));

const start = graphOf(
  {
    p: ['prompt', { text: 'a {{product}}', variables: { product: 'vase' } }],
    s: ['seed', { seed: { mode: 'random', value: 5 } }],
    g: ['guidance', { scale: 7 }],
    i: 'image',
    r: 'grade',
    other: 'guidance',
  },
  ['p.prompt > i.prompt', 's.seed > i.seed', 'g.guidance > i.guidance', 'i.image > r.image'],
);
const across = { node: id('g'), param: 'scale' };
const down = { node: id('p'), param: 'variables', variable: 'product' };
const swept = [
  (draft: GraphDraft) => beginSweep(draft, id('i')),
  (draft: GraphDraft, graph: Graph) => addAxis(draft, graph, registry, across),
  (draft: GraphDraft, graph: Graph) => addAxis(draft, graph, registry, down),
  (draft: GraphDraft) => setValues(draft, 0, [4, 7, 12]),
  (draft: GraphDraft) => setValues(draft, 1, ['vase', 'clock']),
].reduce(edit, start);

test('two axes make a line for each value down and a cell for each across; each is the graph with its values', () => {
  const cells = cellsOf(swept.sweep!);
  expect(cells.map((line) => line.map(({ values }) => values))).toEqual([
    [
      [4, 'vase'],
      [7, 'vase'],
      [12, 'vase'],
    ],
    [
      [4, 'clock'],
      [7, 'clock'],
      [12, 'clock'],
    ],
  ]);
  const { nodes } = graphOfRow(sweptGraph(swept), registry, cells[1]![2]!.id);
  expect(nodes[id('g')]!.params['scale']).toBe(12);
  expect(nodes[id('p')]!.params['variables']).toEqual({ product: 'clock' });
  // Only what the axes say differs: a seed that is drawn anew elsewhere stays, or nothing could be compared.
  expect(nodes[id('s')]).toBe(swept.nodes[id('s')]);
  expect(cellsOf(edit(swept, turnSweep).sweep!)[2]!.map(({ values }) => values)).toEqual([
    ['vase', 12],
    ['clock', 12],
  ]);
});

test('a cell keeps its name while its values stay, wherever it stands', () => {
  const more = edit(swept, (draft) => setValues(draft, 0, [2, 12]));
  expect(cellsOf(more.sweep!)[1]![1]!.id).toBe(cellsOf(swept.sweep!)[1]![2]!.id);
});

test('the values of a cell become the graph’s own in one edit, with the take that is meant', () => {
  const cell = cellsOf(swept.sweep!)[1]![0]!;
  const shown = { slot: 'x', number: 2 };
  const used = edit(swept, (draft) => adoptCell(draft, swept, registry, cell, { node: id('i'), shown }));
  expect(used.nodes[id('g')]!.params['scale']).toBe(4);
  expect(used.nodes[id('p')]!.params['variables']).toEqual({ product: 'clock' });
  expect(used.nodes[id('i')]!.take).toEqual(shown);
  expect(used.sweep).toEqual(swept.sweep);
});

test('what can be varied lies before what is shown, the node itself first; what a wire gives is told apart', () => {
  const offered = axesOffered(
    edit(start, (draft) => beginSweep(draft, id('i'))),
    registry,
    id('i'),
  );
  expect(offered[0]!.node).toBe('i');
  expect(new Set(offered.map(({ node }) => node))).toEqual(new Set(['i', 'p', 's', 'g']));
  expect(axesOffered(swept, registry, id('i')).some(({ node }) => node === 'g')).toBe(false);
  expect(shownFor(start, registry, id('s'))).toBe('i');
  expect(makerOf(start, registry, id('r'))).toBe('i');
  const fed = graphOf({ n: 'number', g: { ...start.nodes[id('g')]!, promoted: ['scale'] }, i: 'image' }, [
    'n.number > g.scale',
    'g.guidance > i.guidance',
  ]);
  expect(fedParams(fed, id('i'))).toEqual([{ node: 'g', param: 'scale' }]);
  const wired = { ...fed, sweep: { shows: id('i'), axes: [{ ...across, values: [1, 2] }] } };
  expect(inWords(sweepProblem(wired, registry)!)).toBe(
    'A wire from “Number” gives CFG scale: vary that node, or take the wire away.',
  );
});

test('too many cells, values out of range, nodes that are gone or lead elsewhere are said', () => {
  const said = (sweep: Graph['sweep']) => {
    const problem = sweepProblem({ ...swept, ...(sweep ? { sweep } : {}) }, registry);
    return problem && inWords(problem);
  };
  const [scale, product] = swept.sweep!.axes as [(typeof axes)[0], (typeof axes)[0]];
  const axes = swept.sweep!.axes;
  expect(said(swept.sweep)).toBeUndefined();
  const long = { ...scale, values: Array.from({ length: 51 }, (_, at) => 1 + at / 10) };
  expect(said({ shows: id('i'), axes: [long, product] })).toBe(
    `That would be 102 pictures; a sweep has up to ${MOST_CELLS}.`,
  );
  expect(cellsOf({ shows: id('i'), axes: [long, product] })).toEqual([]);
  expect(countCells({ shows: id('i'), axes: [] })).toBe(0);
  expect(said({ shows: id('i'), axes: [{ ...scale, values: [7, 99] }] })).toMatch(/CFG scale.*20/);
  expect(said({ shows: id('i'), axes: [{ ...across, node: id('gone'), values: [7] }] })).toMatch(/not in the graph/);
  expect(said({ shows: id('i'), axes: [{ ...across, node: id('other'), values: [7] }] })).toMatch(/does not lead/);
});

test('values are read as they are typed in a language, spaced between ends, and counted on', () => {
  const scale = p.float({ label: 'Scale', default: 7, min: 1, max: 20, step: 0.5 });
  expect(valuesFrom(scale, '4, 7.5 12;12', '.').values).toEqual([4, 7.5, 12]);
  expect(valuesFrom(scale, '4,5; 7, 12', ',').values).toEqual([4.5, 7, 12]);
  expect(textOfValues(scale, [4.5, 7], ',')).toBe('4,5; 7');
  const wrong = valuesFrom(scale, '4, many, 99', '.');
  expect(wrong.values).toEqual([4]);
  expect(wrong.problems.map((one) => inWords(one))).toEqual([
    '“many” is not a value for Scale.',
    expect.stringMatching(/20/),
  ]);
  expect(valuesFrom(p.text({ label: 'Text', default: '' }), 'one, two\nthree\n', '.').values).toEqual([
    'one, two',
    'three',
  ]);
  expect(spacedValues(scale, 1, 2, 4).values).toEqual([1, 1.33333, 1.66667, 2]);
  expect(spacedValues(p.int({ label: 'Steps', default: 1, min: 0, max: 9 }), 1, 3, 9).values).toEqual([1, 2, 3]);
  expect(inWords(spacedValues(scale, 0, 5, 3).problems[0]!)).toBe('0 is not between 1 and 20.');
  expect(moreSeeds([], { mode: 'fixed', value: 2 ** 32 - 1 }, 3)).toEqual([2 ** 32 - 1, 0, 1]);
  expect(moreSeeds([3, 9], { mode: 'fixed', value: 1 }, 2)).toEqual([3, 9, 10, 11]);
  expect(firstValues(scale, 7)).toEqual([2, 7, 11.5]);
  expect(firstValues(p.toggle({ label: 'On', default: true }), true)).toEqual([false, true]);
});

test('a file keeps the sweep, and of a damaged one what fits', () => {
  const read = (graph: object) => {
    const opened = parseGraphFile(JSON.stringify(graph), registry);
    if (!opened.ok) throw new Error(inWords(opened.error.message as never));
    return opened.value;
  };
  const file = JSON.parse(writeGraphFile(swept)) as { sweep: { axes: object[] } };
  expect(read(file).graph.sweep).toEqual(swept.sweep);
  expect(read(file).report.dropped).toEqual([]);
  const damaged = read({ ...file, sweep: { shows: 'i', axes: [file.sweep.axes[0], { node: 'gone', param: 'x' }, 7] } });
  expect(damaged.graph.sweep).toEqual({ shows: 'i', axes: [swept.sweep!.axes[0]] });
  expect(damaged.report.dropped.length).toBe(1);
  expect(read({ ...file, sweep: 'all' }).graph.sweep).toBeUndefined();
});
