import { defineNode, p, s, type Raster } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'grade',
  layer: 'refinement',
  version: 2,
  title: 'Grade',
  summary: 'Exposure, contrast, temperature, saturation, a tone curve and a LUT, in one step.',
  docs: 'Exposure and temperature work in linear light as a lens and a filter would; contrast and curve work on what the eye sees. A .cube LUT comes last, mixed in by its strength. With a mask, painted on an Import for instance, only what is white in it changes.',
  example: { contrast: 0.15, temperature: 0.2 },
  inputs: {
    image: s.image(),
    mask: s.image({ label: 'Mask', optional: true }),
  },
  outputs: { image: s.image() },
  params: {
    exposure: p.float({ label: 'Exposure', default: 0, min: -3, max: 3, step: 0.05, unit: 'stops' }),
    contrast: p.float({ label: 'Contrast', default: 0, min: -1, max: 1, step: 0.02 }),
    temperature: p.float({
      label: 'Temperature',
      default: 0,
      min: -1,
      max: 1,
      step: 0.02,
      help: 'Left is cooler, right is warmer.',
    }),
    tint: p.float({
      label: 'Tint',
      default: 0,
      min: -1,
      max: 1,
      step: 0.02,
      help: 'Left is greener, right is more magenta.',
    }),
    saturation: p.float({ label: 'Saturation', default: 1, min: 0, max: 2, step: 0.02 }),
    curve: p.curve({ label: 'Curve' }),
    lut: p.file({
      label: 'LUT',
      accept: 'lut',
      help: 'A LUT in the .cube format: 3D, 1D, or a shaper before a 3D table.',
    }),
    lutStrength: p.float({ label: 'LUT strength', default: 1, min: 0, max: 1, step: 0.05 }),
  },
  // The same params give another picture where a LUT has an input range, which version 1 passed over.
  migrations: { 2: (old) => old },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 0.2, megabytes: 40 }),
  async run({ inputs, params }, ctx) {
    const [{ applyCube }, { cubeOf }, { parseCubeLut }, { raster }] = await Promise.all([
      import('../../src/raster/filters.ts'),
      import('../../src/raster/grade.ts'),
      import('../../src/raster/cube-lut.ts'),
      ctx.artifacts.image(inputs.image),
    ]);
    const { lut: file, ...adjustments } = params;
    const lut = file ? parseCubeLut(await ctx.artifacts.text(file.hash)) : undefined;
    await ctx.progress(0.1);
    const cube = cubeOf({ ...adjustments, ...(lut ? { lut } : {}) });
    const graded = await applyCube(raster, cube, (done) => ctx.progress(0.2 + done * 0.6));
    return { image: await ctx.artifacts.writeImageLike(inputs.image, { raster: await masked(graded) }) };

    async function masked(after: Raster): Promise<Raster> {
      if (!inputs.mask) return after;
      const [{ withinMask }, mask] = await Promise.all([
        import('../../src/raster/within-mask.ts'),
        ctx.artifacts.image(inputs.mask),
      ]);
      return withinMask(raster, after, mask.raster, (done) => ctx.progress(0.8 + done * 0.15));
    }
  },
});
