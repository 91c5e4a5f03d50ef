/**
 * A brush over the kernels: shapes, light and air on one scene buffer, in pixels, with a camera that moves by depth.
 */
import type { CameraPose } from '../core/values.ts';
import { appearsAt } from '../raster/camera.ts';
import type { Rgb } from '../raster/colour.ts';
import { toSrgb } from '../raster/colour.ts';
import type { Bench } from '../raster/kernels.ts';
import { clamp, lerp } from '../raster/math.ts';
import type { Polygon } from '../raster/path.ts';
import { SceneLayers } from './scene-layers.ts';

export const TEXTURES = {
  none: 0,
  soft: 1,
  wood: 2,
  marble: 3,
  brushed: 4,
  ground: 5,
  rock: 6,
  weave: 7,
  foliage: 8,
  dunes: 9,
  boards: 10,
  bricks: 11,
} as const;
export type Texture = keyof typeof TEXTURES;
/** The kernels keep rows of noise as long as this, in pixels. */
const WIDEST = 16_384;
const FORMS = { flat: 0, lathe: 1, round: 2 } as const;

/** Where the light comes from: x right, y down, z towards the camera; key and fill as linear colours. */
export interface Light {
  readonly direction: readonly [number, number, number];
  readonly key: Rgb;
  readonly fill: Rgb;
}
/** 0 near … 1 far: of all of something, or of the top and the bottom of its gradient. */
export type Depth = number | readonly [number, number];
export interface Paint {
  readonly top: Rgb;
  readonly bottom?: Rgb;
  /** Rows of the gradient; the shape's own extent when left out. */
  readonly span?: readonly [number, number];
  readonly form?: keyof typeof FORMS;
  readonly opacity?: number;
  readonly haze?: Rgb;
  /** How much haze lies over its top and bottom, 0…1. */
  readonly hazy?: readonly [number, number];
  readonly texture?: Texture;
  /** Size of the texture's coarsest features in pixels, and its contrast. */
  readonly grainSize?: number;
  readonly rough?: number;
  readonly octaves?: number;
  readonly gloss?: number;
  readonly rim?: number;
  readonly glow?: number;
  readonly clear?: number;
  readonly depth: Depth;
  /** Where it lies for the camera, where that is not its depth: what stands on the ground moves with the ground. */
  readonly lies?: Depth;
  readonly seed?: number;
  readonly snow?: number;
  readonly horizon?: number;
  /** How deep a cushion is blown up, in pixels. */
  readonly swell?: number;
  readonly unlit?: boolean;
}

