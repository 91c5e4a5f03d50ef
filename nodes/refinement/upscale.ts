import { defineNode, NodeError, p, say, s } from '../../src/core/node-api.ts';

const MOST_PIXELS = 64e6;

export default defineNode({
  id: 'upscale',
  layer: 'refinement',
  version: 2,
  // 2: sizes change in linear light; the params stay.
  migrations: { 2: (node) => node },
  title: 'Upscale',
  summary: 'Enlarges with a Lanczos filter, then restores edge contrast.',
  docs: 'By a factor, or, with an Aspect connected, to exactly the size planned there. Crispness restores the edge contrast that enlarging softens.',
  example: { factor: '2' },
  inputs: {
    image: s.image(),
    aspect: s.aspect({ optional: true, help: 'Enlarge to this planned size instead of by a factor.' }),
  },
  outputs: { image: s.image() },
  params: {
    factor: p.choice({
      label: 'Factor',
      options: ['2', '3', '4'],
      default: '2',
      look: 'segments',
      help: 'Not used while an Aspect is connected.',
    }),
    crispness: p.float({ label: 'Crispness', default: 0.35, min: 0, max: 1, step: 0.05 }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: ({ params }) => ({ seconds: 0.2 * Number(params.factor), megabytes: 90 * Number(params.factor) }),
  async run({ inputs, params }, ctx) {
    const { image, aspect } = inputs;
    const cover = aspect ? Math.max(aspect.width / image.width, aspect.height / image.height) : Number(params.factor);
    const [width, height] = [Math.round(image.width * cover), Math.round(image.height * cover)];
    if (width * height > MOST_PIXELS)
      throw new NodeError('bad-params', say('That would be {0} × {1}, more than 64 megapixels.', width, height), {
        hint: 'Choose a smaller factor, or start from a smaller picture.',
      });
    const [{ resize, sharpen, crop, cropDepth }, { raster, depth }] = await Promise.all([
      import('../../src/raster/filters.ts'),
      ctx.artifacts.image(image),
    ]);
    let out = await resize(raster, width, height, (done) => ctx.progress(done * 0.7));
    if (params.crispness > 0)
      out = await sharpen(out, params.crispness * 1.4, Math.max(1, cover * 0.7), 2, (done) =>
        ctx.progress(0.7 + done * 0.2),
      );
    if (!aspect || (aspect.width === width && aspect.height === height))
      return { image: await ctx.artifacts.writeImageLike(image, { raster: out }) };
    // The generated shape differs by some pixels from the planned one: cut the rest off evenly.
    const [x, y] = [(width - aspect.width) >> 1, (height - aspect.height) >> 1];
    const cut =
      depth &&
      cropDepth(
        depth,
        Math.floor((x / width) * depth.width),
        Math.floor((y / height) * depth.height),
        Math.max(1, Math.floor((aspect.width / width) * depth.width)),
        Math.max(1, Math.floor((aspect.height / height) * depth.height)),
      );
    const picture = { raster: crop(out, x, y, aspect.width, aspect.height), ...(cut ? { depth: cut } : {}) };
    const part = { x: x / width, y: y / height, width: aspect.width / width, height: aspect.height / height };
    return { image: await ctx.artifacts.writeImageLike(image, picture, part) };
  },
});
