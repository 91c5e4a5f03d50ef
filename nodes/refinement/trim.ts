import { defineNode, endsKept, NodeError, p, say, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'trim',
  layer: 'refinement',
  version: 1,
  title: 'Trim',
  summary: 'Keeps a part of a clip.',
  docs: 'Begins at a time and lasts as long as you say, or to the end where that comes first. The frames stay as they are, and so does the sound.',
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
      let index = first;
      for await (const frame of clip.readFrom(first)) {
        if (index++ >= end) return;
        yield frame;
      }
    }
    const { width, height, fps } = clip;
    const { soundBetween } = await import('../../src/core/sound.ts');
    const sound = soundBetween(clip.sound ?? [], first / fps, end / fps);
    const ends = endsKept(clip.ends, first === 0, end === video.frames);
    const recipe = `trim ${video.hash} ${first} ${end}`;
    return {
      video: await ctx.artifacts.writeClip(
        { width, height, fps, frames: end - first, read: part, recipe, ends, ...(sound.length ? { sound } : {}) },
        (done) => ctx.progress(done / (end - first)),
      ),
    };
  },
});
