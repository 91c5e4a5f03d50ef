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
  id: 'film',
  layer: 'generation',
  version: 1,
  title: 'Film',
  summary: 'Makes a clip straight from a prompt.',
  docs: 'Text to video: composition and motion are decided at once, and the scene itself lives: clouds drift, water moves, the camera travels. Quick to try; for a look you must keep, make a still first and use Animate.',
  example: { tier: 'speed', size: '360p' },
  inputs: {
    prompt: s.prompt(),
    seed: s.seed({ optional: true }),
    guidance: s.guidance({ optional: true }),
    aspect: s.aspect({ optional: true }),
    motion: s.motion({ optional: true }),
    references: s.reference({ optional: true, many: true, label: 'References' }),
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
      options: ['360p', '480p', '720p'],
      default: '480p',
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
  cost: () => ({ seconds: 9, megabytes: 200 }),
  request({ inputs, params }) {
    const aspect = inputs.aspect ?? DEFAULT_ASPECT;
    const { width, height } = withShortSide(aspect, Number.parseInt(params.size, 10));
    return {
      work: 'text to video',
      tier: params.tier,
      prompt: inputs.prompt ?? NO_PROMPT,
      seed: inputs.seed ?? DEFAULT_SEED,
      guidance: inputs.guidance ?? DEFAULT_GUIDANCE,
      aspect: { ...aspect, width, height },
      megapixels: (width * height) / 1e6,
      references: inputs.references ?? [],
      motion: inputs.motion ?? DEFAULT_MOTION,
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
