import { defineNode, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'grain',
  layer: 'refinement',
  version: 1,
  title: 'Grain',
  summary: 'Film grain, strongest in the mid-tones.',
  docs: 'Hides the last trace of smoothness and ties pictures of one series together. Use the same seed for a series.',
  example: { amount: 0.2 },
  inputs: { image: s.image() },
  outputs: { image: s.image() },
  params: {
    amount: p.float({ label: 'Amount', default: 0.25, min: 0, max: 1, step: 0.02 }),
    size: p.float({ label: 'Size', default: 1.4, min: 1, max: 6, step: 0.1, unit: 'px' }),
    colourful: p.float({ label: 'Colour', default: 0.15, min: 0, max: 1, step: 0.05 }),
    seed: p.seed({ label: 'Seed' }),
  },
  determinism: 'seeded',
  lane: 'cpu',
  cost: () => ({ seconds: 0.2, megabytes: 20 }),
  async run({ inputs, params }, ctx) {
    const [{ addGrain }, { raster }] = await Promise.all([
      import('../../src/raster/filters.ts'),
      ctx.artifacts.image(inputs.image),
    ]);
    return {
      image: await ctx.artifacts.writeImageLike(inputs.image, {
        raster: await addGrain(raster, params.amount, params.size, params.colourful, params.seed.value, ctx.progress),
      }),
    };
  },
});
