/** Components that come into a graph: from the clipboard, from another graph, from the library. */
import fc from 'fast-check';
import { produce } from 'immer';
import { expect, test } from 'vitest';
import { isAsKept, withKept } from '../../src/graph/adopt.ts';
import { between, makeComponent } from '../../src/graph/component-edits.ts';
import { registryWith } from '../../src/graph/component.ts';
import { componentIdOf, typeOfComponent } from '../../src/graph/component-type.ts';
import { renameNode, setParam, toggle, type GraphDraft } from '../../src/graph/edits.ts';
import { sameData } from '../../src/core/equal.ts';
import { adoptComponents, copyFragment, pasteFragment } from '../../src/graph/fragment.ts';
import { emptyBoard, nodeIds, type Component, type Graph, type GraphNode } from '../../src/graph/graph.ts';
import type { ComponentId, NodeId } from '../../src/core/ids.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import { parseFragment, writeFragment } from '../../src/file/fragment-text.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { graphOf, toys } from '../rig/graphs.ts';

type Components = Graph['components'];
const edit = (graph: Graph, change: (draft: GraphDraft) => unknown): Graph =>
  produce(graph, (draft) => void change(draft as unknown as GraphDraft));
const id = (text: string) => text as ComponentId;
const node = (type: string, params: GraphNode['params'] = {}): GraphNode => ({
  type,
  version: 1,
  params,
  position: { x: 0, y: 0 },
});
const component = (title: string, nodes: Readonly<Record<string, GraphNode>>): Component => ({
  ...emptyBoard,
  title,
  description: '',
  version: 0,
  inputs: {},
  outputs: {},
  params: {},
  nodes,
});
const holding = (type: string) => node(typeOfComponent(id(type)));
/** Outermost first: each holds the next, the last a number. */
const chainOf = (value: number) => ({
  outer: component('Outer', { m: holding('middle') }),
  middle: component('Middle', { i: holding('inner') }),
  inner: component('Inner', { n: node('n', { value }) }),
});

/** Copied as text and pasted into a graph, as the app does it. */
function pasted(into: Graph, from: Graph, nodes: readonly NodeId[]): Graph {
  const read = parseFragment(writeFragment(copyFragment(from, from.components, { nodes })), toys);
  if (!read.ok) throw new Error('The text was not read.');
  return edit(into, (draft) =>
    pasteFragment(draft, adoptComponents(draft.components as Record<ComponentId, Component>, read.value.fragment), {
      x: 0,
      y: 0,
    }),
  );
}
/** The number at the bottom of a chain of components. */
function valueIn(components: Components, type: string): unknown {
  const inner = Object.values(components[componentIdOf(type)!]!.nodes)[0]!;
  return componentIdOf(inner.type) ? valueIn(components, inner.type) : inner.params['value'];
}
const typesIn = (graph: Graph) => Object.values(graph.nodes).map(({ type }) => type);

test('equal as data: neither the order of keys nor a member that is undefined makes a difference', () => {
  expect(sameData({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1, e: undefined })).toBe(true);
  expect([
    sameData({ a: 1 }, { b: 1 }),
    sameData([1, 2], [2, 1]),
    sameData({}, []),
    sameData({ a: undefined, b: 1 }, { a: 1 }),
    sameData(null, {}),
  ]).toEqual([false, false, false, false, false]);
  expect(sameData({ toString: 1 }, { a: 1 })).toBe(false);
});

