import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyBoard, type Component, type Graph } from '../../src/graph/graph.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { packer, unpacker } from '../../src/worker/graph-transfer.ts';
import { graphOf } from '../rig/graphs.ts';

test('property: whatever is done to a graph, the other end has the same one', () => {
  const change = fc.record({
    node: fc.nat(9),
    value: fc.option(fc.nat(5)),
    title: fc.option(fc.string()),
    routed: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
      const [pack, unpack] = [packer(), unpacker()];
      let graph: Graph = graphOf({ k0: ['n', { value: 0 }], k1: 'step', k2: 'step' }, [
        'k0.out > k1.in',
        'k1.out > k2.in',
      ]);
      expect(unpack(structuredClone(pack(graph)))).toEqual(graph);
      for (const { node, value, title, routed } of changes) {
        const { [`k${node}` as NodeId]: _, ...others } = graph.nodes;
        const { routing: _r, ...unpinned } = graph;
        graph = {
          ...unpinned,
          ...(routed ? { routing: { table: 'house', version: 1 } } : {}),
          title: title ?? graph.title,
          nodes:
            value === null
              ? others
              : {
                  ...graph.nodes,
                  [`k${node}`]: { type: 'n', version: 1, params: { value }, position: { x: 0, y: 0 } },
                },
        };
        expect(unpack(structuredClone(pack(graph)))).toEqual(graph);
      }
    }),
  );
});

test('of a component too only what changed is sent; the others keep their identity', () => {
  const [pack, unpack] = [packer(), unpacker()];
  const board = graphOf({ a: ['n', { value: 1 }], b: 'step', c: 'step' }, ['a.out > b.in']);
  const component: Component = {
    ...emptyBoard,
    nodes: board.nodes,
    wires: board.wires,
    title: 'C',
    description: '',
    version: 0,
    inputs: {},
    outputs: {},
    params: {},
  };
  const graph: Graph = {
    ...graphOf({ x: 'component/one', y: 'component/two', z: 'n' }, []),
    components: { one: component, two: component, three: component } as Graph['components'],
  };
  const first = unpack(structuredClone(pack(graph)));
  const { three: _, ...kept } = graph.components as Record<string, Component>;
  const changed: Graph = {
    ...graph,
    components: {
      ...kept,
      one: {
        ...component,
        nodes: { ...component.nodes, ['a' as NodeId]: { ...component.nodes['a' as NodeId]!, params: { value: 2 } } },
      },
      four: component,
    } as Graph['components'],
  };
  const transfer = pack(changed);
  const second = unpack(structuredClone(transfer));
  expect(second).toEqual(changed);
  const [before, after] = [first, second].map(({ components }) => components as Record<string, Component>);
  expect(after!['two']).toBe(before!['two']);
  expect([
    after!['one']!.wires === before!['one']!.wires,
    after!['one']!.nodes['b' as NodeId] === before!['one']!.nodes['b' as NodeId],
  ]).toEqual([true, true]);
  expect(unpack(structuredClone(pack({ ...changed, title: 'Other' }))).components).toBe(second.components);
});

test('what did not change is not sent, and keeps its identity at the other end', () => {
  const [pack, unpack] = [packer(), unpacker()];
  const graph = graphOf({ a: ['n', { value: 1 }], b: 'step', c: 'step' }, ['a.out > b.in']);
  const first = unpack(structuredClone(pack(graph)));
  const changed = {
    ...graph,
    nodes: { ...graph.nodes, ['a' as NodeId]: { ...graph.nodes['a' as NodeId]!, params: { value: 2 } } },
  };
  const transfer = pack(changed);
  expect(JSON.stringify(transfer)).not.toContain('step');
  const second = unpack(structuredClone(transfer));
  expect(second.wires).toBe(first.wires);
  expect(second.nodes['b' as NodeId]).toBe(first.nodes['b' as NodeId]);
});
