/**
 * Clips in a row: whatever is done around an input that takes many, its sources keep their places, and wires their way.
 */
import fc from 'fast-check';
import { produce } from 'immer';
import { expect, test } from 'vitest';
import { between, makeComponent, unpackComponent } from '../../src/graph/component-edits.ts';
import { dropDeadWires, toggleExposedInput } from '../../src/graph/exposing.ts';
import { boardAt, draftAt, registryWith } from '../../src/graph/component.ts';
import { expanded } from '../../src/graph/flat-graph.ts';
import { componentIdOf } from '../../src/graph/component-type.ts';
import {
  addNode,
  connect,
  insertOnWire,
  removeNodes,
  toggle,
  type ComponentDraft,
  type GraphDraft,
} from '../../src/graph/edits.ts';
import { removeAndHeal } from '../../src/graph/heal.ts';
import { copyFragment, pasteFragment } from '../../src/graph/fragment.ts';
import { nodeIds, wireEntries, type Board, type Component, type Graph } from '../../src/graph/graph.ts';
import type { NodeId, WireId } from '../../src/core/ids.ts';
import { defineNode, p, s } from '../../src/core/node-api.ts';
import type { NodeDefinition, WholeRegistry } from '../../src/core/node.ts';
import type { Outputs } from '../../src/core/values.ts';
import { compile } from '../../src/engine/compile.ts';
import { gather } from '../../src/engine/gather.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import { parseFragment, writeFragment } from '../../src/file/fragment-text.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { graphOf } from '../rig/graphs.ts';

const common = {
  layer: 'control',
  version: 1,
  summary: '',
  docs: '',
  determinism: 'pure',
  lane: 'cpu',
  example: {},
} as const;
const text = (said: string) => ({ kind: 'text', text: said }) as const;
const letter = defineNode({
  ...common,
  id: 'letter',
  title: 'Letter',
  inputs: {},
  outputs: { out: s.text() },
  params: { is: p.text({ label: 'Is', default: '' }) },
  run: async ({ params }) => ({ out: text(params.is) }),
});
const pass = defineNode({
  ...common,
  id: 'pass',
  title: 'Pass',
  inputs: { in: s.text() },
  outputs: { out: s.text() },
  params: {},
  run: async ({ inputs }) => ({ out: inputs.in }),
});
const row = defineNode({
  ...common,
  id: 'row',
  title: 'Row',
  inputs: { items: s.text({ many: true, optional: true }) },
  outputs: { out: s.text() },
  params: {},
  run: async ({ inputs }) => ({ out: text(`(${inputs.items.map((item) => item.text).join('')})`) }),
});
const known: WholeRegistry = new Map(
  [letter, pass, row].map((definition) => [definition.id, definition as unknown as NodeDefinition]),
);

const edit = (graph: Graph, change: (draft: GraphDraft) => unknown): Graph =>
  produce(graph, (draft) => void change(draft as unknown as GraphDraft));
const withComponents = (graph: Graph) => registryWith(known, () => graph.components);
const id = (name: string) => name as NodeId;

/** What every node of the flat graph says. */
async function said(graph: Graph): Promise<Map<NodeId, string>> {
  const { steps } = compile(expanded(graph), known);
  const outputs: (Outputs | undefined)[] = [];
  const found = new Map<NodeId, string>();
  for (const [at, step] of steps.entries()) {
    expect(step.problems).toEqual([]);
    const { params, inputs } = gather(step, outputs);
    outputs[at] = (await known
      .get(step.definition!.id)!
      .run({ params, inputs: { items: [], ...inputs } } as never, {} as never)) as Outputs;
    const out = outputs[at]!['out'];
    if (out?.kind === 'text') found.set(step.id, out.text);
  }
  return found;
}
/** What the row at the end says, wherever it lies. */
const endOf = async (graph: Graph): Promise<string | undefined> =>
  [...(await said(graph))].find(([one]) => one.split('/').at(-1) === 'end')?.[1];

const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Letters into `mid` and `end` in the given order, some by way of a pass; `mid` stands among what goes into `end`. */
function rowsOf(order: readonly number[], passed: readonly boolean[]): Graph {
  const nodes = Object.fromEntries(
    letters.flatMap((name, k) => [
      [name, ['letter', { is: name }] as const],
      ...(passed[k] ? [[`p${name}`, 'pass'] as const] : []),
    ]),
  );
  const source = (k: number) => (passed[k] ? `p${letters[k]}` : letters[k]!);
  const first = order.map((k) => `${source(k)}.out > mid.items`);
  const second = order.toReversed().map((k) => `${source(k)}.out > end.items`);
  return graphOf({ ...nodes, mid: 'row', end: 'row' }, [
    ...letters.flatMap((name, k) => (passed[k] ? [`${name}.out > p${name}.in`] : [])),
    ...first,
    ...second.slice(0, 3),
    'mid.out > end.items',
    ...second.slice(3),
  ]);
}

