import { defineNode, p, s } from '../../src/core/node-api.ts';
import { ASPECT_NAMES, ASPECTS } from './_aspects.ts';

export default defineNode({
  id: 'aspect',
  layer: 'control',
  version: 1,
  title: 'Aspect',
  summary: 'The frame: its shape, and the size the finished piece will have.',
  docs: 'Pictures are composed for the shape, never stretched into it. The size is planned here, upstream: generation works at its own size, and Upscale or Reframe bring the result to exactly this one.',
  example: { frame: '16:9', short: '1080' },
  inputs: {},
  outputs: { aspect: s.aspect() },
  params: {
    frame: p.aspect({ label: 'Frame', options: ASPECT_NAMES, default: '16:9', shapes: ASPECTS }),
    short: p.choice({
      label: 'Short side',
      options: ['720', '1080', '1440', '2160'],
      default: '1080',
      look: 'segments',
      help: 'Pixels on the short side of the finished piece.',
    }),
  },
  determinism: 'pure',
  lane: 'cpu',
  async run({ params }) {
    const shape = ASPECTS[params.frame];
    const [w, h] = params.frame.split(':').map(Number) as [number, number];
    const scale = Number(params.short) / 1080;
    const even = (n: number) => Math.round((n * scale) / 2) * 2;
    return { aspect: { kind: 'aspect', ratio: [w, h], width: even(shape.width), height: even(shape.height) } };
  },
});
