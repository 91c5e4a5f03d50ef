/**
 * The built-in generator: a deterministic, procedural storyboard artist. No model, no network. The same request
 * gives the same bytes on every machine: pixels come from WebAssembly kernels, choices from the seed.
 */
import type { CameraPose, Raster } from '../core/values.ts';
import type { Picture } from '../core/take.ts';
import { RESTING } from '../raster/camera.ts';
import { resize } from '../raster/filters.ts';
import { withBench, type Bench } from '../raster/kernels.ts';
import { clamp } from '../raster/math.ts';
import { bloom, depthOf, focus, printed, turnBy } from './develop.ts';
import type { Painter } from './painter.ts';
import { lookOf } from './reference.ts';
import { draw } from './scene.ts';
import { imagine } from './imagine.ts';
import type { SceneSpec } from './spec.ts';
import { REVEALED, type DrawOptions } from './stage.ts';
import { lastSeenRows, smoothDepth, takenApart, type Grown } from './taken-apart.ts';

export interface SketchRequest {
  readonly prompt: string;
  readonly negative: string;
  /** Whole number, 0 to 2³² − 1. */
  readonly seed: number;
  /** Classifier-free guidance scale as models have it, 1 to 20. */
  readonly guidance: number;
  readonly width: number;
  readonly height: number;
  readonly simple: boolean;
  readonly references: readonly { readonly image: Raster; readonly strength: number }[];
}
/** Awaited between chunks with the fraction done; throws to cancel. */
type Breathe = (fraction: number) => Promise<void>;

/** A larger picture is not painted in layers: each takes 18 bytes a pixel meanwhile. */
const MOST_LAYERED = 2.4e6;

/** A still picture with the depth of its scene. */
export async function sketchStill(request: SketchRequest, breathe: Breathe): Promise<Picture> {
  return still(request, false, breathe);
}
/**
 * The same still to the byte, with the layers it is painted in; without, where it is too large or nothing in it stands
 * before anything else. Takes twice to three times as long.
 */
export async function sketchInLayers(request: SketchRequest, breathe: Breathe): Promise<Picture> {
  return still(request, request.width * request.height <= MOST_LAYERED, breathe);
}

async function still(request: SketchRequest, isLayered: boolean, breathe: Breathe): Promise<Picture> {
  const spec = specOf(request);
  const { width, height, simple } = request;
  const options: DrawOptions = { width, height, simple, camera: RESTING, turn: 0, isLayered };
  return withBench(async (bench) => {
    const painter = await drawn(bench, spec, options, breathe);
    const depth = depthOf(bench, painter);
    const layers = painter.layers?.all ?? [];
    const farther = layers.slice(0, -1).map(({ scene }) => scene);
    if (!simple) for (const scene of [painter.buffer, ...farther]) focus(bench, painter, scene, spec);
    bloom(bench, painter, farther, spec);
    const covers = layers.map(({ cover }) => bench.bytes(cover, width * height).slice());
    const ends = lastSeenRows(covers, width, height, Math.ceil(REVEALED * height));
    const scenes = farther.map((scene, k) => ({ scene, end: ends[k]! }));
    const prints = printed(bench, painter, scenes, spec);
    await breathe(0.95);
    const [raster, ...rest] = await lean([prints.picture, ...prints.farther], request, breathe);
    const grown = layers.map(({ depth: at, lies }, k): Grown => {
      const cover = covers[k]!;
      const depths = bench.bytes(at, width * height);
      return {
        picture: rest[k] ?? raster!,
        cover,
        depth: smoothDepth(width, height, cover, depths, lies),
        end: ends[k]!,
      };
    });
    const apart = takenApart(grown);
    return { raster: raster!, depth, ...(apart.length > 1 ? { layers: apart } : {}) };
  });
}

/**
 * Frames of the scene itself in motion, one for each camera: clouds, water, weather. The scene's own movement closes
 * into a loop.
 */
export async function* sketchFilm(request: SketchRequest, cameras: readonly CameraPose[]): AsyncGenerator<Raster> {
  const spec = specOf(request);
  const { width, height, simple } = request;
  for (const [frame, camera] of cameras.entries()) {
    const options: DrawOptions = { width, height, simple, camera, turn: frame / cameras.length, isLayered: false };
    yield await withBench(async (bench) => {
      const painter = await drawn(bench, spec, options, async () => {});
      if (camera.roll !== 0) turnBy(bench, painter, camera.roll);
      if (!simple) focus(bench, painter, painter.buffer, spec);
      bloom(bench, painter, [], spec);
      const [raster] = await lean([printed(bench, painter, [], spec).picture], request, async () => {});
      return raster!;
    });
  }
}

function specOf(request: SketchRequest): SceneSpec {
  const [main] = [...request.references].sort((a, b) => b.strength - a.strength);
  return imagine({
    prompt: request.prompt,
    negative: request.negative,
    seed: request.seed,
    guidance: request.guidance,
    aspect: request.width / request.height,
    ...(main && main.strength > 0 ? { reference: lookOf(main.image, main.strength) } : {}),
  });
}

async function drawn(bench: Bench, spec: SceneSpec, options: DrawOptions, breathe: Breathe): Promise<Painter> {
  const steps = draw(bench, spec, options);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    await breathe(step.value);
  }
}

/**
 * Leans pictures towards the references' broad masses of colour, more than in proportion to their strength: 0.3 lends a
 * mood, 0.9 the composition. All lean as far as the first has to.
 */
async function lean(
  images: readonly [Raster, ...Raster[]],
  request: SketchRequest,
  breathe: Breathe,
): Promise<readonly Raster[]> {
  let results = [...images];
  const { width, height } = images[0];
  for (const { image: reference, strength } of request.references) {
    const pull = clamp(strength * strength * 0.85);
    if (pull < 0.02) continue;
    const cells = Math.round(6 + strength * 18);
    const [w, h] =
      width > height
        ? [cells, Math.max(4, Math.round((cells * height) / width))]
        : [Math.max(4, Math.round((cells * width) / height)), cells];
    const quiet = async () => {};
    const theirs = await resize(await resize(cropTo(reference, width / height), w, h, quiet), width, height, quiet);
    const ours = await resize(await resize(results[0]!, w, h, quiet), width, height, quiet);
    results = results.map((result) => {
      const data = new Uint8ClampedArray(result.data.length);
      for (let i = 0; i < data.length; i += 4) {
        for (let c = 0; c < 3; c++)
          data[i + c] = result.data[i + c]! + (theirs.data[i + c]! - ours.data[i + c]!) * pull;
        data[i + 3] = 255;
      }
      return { width, height, data };
    });
    await breathe(0.97);
  }
  return results;
}

/** The middle of a picture in another shape. */
function cropTo(image: Raster, aspect: number): Raster {
  const width = Math.max(1, Math.min(image.width, Math.round(image.height * aspect)));
  const height = Math.max(1, Math.min(image.height, Math.round(image.width / aspect)));
  const [x, y] = [(image.width - width) >> 1, (image.height - height) >> 1];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row++)
    data.set(
      image.data.subarray(((y + row) * image.width + x) * 4, ((y + row) * image.width + x + width) * 4),
      row * width * 4,
    );
  return { width, height, data };
}