const KINDS = ['insert', 'heal', 'component', 'unpack', 'mute', 'file', 'cut'] as const;
const actions = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), board: fc.nat(9), a: fc.nat(99), b: fc.nat(99) }),
  { minLength: 3, maxLength: 10 },
);

/** Paths to all boards of a graph, itself first. */
function pathsIn(graph: Graph): (readonly NodeId[])[] {
  const paths: (readonly NodeId[])[] = [[]];
  for (const path of paths) {
    const board = boardAt(graph, path)!;
    for (const one of nodeIds(board)) if (componentIdOf(board.nodes[one]!.type)) paths.push([...path, one]);
  }
  return paths;
}

test('property: no edit around a row changes the order in it, on any board', async () => {
  const done = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
      fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      actions,
      async (order, passed, list) => {
        let graph = rowsOf(order, passed);
        const before = await endOf(graph);
        for (const { kind, board: nth, a, b } of list) {
          const paths = pathsIn(graph);
          const path = paths[nth % paths.length]!;
          const board: Board = boardAt(graph, path)!;
          const all = nodeIds(board);
          const registry = withComponents(graph);
          const passes = all.filter((one) => board.nodes[one]!.type === 'pass');
          const healed = passes.filter((one) => !isPassage(board, one));
          const next = edit(graph, (draft) => {
            const here = draftAt(draft, path)!;
            const [wire] = wireEntries(board)[a % Math.max(1, wireEntries(board).length)] ?? [];
            const chosen = [...new Set([all[a % all.length]!, all[b % all.length]!, all[(a + b) % all.length]!])];
            const instances = all.filter((one) => componentIdOf(board.nodes[one]!.type));
            if (kind === 'insert' && wire) insertOnWire(here, registry, addNode(here, pass, { x: a, y: b }), wire);
            else if (kind === 'heal' && healed.length) removeAndHeal(here, registry, [healed[a % healed.length]!]);
            else if (kind === 'component' && !between(board, chosen)) makeComponent(draft, here, registry, chosen, 'C');
            else if (kind === 'unpack' && instances.length)
              unpackComponent(draft, here, instances[a % instances.length]!);
            else if (kind === 'mute' && passes.length) toggle(here, [passes[a % passes.length]!], 'muted');
            else if (kind === 'cut' && path.length === 0) putBack(draft);
          });
          if (next !== graph) done.set(kind, (done.get(kind) ?? 0) + 1);
          graph = next;
          if (kind === 'file') {
            const opened = parseGraphFile(writeGraphFile(graph), known);
            if (!opened.ok) throw new Error('The file was not read.');
            graph = opened.value.graph;
          }
          // A loose pass has nothing to hand on; it says nothing and is nowhere in the row.
          graph = edit(graph, (draft) => removeLoose(draft));
          expect(await endOf(graph)).toBe(before);
        }
      },
    ),
    { numRuns: 250 },
  );
  // How often is chance; that each was done at all is not: the rarest is done some twenty times.
  for (const kind of KINDS) if (kind !== 'file') expect(done.get(kind) ?? 0, kind).toBeGreaterThan(0);
});

/** All there is between an input and an output of a component: without it nothing leads from one to the other. */
function isPassage(board: Board, node: NodeId): boolean {
  if (!('outputs' in board)) return false;
  const { inputs, outputs } = board as Component;
  return (
    Object.values(outputs).some(({ from }) => from.node === node) &&
    Object.values(inputs).some(({ to }) => to.some((end) => end.node === node))
  );
}

/** Copies everything as text, removes it and pastes it. The end keeps its name, so that it is found again. */
function putBack(draft: GraphDraft): void {
  const graph = draft as unknown as Graph;
  const read = parseFragment(writeFragment(copyFragment(graph, graph.components, { nodes: nodeIds(graph) })), known);
  if (!read.ok) throw new Error('The text was not read.');
  const names = nodeIds(graph);
  removeNodes(draft, names);
  const { nodes } = pasteFragment(draft, read.value.fragment, { x: 1, y: 1 });
  const at = Object.keys(read.value.fragment.nodes).indexOf('end');
  const copy = at < 0 ? undefined : nodes[at];
  if (!copy) return;
  draft.nodes[id('end')] = draft.nodes[copy]!;
  delete draft.nodes[copy];
  for (const wire of Object.values(draft.wires)) {
    if (wire.to.node === copy) wire.to = { ...wire.to, node: id('end') };
    if (wire.from.node === copy) wire.from = { ...wire.from, node: id('end') };
  }
}
function removeLoose(draft: GraphDraft): void {
  for (const board of [draft, ...Object.values(draft.components)]) {
    const outside =
      'inputs' in board
        ? Object.values((board as ComponentDraft).inputs).flatMap(({ to }) => to.map(({ node }) => node))
        : [];
    const fed = new Set([...Object.values(board.wires).map(({ to }) => to.node), ...outside]);
    removeNodes(
      board,
      nodeIds(board as Board).filter((one) => board.nodes[one]!.type === 'pass' && !fed.has(one)),
    );
  }
}

