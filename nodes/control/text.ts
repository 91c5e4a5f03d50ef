import { defineNode, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'text',
  layer: 'control',
  version: 1,
  title: 'Text',
  summary: 'A piece of text that can feed several params.',
  docs: 'Show a text or choice param as a socket (the plug beside it in the inspector), then connect this node.',
  example: { text: 'hello' },
  inputs: {},
  outputs: { text: s.text() },
  params: { text: p.text({ label: 'Text', default: '', rows: 3 }) },
  determinism: 'pure',
  lane: 'cpu',
  async run({ params }) {
    return { text: { kind: 'text', text: params.text } };
  },
});
