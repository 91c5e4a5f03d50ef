import { defineNode, NodeError, p, s } from '../../src/core/node-api.ts';
import { bestSeam, loopedAt, thereAndBack } from './_seam.ts';

/** A loop needs something to blend, to show, and to come back to. */
const FEWEST_FRAMES = 4;

export default defineNode({
  id: 'loop',
  layer: 'refinement',
  version: 1,
  title: 'Loop',
  summary: 'Makes a clip that ends where it begins.',
  docs: 'Looks near both ends for two frames that look and move alike, cuts there, and lets the last frames turn into what came before the first, along their motion. Where nothing comes back by itself, there and back shows the clip forwards, then backwards; it is heard forwards only.',
  example: { blend: 0.1, search: 0.2 },
  inputs: { video: s.video() },
  outputs: { video: s.video() },
  params: {
    way: p.choice({ label: 'Way', options: ['blend', 'there and back'], default: 'blend', look: 'segments' }),
    blend: p.float({
      label: 'Blend',
      default: 0.3,
      min: 0,
      max: 2,
      step: 0.1,
      unit: 's',
      when: { param: 'way', is: ['blend'] },
    }),
    search: p.float({
      label: 'Search',
      default: 1,
      min: 0,
      max: 5,
      step: 0.1,
      unit: 's',
      help: 'How far from both ends the cut may be.',
      when: { param: 'way', is: ['blend'] },
    }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 8, megabytes: 300 }),
  async run({ inputs: { video }, params }, ctx) {
    const clip = await ctx.artifacts.clip(video);
    const { width, height, fps } = clip;
    const kept = clip.ends?.first ? { first: clip.ends.first } : {};
    if (params.way === 'there and back') {
      const frames = clip.frames + Math.max(0, clip.frames - 2);
      const recipe = `loop ${video.hash} there and back`;
      const { sound } = clip;
      return {
        video: await ctx.artifacts.writeClip(
          {
            width,
            height,
            fps,
            frames,
            recipe,
            ends: kept,
            read: () => thereAndBack(clip),
            ...(sound ? { sound } : {}),
          },
          (made) => ctx.progress(made / frames),
        ),
      };
    }
    if (clip.frames < FEWEST_FRAMES)
      throw new NodeError('bad-input', 'The clip is too short to loop.', {
        hint: 'Use a longer clip, or let it go there and back.',
      });
    // Both leave a third of the clip and more to be shown, and the blend is never longer than that.
    const blend = Math.min(Math.floor(params.blend * fps + 0.5), Math.floor(clip.frames / 4));
    const search = Math.min(Math.floor(params.search * fps + 0.5), Math.floor((clip.frames - blend) / 3) - 1);
    const seam = await bestSeam(clip, blend, search, (share) => ctx.progress(share * 0.3));
    const frames = seam.end - seam.begin;
    const { soundBetween } = await import('../../src/core/sound.ts');
    const sound = soundBetween(clip.sound ?? [], seam.begin / fps, seam.end / fps);
    const ends = seam.begin === 0 ? kept : {};
    const recipe = `loop ${video.hash} ${seam.begin} ${seam.end} ${blend}`;
    let done = 0.3;
    const read = () => loopedAt(clip, seam, blend, () => ctx.progress(done));
    return {
      video: await ctx.artifacts.writeClip(
        { width, height, fps, frames, read, recipe, ends, ...(sound.length ? { sound } : {}) },
        async (made) => {
          done = 0.3 + (0.7 * made) / frames;
          await ctx.progress(done);
        },
      ),
    };
  },
});
