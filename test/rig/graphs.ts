/** Small graphs in few words, over toy nodes whose work a test can see and steer. */
import type { Graph, GraphNode, Wire } from '../../src/graph/graph.ts';
import { emptyGraph } from '../../src/graph/graph.ts';
import type { NodeId, WireId } from '../../src/core/ids.ts';
import { defineNode, NodeError, p, s } from '../../src/core/node-api.ts';
import type { NodeDefinition, WholeRegistry } from '../../src/core/node.ts';

const common = {
  layer: 'control',
  version: 1,
  summary: '',
  docs: '',
  determinism: 'pure',
  lane: 'cpu',
  example: {},
} as const;

const number = defineNode({
  ...common,
  id: 'n',
  title: 'N',
  inputs: {},
  outputs: { out: s.number() },
  params: { value: p.float({ label: 'Value', default: 0, min: -1e9, max: 1e9 }) },
  run: async ({ params }) => ({ out: { kind: 'number', number: params.value } }),
});
const sum = defineNode({
  ...common,
  id: 'sum',
  title: 'Sum',
  inputs: { terms: s.number({ many: true, optional: true }) },
  outputs: { out: s.number() },
  params: { add: p.float({ label: 'Add', default: 0, min: -1e9, max: 1e9 }) },
  run: async ({ inputs, params }) => ({
    out: { kind: 'number', number: inputs.terms.reduce((total, term) => total + term.number, params.add) },
  }),
});
const step = defineNode({
  ...common,
  id: 'step',
  title: 'Step',
  inputs: { in: s.number() },
  outputs: { out: s.number() },
  params: {},
  run: async ({ inputs }) => ({ out: { kind: 'number', number: inputs.in.number + 1 } }),
});
const floor = defineNode({
  ...common,
  id: 'floor',
  title: 'Floor',
  inputs: { in: s.number() },
  outputs: { out: s.number() },
  params: {},
  run: async ({ inputs }) => ({ out: { kind: 'number', number: Math.floor(inputs.in.number) } }),
});
const broken = defineNode({
  ...common,
  id: 'broken',
  title: 'Broken',
  inputs: { in: s.number({ optional: true }) },
  outputs: { out: s.number() },
  params: {},
  run: async () => {
    throw new NodeError('bad-input', 'It is broken.', { hint: 'Mend it.' });
  },
});
const gate = defineNode({
  ...common,
  id: 'gate',
  title: 'Gate',
  inputs: { in: s.number() },
  outputs: { small: s.number({ optional: true }), large: s.number({ optional: true }) },
  params: {},
  run: async ({ inputs }) =>
    inputs.in.number < 10 ? { small: inputs.in, large: undefined } : { small: undefined, large: inputs.in },
});
const patient = defineNode({
  ...common,
  id: 'patient',
  title: 'Patient',
  inputs: { in: s.number({ optional: true }) },
  outputs: { out: s.number() },
  params: {},
  async run(_, ctx) {
    for (;;) await ctx.progress(0.5);
  },
});

export const toys: WholeRegistry = new Map(
  [number, sum, step, floor, broken, gate, patient].map((definition) => [
    definition.id,
    definition as unknown as NodeDefinition,
  ]),
);

/** `graphOf({ a: ['n', { value: 1 }], b: 'step' }, ['a.out > b.in'])` */
export function graphOf(
  nodes: Readonly<Record<string, string | readonly [string, Readonly<Record<string, unknown>>] | GraphNode>>,
  wires: readonly string[],
): Graph {
  const made: Record<NodeId, GraphNode> = {};
  for (const [id, node] of Object.entries(nodes)) {
    made[id as NodeId] =
      typeof node === 'string'
        ? { type: node, version: 1, params: {}, position: { x: 0, y: 0 } }
        : 'type' in node
          ? node
          : { type: node[0], version: 1, params: node[1], position: { x: 0, y: 0 } };
  }
  const joined: Record<WireId, Wire> = {};
  for (const [order, wire] of wires.entries()) {
    const [from = '', to = ''] = wire.split(' > ');
    const end = (text: string) => ({ node: text.split('.')[0] as NodeId, socket: text.split('.')[1] ?? '' });
    joined[`w${String(order).padStart(6, '0')}` as WireId] = { from: end(from), to: end(to), order };
  }
  return { ...emptyGraph('Test'), nodes: made, wires: joined };
}
