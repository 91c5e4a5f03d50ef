/** The built-in provider: draws with `src/sketch`, on this machine, for nothing. */
import { endOf } from '../core/clip-ends.ts';
import { NodeError } from '../core/errors.ts';
import type { RunContext } from '../core/node.ts';
import { say, type Said } from '../core/say.ts';
import type { Continued, RunMode, TakeRequest } from '../core/take.ts';
import type { CameraPose, ImageValue, MotionValue, Raster } from '../core/values.ts';
import { loadPart } from '../load-part.ts';
import { RESTING } from '../raster/camera.ts';
import { overWhite } from '../raster/opaque.ts';
import { pictureSize } from '../routing/picture-size.ts';
import type { Made, Provider } from '../routing/provider.ts';
import { paintedInLayers, recipeOf, referencesOf } from './sketch-recipe.ts';

type Ctx = Pick<RunContext, 'artifacts' | 'progress' | 'signal'>;

export const sketchProvider: Provider = {
  id: 'sketch',
  async make({ request, mode }, ctx) {
    switch (request.work) {
      case 'text to image':
        return still(request, mode, ctx);
      case 'image edit':
        return edit(request, mode, ctx);
      case 'upscale':
        return upscale(request, ctx);
      case 'image to video':
        return animate(request, mode, ctx);
      case 'text to video':
        return film(request, mode, ctx);
      default:
        return request.work satisfies never;
    }
  },
};

async function still(request: TakeRequest, mode: RunMode, ctx: Ctx): Promise<Made> {
  const { sketchStill } = await loadPart(() => import('../sketch/sketch.ts'));
  const simple = mode === 'draft';
  const size = pictureSize(request.aspect, simple ? request.megapixels / 4 : request.megapixels);
  const scene = {
    prompt: request.prompt.text,
    negative: request.prompt.negative,
    seed: request.seed.seed,
    guidance: request.guidance.scale,
    ...size,
    simple,
  };
  const references = await referencesOf(request.references, ctx);
  const picture = await sketchStill({ ...scene, references }, (done) => ctx.progress(done * 0.95));
  const recipe = recipeOf(scene, request.references, picture);
  const notes = await notesOnReading(request);
  return {
    artifact: await ctx.artifacts.writeImage({ ...picture, recipe }),
    seed: request.seed.seed,
    ...(notes.length ? { notes } : {}),
  };
}

/** What of the prompt is not in the picture, and for what a card stands there. */
async function notesOnReading({ prompt }: TakeRequest): Promise<readonly Said[]> {
  const { toldReading } = await loadPart(() => import('../sketch/told-reading.ts'));
  const { notDrawn, cards } = toldReading(prompt.text, prompt.negative);
  return [
    ...(notDrawn.length ? [say('Not drawn: {0}.', notDrawn.join(', '))] : []),
    ...(cards.length ? [say('Drawn as a card with its name: {0}.', cards.join(', '))] : []),
  ];
}

/** Paints the prompt over the composition and palette of the given still. */
async function edit(request: TakeRequest, mode: RunMode, ctx: Ctx): Promise<Made> {
  if (!request.still) throw new NodeError('bad-input', 'There is no picture to edit.', { hint: 'Connect a picture.' });
  return still(
    { ...request, references: [{ kind: 'reference', image: request.still, strength: 0.9 }, ...request.references] },
    mode,
    ctx,
  );
}

/** Twice as large each way, with the Lanczos filter. */
async function upscale(request: TakeRequest, ctx: Ctx): Promise<Made> {
  if (!request.still)
    throw new NodeError('bad-input', 'There is no picture to enlarge.', { hint: 'Connect a picture.' });
  const { resize } = await loadPart(() => import('../raster/filters.ts'));
  const { raster } = await ctx.artifacts.image(request.still);
  const large = await resize(raster, raster.width * 2, raster.height * 2, ctx.progress);
  return { artifact: await ctx.artifacts.writeImageLike(request.still, { raster: large }), seed: request.seed.seed };
}

/** Of the time that a clip takes, the part in which its picture comes apart. */
const SHARE_OF_LAYERS = 0.2;
const framesOf = (motion: MotionValue): number => Math.max(1, Math.round(motion.seconds * motion.fps));
/** Draft clips are half as large. */
function clipSize(request: TakeRequest, mode: RunMode): { width: number; height: number } {
  // What goes on from a clip is as large as that one, which was a draft already.
  const shrink = mode === 'draft' && !request.continues ? 0.5 : 1;
  const even = (n: number) => Math.max(16, Math.round((n * shrink) / 2) * 2);
  return { width: even(request.aspect.width), height: even(request.aspect.height) };
}

