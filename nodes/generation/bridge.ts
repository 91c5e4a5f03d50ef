import { defineNode, NodeError, p, s, say, TIERS } from '../../src/core/node-api.ts';
import {
  DEFAULT_ASPECT,
  DEFAULT_GUIDANCE,
  DEFAULT_MOTION,
  DEFAULT_SEED,
  NO_PROMPT,
  withShortSide,
} from './_defaults.ts';

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
    motion: s.motion({ optional: true }),
    prompt: s.prompt({ optional: true }),
    seed: s.seed({ optional: true }),
    acceptance: s.acceptance({ optional: true }),
  },
  outputs: { video: s.video() },
  params: {
    tier: p.choice({
      label: 'Tier',
      options: TIERS,
      default: 'speed',
      help: 'The category of work. Routing turns it into a model.',
    }),
    size: p.choice({
      label: 'Size',
      options: ['480p', '720p', '1080p'],
      default: '720p',
      look: 'segments',
      help: 'Pixels on the short side.',
    }),
    sound: p.toggle({
      label: 'Sound',
      default: false,
      help: 'Asks for a clip that can be heard. Some models charge more for it, others make silent clips only.',
    }),
  },
  determinism: 'seeded',
  lane: 'cpu',
  cost: () => ({ seconds: 6, megabytes: 300 }),
  request({ inputs, params }) {
    const { image, lastFrame, acceptance } = inputs;
    const { width, height } = withShortSide(image ?? DEFAULT_ASPECT, Number.parseInt(params.size, 10));
    return {
      work: 'image to video',
      tier: params.tier,
      prompt: inputs.prompt ?? NO_PROMPT,
      seed: inputs.seed ?? DEFAULT_SEED,
      guidance: DEFAULT_GUIDANCE,
      aspect: { kind: 'aspect', ratio: [width, height], width, height },
      megapixels: (width * height) / 1e6,
      references: [],
      motion: inputs.motion ?? DEFAULT_MOTION,
      ...(image ? { still: image } : {}),
      ...(lastFrame ? { lastFrame } : {}),
      ...(params.sound ? { sound: true as const } : {}),
      ...(acceptance ? { acceptance } : {}),
    };
  },
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
    const { artifact } = await ctx.produce();
    if (artifact.kind !== 'video') throw new TypeError('A video was asked for and an image came back.');
    return { video: artifact };
  },
});
