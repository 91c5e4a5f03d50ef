import { defineNode, NodeError, own, p, s, type RunContext } from '../../src/core/node-api.ts';

const STILL = ['png', 'jpeg', 'webp'] as const;
const MOVING = ['mp4', 'webm'] as const;

export default defineNode({
  id: 'deliver',
  layer: 'refinement',
  version: 1,
  title: 'Deliver',
  summary: 'Turns the result into a file to download.',
  docs: 'A video becomes MP4 or WebM with a codec this browser really has; the node says which. A picture becomes PNG, JPEG or WebP. The name may use {width}, {height}, {fps} and {frames}.',
  example: { still: 'png', name: 'example' },
  inputs: { image: s.image({ optional: true }), video: s.video({ optional: true }) },
  outputs: { file: s.file() },
  params: {
    still: p.choice({ label: 'Picture as', options: STILL, default: 'png', look: 'segments' }),
    moving: p.choice({ label: 'Video as', options: MOVING, default: 'mp4', look: 'segments' }),
    quality: p.float({ label: 'Quality', default: 0.85, min: 0.1, max: 1, step: 0.05 }),
    name: p.text({ label: 'File name', default: 'triptych-{width}x{height}', maxLength: 120 }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 1, megabytes: 60 }),
  async run({ inputs, params }, ctx: RunContext) {
    const value = inputs.video ?? inputs.image;
    if (!value)
      throw new NodeError('bad-input', 'Nothing is connected to deliver.', { hint: 'Connect a picture or a video.' });
    const facts: Record<string, number> = {
      width: value.width,
      height: value.height,
      ...(value.kind === 'video' ? { fps: value.fps, frames: value.frames } : {}),
    };
    const name =
      params.name
        .replace(/\{(\w+)\}/g, (whole, fact: string) => String(own(facts, fact) ?? whole))
        .replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-')
        .trim() || 'triptych';
    const total = value.kind === 'video' ? value.frames : 1;
    const format = value.kind === 'video' ? params.moving : params.still;
    return {
      file: await ctx.artifacts.encode(value, { format, name, quality: params.quality }, (done) =>
        ctx.progress(done / total),
      ),
    };
  },
});
