import { defineNode, p, s } from '../../src/core/node-api.ts';
import { DEFAULT_ASPECT, guidanceOf, DEFAULT_SEED, NO_PROMPT, TIER } from './_defaults.ts';

export default defineNode({
  id: 'image',
  layer: 'generation',
  version: 1,
  title: 'Image',
  summary: 'Makes a picture from a prompt, with optional references.',
  docs: 'Names the tier of work, never a model. Connect a seed to repeat a result, guidance to say how literally to read the prompt, an aspect for the frame, references for look and composition. With no service set up, the built-in storyboard artist draws it.',
  example: { tier: 'speed', megapixels: '0.5' },
  inputs: {
    prompt: s.prompt(),
    seed: s.seed({ optional: true }),
    guidance: s.guidance({ optional: true }),
    aspect: s.aspect({ optional: true }),
    references: s.reference({ optional: true, many: true, label: 'References' }),
    acceptance: s.acceptance({ optional: true }),
  },
  outputs: { image: s.image() },
  params: {
    tier: TIER,
    megapixels: p.choice({
      label: 'Size',
      options: ['0.5', '1', '2'],
      default: '1',
      look: 'segments',
      help: 'Megapixels to generate in delivery mode, before upscaling.',
    }),
  },
  determinism: 'seeded',
  lane: 'cpu',
  cost: ({ params }) => ({ seconds: 0.6 * Number(params.megapixels), megabytes: 120 * Number(params.megapixels) }),
  request: ({ inputs, params }) => ({
    work: 'text to image',
    tier: params.tier,
    prompt: inputs.prompt ?? NO_PROMPT,
    seed: inputs.seed ?? DEFAULT_SEED,
    ...guidanceOf(inputs.guidance),
    aspect: inputs.aspect ?? DEFAULT_ASPECT,
    megapixels: Number(params.megapixels),
    references: inputs.references ?? [],
    ...(inputs.acceptance ? { acceptance: inputs.acceptance } : {}),
  }),
  async run(_, ctx) {
    const { artifact } = await ctx.produce();
    if (artifact.kind !== 'image') throw new TypeError('An image was asked for and a video came back.');
    return { image: artifact };
  },
});
