import { defineNode, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'sharpen',
  layer: 'refinement',
  version: 1,
  title: 'Sharpen',
  summary: 'Raises edge contrast with an unsharp mask in luminance.',
  docs: 'Amount is how much, radius how wide the edges, threshold how small a difference is left alone (so that grain is not sharpened). Works on brightness only: no coloured fringes.',
  example: { amount: 0.6 },
  inputs: { image: s.image() },
  outputs: { image: s.image() },
  params: {
    amount: p.float({ label: 'Amount', default: 0.6, min: 0, max: 3, step: 0.05 }),
    radius: p.float({ label: 'Radius', default: 1.5, min: 1, max: 12, step: 0.5, unit: 'px' }),
    threshold: p.float({ label: 'Threshold', default: 2, min: 0, max: 40, step: 1 }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 0.3, megabytes: 160 }),
  async run({ inputs, params }, ctx) {
    const [{ sharpen }, { raster }] = await Promise.all([
      import('../../src/raster/filters.ts'),
      ctx.artifacts.image(inputs.image),
    ]);
    return {
      image: await ctx.artifacts.writeImageLike(inputs.image, {
        raster: await sharpen(raster, params.amount, params.radius, params.threshold, ctx.progress),
      }),
    };
  },
});
