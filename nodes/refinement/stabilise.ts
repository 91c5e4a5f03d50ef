import { defineNode, p, s } from '../../src/core/node-api.ts';

/** The path is smoothed by a Gaussian so many seconds wide at full strength. */
const WIDEST = 1;
/** A frame is enlarged by no more than this to hide its border. */
const MOST_ZOOM = 1.5;

export default defineNode({
  id: 'stabilise',
  layer: 'refinement',
  version: 1,
  title: 'Stabilise',
  summary: 'Takes the shaking out of a clip.',
  docs: 'Follows what most of the picture does, smooths the way of the camera, and moves, turns and enlarges each frame to lie on it. A pan that was meant stays; each cut begins anew. As needed enlarges by the least that shows no border, by half at most; with a zoom of your own, frames that would show one are held less.',
  example: { strength: 0.3 },
  inputs: { video: s.video() },
  outputs: { video: s.video() },
  params: {
    strength: p.float({ label: 'Strength', default: 0.5, min: 0, max: 1, step: 0.05 }),
    crop: p.choice({ label: 'Crop', options: ['as needed', 'chosen'], default: 'as needed', look: 'segments' }),
    zoom: p.float({
      label: 'Zoom',
      default: 1.1,
      min: 1,
      max: MOST_ZOOM,
      step: 0.01,
      unit: '×',
      when: { param: 'crop', is: ['chosen'] },
    }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 20, megabytes: 200 }),
  async run({ inputs: { video }, params }, ctx) {
    const [{ motionsOf }, { asFarAsSeen, leastZoom, lookUpOf, steadied }, { lookedUp }, clip] = await Promise.all([
      import('../../src/raster/global-motion.ts'),
      import('../../src/raster/steady-path.ts'),
      import('../../src/raster/looked-up.ts'),
      ctx.artifacts.clip(video),
    ]);
    const { width, height, fps, frames, sound } = clip;
    const motions = await motionsOf(clip.read(), clip, (seen) => ctx.progress((0.5 * seen) / frames));
    const steady = steadied(motions, params.strength * WIDEST * fps);
    const zoom = params.crop === 'chosen' ? params.zoom : leastZoom(steady, clip, MOST_ZOOM);
    const lookUps = steady.map((place) => lookUpOf(asFarAsSeen(place, zoom, clip), zoom));
    const recipe = `stabilise ${video.hash} ${params.strength} ${params.crop === 'chosen' ? params.zoom : 'as needed'}`;
    let done = 0.5;
    const read = () => lookedUp(clip.read(), lookUps, () => ctx.progress(done));
    return {
      video: await ctx.artifacts.writeClip(
        { width, height, fps, frames, read, recipe, ...(sound ? { sound } : {}) },
        async (made) => {
          done = 0.5 + (0.5 * made) / frames;
          await ctx.progress(done);
        },
      ),
    };
  },
});
