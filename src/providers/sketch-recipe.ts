/** How the built-in generator painted a still, kept with it so that a camera can have it in layers. */
import { readJson } from '../core/json.ts';
import { isRecord, listIn } from '../core/loose.ts';
import type { RunContext } from '../core/node.ts';
import type { Picture, TakeRequest } from '../core/take.ts';
import type { ImageValue } from '../core/values.ts';
import { loadPart } from '../load-part.ts';
import { overWhite } from '../raster/opaque.ts';
import type { SketchRequest } from '../sketch/sketch.ts';

type Ctx = Pick<RunContext, 'artifacts' | 'progress' | 'signal'>;
type References = TakeRequest['references'];

/** The longest recipe is a prompt and a few pictures. */
const LONGEST = 1e6;

type Scene = Omit<SketchRequest, 'references'>;

export const recipeOf = (scene: Scene, references: References): string => JSON.stringify({ scene, references });

export async function referencesOf(references: References, ctx: Ctx): Promise<SketchRequest['references']> {
  return Promise.all(
    references.map(async ({ image, strength }) => ({
      image: overWhite((await ctx.artifacts.image(image)).raster),
      strength,
    })),
  );
}

/**
 * The picture with its layers, at the size a clip needs, where it is a still of the built-in generator or a copy with
 * other colours or another size. As it came where it is not, or where it would be painted otherwise today.
 */
export async function paintedInLayers(
  source: ImageValue,
  clip: { readonly width: number; readonly height: number },
  ctx: Ctx,
): Promise<Picture> {
  const picture = await ctx.artifacts.image(source);
  const { raster, depth } = picture;
  if (!source.recipe || !depth) return picture;
  const [{ sketchInLayers }, { recoloured }, { sizeFor }, { resize }] = await loadPart(() =>
    Promise.all([
      import('../sketch/sketch.ts'),
      import('../sketch/recoloured.ts'),
      import('../raster/layers-for.ts'),
      import('../raster/filters.ts'),
    ]),
  );
  const request = await requestIn(source.recipe, ctx);
  if (!request) return picture;
  const painted = await sketchInLayers(request, (done) => ctx.progress(done * 0.1));
  // Depth goes with a picture through every change of its pixels: it says whether this is still the same scene.
  const isSame = depth.width === painted.depth?.width && depth.data.every((at, i) => at === painted.depth?.data[i]);
  if (!isSame || !painted.layers) return picture;
  const size = sizeFor(raster, clip.width, clip.height);
  const current = await resize(overWhite(raster), size.width, size.height, async () => {});
  return { raster: current, depth, layers: await recoloured(painted.raster, painted.layers, current) };
}

/** What was asked for; nothing where a picture it leant on is gone. */
async function requestIn(recipe: NonNullable<ImageValue['recipe']>, ctx: Ctx): Promise<SketchRequest | undefined> {
  try {
    const read = readJson(await ctx.artifacts.text(recipe), LONGEST);
    if (!read.ok || !isRecord(read.value) || !isScene(read.value['scene'])) return undefined;
    const references = listIn(read.value['references']) as unknown as References;
    return { ...read.value['scene'], references: await referencesOf(references, ctx) };
  } catch {
    ctx.signal.throwIfAborted();
    return undefined;
  }
}

function isScene(scene: unknown): scene is Scene {
  if (!isRecord(scene)) return false;
  const { prompt, negative, simple, seed, guidance, width, height } = scene;
  const isSide = (side: unknown) => Number.isInteger(side) && (side as number) > 0;
  return (
    typeof prompt === 'string' &&
    typeof negative === 'string' &&
    typeof simple === 'boolean' &&
    Number.isInteger(seed) &&
    Number.isFinite(guidance) &&
    isSide(width) &&
    isSide(height)
  );
}
