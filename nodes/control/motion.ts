import { CAMERA_MOVES, defineNode, EASINGS, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'motion',
  layer: 'control',
  version: 1,
  title: 'Motion',
  summary: 'How the camera moves, for how long.',
  docs: 'One clear move reads better than three. Push in and orbit show depth; dolly zoom keeps the subject as large as it is while the background falls back; handheld always loops. A loop goes there and back, an orbit all around, and its last frame leads to the first. Shutter blurs what moves from frame to frame: 180° looks like film, 0° keeps every frame sharp enough to go on from.',
  example: { move: 'push in', seconds: 1 },
  inputs: {},
  outputs: { motion: s.motion() },
  params: {
    move: p.choice({ label: 'Camera move', options: CAMERA_MOVES, default: 'push in' }),
    amount: p.float({ label: 'Amount', default: 0.6, min: 0, max: 1, step: 0.05 }),
    easing: p.choice({
      label: 'Easing',
      options: EASINGS,
      default: 'ease in-out',
      when: { param: 'loop', is: [false] },
    }),
    loop: p.toggle({ label: 'Loop', default: false }),
    shutter: p.float({ label: 'Shutter', default: 0, min: 0, max: 360, step: 45, unit: '°' }),
    seconds: p.float({ label: 'Duration', default: 2, min: 0.25, max: 12, step: 0.25, unit: 's' }),
    fps: p.choice({ label: 'Frame rate', options: ['12', '24', '25', '30'], default: '24', look: 'segments' }),
  },
  determinism: 'pure',
  lane: 'cpu',
  async run({ params }) {
    return {
      motion: {
        kind: 'motion',
        move: params.move,
        amount: params.amount,
        easing: params.easing,
        seconds: params.seconds,
        fps: Number(params.fps),
        // Left out where they say nothing, so that what was made before they came is still found.
        ...(params.loop ? { loop: true } : {}),
        ...(params.shutter > 0 ? { shutter: params.shutter } : {}),
      },
    };
  },
});
