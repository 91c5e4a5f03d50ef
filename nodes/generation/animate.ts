import { defineNode, s } from '../../src/core/node-api.ts';
import { CLIP_CONTROLS, CLIP_SIZE, clipAspect, clipRequest, SOUND, takenClip } from './_clip-request.ts';
import { DEFAULT_ASPECT, TIER } from './_defaults.ts';

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
    ...CLIP_CONTROLS,
  },
  outputs: { video: s.video() },
  params: {
    tier: TIER,
    size: CLIP_SIZE,
    sound: { ...SOUND, addedLater: true },
  },
  determinism: 'seeded',
  lane: 'cpu',
  cost: () => ({ seconds: 4, megabytes: 200 }),
  request: ({ inputs, params }) =>
    clipRequest(params, inputs, clipAspect(inputs.image ?? DEFAULT_ASPECT, Number.parseInt(params.size, 10))),
  run: (_, ctx) => takenClip(ctx),
});
