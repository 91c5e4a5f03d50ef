/** How the built-in generator painted a still, kept with it so that a camera can have it in layers. */
import { readJson } from '../core/json.ts';
import { isRecord, listIn } from '../core/loose.ts';
import type { RunContext } from '../core/node.ts';
import type { Picture, TakeRequest } from '../core/take.ts';
import type { DepthMap, ImageValue } from '../core/values.ts';
import { loadPart } from '../load-part.ts';
import { overWhite } from '../raster/opaque.ts';
import type { SketchRequest } from '../sketch/sketch.ts';

type Ctx = Pick<RunContext, 'artifacts' | 'progress' | 'signal'>;
type References = TakeRequest['references'];

/** The longest recipe is a prompt and a few pictures. */
const LONGEST = 1e6;

type Scene = Omit<SketchRequest, 'references'>;

export const recipeOf = (scene: Scene, references: References, painted: Picture): string =>
  JSON.stringify({ scene, references, depth: fingerprintOf(painted.depth) });

/** FNV-1a, 32 bits: whether a scene is painted today as it was then. */
function fingerprintOf(depth: DepthMap | undefined): number {
  let hash = 0x811c9dc5;
  for (const byte of depth?.data ?? []) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

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
 * other colours or another size, or a part of it. As it came where it is not, or where it would be painted otherwise today.
 */
export async function paintedInLayers(
  source: ImageValue,
  clip: { readonly width: number; readonly height: number },
  ctx: Ctx,
): Promise<Picture> {
  const picture = await ctx.artifacts.image(source);
  const { raster, depth } = picture;
  if (!source.recipe) return picture;
  const [{ sketchInLayers }, { recoloured }, { cutOut }, { sizeFor }, { resize }] = await loadPart(() =>
    Promise.all([
      import('../sketch/sketch.ts'),
      import('../sketch/recoloured.ts'),
      import('../sketch/cut-out.ts'),
      import('../raster/layers-for.ts'),
      import('../raster/filters.ts'),
    ]),
  );
  const recipe = await recipeIn(source.recipe, ctx);
  if (!recipe) return picture;
  const painted = await sketchInLayers(recipe.request, (done) => ctx.progress(done * 0.1));
  if (fingerprintOf(painted.depth) !== recipe.depth) return picture;
  const still = source.part ? cutOut(painted, source.part) : painted;
  if (!still.layers) return picture;
  const size = sizeFor(raster, clip.width, clip.height);
  const current = await resize(overWhite(raster), size.width, size.height, async () => {});
  const layers = await recoloured(still.raster, still.layers, current);
  return { raster: current, ...(depth ? { depth } : {}), layers };
}

/** What was asked for, and the depth it had then; nothing where a picture it leant on is gone. */
async function recipeIn(
  hash: NonNullable<ImageValue['recipe']>,
  ctx: Ctx,
): Promise<{ readonly request: SketchRequest; readonly depth: unknown } | undefined> {
  try {
    const read = readJson(await ctx.artifacts.text(hash), LONGEST);
    if (!read.ok || !isRecord(read.value) || !isScene(read.value['scene'])) return undefined;
    const references = listIn(read.value['references']) as unknown as References;
    const request = { ...read.value['scene'], references: await referencesOf(references, ctx) };
    return { request, depth: read.value['depth'] };
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
