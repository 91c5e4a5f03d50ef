import { defineNode, MEASURES, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'acceptance',
  layer: 'control',
  version: 1,
  title: 'Acceptance',
  summary: 'What a take must reach to be accepted, and how many takes it may cost.',
  docs: 'Connect it to a generation node. Each take is measured; one that misses a threshold is rejected and another is taken, up to the cap. A threshold of 0 is not checked. Palette, structure and look compare with the reference, and are not checked without one; coherence and drift are for clips.',
  example: { cap: 3, sharpness: 5, emptiness: 90 },
  inputs: {
    reference: s.image({
      optional: true,
      label: 'Reference',
      help: 'What palette, structure and look are compared with.',
    }),
  },
  outputs: { acceptance: s.acceptance() },
  params: {
    cap: p.int({ label: 'Most takes', default: 0, min: 0, max: 24, help: '0 leaves it to the routing table.' }),
    sharpness: p.float({
      label: 'Sharpness, at least',
      default: 0,
      min: 0,
      max: 100,
      step: 1,
      help: 'How much fine edge contrast the picture has. Soft focus is below 10, crisp detail above 40.',
    }),
    exposure: p.float({
      label: 'Clipped light, at most',
      default: 0,
      min: 0,
      max: 100,
      step: 0.5,
      unit: '%',
      help: 'Share of pixels that are pure black or blown white.',
    }),
    emptiness: p.float({
      label: 'Empty area, at most',
      default: 0,
      min: 0,
      max: 100,
      step: 1,
      unit: '%',
      help: 'Share of the frame in which nothing varies.',
    }),
    palette: p.float({
      label: 'Palette distance, at most',
      default: 0,
      min: 0,
      max: 50,
      step: 0.5,
      unit: 'ΔE',
      help: 'How far its colours are from the reference, in CIEDE2000. Below 2 nobody sees it; 10 is another mood.',
    }),
    structure: p.float({
      label: 'Likeness, at least',
      default: 0,
      min: 0,
      max: 1,
      step: 0.02,
      help: 'Structural similarity (SSIM) to the reference: 1 is the same picture.',
    }),
    look: p.float({
      label: 'Look distance, at most',
      default: 0,
      min: 0,
      max: 10,
      step: 0.1,
      addedLater: true,
      help: 'How far its colours, its light and its edges are from the reference, in steps: one step is as far as pictures of one campaign usually are apart at most. Of a clip, over all its length. The page Campaign shows the same figure.',
    }),
    coherence: p.float({
      label: 'Coherence, at least',
      default: 0,
      min: 0,
      max: 1,
      step: 0.02,
      help: 'Clips: how alike neighbouring frames are. Flicker lowers it.',
    }),
    drift: p.float({
      label: 'Drift, at most',
      default: 0,
      min: 0,
      max: 50,
      step: 0.5,
      unit: 'ΔE',
      help: 'Clips: how far the palette moves away from the first frame.',
    }),
  },
  determinism: 'pure',
  lane: 'cpu',
  async run({ inputs, params }) {
    const criteria = MEASURES.filter((measure) => params[measure] > 0).map((measure) => ({
      measure,
      limit: params[measure],
    }));
    return {
      acceptance: {
        kind: 'acceptance',
        cap: params.cap,
        criteria,
        ...(inputs.reference ? { reference: inputs.reference } : {}),
      },
    };
  },
});
