import { defineNode, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'grab',
  layer: 'refinement',
  version: 1,
  title: 'Grab still',
  summary: 'Takes one picture out of a clip.',
  docs: 'The first, the last, or the one at a time. From the last one another clip can go on. Clips are kept compressed, so the picture is what the browser decodes: between machines it may differ by a hair.',
  example: { at: 'last' },
  inputs: { video: s.video() },
  outputs: { image: s.image() },
  params: {
    at: p.choice({ label: 'Which', options: ['first', 'last', 'at a time'], default: 'last', look: 'segments' }),
    seconds: p.float({
      label: 'Time',
      default: 1,
      min: 0,
      max: 600,
      step: 0.1,
      unit: 's',
      when: { param: 'at', is: ['at a time'] },
    }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 1, megabytes: 60 }),
  async run({ inputs: { video }, params }, ctx) {
    const last = video.frames - 1;
    const wanted = { first: 0, last, 'at a time': Math.min(last, Math.floor(params.seconds * video.fps + 0.5)) }[
      params.at
    ];
    const clip = await ctx.artifacts.clip(video);
    let index = 0;
    let found;
    for await (const frame of clip.read()) {
      found = frame;
      await ctx.progress((index + 1) / (wanted + 1));
      if (index++ === wanted) break;
    }
    if (!found) throw new TypeError('The clip has no frames.');
    return { image: await ctx.artifacts.writeImage({ raster: found }) };
  },
});
