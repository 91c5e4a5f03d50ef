import { defineNode, p, s } from '../../src/core/node-api.ts';
import { clipRequest, SOUND, takenClip } from './_clip-request.ts';
import { DEFAULT_ASPECT, guidanceOf, TIER, withShortSide } from './_defaults.ts';

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
    tier: TIER,
    size: p.choice({
      label: 'Size',
      options: ['360p', '480p', '720p'],
      default: '480p',
      look: 'segments',
      help: 'Pixels on the short side.',
    }),
    sound: { ...SOUND, addedLater: true },
  },
  determinism: 'seeded',
  lane: 'cpu',
  cost: () => ({ seconds: 9, megabytes: 200 }),
  request({ inputs, params }) {
    const aspect = inputs.aspect ?? DEFAULT_ASPECT;
    return clipRequest(
      params,
      inputs,
      { ...aspect, ...withShortSide(aspect, Number.parseInt(params.size, 10)) },
      {
        work: 'text to video',
        ...guidanceOf(inputs.guidance),
        references: inputs.references ?? [],
      },
    );
  },
  run: (_, ctx) => takenClip(ctx),
});
