import { defineNode, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'guidance',
  layer: 'control',
  version: 1,
  title: 'Guidance',
  summary: 'How closely the prompt is followed (CFG scale).',
  docs: 'Low values are loose: the seed decides more. Around 7 is balanced. Very high values obey every word but look over-saturated and harsh.',
  example: { scale: 7 },
  inputs: {},
  outputs: { guidance: s.guidance() },
  params: { scale: p.float({ label: 'CFG scale', default: 7, min: 1, max: 20, step: 0.5 }) },
  determinism: 'pure',
  lane: 'cpu',
  async run({ params }) {
    return { guidance: { kind: 'guidance', scale: params.scale } };
  },
});
