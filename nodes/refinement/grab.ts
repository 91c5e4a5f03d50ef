import { defineNode, endOf, NodeError, p, s, say, stillAt } from '../../src/core/node-api.ts';
import { evenFrames } from './_clips.ts';

const EVENLY = { min: 1, max: 144, when: { param: 'at', is: ['evenly'] }, addedLater: true } as const;

export default defineNode({
  id: 'grab',
  layer: 'refinement',
  version: 1,
  title: 'Grab still',
  summary: 'Takes one picture out of a clip.',
  docs: 'The first, the last, the one at a time, or one of so many that lie evenly from the first to the last. From the last one another clip can go on: where the clip was made here, it is the picture as it was made. Others are what the browser decodes, and may differ by a hair between machines. For a whole clip in stills choose “Split into stills” in the menu of whatever gives it: each is a node of its own, to be looked over, graded, enlarged and animated by itself.',
  example: { at: 'last' },
  inputs: { video: s.video() },
  outputs: { image: s.image() },
  params: {
    at: p.choice({ label: 'Which', options: ['first', 'last', 'at a time', 'evenly'], default: 'last' }),
    seconds: p.float({
      label: 'Time',
      default: 1,
      min: 0,
      max: 600,
      step: 0.1,
      unit: 's',
      when: { param: 'at', is: ['at a time'] },
    }),
    frames: p.int({ label: 'Stills', default: 9, ...EVENLY }),
    frame: p.int({ label: 'Still', default: 1, ...EVENLY }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 1, megabytes: 60 }),
  async run({ inputs: { video }, params }, ctx) {
    await ctx.progress(0.1);
    if (params.at === 'first' || params.at === 'last') return { image: await endOf(video, params.at, ctx.artifacts) };
    const last = video.frames - 1;
    if (params.at === 'at a time') {
      const index = Math.min(last, Math.floor(params.seconds * video.fps + 0.5));
      return { image: await stillAt(video, index, ctx.artifacts) };
    }
    const index = stillOf(video.frames, params.frames, params.frame);
    if (index === 0 || index === last)
      return { image: await endOf(video, index === 0 ? 'first' : 'last', ctx.artifacts) };
    return { image: await stillAt(video, index, ctx.artifacts) };
  },
});

/** The frame that is still `wanted` of so many. */
function stillOf(frames: number, stills: number, wanted: number): number {
  if (wanted > stills)
    throw new NodeError('bad-params', say('There are {0} {0|still|stills}, and no still {1}.', stills, wanted), {
      hint: 'Choose a smaller one, or more stills.',
    });
  const index = evenFrames(frames, stills)[wanted - 1];
  if (index === undefined)
    throw new NodeError('bad-params', say('This clip has {0} {0|frame|frames}, fewer than {1}.', frames, stills), {
      hint: 'Use fewer stills.',
    });
  return index;
}
