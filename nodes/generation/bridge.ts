import { defineNode, NodeError, s, say } from '../../src/core/node-api.ts';
import { CLIP_CONTROLS, CLIP_SIZE, clipAspect, clipRequest, SOUND, takenClip } from './_clip-request.ts';
import { DEFAULT_ASPECT, TIER } from './_defaults.ts';

/** Shapes that differ by less are one: sizes are rounded to even numbers. */
const LOOSE = 0.02;

export default defineNode({
  id: 'bridge',
  layer: 'generation',
  version: 1,
  title: 'Bridge',
  summary: 'Leads from one still to another one.',
  docs: 'The clip begins with the first picture and ends with the last. Approve both before you spend on the way between them: shots that share such a keyframe do not drift, however many there are, and are stitched with a shared keyframe. Also for the gap between two clips: Grab still takes the last picture of one and the first of the other. Both need one shape.',
  example: { tier: 'speed', size: '480p' },
  inputs: {
    image: s.image({ label: 'First frame' }),
    lastFrame: s.image({ label: 'Last frame' }),
    ...CLIP_CONTROLS,
  },
  outputs: { video: s.video() },
  params: {
    tier: TIER,
    size: CLIP_SIZE,
    sound: SOUND,
  },
  determinism: 'seeded',
  lane: 'cpu',
  cost: () => ({ seconds: 6, megabytes: 300 }),
  request: ({ inputs, params }) =>
    clipRequest(params, inputs, clipAspect(inputs.image ?? DEFAULT_ASPECT, Number.parseInt(params.size, 10))),
  async run({ inputs: { image, lastFrame } }, ctx) {
    const [from, to] = [image.width / image.height, lastFrame.width / lastFrame.height];
    if (Math.abs(from - to) > LOOSE * from)
      throw new NodeError(
        'bad-input',
        say(
          'The two pictures have different shapes: {0} × {1} and {2} × {3}.',
          image.width,
          image.height,
          lastFrame.width,
          lastFrame.height,
        ),
        { hint: 'Bring one to the shape of the other with Reframe.' },
      );
    return takenClip(ctx);
  },
});
