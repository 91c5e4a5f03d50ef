import { defineNode, endsKept, p, s } from '../../src/core/node-api.ts';
import { JOINS } from './_join-kinds.ts';
import { clipsToJoin, framesOf, inRecipe, joinsBetween, lengthOf, stretchesOf } from './_joins.ts';

/** The share of the work that looking for match cuts is. */
const SEARCHING = 0.2;

export default defineNode({
  id: 'stitch',
  layer: 'refinement',
  version: 3,
  migrations: {
    // Sizes change in linear light; the params stay.
    2: (node) => node,
    // Fades became crossfades, in linear light.
    3: ({ params, ...node }) => ({
      ...node,
      params: params['join'] === 'fade' ? { ...params, join: 'crossfade' } : params,
    }),
  },
  title: 'Stitch',
  summary: 'Joins clips one after another.',
  docs: 'In the order of the wires, with their sound. Shared keyframe is for a shot that begins with the very picture the one before ends with: it is shown once, not twice. A crossfade mixes light, as a lens would. A match cut looks near both ends for the two frames that look and move most alike, and leaves from one to what follows the other, so that pose and movement carry over; what comes after the one and before the other is left out. Size and frame rate are those of the first clip; others are scaled to fill it. A join that differs from the rest is named by the number of the clip it comes after.',
  example: { join: 'crossfade', fade: 0.1 },
  inputs: { videos: s.video({ many: true, label: 'Clips' }) },
  outputs: { video: s.video() },
  params: {
    join: p.choice({ label: 'Join', options: JOINS, default: 'cut' }),
    fade: p.float({
      label: 'Fade',
      default: 0.4,
      min: 0.1,
      max: 1,
      step: 0.1,
      unit: 's',
      when: { param: 'join', is: ['crossfade'] },
    }),
    window: p.float({
      label: 'Search',
      default: 0.5,
      min: 0.1,
      max: 2,
      step: 0.1,
      unit: 's',
      help: 'How far from both ends the cut may be.',
      when: { param: 'join', is: ['match cut'] },
    }),
    joins: p.list({
      label: 'Other joins',
      help: 'After which clip it goes on in another way than the rest. Of several for one place the last counts.',
      add: 'Add a join',
      fields: {
        after: p.int({ label: 'Clip', default: 1, min: 1, max: 999 }),
        join: p.choice({ label: 'Join', options: JOINS, default: 'cut' }),
        seconds: p.float({
          label: 'Time',
          default: 0.4,
          min: 0.1,
          max: 2,
          unit: 's',
          when: { param: 'join', is: ['crossfade', 'match cut'] },
        }),
      },
    }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 4, megabytes: 300 }),
  async stretches({ inputs: { videos }, params }, ctx) {
    const clips = await clipsToJoin(videos, ctx.artifacts);
    return stretchesOf(clips, joinsBetween(clips.length, params), clips[0]!, (share) => ctx.progress(share));
  },
  async run({ inputs: { videos }, params }, ctx) {
    const clips = await clipsToJoin(videos, ctx.artifacts);
    const first = clips[0]!;
    const { width, height, fps } = first;
    const size = { width, height, fps };
    const joins = joinsBetween(clips.length, params);
    const isSearched = joins.some(({ join }) => join === 'match cut');
    const stretches = await stretchesOf(clips, joins, size, (share) =>
      ctx.progress(isSearched ? share * SEARCHING : 0),
    );
    const frames = lengthOf(stretches);
    const { soundBetween, soundFaded, soundLater } = await import('../../src/core/sound.ts');
    const sound = stretches.flatMap(({ clip, from, end, overlap }, at) => {
      const begin = (lengthOf(stretches.slice(0, at)) - overlap) / fps;
      const seconds = (end - from) / fps;
      const heard = soundBetween(clip.sound ?? [], from / fps, end / fps);
      return soundLater(soundFaded(heard, seconds, overlap / fps, (stretches[at + 1]?.overlap ?? 0) / fps), begin);
    });
    const end = clips.at(-1)!;
    const isEndKept = end.width === width && end.height === height && end.fps === fps;
    const ends = { ...endsKept(first.ends, true, false), ...endsKept(end.ends, false, isEndKept) };
    const recipe = `stitch ${videos.map(({ hash }) => hash).join(' ')} ${stretches.map(inRecipe).join(' ')}`;
    const begun = isSearched ? SEARCHING : 0;
    let done = begun;
    const read = () => framesOf(stretches, size, () => ctx.progress(done));
    return {
      video: await ctx.artifacts.writeClip(
        { ...size, frames, read, recipe, ends, ...(sound.length ? { sound } : {}) },
        async (made) => {
          done = begun + ((1 - begun) * made) / frames;
          await ctx.progress(done);
        },
      ),
    };
  },
});
