import { defineNode, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'grab',
  layer: 'refinement',
  version: 1,
  title: 'Grab still',
  summary: 'Takes one picture out of a clip.',
  docs: 'The first, the last, or the one at a time. From the last one another clip can go on: where the clip was made here, it is the picture as it was made. Others are what the browser decodes, and may differ by a hair between machines.',
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
    await ctx.progress(0.1);
    const exact = { first: video.ends?.first, last: video.ends?.last, 'at a time': undefined }[params.at];
    if (exact) return { image: { kind: 'image', hash: exact, width: video.width, height: video.height } };
    const clip = await ctx.artifacts.clip(video);
    for await (const raster of clip.readFrom(wanted)) return { image: await ctx.artifacts.writeImage({ raster }) };
    throw new TypeError('The clip has no such frame.');
  },
});
