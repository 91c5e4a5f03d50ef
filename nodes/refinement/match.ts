import { defineNode, NodeError, p, s } from '../../src/core/node-api.ts';

export default defineNode({
  id: 'match',
  layer: 'refinement',
  version: 1,
  title: 'Match',
  summary: 'Gives a picture or a clip the light and colour of a reference.',
  docs: 'For shots that belong together: connect the first shot as the reference of all others, so that no drift is followed. To go on seamlessly from the clip before, match to its end. A clip is changed in the same way from its first frame to its last, as its beginning asks for, so nothing flickers; where it holds cuts, match its shots before they are stitched. Of two references the picture counts.',
  example: { strength: 0.8 },
  inputs: {
    image: s.image({ optional: true }),
    video: s.video({ optional: true }),
    likeImage: s.image({ optional: true, label: 'Reference picture' }),
    likeVideo: s.video({ optional: true, label: 'Reference clip' }),
  },
  outputs: { image: s.image({ optional: true }), video: s.video({ optional: true }) },
  params: {
    strength: p.float({ label: 'Strength', default: 1, min: 0, max: 1, step: 0.05 }),
    to: p.choice({
      label: 'Of the reference clip',
      options: ['its beginning', 'its end'],
      default: 'its beginning',
      look: 'segments',
      help: 'Its end is for a clip that goes on from it.',
    }),
  },
  determinism: 'pure',
  lane: 'cpu',
  cost: () => ({ seconds: 3, megabytes: 120 }),
  check: ({ wired }) => checkGiven((input) => wired.has(input)),
  async run({ inputs, params }, ctx) {
    const { image, video, likeImage, likeVideo } = inputs;
    checkGiven((input) => inputs[input] !== undefined);
    const reference = (likeImage ?? likeVideo)!;
    const [{ applyCube }, { coloursOfBeginning, coloursOfEnd, COLOUR_WINDOW, matchCube }] = await Promise.all([
      import('../../src/raster/filters.ts'),
      import('../../src/raster/match-look.ts'),
    ]);

    async function* picture(value: NonNullable<typeof image>) {
      yield (await ctx.artifacts.image(value)).raster;
    }
    async function lookOf(value: NonNullable<typeof image | typeof video>) {
      return coloursOfBeginning(value.kind === 'image' ? picture(value) : (await ctx.artifacts.clip(value)).read());
    }
    const wanted =
      reference.kind === 'video' && params.to === 'its end'
        ? await coloursOfEnd(
            (await ctx.artifacts.clip(reference)).readFrom(Math.max(0, reference.frames - COLOUR_WINDOW)),
          )
        : await lookOf(reference);
    await ctx.progress(0.1);

    async function matchedPicture(value: NonNullable<typeof image>) {
      const cube = matchCube(await lookOf(value), wanted, params.strength);
      const { raster } = await ctx.artifacts.image(value);
      const matched = await applyCube(raster, cube, (done) => ctx.progress(0.1 + done * 0.1));
      return ctx.artifacts.writeImageLike(value, { raster: matched });
    }
    async function matchedClip(value: NonNullable<typeof video>) {
      const clip = await ctx.artifacts.clip(value);
      const cube = matchCube(await lookOf(value), wanted, params.strength);
      async function* frames() {
        for await (const frame of clip.read()) yield await applyCube(frame, cube, async () => {});
      }
      const { width, height, fps, sound } = clip;
      const recipe = `match ${value.hash} ${reference.hash} ${params.to} ${params.strength}`;
      return ctx.artifacts.writeClip(
        { width, height, fps, frames: clip.frames, read: frames, recipe, ...(sound ? { sound } : {}) },
        (done) => ctx.progress(0.2 + (done / clip.frames) * 0.8),
      );
    }
    return { image: image && (await matchedPicture(image)), video: video && (await matchedClip(video)) };
  },
});

type Given = 'image' | 'video' | 'likeImage' | 'likeVideo';
function checkGiven(isGiven: (input: Given) => boolean): void {
  if (!isGiven('image') && !isGiven('video'))
    throw new NodeError('bad-input', 'Nothing is connected to match.', { hint: 'Connect a picture or a clip.' });
  if (!isGiven('likeImage') && !isGiven('likeVideo'))
    throw new NodeError('bad-input', 'There is nothing to match it to.', {
      hint: 'Connect a reference picture or clip.',
    });
}
