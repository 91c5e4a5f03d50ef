import { defineNode, knownEnd, p, s } from '../../src/core/node-api.ts';
import { CLIP_CONTROLS, clipAspect, clipRequest, SOUND, takenClip } from './_clip-request.ts';
import { DEFAULT_ASPECT, DEFAULT_MOTION, TIER, withShortSide } from './_defaults.ts';

export default defineNode({
  id: 'extend',
  layer: 'generation',
  version: 1,
  title: 'Extend',
  summary: 'Goes on where a clip ends, and makes the next part of it.',
  docs: 'The new part begins with the last frame of the clip, so stitch both with a shared keyframe. Models that can look at the end of the clip, not at one frame only, know how it moved; others begin with the frame. The built-in engine goes on at the speed its camera had, and does what a connected Motion says from there; at the border of its picture it comes closer as it goes. Each hop adds its own faults to those before: after three or four bridge to a picture that was approved, or cut.',
  example: { tier: 'speed', seconds: 0.5 },
  inputs: {
    video: s.video({ label: 'Clip' }),
    lastFrame: s.image({ optional: true, label: 'Last frame' }),
    ...CLIP_CONTROLS,
  },
  outputs: { video: s.video({ label: 'New part' }) },
  params: {
    tier: TIER,
    seconds: p.float({
      label: 'Length',
      default: 2,
      min: 0.25,
      max: 12,
      step: 0.25,
      unit: 's',
      help: 'Where a Motion is connected, its duration counts.',
    }),
    tail: p.float({
      label: 'Tail',
      default: 0.9,
      min: 0.1,
      max: 3,
      step: 0.1,
      unit: 's',
      help: 'How much of the end of the clip is looked at, where the model can.',
    }),
    sound: SOUND,
  },
  determinism: 'seeded',
  lane: 'cpu',
  cost: () => ({ seconds: 4, megabytes: 200 }),
  request({ inputs, params }) {
    const { video, motion } = inputs;
    const shape = video ?? withShortSide(DEFAULT_ASPECT, 720);
    const still = video && knownEnd(video, 'last');
    const move = motion ?? { ...DEFAULT_MOTION, move: 'still', amount: 0, seconds: params.seconds };
    return clipRequest(params, inputs, clipAspect(shape, Math.min(shape.width, shape.height)), {
      // One rate from beginning to end, so that the parts can be joined frame by frame.
      motion: { ...move, fps: video ? Math.max(1, Math.round(video.fps)) : move.fps },
      ...(still ? { still } : {}),
      ...(video
        ? { continues: { clip: video, tail: params.tail, ...(motion ? {} : { sameMove: true as const }) } }
        : {}),
    });
  },
  run: (_, ctx) => takenClip(ctx),
});
