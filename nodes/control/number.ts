import { defineNode, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'number',
  layer: 'control',
  version: 1,
  title: 'Number',
  summary: 'A number that can feed several params.',
  docs: 'Show a number param as a socket (the plug beside it in the inspector), then connect this node: one knob for many.',
  example: { value: 0.5 },
  inputs: {},
  outputs: { number: s.number() },
  params: { value: p.float({ label: 'Value', default: 1, min: -10000, max: 10000, step: 0.05 }) },
  determinism: 'pure',
  lane: 'cpu',
  async run({ params }) {
    return { number: { kind: 'number', number: params.value } };
  },
});
