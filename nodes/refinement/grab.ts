import { defineNode, endOf, stillAt, p, s } from '../../src/core/node-api.ts';

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
    await ctx.progress(0.1);
    if (params.at !== 'at a time') return { image: await endOf(video, params.at, ctx.artifacts) };
    const last = video.frames - 1;
    return { image: await stillAt(video, Math.min(last, Math.floor(params.seconds * video.fps + 0.5)), ctx.artifacts) };
  },
});
