import { defineNode, NodeError, p, s, type Raster } from '../../src/core/node-api.ts';
import { atRate, covering, framesAtRate, mixed } from './_clips.ts';

export default defineNode({
  id: 'stitch',
  layer: 'refinement',
  version: 2,
  // 2: sizes change in linear light; the params stay.
  migrations: { 2: (node) => node },
  title: 'Stitch',
  summary: 'Joins clips one after another.',
  docs: 'In the order of the wires, cut or faded into each other, with their sound. Size and frame rate are those of the first clip; others are scaled to fill it. To go on where a clip ended, take its last picture with Grab still, animate that, and stitch both.',
  example: { join: 'fade', fade: 0.1 },
  inputs: { videos: s.video({ many: true, label: 'Clips' }) },
  outputs: { video: s.video() },
  params: {
    join: p.choice({ label: 'Join', options: ['cut', 'fade'], default: 'cut', look: 'segments' }),
    fade: p.float({
      label: 'Fade',
      default: 0.4,
      min: 0.1,
      max: 1,
      step: 0.1,
      unit: 's',
      when: { param: 'join', is: ['fade'] },
    }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 4, megabytes: 300 }),
  async run({ inputs: { videos }, params }, ctx) {
    const [first] = videos;
    if (!first)
      throw new NodeError('bad-input', 'Nothing is connected to stitch.', { hint: 'Connect two clips or more.' });
    const { width, height, fps } = first;
    const clips = await Promise.all(videos.map((video) => ctx.artifacts.clip(video)));
    const lengths = clips.map((clip) => framesAtRate(clip, fps));
    // A fade never takes more than half of either clip.
    const overlaps = lengths.map((length, at) =>
      at === 0 || params.join === 'cut'
        ? 0
        : Math.min(Math.floor(params.fade * fps + 0.5), length >> 1, lengths[at - 1]! >> 1),
    );
    const frames = sum(lengths) - sum(overlaps);
    async function* joined() {
      /** The end of the clip before, that the next one fades over. */
      let tail: Raster[] = [];
      for (const [at, clip] of clips.entries()) {
        const [fading, held] = [overlaps[at]!, overlaps[at + 1] ?? 0];
        const ending = tail;
        tail = [];
        let index = 0;
        for await (const raw of atRate(clip, fps)) {
          const frame = await covering(raw, width, height, async () => ctx.signal.throwIfAborted());
          const shown = index < fading ? mixed(ending[index]!, frame, (index + 1) / (fading + 1)) : frame;
          if (index >= lengths[at]! - held) tail.push(shown);
          else yield shown;
          index++;
        }
      }
    }
    const { soundBetween, soundFaded, soundLater } = await import('../../src/core/sound.ts');
    const sound = clips.flatMap((clip, at) => {
      const begin = (sum(lengths.slice(0, at)) - sum(overlaps.slice(0, at + 1))) / fps;
      const seconds = lengths[at]! / fps;
      const heard = soundBetween(clip.sound ?? [], 0, seconds);
      return soundLater(soundFaded(heard, seconds, overlaps[at]! / fps, (overlaps[at + 1] ?? 0) / fps), begin);
    });
    const [begin, end] = [first.ends?.first, clips.at(-1)!];
    const isEndKept = end.ends?.last && end.width === width && end.height === height && end.fps === fps;
    const ends = { ...(begin ? { first: begin } : {}), ...(isEndKept ? { last: end.ends.last } : {}) };
    const recipe = `stitch ${videos.map(({ hash }) => hash).join(' ')} ${overlaps.join(' ')}`;
    return {
      video: await ctx.artifacts.writeClip(
        { width, height, fps, frames, read: joined, recipe, ends, ...(sound.length ? { sound } : {}) },
        (done) => ctx.progress(done / frames),
      ),
    };
  },
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
