import { defineNode, NodeError, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'reference',
  layer: 'control',
  version: 1,
  title: 'Reference',
  summary: 'A picture to follow: its palette and light, and at high strength its composition.',
  docs: 'Drop a picture here, paste one, or choose a file; or feed it the image of another node. What is transparent counts as white. Of an animation the first frame is used. Around 0.3 it lends the mood, around 0.9 the composition.',
  example: { strength: 0.5 },
  inputs: { image: s.image({ optional: true, help: 'Used instead of the file when connected.' }) },
  outputs: { reference: s.reference() },
  params: {
    file: p.file({ label: 'Picture', accept: 'image' }),
    strength: p.float({ label: 'Strength', default: 0.45, min: 0, max: 1, step: 0.05 }),
  },
  determinism: 'pure',
  lane: 'cpu',
  async run({ inputs, params }) {
    const { file, strength } = params;
    if (inputs.image) return { reference: { kind: 'reference', image: inputs.image, strength } };
    if (!file)
      throw new NodeError('bad-input', 'No picture was chosen.', { hint: 'Drop a picture on this node, or mute it.' });
    return {
      reference: {
        kind: 'reference',
        strength,
        image: { kind: 'image', hash: file.hash, width: file.width ?? 1, height: file.height ?? 1 },
      },
    };
  },
});