test('property: an instance copied and pasted in its own graph never forks its component, nested or edited', () => {
  const wired = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { minLength: 3, maxLength: 12 });
  const chosen = fc.array(fc.array(fc.nat(7), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });
  let compared = 0;
  fc.assert(
    fc.property(wired, chosen, fc.boolean(), fc.nat(5), (pairs, choices, reopened, change) => {
      const names = Array.from({ length: 8 }, (_, k) => `n${k}`);
      let graph = graphOf(
        Object.fromEntries(names.map((name, k) => [name, ['sum', { add: k }] as const])),
        pairs.filter(([a, b]) => a < b).map(([a, b]) => `n${a}.out > n${b}.terms`),
      );
      for (const choice of choices) {
        const all = nodeIds(graph);
        const nodes = [...new Set(choice.map((k) => all[k % all.length]!))];
        if (!between(graph, nodes))
          graph = edit(graph, (draft) =>
            makeComponent(
              draft,
              draft,
              registryWith(toys, () => draft.components as Components),
              nodes,
              'Some',
            ),
          );
      }
      graph = edit(graph, (draft) => {
        for (const { nodes, wires, frames, notes } of Object.values(draft.components)) {
          const [first] = Object.keys(nodes) as NodeId[];
          if (!first) continue;
          if (change === 1) renameNode({ nodes, wires, frames, notes }, first, 'Another name');
          if (change === 2) toggle({ nodes, wires, frames, notes }, [first], 'muted');
          if (change === 3 && nodes[first]!.type === 'sum') setParam({ nodes, wires, frames, notes }, first, 'add', 99);
        }
      });
      if (reopened) {
        const opened = parseGraphFile(writeGraphFile(graph), toys);
        if (!opened.ok) throw new Error('The file was not read.');
        graph = opened.value.graph;
      }
      const instances = nodeIds(graph).filter((one) => componentIdOf(graph.nodes[one]!.type));
      const before = graph.components;
      for (let round = 0; round < 2; round++) graph = pasted(graph, graph, instances);
      expect(graph.components).toBe(before);
      compared += instances.length;
    }),
    { numRuns: 150 },
  );
  expect(compared).toBeGreaterThan(100);
});

test('components of another graph that differ anywhere inside come in beside mine, whole; mine stay the same objects', () => {
  const mine: Graph = { ...graphOf({ x: 'n' }, []), components: chainOf(1) };
  const theirs: Graph = { ...graphOf({}, []), nodes: { ['t' as NodeId]: holding('outer') }, components: chainOf(2) };
  const once = pasted(mine, theirs, ['t' as NodeId]);
  for (const name of Object.keys(mine.components)) expect(once.components[id(name)]).toBe(mine.components[id(name)]);
  const [type] = typesIn(once).filter((one) => componentIdOf(one));
  expect(Object.keys(once.components)).toHaveLength(6);
  expect([valueIn(once.components, type!), valueIn(once.components, typeOfComponent(id('outer')))]).toEqual([2, 1]);
  const twice = pasted(once, theirs, ['t' as NodeId]);
  expect(twice.components).toBe(once.components);
  expect(typesIn(twice).filter((one) => one === type)).toHaveLength(2);
});

test('a number of the library does not make a component another one', () => {
  const mine: Graph = { ...graphOf({}, []), components: chainOf(1) };
  const kept = Object.fromEntries(Object.entries(chainOf(1)).map(([name, one]) => [name, { ...one, version: 7 }]));
  const theirs: Graph = { ...graphOf({}, []), nodes: { ['t' as NodeId]: holding('outer') }, components: kept };
  expect(pasted(mine, theirs, ['t' as NodeId]).components).toBe(mine.components);
});

test('an update from the library brings what it is made of, and leaves what other components are made of alone', () => {
  const { outer, ...needs } = chainOf(2);
  const before: Components = { ...chainOf(1), other: component('Other', { o: holding('middle') }) } as Components;
  const next = withKept(before, { id: id('outer'), component: { ...outer, version: 2 }, needs })!;
  expect(valueIn(next, typeOfComponent(id('outer')))).toBe(2);
  expect(valueIn(next, typeOfComponent(id('other')))).toBe(1);
  expect([
    isAsKept(before, { id: id('outer'), component: outer, needs }),
    isAsKept(next, { id: id('outer'), component: outer, needs }),
  ]).toEqual([false, true]);
  const around = { middle: component('Middle', { o: holding('outer') }), outer: component('Outer', {}) };
  expect(
    withKept(around, { id: id('outer'), component: component('Outer', { m: holding('middle') }), needs: {} }),
  ).toBeUndefined();
});
