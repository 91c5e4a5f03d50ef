/** Water: what stands above it mirrored, rippled, with the sun's path on it. */
import { blend, lch, type Rgb } from '../raster/colour.ts';
import { clamp, cos, lerp, PI, sin } from '../raster/math.ts';
import { standsAt } from './ground.ts';
import type { Painter } from './painter.ts';
import type { SceneSpec } from './spec.ts';
import type { Stage } from './stage.ts';

/** Things nearer than this float on the water; what is farther stands behind it. */
const FLOATING = 0.62;

/** Water from row `top` down: what stands above it mirrored, rippled, with the sun's path. */
export function water(stage: Stage, top: number, bottom = stage.height): void {
  const { painter, height, spec } = stage;
  const rowOf = (row: number) => painter.project(0, row, waterLies(spec, row / height))[1];
  const [y0, y1] = [clamp(Math.floor(rowOf(top)), 1, height - 1), clamp(Math.ceil(rowOf(bottom)), 1, height)];
  painter.layers?.coverRows(y0, y1, (row) => waterLies(spec, row / height));
  const mark = painter.bench.mark();
  const rows = rowsOfWater(painter, y0, y1, (row) => waterLies(spec, row / height));
  painter.bench.run.water(
    painter.buffer,
    stage.width,
    y0,
    y1,
    rows,
    waterBlock(stage, top, bottom, 0.93, spec.haze, 0),
  );
  painter.bench.release(mark);
}

/** Things on water that is already there, each mirrored below its feet at row `line`. `paint` puts them on it. */
export function* afloat(stage: Stage, top: number, line: number, paint: () => void): Generator<number, void> {
  const { painter, spec, width, height } = stage;
  const rowOf = (row: number) => painter.project(0, row, waterLies(spec, row / height))[1];
  const [shownTop, shownLine] = [rowOf(top), rowOf(line)];
  const lies = waterLies(spec, line / height);
  const y0 = clamp(Math.floor(shownTop), 1, height - 1);
  const split = clamp(Math.floor(shownLine), y0, height - 1);
  const mark = painter.bench.mark();
  // The water steps back, so that only what is painted on it now counts as afloat.
  const rows = () => painter.bench.floats(painter.buffer + y0 * width * 16, (split - y0) * width * 4);
  const before = rows();
  const depths = new Float32Array(before.length / 4);
  for (let i = 0; i < depths.length; i++) {
    depths[i] = before[i * 4 + 3]!;
    before[i * 4 + 3] = 1;
  }
  paint();
  yield 0.6;
  if (split > y0)
    painter.bench.run.water(
      painter.buffer,
      width,
      split,
      height,
      // A mirror image is as far away as what is mirrored, wherever on the water it is seen.
      rowsOfWater(painter, split, height, () => lies),
      waterBlock(
        stage,
        line,
        height,
        lerp(0.93, 0.05, (split - y0) / Math.max(1, height - y0)),
        blend(spec.haze, waterTint(stage), 0.6),
        FLOATING,
      ),
    );
  painter.layers?.coverChanged(split, height, lies);
  const after = rows();
  for (let i = 0; i < depths.length; i++) if (after[i * 4 + 3]! >= FLOATING) after[i * 4 + 3] = depths[i]!;
  painter.bench.release(mark);
}

/** Where a row of water lies for the camera: on a beach, behind the sand. */
const waterLies = (spec: SceneSpec, row: number): number =>
  spec.place === 'beach'
    ? lerp(0.86, 0.52, clamp((row - spec.horizon) / ((1 - spec.horizon) * 0.4)))
    : standsAt(spec, row);
const waterTint = ({ spec }: Stage): Rgb => blend(spec.ground, spec.sky[0], spec.place === 'beach' ? 0.15 : 0.45);

/** For water of the scene from row `top` to row `bottom`. */
function waterBlock(stage: Stage, top: number, bottom: number, depthTop: number, haze: Rgb, reach: number): number {
  const { painter, spec, width, height } = stage;
  const calm =
    spec.place === 'lake'
      ? 0.32
      : spec.place === 'city'
        ? 0.4
        : spec.weathers.has('storm') || spec.weathers.has('wind')
          ? 1.25
          : 0.72;
  const shallow = spec.place === 'beach' ? lch(0.74, 0.09, 195) : waterTint(stage);
  const sunX = painter.project(spec.sun.x * width, 0, 0.95)[0];
  const sparkle = spec.sun.disc > 0 ? (spec.time === 'night' ? 0.5 : 1.7) : 0.12;
  return painter.block(
    spec.seed + 2,
    calm * stage.unit * (spec.place === 'lake' ? 0.9 : 1.1),
    shallow,
    spec.place === 'lake' ? 0.3 : 0.5,
    sunX,
    spec.sun.colour,
    sparkle,
    sin(stage.turn * 2 * PI),
    bottom,
    depthTop,
    0.05,
    haze,
    reach,
    stage.turn === 0 ? 0 : 1 - cos(stage.turn * 2 * PI),
    ...mirrorView(painter, waterLies(spec, top / height)),
  );
}

/** What the kernel needs to find what is mirrored, which moves with the far edge of the water. */
export const mirrorView = (painter: Painter, lies: number): [number, number, number] => [
  painter.grown(lies),
  ...painter.project(0, 0, lies),
];

/** What rows of the picture show of the water in the scene, as the kernel takes it. `liesAt`: of a row of the scene. */
export function rowsOfWater(painter: Painter, from: number, to: number, liesAt: (row: number) => number): number {
  const table = new Float32Array(Math.max(1, to - from) * 4);
  for (let row = from; row < to; row++) {
    let inScene = row;
    // How near a row is depends on which one it is.
    for (let step = 0; step < 4; step++) inScene = painter.sceneAt(0, row, liesAt(inScene))[1];
    const [widen, along] = painter.view(liesAt(inScene));
    table.set([inScene, widen, along], (row - from) * 4);
  }
  return painter.bench.put(table, 'floats');
}
