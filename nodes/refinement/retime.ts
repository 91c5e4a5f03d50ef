import { defineNode, p, s } from '../../src/core/node-api.ts';
import { placesAt, shownAt, speedAlong } from './_pace.ts';

export default defineNode({
  id: 'retime',
  layer: 'refinement',
  version: 1,
  title: 'Retime',
  summary: 'Makes a clip slower or faster, or gives it another frame rate.',
  docs: 'By one factor, or along a curve from the beginning of the clip to its end. Frames in between are made along the motion of what is seen, faded, or the nearest is shown; none is made across a cut. To change the frame rate alone, set the factor to 1. The sound is kept while the speed is 1 throughout, and left out otherwise, since its pitch would change.',
  example: { factor: 0.5 },
  inputs: { video: s.video() },
  outputs: { video: s.video() },
  params: {
    by: p.choice({ label: 'Speed', options: ['factor', 'curve'], default: 'factor', look: 'segments' }),
    factor: p.float({
      label: 'Factor',
      default: 0.5,
      min: 0.1,
      max: 10,
      step: 0.05,
      unit: '×',
      when: { param: 'by', is: ['factor'] },
    }),
    curve: p.curve({
      label: 'Speed along the clip',
      default: [
        [0, 0.5],
        [1, 0.5],
      ],
      help: 'A quarter of the speed at the bottom, unchanged in the middle, four times at the top.',
      when: { param: 'by', is: ['curve'] },
    }),
    between: p.choice({
      label: 'Frames between',
      options: ['motion', 'blend', 'nearest'],
      default: 'motion',
      look: 'segments',
    }),
    fps: p.choice({ label: 'Frame rate', options: ['keep', '24', '25', '30', '50', '60'], default: 'keep' }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: ({ params }) => ({ seconds: params.between === 'motion' ? 30 : 6, megabytes: 300 }),
  async run({ inputs: { video }, params }, ctx) {
    const clip = await ctx.artifacts.clip(video);
    const { width, height } = clip;
    const fps = params.fps === 'keep' ? clip.fps : Number(params.fps);
    const speed = params.by === 'curve' ? speedAlong(params.curve) : () => params.factor;
    const places = placesAt(clip, speed, fps);
    const frames = places.length;
    const isUnchanged = params.by === 'curve' ? params.curve.every(([, y]) => y === 0.5) : params.factor === 1;
    const { soundBetween } = await import('../../src/core/sound.ts');
    const sound = isUnchanged ? soundBetween(clip.sound ?? [], 0, frames / fps) : [];
    const showsLast = places.at(-1)! === clip.frames - 1;
    const ends = {
      ...(clip.ends?.first ? { first: clip.ends.first } : {}),
      ...(showsLast && clip.ends?.last ? { last: clip.ends.last } : {}),
    };
    const pace = params.by === 'curve' ? JSON.stringify(params.curve) : params.factor;
    const recipe = `retime ${video.hash} ${pace} ${params.between} ${fps}`;
    let done = 0;
    const read = () => shownAt(clip, places, params.between, () => ctx.progress(done));
    return {
      video: await ctx.artifacts.writeClip(
        { width, height, fps, frames, read, recipe, ends, ...(sound.length ? { sound } : {}) },
        async (made) => {
          done = made / frames;
          await ctx.progress(done);
        },
      ),
    };
  },
});
