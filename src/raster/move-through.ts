/** A camera's way through a picture in layers, frame by frame. */
import type { CameraPose, DepthLayer, Raster } from '../core/values.ts';
import { Bench } from './kernels.ts';
import { LIGHT_STEPS, lightTables } from './light.ts';
import { cos, sin } from './math.ts';
import { nearnessOf } from './nearness.ts';

/** All three must be those of the kernel. */
const CELL = 8;
const TILE = 8;
const MOST_LAYERS = 32;
/** Numbers for each layer in the kernel's list. */
const ENTRY = 5;

interface Placed {
  readonly width: number;
  readonly height: number;
  readonly pixels: number;
  readonly tiles: number;
  readonly field: number;
  readonly grid: { readonly at: number; readonly width: number; readonly height: number };
}

/**
 * Frames of a move through layers. Each frame shows all poses given for it, blurred into one another. Everything is
 * looked up and mixed in linear light. Layers may be larger than the frame; another shape is cropped in the middle. A
 * frame at rest and as large as its layers shows them unchanged, to the level. Throws a `RangeError` for more layers
 * than the kernel has room for.
 */
export async function* moveThrough(
  layers: readonly DepthLayer[],
  width: number,
  height: number,
  exposures: readonly (readonly CameraPose[])[],
): AsyncGenerator<Raster> {
  if (layers.length > MOST_LAYERS) throw new RangeError(`A camera moves through ${MOST_LAYERS} layers at most.`);
  // An instance of its own: the layers stay in its memory from frame to frame.
  const bench = new Bench();
  const { light, bytes } = lightTables();
  const [lightAt, bytesAt] = [bench.put(light, 'floats'), bench.put(bytes, 'bytes')];
  const reach = reachOf(exposures.flat());
  // From the nearest: what is hidden need not be looked up.
  const placed = [...layers].reverse().map((layer) => place(bench, layer, width, height, reach, lightAt));
  const list = bench.alloc(placed.length * ENTRY * 4);
  bench
    .ints(list, placed.length * ENTRY)
    .set(placed.flatMap((layer) => [layer.pixels, layer.width, layer.height, layer.field, layer.tiles]));
  const block = bench.alloc(16 * 4);
  const [sum, out] = [bench.alloc(width * height * 16), bench.alloc(width * height * 4)];

  for (const poses of exposures) {
    bench.bytes(sum, width * height * 16).fill(0);
    for (const pose of poses) {
      for (const layer of placed) {
        bench.floats(block, 16).set(settingsOf(pose, layer, width, height));
        bench.run.warpField(layer.grid.at, layer.grid.width, layer.grid.height, layer.field, width, height, block);
      }
      bench.run.warp(list, placed.length, sum, width, 0, height, 1 / poses.length);
    }
    bench.run.encode(sum, out, width * height, bytesAt, LIGHT_STEPS);
    yield { width, height, data: new Uint8ClampedArray(bench.bytes(out, width * height * 4)) };
  }
}

/** How far nearness moves anything in any of these poses, in frames across and down, from the farthest plane to the nearest. */
function reachOf(poses: readonly CameraPose[]): readonly [number, number] {
  const across = poses.map((pose) => Math.abs(pose.x) + Math.abs(pose.dolly) / 2);
  const down = poses.map((pose) => Math.abs(pose.y) + Math.abs(pose.dolly) / 2);
  return [Math.max(...across), Math.max(...down)];
}

function place(
  bench: Bench,
  layer: DepthLayer,
  width: number,
  height: number,
  [across, down]: readonly [number, number],
  light: number,
): Placed {
  const { raster, depth } = layer;
  const count = raster.width * raster.height;
  const pixels = bench.alloc(count * 16);
  const mark = bench.mark();
  bench.run.linearise(bench.put(raster.data, 'bytes'), pixels, count, light);
  bench.release(mark);
  const tiles = bench.alloc(Math.ceil(raster.width / TILE) * Math.ceil(raster.height / TILE));
  bench.run.tilesOf(pixels, raster.width, raster.height, tiles);
  // Half of what would fold: then each step of the kernel's search halves what is left.
  const grid = nearnessOf(depth, 0.5 / across, 0.5 / down);
  return {
    width: raster.width,
    height: raster.height,
    pixels,
    tiles,
    field: bench.alloc((Math.floor(width / CELL) + 2) * (Math.floor(height / CELL) + 2) * 8),
    grid: { at: bench.put(grid.data, 'floats'), width: grid.width, height: grid.height },
  };
}

/** What the kernel `warpField` reads. */
function settingsOf(pose: CameraPose, layer: Placed, width: number, height: number): number[] {
  return [
    pose.zoom,
    pose.dolly,
    pose.x * width,
    pose.y * height,
    pose.baseX * width,
    pose.baseY * height,
    sin(pose.roll),
    pose.roll === 0 ? 1 : cos(pose.roll),
    Math.min(layer.width / width, layer.height / height),
    layer.width,
    layer.height,
  ];
}
