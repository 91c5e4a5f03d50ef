import { defineNode, NodeError, p, s } from '../../src/core/node-api.ts';
import { pictureOfFile } from './_picture-of-file.ts';

export default defineNode({
  id: 'reference',
  layer: 'control',
  version: 1,
  title: 'Reference',
  summary: 'A picture to follow: its palette and light, and at high strength its composition.',
  docs: 'Drop a picture here, paste one, or choose a file; or feed it the image of another node. What is transparent counts as white. Of an animation the first frame is used. It can be cropped, marked and masked; the file itself stays as it is. Around 0.3 it lends the mood, around 0.9 the composition.',
  example: { strength: 0.5 },
  inputs: { image: s.image({ optional: true, help: 'Used instead of the file when connected.' }) },
  outputs: { reference: s.reference(), mask: s.image({ label: 'Mask', optional: true }) },
  params: {
    file: p.file({ label: 'Picture', accept: 'image' }),
    strength: p.float({ label: 'Strength', default: 0.45, min: 0, max: 1, step: 0.05 }),
  },
  determinism: 'pure',
  lane: 'cpu',
  async run({ inputs, params }, ctx) {
    const { file, strength } = params;
    if (inputs.image) return { reference: { kind: 'reference', image: inputs.image, strength }, mask: undefined };
    if (!file)
      throw new NodeError('bad-input', 'No picture was chosen.', { hint: 'Drop a picture on this node, or mute it.' });
    const { image, mask } = await pictureOfFile(file, ctx);
    return { reference: { kind: 'reference', image, strength }, mask };
  },
});
