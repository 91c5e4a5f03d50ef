import { defineNode, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'denoise',
  layer: 'refinement',
  version: 1,
  title: 'Denoise',
  summary: 'Smooths noise and keeps edges.',
  docs: 'A bilateral filter smooths within areas and stops at edges. Speckles first removes single stray pixels with a median.',
  example: { strength: 0.3 },
  inputs: { image: s.image() },
  outputs: { image: s.image() },
  params: {
    strength: p.float({ label: 'Strength', default: 0.3, min: 0, max: 1, step: 0.05 }),
    speckles: p.toggle({ label: 'Remove speckles', default: false }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 0.6, megabytes: 120 }),
  async run({ inputs, params }, ctx) {
    const [{ denoise }, { raster }] = await Promise.all([
      import('../../src/raster/filters.ts'),
      ctx.artifacts.image(inputs.image),
    ]);
    return {
      image: await ctx.artifacts.writeImageLike(inputs.image, {
        raster: await denoise(raster, params.strength, params.speckles, ctx.progress),
      }),
    };
  },
});
