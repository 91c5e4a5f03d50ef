import { defineNode, NodeError, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'gate',
  layer: 'refinement',
  version: 1,
  title: 'Gate',
  summary: 'Waits for a verdict: nothing behind it is made before the take that arrives is accepted.',
  docs: 'A picture or a clip goes through unchanged. A run goes up to here; choose the gate and press A to accept what arrived, or R to reject it and take another. Once it is accepted the run goes on by itself. Put gates between cheap stills and dear clips. An Acceptance node on what makes the take can open the gate too. A picture of your own needs no verdict.',
  example: {},
  inputs: { image: s.image({ optional: true }), video: s.video({ optional: true }) },
  outputs: { image: s.image({ optional: true }), video: s.video({ optional: true }) },
  params: {},
  determinism: 'pure',
  lane: 'cpu',
  waitsForVerdict: true,
  cost: () => ({ seconds: 0.01, megabytes: 1 }),
  async run({ inputs: { image, video } }, ctx) {
    if (!image && !video)
      throw new NodeError('bad-input', 'Nothing is connected to this gate.', {
        hint: 'Connect a picture or a clip, or mute the gate.',
      });
    await ctx.progress(1);
    return { image, video };
  },
});
