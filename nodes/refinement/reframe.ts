import { defineNode, p, s } from '../../src/core/node-api.ts';

const SHAPES = ['1:1', '4:5', '3:2', '16:9', '21:9', '9:16'] as const;

export default defineNode({
  id: 'reframe',
  layer: 'refinement',
  version: 2,
  // 2: sizes change in linear light; the params stay.
  migrations: { 2: (node) => node },
  title: 'Reframe',
  summary: 'Crops to another shape and keeps the subject.',
  docs: 'Finds the window with the most contrast, colour and nearness, or crops where you say. With an Aspect connected it takes its shape and, if asked, its exact size.',
  example: { shape: '1:1' },
  inputs: { image: s.image(), aspect: s.aspect({ optional: true }) },
  outputs: { image: s.image() },
  params: {
    shape: p.choice({
      label: 'Shape',
      options: SHAPES,
      default: '1:1',
      look: 'segments',
      help: 'Not used while an Aspect is connected.',
    }),
    keep: p.choice({
      label: 'Keep',
      options: ['subject', 'centre', 'top', 'bottom', 'left', 'right'],
      default: 'subject',
    }),
    exact: p.toggle({ label: 'Resize to the planned size', default: false, help: 'Needs a connected Aspect.' }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 0.2, megabytes: 60 }),
  async run({ inputs, params }, ctx) {
    const [{ crop, cropDepth, resize }, { bestWindow }, whole] = await Promise.all([
      import('../../src/raster/filters.ts'),
      import('../../src/raster/saliency.ts'),
      ctx.artifacts.image(inputs.image),
    ]);
    const { raster, depth } = whole;
    const [rw, rh] = inputs.aspect ? inputs.aspect.ratio : (params.shape.split(':').map(Number) as [number, number]);
    const width = Math.max(1, Math.min(raster.width, Math.round((raster.height * rw) / rh)));
    const height = Math.max(1, Math.min(raster.height, Math.round((raster.width * rh) / rw)));
    const [slackX, slackY] = [raster.width - width, raster.height - height];
    const places = {
      subject: () => bestWindow(raster, depth, width, height),
      centre: () => ({ x: slackX >> 1, y: slackY >> 1 }),
      top: () => ({ x: slackX >> 1, y: 0 }),
      bottom: () => ({ x: slackX >> 1, y: slackY }),
      left: () => ({ x: 0, y: slackY >> 1 }),
      right: () => ({ x: slackX, y: slackY >> 1 }),
    };
    const { x, y } = places[params.keep]();
    await ctx.progress(0.3);
    let out = crop(raster, x, y, width, height);
    if (params.exact && inputs.aspect)
      out = await resize(out, inputs.aspect.width, inputs.aspect.height, (done) => ctx.progress(0.3 + done * 0.6));
    const share = (n: number, of: number, size: number) => Math.floor((n / of) * size);
    const cut =
      depth &&
      cropDepth(
        depth,
        share(x, raster.width, depth.width),
        share(y, raster.height, depth.height),
        Math.max(1, share(width, raster.width, depth.width)),
        Math.max(1, share(height, raster.height, depth.height)),
      );
    const part = {
      x: x / raster.width,
      y: y / raster.height,
      width: width / raster.width,
      height: height / raster.height,
    };
    const picture = { raster: out, ...(cut ? { depth: cut } : {}) };
    return { image: await ctx.artifacts.writeImageLike(inputs.image, picture, part) };
  },
});
