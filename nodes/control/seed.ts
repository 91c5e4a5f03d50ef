import { defineNode, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'seed',
  layer: 'control',
  version: 1,
  title: 'Seed',
  summary: 'Fixes chance, so that the same graph gives the same picture.',
  docs: 'Fixed keeps the number: the same prompt and seed always give the same picture. Random draws a new one before each run, Increment adds one; the value used is written here, so switching to Fixed keeps what you saw last.',
  example: { seed: { mode: 'fixed', value: 42 } },
  inputs: {},
  outputs: { seed: s.seed() },
  params: { seed: p.seed({ label: 'Seed' }) },
  determinism: 'pure',
  lane: 'cpu',
  async run({ params }) {
    return { seed: { kind: 'seed', seed: params.seed.value, locked: params.seed.mode === 'fixed' } };
  },
});
