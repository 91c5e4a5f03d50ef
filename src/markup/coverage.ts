/** How much of each pixel a shape covers, 0…1, by + − × ÷ and square roots alone: the same on every machine. */
import { withBench } from '../raster/kernels.ts';
import type { Polygon } from '../raster/path.ts';
import { pieceBounds, type PieceShape } from './mark-pieces.ts';

/** The part of a picture that a shape lies in, row by row. */
export interface Coverage {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}
interface Frame {
  readonly width: number;
  readonly height: number;
}

/** Awaited now and then while a line is drawn; may throw to cancel. */
type Pause = () => Promise<void>;
/** Pixels that are looked at between two pauses. */
const BETWEEN_PAUSES = 8e6;

/** Nothing where it lies beside the frame. */
export async function coverageOf(shape: PieceShape, frame: Frame, pause: Pause): Promise<Coverage | undefined> {
  const { left, top, right, bottom } = pieceBounds([shape]);
  const x = Math.max(0, Math.floor(left) - 1);
  const y = Math.max(0, Math.floor(top) - 1);
  const width = Math.min(frame.width, Math.ceil(right) + 1) - x;
  const height = Math.min(frame.height, Math.ceil(bottom) + 1) - y;
  if (!(width > 0 && height > 0)) return undefined;
  const part = { x, y, width, height };
  return 'line' in shape
    ? { ...part, data: await ofLine(shape.line, shape.width / 2, part, pause) }
    : { ...part, data: await ofPolygons(shape.polygons, part) };
}

type Part = Omit<Coverage, 'data'>;

/** Each stretch by the distance of the middle of a pixel from it; where stretches meet the nearest counts. */
async function ofLine(points: readonly number[], radius: number, part: Part, pause: Pause): Promise<Float32Array> {
  const data = new Float32Array(part.width * part.height);
  let looked = 0;
  for (let i = 0; i === 0 || i + 2 < points.length; i += 2) {
    const [ax, ay] = [points[i]! - part.x, points[i + 1]! - part.y];
    const [bx, by] = [(points[i + 2] ?? points[i]!) - part.x, (points[i + 3] ?? points[i + 1]!) - part.y];
    looked += stretch(data, part, ax, ay, bx, by, radius);
    if (looked < BETWEEN_PAUSES) continue;
    looked = 0;
    await pause();
  }
  return data;
}

const share = (value: number): number => Math.min(1, Math.max(0, value));
/** How many pixels were looked at. */
function stretch(
  data: Float32Array,
  part: Part,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  radius: number,
): number {
  const reach = radius + 1;
  const fromY = Math.max(0, Math.floor(Math.min(ay, by) - reach));
  const toY = Math.min(part.height - 1, Math.ceil(Math.max(ay, by) + reach));
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  let looked = 0;
  for (let row = fromY; row <= toY; row++) {
    const py = row + 0.5 - ay;
    // Only as much of the stretch as comes near this row: a thin slope over a large picture lies in few of its pixels.
    const [first, last] = dy === 0 ? [0, 1] : [share((py - reach) / dy), share((py + reach) / dy)];
    const [firstX, lastX] = [ax + first * dx, ax + last * dx];
    const fromX = Math.max(0, Math.floor(Math.min(firstX, lastX) - reach));
    const toX = Math.min(part.width - 1, Math.ceil(Math.max(firstX, lastX) + reach));
    for (let column = fromX; column <= toX; column++) {
      const px = column + 0.5 - ax;
      const along = squared > 0 ? share((px * dx + py * dy) / squared) : 0;
      const [offX, offY] = [px - along * dx, py - along * dy];
      const covered = Math.min(1, radius + 0.5 - Math.sqrt(offX * offX + offY * offY));
      const at = row * part.width + column;
      if (covered > data[at]!) data[at] = covered;
    }
    looked += Math.max(0, toX - fromX + 1);
  }
  return looked;
}

const ofPolygons = (polygons: readonly Polygon[], { x, y, width, height }: Part): Promise<Float32Array> =>
  withBench((bench) => {
    const count = polygons.reduce((sum, polygon) => sum + polygon.length / 2, 0);
    const segments = new Float32Array(count * 4);
    let at = 0;
    for (const polygon of polygons)
      for (let i = 0; i < polygon.length; i += 2) {
        segments[at++] = polygon[i]! - x;
        segments[at++] = polygon[i + 1]! - y;
        segments[at++] = polygon[(i + 2) % polygon.length]! - x;
        segments[at++] = polygon[(i + 3) % polygon.length]! - y;
      }
    const mask = bench.alloc(width * height * 4);
    const area = bench.alloc((width + 2) * height * 4);
    bench.floats(area, (width + 2) * height).fill(0);
    bench.run.trace(area, width, height, bench.put(segments, 'floats'), count);
    bench.run.accumulate(area, mask, width, height);
    return bench.floats(mask, width * height).slice();
  });
