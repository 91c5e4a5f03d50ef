import { defineNode, p, s, TIERS } from '../../src/core/node-api.ts';
import {
  DEFAULT_ASPECT,
  DEFAULT_GUIDANCE,
  DEFAULT_MOTION,
  DEFAULT_SEED,
  NO_PROMPT,
  withShortSide,
} from './_defaults.ts';

export default defineNode({
  id: 'animate',
  layer: 'generation',
  version: 1,
  title: 'Animate',
  summary: 'Sets a still in motion: the picture fixes the look, this adds only movement.',
  docs: 'Image to video. Composition, light and look come from the still; the camera moves through its depth with real parallax. Deciding the look first means fewer expensive retries. With a last frame the clip arrives at that picture exactly, so that the next shot can begin with it.',
  example: { tier: 'speed', size: '480p' },
  inputs: {
    image: s.image(),
    lastFrame: s.image({ optional: true, label: 'Last frame' }),
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
      addedLater: true,
    }),
  },
  determinism: 'seeded',
  lane: 'cpu',
  cost: () => ({ seconds: 4, megabytes: 200 }),
  request({ inputs, params }) {
    const { width, height } = withShortSide(inputs.image ?? DEFAULT_ASPECT, Number.parseInt(params.size, 10));
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
      ...(inputs.image ? { still: inputs.image } : {}),
      ...(inputs.lastFrame ? { lastFrame: inputs.lastFrame } : {}),
      ...(params.sound ? { sound: true as const } : {}),
      ...(inputs.acceptance ? { acceptance: inputs.acceptance } : {}),
    };
  },
  async run(_, ctx) {
    const { artifact } = await ctx.produce();
    if (artifact.kind !== 'video') throw new TypeError('A video was asked for and an image came back.');
    return { video: artifact };
  },
});
