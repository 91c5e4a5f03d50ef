import { defineNode, NodeError, p, say, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'trim',
  layer: 'refinement',
  version: 1,
  title: 'Trim',
  summary: 'Keeps a part of a clip.',
  docs: 'Begins at a time and lasts as long as you say, or to the end where that comes first. The frames stay as they are.',
  example: { from: 0.1, seconds: 0.2 },
  inputs: { video: s.video() },
  outputs: { video: s.video() },
  params: {
    from: p.float({ label: 'From', default: 0, min: 0, max: 600, step: 0.1, unit: 's' }),
    seconds: p.float({ label: 'Length', default: 2, min: 0.1, max: 600, step: 0.1, unit: 's' }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 2, megabytes: 80 }),
  async run({ inputs: { video }, params }, ctx) {
    const first = Math.floor(params.from * video.fps + 0.5);
    const end = Math.min(video.frames, first + Math.max(1, Math.floor(params.seconds * video.fps + 0.5)));
    if (first >= end)
      throw new NodeError(
        'bad-params',
        say(
          'The clip is over after {0} s; it cannot begin at {1} s.',
          Number((video.frames / video.fps).toFixed(2)),
          params.from,
        ),
        { hint: 'Begin earlier.' },
      );
    const clip = await ctx.artifacts.clip(video);
    async function* part() {
      let index = 0;
      for await (const frame of clip.read()) {
        if (index >= end) return;
        if (index++ >= first) yield frame;
      }
    }
    return {
      video: await ctx.artifacts.writeClip(
        { ...clip, frames: end - first, read: part, recipe: `trim ${video.hash} ${first} ${end}` },
        (done) => ctx.progress(done / (end - first)),
      ),
    };
  },
});
