/** From scene light to a finished picture: depth of field, bloom, film, style. */
import type { DepthMap, Raster } from '../core/values.ts';
import type { Bench } from '../raster/kernels.ts';
import { cos, sin } from '../raster/math.ts';
import { filmCurve, type Painter } from './painter.ts';
import type { SceneSpec } from './spec.ts';
import type { Style } from './lexicon.ts';

type Pointer = number;

/** Kinds of `stylise`; 0 leaves the picture as it is. */
const STYLISED: Readonly<Record<Style, number>> = {
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
};
/** No style looks farther than this for what it makes of a pixel, in thousandths of the longer side. */
const STYLE_REACH = 64;

const unitOf = ({ width, height }: Painter): number => Math.sqrt(width * height) / 1000;

/** Turns the scene before the lens and the film, whose vignette and grain stay with the frame. */
export function turnBy(bench: Bench, { buffer, width, height }: Painter, roll: number): void {
  const size = width * height * 16;
  const mark = bench.mark();
  const turned = bench.alloc(size);
  bench.run.turn(buffer, turned, width, height, sin(roll), cos(roll));
  bench.bytes(buffer, size).set(bench.bytes(turned, size));
  bench.release(mark);
}

/** Depth of field, in scene light. */
export function focus(bench: Bench, painter: Painter, scene: Pointer, spec: SceneSpec): void {
  const { width, height } = painter;
  const { run } = bench;
  const { shallow } = spec.finish;
  if (shallow <= 0) return;
  const mark = bench.mark();
  const [w2, h2, w8, h8] = [width >> 1, height >> 1, width >> 3, height >> 3];
  const [soft, softer, scratch] = [bench.alloc(w2 * h2 * 16), bench.alloc(w8 * h8 * 16), bench.alloc(w2 * h2 * 16)];
  run.shrink(scene, width, height, soft, 2, 0);
  run.shrink(scene, width, height, softer, 8, 0);
  run.blur(soft, w2, h2, Math.max(1, Math.round(2.5 * unitOf(painter))), scratch);
  run.blur(softer, w8, h8, Math.max(1, Math.round(2.2 * unitOf(painter) * shallow)), scratch);
  const plane = spec.subjects.length ? Math.min(...spec.subjects.map((subject) => subject.depth)) : 0.4;
  run.focus(scene, width, height, soft, softer, bench.alloc((w2 + w8 + 4) * 16), plane, 0.1, 1.6 * shallow);
  bench.release(mark);
}

/**
 * Adds the bloom of the whole picture to it and to the scenes of its farther layers: light that the lens scatters lies
 * over all of them alike.
 */
export function bloom(bench: Bench, painter: Painter, scenes: readonly Pointer[], spec: SceneSpec): void {
  const { width, height, buffer } = painter;
  const { run } = bench;
  const mark = bench.mark();
  const [w, h] = [width >> 3, height >> 3];
  const [small, scratch] = [bench.alloc(w * h * 16), bench.alloc(w * h * 16)];
  run.shrink(buffer, width, height, small, 8, 0.85);
  run.blur(small, w, h, Math.max(1, Math.round(4.5 * unitOf(painter))), scratch);
  const line = bench.alloc((w + 2) * 16);
  const amount = spec.finish.bloom;
  // Halation: the red-sensitive layer of film scatters most.
  for (const scene of [buffer, ...scenes])
    run.addSmall(scene, width, height, small, 8, line, amount * 1.25, amount, amount * 0.85);
  bench.release(mark);
}

/** Scene light to bytes, then the style's finish. Pointers to bytes: before the style, and with it. */
interface Print {
  readonly plain: Pointer;
  readonly styled: Pointer;
}

/** A farther layer's scene, and the row from which on nobody will ever see it. */
export interface Farther {
  readonly scene: Pointer;
  readonly end: number;
}

/**
 * The finished picture, and those of the farther layers' scenes, which differ from it where something stands before
 * them and are worked out there alone.
 */
export function printed(
  bench: Bench,
  painter: Painter,
  farther: readonly Farther[],
  spec: SceneSpec,
): { readonly picture: Raster; readonly farther: readonly Raster[] } {
  const { width, height, buffer } = painter;
  const mark = bench.mark();
  const curve = bench.put(filmCurve, 'floats');
  const whole = print(bench, painter, spec, curve, buffer, [0, height], undefined);
  const picture = rasterOf(bench, whole.styled, width, height);
  const prints = farther.map(({ scene, end }) => {
    const inner = bench.mark();
    const [from, to] = rowsThatDiffer(bench, scene, buffer, width, height);
    const rows = [from, Math.max(from, Math.min(to, end))] as const;
    const raster = rasterOf(bench, print(bench, painter, spec, curve, scene, rows, whole).styled, width, height);
    bench.release(inner);
    return raster;
  });
  bench.release(mark);
  return { picture, farther: prints };
}

/** `like`: a print that is the same outside of `rows`. */
function print(
  bench: Bench,
  painter: Painter,
  spec: SceneSpec,
  curve: Pointer,
  scene: Pointer,
  [from, to]: readonly [number, number],
  like: Print | undefined,
): Print {
  const { width, height } = painter;
  const { finish } = spec;
  const size = width * height * 4;
  const copyOf = (bytes: Pointer | undefined): Pointer => {
    const at = bench.alloc(size);
    if (bytes !== undefined) bench.bytes(at, size).set(bench.bytes(bytes, size));
    return at;
  };
  const plain = copyOf(like?.plain);
  const block = painter.block(
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
  );
  bench.run.finish(scene, width, from, to, height, plain, curve, block);
  const kind = STYLISED[spec.style];
  if (!kind) return { plain, styled: plain };
  const styled = copyOf(like?.styled);
  const reach = like ? Math.ceil((STYLE_REACH * Math.max(width, height)) / 1000) : 0;
  const [first, last] = [Math.max(0, from - reach), Math.min(height, to + reach)];
  bench.run.stylise(plain, styled, width, height, first, last, kind, kind === 6 ? 0.6 : 1, spec.seed);
  return { plain, styled };
}

function rasterOf(bench: Bench, at: Pointer, width: number, height: number): Raster {
  return { width, height, data: new Uint8ClampedArray(bench.bytes(at, width * height * 4)) };
}

/** From the first to behind the last row that is not the same in both scenes. */
function rowsThatDiffer(bench: Bench, a: Pointer, b: Pointer, width: number, height: number): [number, number] {
  const from = Math.floor(bench.run.sameFor(a, b, width * height, 0) / width);
  return [from, Math.max(from, height - Math.floor(bench.run.sameFor(a, b, width * height, 1) / width))];
}

export function depthOf(bench: Bench, painter: Painter): DepthMap {
  const factor = painter.width >= 512 ? 2 : 1;
  const [width, height] = [Math.floor(painter.width / factor), Math.floor(painter.height / factor)];
  const mark = bench.mark();
  const at = bench.alloc(width * height);
  bench.run.depthBytes(painter.buffer, painter.width, painter.height, factor, at);
  const data = new Uint8Array(bench.bytes(at, width * height));
  bench.release(mark);
  return { width, height, data };
}
