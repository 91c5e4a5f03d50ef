/** How a frame moves as a whole: what most of it agrees on, whatever else moves in it. */
import { randomFrom } from '../core/random.ts';
import type { Raster } from '../core/values.ts';
import type { Breathe } from './filters.ts';
import { isCut, OpticalFlow } from './optical-flow.ts';
import { STAYING, type Similarity } from './similarity.ts';

/** Enough for a motion that thousands of points share. */
const LONGEST = 320;
/** Pixels of the plane between two points that are asked. */
const APART = 6;
const TRIALS = 160;
const SEED = 1;
/** Two points nearer to each other say too little about a turn, in pixels of the plane. */
const NEAR = 24;
/** A point follows a motion that misses it by less, in pixels of the plane. */
const LOOSE = 1;
const TIGHT = 0.4;
const FEWEST_POINTS = 8;

interface Point {
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
}

/** From each frame of a clip to the next how it moves as a whole, or that a cut lies between them. */
export async function motionsOf(
  frames: AsyncIterable<Raster>,
  size: { readonly width: number; readonly height: number },
  breathe: (frames: number) => Promise<void>,
): Promise<readonly (Similarity | 'cut')[]> {
  const flow = new OpticalFlow(size, LONGEST);
  const motions: (Similarity | 'cut')[] = [];
  let seen = 0;
  const pause: Breathe = () => breathe(seen);
  for await (const frame of frames) {
    const meeting = await flow.next(frame, pause);
    if (meeting) motions.push(isCut(meeting) ? 'cut' : globalMotion(flow, size));
    seen++;
    await pause(0);
  }
  return motions;
}

/**
 * The similarity that most points follow (RANSAC, then least squares), in pixels of a frame of that size. The two frames
 * of the flow have met.
 */
export function globalMotion(flow: OpticalFlow, size: { readonly width: number; readonly height: number }): Similarity {
  const points = pointsOf(flow, size);
  if (points.length < FEWEST_POINTS) return STAYING;
  const random = randomFrom(SEED);
  const pick = () => points[Math.floor(random() * points.length)]!;
  const [loose, tight] = [LOOSE * flow.factor, TIGHT * flow.factor];
  let best = STAYING;
  let most = following(points, STAYING, loose).length;
  for (let trial = 0; trial < TRIALS; trial++) {
    const motion = throughTwo(pick(), pick(), NEAR * flow.factor);
    if (!motion) continue;
    const count = following(points, motion, loose).length;
    if (count <= most) continue;
    most = count;
    best = motion;
  }
  for (const limit of [loose, tight, tight]) best = leastSquares(following(points, best, limit)) ?? best;
  return best;
}

function pointsOf(flow: OpticalFlow, { width, height }: { readonly width: number; readonly height: number }): Point[] {
  const ways = flow.waysOf(0);
  const { factor } = flow;
  const points: Point[] = [];
  for (let y = APART >> 1; y < flow.height; y += APART)
    for (let x = APART >> 1; x < flow.width; x += APART) {
      const at = (y * flow.width + x) * 4;
      if (ways[at + 2] === 0) continue;
      const [fromX, fromY] = [(x + 0.5) * factor - width / 2, (y + 0.5) * factor - height / 2];
      points.push({ x: fromX, y: fromY, toX: fromX + ways[at]! * factor, toY: fromY + ways[at + 1]! * factor });
    }
  return points;
}

function throughTwo(one: Point, other: Point, near: number): Similarity | undefined {
  const [x, y] = [other.x - one.x, other.y - one.y];
  const [toX, toY] = [other.toX - one.toX, other.toY - one.toY];
  const square = x * x + y * y;
  if (square < near * near) return undefined;
  const [ax, ay] = [(toX * x + toY * y) / square, (toY * x - toX * y) / square];
  return { ax, ay, bx: one.toX - (ax * one.x - ay * one.y), by: one.toY - (ax * one.y + ay * one.x) };
}

const following = (points: readonly Point[], { ax, ay, bx, by }: Similarity, limit: number): readonly Point[] =>
  points.filter(({ x, y, toX, toY }) => {
    const [offX, offY] = [ax * x - ay * y + bx - toX, ax * y + ay * x + by - toY];
    return offX * offX + offY * offY < limit * limit;
  });

function leastSquares(points: readonly Point[]): Similarity | undefined {
  if (points.length < FEWEST_POINTS) return undefined;
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [mx, my, mtx, mty] = [mean(({ x }) => x), mean(({ y }) => y), mean(({ toX }) => toX), mean(({ toY }) => toY)];
  let [along, across, square] = [0, 0, 0];
  for (const { x, y, toX, toY } of points) {
    const [dx, dy, tx, ty] = [x - mx, y - my, toX - mtx, toY - mty];
    along += dx * tx + dy * ty;
    across += dx * ty - dy * tx;
    square += dx * dx + dy * dy;
  }
  if (square === 0) return undefined;
  const [ax, ay] = [along / square, across / square];
  return { ax, ay, bx: mtx - (ax * mx - ay * my), by: mty - (ax * my + ay * mx) };
}
