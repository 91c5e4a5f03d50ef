import { defineNode, NodeError, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'import',
  layer: 'control',
  version: 1,
  title: 'Import',
  summary: 'Brings a picture or a clip of your own into the graph, to be refined, animated, joined and delivered.',
  docs: 'Drop a picture or a clip here, or choose a file. Pictures stand upright and are sRGB from here on; of an animation the first frame is used. Clips keep their bytes and their sound until a step changes them; one whose frames come unevenly gets the usual rate next to its own. A folder, dropped or chosen, becomes rows of the batch: each file one, in the order of their names. To have a clip as pictures, choose “Split into stills” in the menu of this node. To lend only its look to something new, use Reference.',
  example: {},
  inputs: {},
  outputs: { image: s.image({ optional: true }), video: s.video({ optional: true }) },
  params: { file: p.file({ label: 'Picture or clip', accept: 'media' }) },
  determinism: 'pure',
  lane: 'cpu',
  async run({ params: { file } }) {
    if (!file)
      throw new NodeError('bad-input', 'No picture or clip was chosen.', {
        hint: 'Drop one on this node, or mute it.',
      });
    const { hash, width = 1, height = 1, clip } = file;
    if (!clip) return { image: { kind: 'image', hash, width, height }, video: undefined };
    const { fps, frames, hasSound } = clip;
    const { soundOfFile } = await import('../../src/core/sound.ts');
    const sound = hasSound ? { sound: soundOfFile(hash, { frames, fps }) } : {};
    return { image: undefined, video: { kind: 'video', hash, width, height, fps, frames, ...sound } };
  },
});