const three = graphOf(
  { a: ['letter', { is: 'a' }], b: ['letter', { is: 'b' }], c: ['letter', { is: 'c' }], end: 'row', t: 'pass' },
  ['a.out > end.items', 'b.out > end.items', 'c.out > end.items'],
);
const first = 'w000000' as WireId;

test('a node put into a wire takes its place; the points before it stay before it, the others after it', async () => {
  const via = [
    { x: 100, y: 0 },
    { x: 200, y: 0 },
    { x: 500, y: 0 },
    { x: 600, y: 0 },
  ];
  const routed = edit(three, (draft) => {
    draft.wires[first]!.via = via;
    draft.nodes[id('t')]!.position = { x: 350, y: 0 };
    draft.nodes[id('end')]!.position = { x: 800, y: 0 };
  });
  const inserted = edit(routed, (draft) => insertOnWire(draft, known, id('t'), first));
  expect(await endOf(inserted)).toBe('(abc)');
  const viaInto = (graph: Graph, node: string) =>
    Object.values(graph.wires).find(({ from, to }) => to.node === node && from.node !== 'b' && from.node !== 'c')?.via;
  expect([viaInto(inserted, 't'), viaInto(inserted, 'end')]).toEqual([via.slice(0, 2), via.slice(2)]);
  const healed = edit(inserted, (draft) => removeAndHeal(draft, known, [id('t')]));
  expect([await endOf(healed), viaInto(healed, 'end')]).toEqual(['(abc)', via]);
});

test('a row that goes leaves its clips in its place', async () => {
  const nested = graphOf(
    {
      a: ['letter', { is: 'a' }],
      b: ['letter', { is: 'b' }],
      c: ['letter', { is: 'c' }],
      d: ['letter', { is: 'd' }],
      mid: 'row',
      end: 'row',
    },
    ['a.out > end.items', 'c.out > mid.items', 'b.out > mid.items', 'mid.out > end.items', 'd.out > end.items'],
  );
  expect(await endOf(nested)).toBe('(a(cb)d)');
  expect(await endOf(edit(nested, (draft) => removeAndHeal(draft, known, [id('mid')])))).toBe('(acbd)');
});

test('what comes later comes last, from outside a component too', async () => {
  let instance: NodeId | undefined;
  const boxed = edit(
    edit(three, (draft) => removeNodes(draft, [id('t')])),
    (draft) => (instance = makeComponent(draft, draft, known, ['a', 'c', 'end'].map(id), 'Row')),
  );
  const component = componentIdOf(boxed.nodes[instance!]!.type)!;
  expect(await endOf(boxed)).toBe('(abc)');
  const more = edit(boxed, (draft) => {
    const inside = draft.components[component]!;
    // Hidden, and shown again: now it is last.
    for (let time = 0; time < 2; time++) {
      toggleExposedInput(inside, { node: id('end'), socket: 'items' });
      dropDeadWires(draft, component);
    }
    inside.nodes[id('z')] = { type: 'letter', version: 1, params: { is: 'z' }, position: { x: 0, y: 0 } };
    connect(inside, known, { node: id('z'), socket: 'out' }, { node: id('end'), socket: 'items' });
    draft.nodes[id('d')] = { type: 'letter', version: 1, params: { is: 'd' }, position: { x: 0, y: 0 } };
    connect(
      draft,
      withComponents(draft as unknown as Graph),
      { node: id('d'), socket: 'out' },
      { node: instance!, socket: 'items' },
    );
  });
  expect(Object.keys(more.components[component]!.inputs)).toContain('items');
  expect(await endOf(more)).toBe('(acdz)');
});

test('a component made on a component’s board, or unpacked there, keeps what the instances around show', async () => {
  const passed = graphOf({ a: ['letter', { is: 'a' }], p: 'pass', q: 'pass', end: 'row' }, [
    'a.out > p.in',
    'p.out > q.in',
    'q.out > end.items',
  ]);
  let outer: NodeId | undefined;
  const boxed = edit(passed, (draft) => (outer = makeComponent(draft, draft, known, [id('p'), id('q')], 'Outer')));
  let inner: NodeId | undefined;
  const nested = edit(
    boxed,
    (draft) => (inner = makeComponent(draft, draftAt(draft, [outer!])!, withComponents(boxed), [id('q')], 'Inner')),
  );
  expect(await endOf(nested)).toBe('(a)');
  expect(await endOf(edit(nested, (draft) => unpackComponent(draft, draftAt(draft, [outer!])!, inner!)))).toBe('(a)');
  expect(await endOf(edit(boxed, (draft) => removeAndHeal(draftAt(draft, [outer!])!, known, [id('p')])))).toBe('(a)');
  expect(await endOf(edit(boxed, (draft) => removeAndHeal(draftAt(draft, [outer!])!, known, [id('q')])))).toBe('(a)');
});