async function animate(request: TakeRequest, mode: RunMode, ctx: Ctx): Promise<Made> {
  const { motion, lastFrame, continues } = request;
  const camera = continues?.clip.ends?.camera;
  const source = camera?.still ?? request.still ?? (continues && (await endOf(continues.clip, 'last', ctx.artifacts)));
  if (!motion || !source)
    throw new NodeError('bad-input', 'There is no still to animate.', { hint: 'Connect a picture.' });
  const [
    { moveThrough },
    { moveBetween },
    { arriving, exposuresOf, leaving },
    going,
    { focusOf },
    { layersFor },
    { cover },
  ] = await loadPart(() =>
    Promise.all([
      import('../raster/move-through.ts'),
      import('../raster/move-between.ts'),
      import('../raster/moves.ts'),
      import('../raster/going-on.ts'),
      import('../raster/focus-of.ts'),
      import('../raster/layers-for.ts'),
      import('../raster/filters.ts'),
    ]),
  );
  const size = clipSize(request, mode);
  const { width, height } = size;
  const frames = framesOf(motion);
  // What ends with another picture leads to no beginning.
  const move = lastFrame ? { ...motion, loop: false } : motion;
  const pictures = lastFrame ? 2 : 1;
  const passed = async (image: ImageValue, at: number) => {
    const picture = await paintedInLayers(image, size, ctx);
    const layers = await layersFor(picture, width, height, (done) =>
      ctx.progress(((at + done) / pictures) * SHARE_OF_LAYERS),
    );
    return { layers, focus: focusOf(layers) };
  };
  const fitted = async (image: ImageValue) =>
    cover(overWhite((await ctx.artifacts.image(image)).raster), width, height, async () => ctx.signal.throwIfAborted());
  const first = await passed(source, 0);
  const last = lastFrame && (await passed(lastFrame, 1));
  const from = continues && (camera ?? { pose: RESTING, speed: await speedSeenIn(continues, ctx) });
  const exposures = from
    ? going.goingOn(continues?.sameMove ? undefined : motion, { frames, fps: motion.fps }, size, from, first.focus)
    : lastFrame
      ? leaving(exposuresOf(move, frames, size, first.focus), size)
      : exposuresOf(move, frames, size, first.focus);
  const end = last && {
    layers: last.layers,
    exposures: arriving(exposuresOf(move, frames, size, last.focus), size),
    picture: await fitted(lastFrame),
  };
  // What leads from one picture to another begins with the one as it ends with the other: both are joined by them.
  const begin = continues
    ? await fitted(await endOf(continues.clip, 'last', ctx.artifacts))
    : lastFrame && (await fitted(source));
  const moving = () =>
    end ? moveBetween({ ...first, exposures }, end) : moveThrough(first.layers, width, height, exposures);
  const read = () => (begin ? startingWith(begin, moving()) : moving());
  const way = going.endOfWay(end?.exposures ?? exposures, motion.fps);
  const ends = way ? { ends: { camera: { still: lastFrame ?? source, ...way } } } : {};
  const clip = { width, height, fps: motion.fps, frames, read, ...ends };
  const artifact = await ctx.artifacts.writeClip(clip, (done) =>
    ctx.progress(SHARE_OF_LAYERS + (done / frames) * (1 - SHARE_OF_LAYERS), say('frame {0} of {1}', done, frames)),
  );
  const notes = [
    ...((lastFrame || continues) && motion.loop
      ? [say('Loop ignored: the clip ends with another picture than it begins with.')]
      : []),
    ...(from?.speed && going.isDrawingBack(from.speed)
      ? [say('Nothing is known outside of the last frame, so the camera draws back no further.')]
      : []),
    ...notesOnSound(request),
  ];
  return { artifact, seed: request.seed.seed, ...(notes.length ? { notes } : {}) };
}

/** Another picture in place of the first frame. */
async function* startingWith(picture: Raster, frames: AsyncGenerator<Raster>): AsyncGenerator<Raster> {
  await frames.next();
  yield picture;
  yield* frames;
}

async function speedSeenIn({ clip, tail }: Continued, ctx: Ctx): Promise<CameraPose | undefined> {
  const { speedSeen } = await loadPart(() => import('../raster/going-on.ts'));
  return speedSeen(await ctx.artifacts.clip(clip), tail, (done) => ctx.progress(done * SHARE_OF_LAYERS));
}

const notesOnSound = ({ sound }: TakeRequest): readonly Said[] =>
  sound ? [say('Sound ignored: clips of {0} are silent.', say('Built-in engine'))] : [];

async function film(request: TakeRequest, mode: RunMode, ctx: Ctx): Promise<Made> {
  const { motion } = request;
  if (!motion) throw new NodeError('bad-input', 'There is no motion to film.', { hint: 'Connect a Motion node.' });
  const [{ sketchFilm }, { exposuresOf }] = await loadPart(() =>
    Promise.all([import('../sketch/sketch.ts'), import('../raster/moves.ts')]),
  );
  const { width, height } = clipSize(request, mode);
  const frames = framesOf(motion);
  const scene = {
    prompt: request.prompt.text,
    negative: request.prompt.negative,
    seed: request.seed.seed,
    guidance: request.guidance.scale,
    width,
    height,
    simple: mode === 'draft',
    references: await referencesOf(request.references, ctx),
  };
  const cameras = exposuresOf({ ...motion, shutter: 0 }, frames, { width, height }).map(([pose]) => pose!);
  const clip = { width, height, fps: motion.fps, frames, read: () => sketchFilm(scene, cameras) };
  const artifact = await ctx.artifacts.writeClip(clip, (done) =>
    ctx.progress(done / frames, say('frame {0} of {1}', done, frames)),
  );
  const notes = [...(await notesOnReading(request)), ...notesOnSound(request)];
  return { artifact, seed: request.seed.seed, ...(notes.length ? { notes } : {}) };
}