interface Mask {
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class Painter {
  readonly buffer: number;
  readonly bench: Bench;
  readonly width: number;
  readonly height: number;
  readonly light: Light;
  readonly camera: CameraPose;
  /** What lies in which layer, when that is asked for. */
  readonly layers: SceneLayers | undefined;
  readonly #block: number;

  /** Throws a `RangeError` for a picture wider than the rows of noise that the kernels keep. */
  constructor(bench: Bench, width: number, height: number, light: Light, camera: CameraPose, isLayered: boolean) {
    if (width > WIDEST) throw new RangeError(`Sketch draws up to ${WIDEST} px in width, not ${width}.`);
    this.bench = bench;
    this.width = width;
    this.height = height;
    this.light = light;
    this.camera = camera;
    this.buffer = bench.alloc(width * height * 16);
    // Memory is used again: a picture must not depend on what was drawn before it.
    bench.bytes(this.buffer, width * height * 16).fill(0);
    this.#block = bench.alloc(64 * 4);
    this.layers = isLayered ? new SceneLayers(bench, this.buffer, width, height) : undefined;
  }

  /** Writes numbers where a kernel reads its parameters. */
  block(...values: readonly (number | Rgb)[]): number {
    this.bench.floats(this.#block, 64).set(values.flat());
    return this.#block;
  }

  /** What is painted from now on is a nearer layer. `lies`: where it lies, should nothing in it cover what is behind. */
  nearer(lies = 0.5): void {
    this.layers?.next(lies);
  }

  /** Where a point at this depth appears, given the camera; but for its roll. */
  project(x: number, y: number, depth: number): [number, number] {
    return appearsAt({ ...this.camera, roll: 0 }, this, x, y, 1 - depth);
  }
  /** How much larger than at rest something at this depth appears. */
  grown(depth: number): number {
    return this.camera.zoom + this.camera.dolly * (1 - depth);
  }

  /** The other way round: the point of the scene that appears here in the picture at this depth. */
  sceneAt(x: number, y: number, depth: number): [number, number] {
    const near = 1 - depth;
    const grown = this.grown(depth);
    const { camera, width, height } = this;
    return [
      (x - width / 2 - (camera.x * near + camera.baseX) * width) / grown + width / 2,
      (y - height / 2 - (camera.y * near + camera.baseY) * height) / grown + height / 2,
    ];
  }

  /** As kernels take it: scene pixels for one of the picture at this depth, and what is at its corner. */
  view(depth: number): [number, number, number] {
    return [1 / this.grown(depth), ...this.sceneAt(0, 0, depth)];
  }

  fill(polygons: readonly Polygon[], paint: Paint): void {
    const depths = bothOf(paint.depth);
    const lies = bothOf(paint.lies ?? paint.depth);
    const mark = this.bench.mark();
    const form = paint.form ?? 'flat';
    // A rim of nothing around a round shape, so that its cushion falls off at its outermost points too.
    const mask = this.#mask(polygons, lies, paint.span, form === 'round' ? 2 : 0);
    if (mask) {
      let height = 0;
      let swell = 0;
      if (form === 'round') {
        const radius = clamp(Math.round(paint.swell ?? Math.min(mask.width, mask.height) * 0.085), 1, 40);
        height = this.bench.alloc(mask.width * mask.height * 4);
        this.bench.floats(height, mask.width * mask.height).set(this.bench.floats(mask.at, mask.width * mask.height));
        const scratch = this.bench.alloc(mask.width * mask.height * 4);
        this.bench.run.blurMask(height, mask.width, mask.height, radius, scratch);
        swell = radius * 1.5;
      }
      const { direction, key, fill } = this.light;
      const rowOf = (row: number) => this.sceneAt(0, row, (lies[0] + lies[1]) / 2)[1];
      const span = paint.span ?? [rowOf(mask.y), rowOf(mask.y + mask.height)];
      const hazy = paint.hazy ?? [0, 0];
      const lit = paint.unlit ? ([1, 1, 1] as const) : key;
      const shade = paint.unlit ? ([0, 0, 0] as const) : fill;
      const block = this.block(
        FORMS[form],
        paint.top,
        paint.bottom ?? paint.top,
        span[0],
        span[1],
        paint.opacity ?? 1,
        paint.haze ?? [0, 0, 0],
        hazy[0],
        hazy[1],
        TEXTURES[paint.texture ?? 'none'],
        Math.max(1, paint.grainSize ?? 100),
        paint.rough ?? 0,
        direction[0],
        direction[1],
        direction[2],
        lit,
        shade,
        paint.gloss ?? 0,
        paint.rim ?? 0,
        paint.seed ?? 1,
        depths[0],
        depths[1],
        paint.glow ?? 0,
        paint.clear ?? 0,
        paint.horizon ?? 0,
        paint.octaves ?? 4,
        paint.snow ?? 0,
        swell,
        this.camera.zoom,
        this.camera.dolly,
        this.camera.x * this.width,
        this.camera.y * this.height,
        this.camera.baseX * this.width,
        this.camera.baseY * this.height,
        this.width / 2,
        this.height / 2,
        lies[0],
        lies[1],
      );
      const layer = this.layers?.current;
      if (layer) {
        this.bench.run.cover(
          layer.cover,
          layer.depth,
          this.width,
          mask.at,
          mask.x,
          mask.y,
          mask.width,
          mask.height,
          block,
        );
        this.layers?.touch();
      }
      this.bench.run.paint(this.buffer, this.width, mask.at, height, mask.x, mask.y, mask.width, mask.height, block);
    }
    this.bench.release(mark);
  }

  /** Multiplies what lies under a blurred shape by a colour: in each layer what is not covered by a nearer one. */
  shade(polygons: readonly Polygon[], depth: number, blur: number, colour: Rgb, amount: number): void {
    const { run } = this.bench;
    this.#through(polygons, depth, blur * this.grown(depth), ({ at, x, y, width, height }) => {
      run.darken(this.buffer, this.width, at, x, y, width, height, this.block(colour, amount));
      for (const { covers, scene } of this.layers?.backwards() ?? []) {
        run.uncover(at, covers, this.width, x, y, width, height);
        run.darken(scene, this.width, at, x, y, width, height, this.block(colour, amount));
      }
    });
  }
  /** Adds light through a blurred shape. */
  shine(polygons: readonly Polygon[], depth: number, blur: number, colour: Rgb, amount: number): void {
    this.#through(polygons, depth, blur * this.grown(depth), (mask) =>
      this.bench.run.lighten(
        this.buffer,
        this.width,
        mask.at,
        mask.x,
        mask.y,
        mask.width,
        mask.height,
        this.block(colour, amount),
      ),
    );
  }
  glow(x: number, y: number, depth: number, radius: number, colour: Rgb, strength: number, squash = 1): void {
    const [px, py] = this.project(x, y, depth);
    this.bench.run.glow(
      this.buffer,
      this.width,
      this.height,
      this.block(px, py, radius * this.grown(depth), strength, colour, squash),
    );
  }

  #through(polygons: readonly Polygon[], depth: number, blur: number, apply: (mask: Mask) => void): void {
    const mark = this.bench.mark();
    const mask = this.#mask(polygons, [depth, depth], undefined, Math.ceil(blur) * 3);
    if (mask) {
      if (blur >= 1)
        this.bench.run.blurMask(
          mask.at,
          mask.width,
          mask.height,
          Math.round(blur),
          this.bench.alloc(mask.width * mask.height * 4),
        );
      apply(mask);
    }
    this.bench.release(mark);
  }

  /**
   * Coverage of polygons inside the frame, or nothing when they lie outside. `margin` leaves room for a blur. What lies
   * at two depths lies between them in the rows of its `span`.
   */
  #mask(
    polygons: readonly Polygon[],
    lies: readonly [number, number],
    span: readonly [number, number] | undefined,
    margin: number,
  ): Mask | undefined {
    const depthAt = (row: number) =>
      span ? lerp(lies[0], lies[1], clamp((row - span[0]) / (span[1] - span[0]))) : (lies[0] + lies[1]) / 2;
    const points = polygons.map((polygon) => {
      const out = new Float64Array(polygon.length);
      for (let i = 0; i < polygon.length; i += 2) {
        const [x, y] = this.project(polygon[i]!, polygon[i + 1]!, depthAt(polygon[i + 1]!));
        out[i] = x;
        out[i + 1] = y;
      }
      return out;
    });
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    let count = 0;
    for (const polygon of points) {
      count += polygon.length / 2;
      for (let i = 0; i < polygon.length; i += 2) {
        left = Math.min(left, polygon[i]!);
        right = Math.max(right, polygon[i]!);
        top = Math.min(top, polygon[i + 1]!);
        bottom = Math.max(bottom, polygon[i + 1]!);
      }
    }
    const x = Math.max(0, Math.floor(left) - margin);
    const y = Math.max(0, Math.floor(top) - margin);
    const width = Math.min(this.width, Math.ceil(right) + margin) - x;
    const height = Math.min(this.height, Math.ceil(bottom) + margin) - y;
    if (width <= 0 || height <= 0) return undefined;
    const segments = new Float32Array(count * 4);
    let at = 0;
    for (const polygon of points) {
      const length = polygon.length;
      for (let i = 0; i < length; i += 2) {
        segments[at++] = polygon[i]! - x;
        segments[at++] = polygon[i + 1]! - y;
        segments[at++] = polygon[(i + 2) % length]! - x;
        segments[at++] = polygon[(i + 3) % length]! - y;
      }
    }
    const mask = this.bench.alloc(width * height * 4);
    const area = this.bench.alloc((width + 2) * height * 4);
    this.bench.floats(area, (width + 2) * height).fill(0);
    this.bench.run.trace(area, width, height, this.bench.put(segments, 'floats'), count);
    this.bench.run.accumulate(area, mask, width, height);
    return { at: mask, x, y, width, height };
  }
}

const bothOf = (depth: Depth): readonly [number, number] => (typeof depth === 'number' ? [depth, depth] : depth);

/** sRGB values 0…255 over √(linear light) in 4096 steps, made once. */
export const filmCurve: Float32Array = Float32Array.from(
  { length: 4096 },
  (_, i) => toSrgb((i / 4095) * (i / 4095)) * 255,
);
