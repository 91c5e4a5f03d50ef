/**
 * The built-in generator: a deterministic, procedural storyboard artist. No model, no network. The same request
 * gives the same bytes on every machine: pixels come from WebAssembly kernels, choices from the seed.
 */
import type { Raster, DepthMap } from '../core/values.ts';
import type { Picture } from '../core/take.ts';
import { resize } from '../raster/filters.ts';
import { RESTING, type CameraPose } from '../raster/camera.ts';
import { withBench, type Bench } from '../raster/kernels.ts';
import { clamp } from '../raster/math.ts';
import { filmCurve, type Painter } from './painter.ts';
import { lookOf } from './reference.ts';
import { draw } from './scene.ts';
import { imagine } from './imagine.ts';
import type { SceneSpec } from './spec.ts';
import type { DrawOptions } from './stage.ts';

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

/** A still picture with the depth of its scene. */
export async function sketchStill(request: SketchRequest, breathe: Breathe): Promise<Picture> {
  const spec = specOf(request);
  const options: DrawOptions = {
    width: request.width,
    height: request.height,
    simple: request.simple,
    camera: RESTING,
    turn: 0,
  };
  return withBench(async (bench) => {
    const painter = await drawn(bench, spec, options, breathe);
    const depth = depthOf(bench, painter);
    await develop(bench, painter, spec, request.simple);
    await breathe(0.95);
    const raster = await lean(finished(bench, painter, spec), request, breathe);
    return { raster, depth };
  });
}

/**
 * Frames of the scene itself in motion, one for each camera: clouds, water, weather. The scene's own movement closes
 * into a loop.
 */
export async function* sketchFilm(request: SketchRequest, cameras: readonly CameraPose[]): AsyncGenerator<Raster> {
  const spec = specOf(request);
  for (const [frame, camera] of cameras.entries()) {
    const options: DrawOptions = {
      width: request.width,
      height: request.height,
      simple: request.simple,
      camera,
      turn: frame / cameras.length,
    };
    yield await withBench(async (bench) => {
      const painter = await drawn(bench, spec, options, async () => {});
      await develop(bench, painter, spec, true);
      return lean(finished(bench, painter, spec), request, async () => {});
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

/** Optics: depth of field and bloom, in scene light. */
async function develop(bench: Bench, painter: Painter, spec: SceneSpec, simple: boolean): Promise<void> {
  const { width, height, buffer } = painter;
  const { run } = bench;
  const unit = Math.sqrt(width * height) / 1000;
  if (spec.finish.shallow > 0 && !simple) {
    const mark = bench.mark();
    const [w2, h2, w8, h8] = [width >> 1, height >> 1, width >> 3, height >> 3];
    const [soft, softer, scratch] = [bench.alloc(w2 * h2 * 16), bench.alloc(w8 * h8 * 16), bench.alloc(w2 * h2 * 16)];
    run.shrink(buffer, width, height, soft, 2, 0);
    run.shrink(buffer, width, height, softer, 8, 0);
    run.blur(soft, w2, h2, Math.max(1, Math.round(2.5 * unit)), scratch);
    run.blur(softer, w8, h8, Math.max(1, Math.round(2.2 * unit * spec.finish.shallow)), scratch);
    const plane = spec.subjects.length ? Math.min(...spec.subjects.map((subject) => subject.depth)) : 0.4;
    run.focus(
      buffer,
      width,
      height,
      soft,
      softer,
      bench.alloc((w2 + w8 + 4) * 16),
      plane,
      0.1,
      1.6 * spec.finish.shallow,
    );
    bench.release(mark);
  }
  const mark = bench.mark();
  const [w, h] = [width >> 3, height >> 3];
  const [bloom, scratch] = [bench.alloc(w * h * 16), bench.alloc(w * h * 16)];
  run.shrink(buffer, width, height, bloom, 8, 0.85);
  run.blur(bloom, w, h, Math.max(1, Math.round(4.5 * unit)), scratch);
  // Halation: the red-sensitive layer of film scatters most.
  run.addSmall(
    buffer,
    width,
    height,
    bloom,
    8,
    bench.alloc((w + 2) * 16),
    spec.finish.bloom * 1.25,
    spec.finish.bloom,
    spec.finish.bloom * 0.85,
  );
  bench.release(mark);
}

/** Scene light to bytes, then the style's finish. */
function finished(bench: Bench, painter: Painter, spec: SceneSpec): Raster {
  const { width, height, buffer } = painter;
  const { finish } = spec;
  const mark = bench.mark();
  const out = bench.alloc(width * height * 4);
  const curve = bench.put(filmCurve, 'floats');
  bench.run.finish(
    buffer,
    width,
    0,
    height,
    height,
    out,
    curve,
    painter.block(
      finish.exposure,
      finish.saturation,
      finish.contrast,
      finish.vignette,
      finish.grain,
      finish.low,
      finish.high,
      finish.tint,
      spec.seed,
      finish.fade,
      finish.harsh,
    ),
  );
  const kind = {
    watercolour: 1,
    ink: 2,
    risograph: 3,
    blueprint: 4,
    'low-poly': 5,
    pastel: 6,
    oil: 7,
    photo: 0,
    poster: 0,
    noir: 0,
    neon: 0,
    'film still': 0,
  }[spec.style];
  let from = out;
  if (kind) {
    from = bench.alloc(width * height * 4);
    bench.run.stylise(out, from, width, height, 0, height, kind, kind === 6 ? 0.6 : 1, spec.seed);
  }
  const data = new Uint8ClampedArray(bench.bytes(from, width * height * 4));
  bench.release(mark);
  return { width, height, data };
}

function depthOf(bench: Bench, painter: Painter): DepthMap {
  const factor = painter.width >= 512 ? 2 : 1;
  const [width, height] = [Math.floor(painter.width / factor), Math.floor(painter.height / factor)];
  const mark = bench.mark();
  const at = bench.alloc(width * height);
  bench.run.depthBytes(painter.buffer, painter.width, painter.height, factor, at);
  const data = new Uint8Array(bench.bytes(at, width * height));
  bench.release(mark);
  return { width, height, data };
}

/**
 * Leans towards the references' broad masses of colour, more than in proportion to their strength: 0.3 lends a mood,
 * 0.9 the composition.
 */
async function lean(image: Raster, request: SketchRequest, breathe: Breathe): Promise<Raster> {
  let result = image;
  for (const { image: reference, strength } of request.references) {
    const pull = clamp(strength * strength * 0.85);
    if (pull < 0.02) continue;
    const cells = Math.round(6 + strength * 18);
    const [w, h] =
      image.width > image.height
        ? [cells, Math.max(4, Math.round((cells * image.height) / image.width))]
        : [Math.max(4, Math.round((cells * image.width) / image.height)), cells];
    const quiet = async () => {};
    const theirs = await resize(
      await resize(cropTo(reference, image.width / image.height), w, h, quiet),
      image.width,
      image.height,
      quiet,
    );
    const ours = await resize(await resize(result, w, h, quiet), image.width, image.height, quiet);
    const data = new Uint8ClampedArray(result.data.length);
    for (let i = 0; i < data.length; i += 4) {
      for (let c = 0; c < 3; c++) data[i + c] = result.data[i + c]! + (theirs.data[i + c]! - ours.data[i + c]!) * pull;
      data[i + 3] = 255;
    }
    result = { width: image.width, height: image.height, data };
    await breathe(0.97);
  }
  return result;
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
