/**
 * Where the parts of a picture go from one frame to the next: blocks, each moved as a whole (Lucas and Kanade 1981, from
 * coarse to fine after Bouguet 2000). No network; good for pans, zooms and slow subjects, not for what turns or is
 * uncovered inside a block. Arithmetic of + − × ÷ only, so the same everywhere.
 */
import type { Plane } from './plane.ts';

/** One vector for each block, in pixels of the planes; blocks in rows, `STEP` pixels apart. */
export interface MotionField {
  readonly columns: number;
  readonly rows: number;
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  /** How much a block can tell: near 0 where it is flat or a straight edge, near 1 where it has structure. */
  readonly trust: Float64Array;
}

const STEP = 8;
/** Blocks overlap: each looks this far around its middle. */
const REACH = 7;
const ROUNDS = 4;
const SMALLEST_SIDE = 20;
const MOST_LEVELS = 4;
/** Squared levels per pixel. Less structure than this, and a block goes with what the coarser picture said. */
const NOISE = 2;

/** The motion from one plane to the next of the same size. A change of light is not taken for motion. */
export function motionBetween(from: Plane, to: Plane): MotionField {
  const [a, b] = [pyramid(from), pyramid(to)];
  let field: MotionField | undefined;
  for (let level = a.length - 1; level >= 0; level--) field = refined(a[level]!, b[level]!, field);
  return field!;
}

/** The vector at a pixel, between blocks mixed from the four around it. */
export function vectorAt({ columns, rows, dx, dy }: MotionField, x: number, y: number): readonly [number, number] {
  const column = between(x / STEP - 0.5, columns - 1);
  const row = between(y / STEP - 0.5, rows - 1);
  const left = Math.min(Math.floor(column), Math.max(0, columns - 2));
  const top = Math.min(Math.floor(row), Math.max(0, rows - 2));
  const [right, below] = [Math.min(left + 1, columns - 1), Math.min(top + 1, rows - 1)];
  const [across, down] = [column - left, row - top];
  const mix = (values: Float64Array) =>
    (values[top * columns + left]! * (1 - across) + values[top * columns + right]! * across) * (1 - down) +
    (values[below * columns + left]! * (1 - across) + values[below * columns + right]! * across) * down;
  return [mix(dx), mix(dy)];
}

/** The mean length of the vectors, by trust. */
export function speedOf({ dx, dy, trust }: MotionField): number {
  let [sum, weight] = [0, 0];
  for (let at = 0; at < dx.length; at++) {
    sum += trust[at]! * Math.sqrt(dx[at]! * dx[at]! + dy[at]! * dy[at]!);
    weight += trust[at]!;
  }
  return weight > 0 ? sum / weight : 0;
}

/**
 * What all blocks do together: shift, growth and turn, the last two as the vectors they give at a typical distance from
 * the middle, so that the four can be added as lengths. In pixels of the planes.
 */
export interface CameraMotion {
  readonly x: number;
  readonly y: number;
  readonly grow: number;
  readonly turn: number;
}

/** By least squares, weighted by trust; blocks that go their own way count less the second and third time. */
export function cameraMotion(field: MotionField): CameraMotion {
  const { columns, rows, dx, dy, trust } = field;
  const weights = trust.slice();
  let [x, y, grow, turn, reach] = [0, 0, 0, 0, 0];
  for (let round = 0; round < 3; round++) {
    let [sum, px, py, vx, vy] = [1e-9, 0, 0, 0, 0];
    for (let at = 0; at < dx.length; at++) {
      const weight = weights[at]!;
      sum += weight;
      px += weight * (at % columns);
      py += weight * Math.floor(at / columns);
      vx += weight * dx[at]!;
      vy += weight * dy[at]!;
    }
    const [middleX, middleY] = [px / sum, py / sum];
    [x, y] = [vx / sum, vy / sum];
    let [outwards, around, distance] = [0, 0, 1e-9];
    for (let at = 0; at < dx.length; at++) {
      const [u, v] = [(at % columns) - middleX, Math.floor(at / columns) - middleY];
      outwards += weights[at]! * (u * (dx[at]! - x) + v * (dy[at]! - y));
      around += weights[at]! * (u * (dy[at]! - y) - v * (dx[at]! - x));
      distance += weights[at]! * (u * u + v * v);
    }
    [grow, turn, reach] = [outwards / distance, around / distance, Math.sqrt(distance / sum)];
    // The shift is that of the middle of the frame.
    const [offX, offY] = [(columns - 1) / 2 - middleX, (rows - 1) / 2 - middleY];
    const [centreX, centreY] = [x + grow * offX - turn * offY, y + grow * offY + turn * offX];
    for (let at = 0; at < dx.length; at++) {
      const [u, v] = [(at % columns) - middleX, Math.floor(at / columns) - middleY];
      const [awayX, awayY] = [dx[at]! - x - grow * u + turn * v, dy[at]! - y - grow * v - turn * u];
      weights[at] = trust[at]! / (1 + (awayX * awayX + awayY * awayY) / USUAL_ERROR);
    }
    [x, y] = [centreX, centreY];
  }
  return { x, y, grow: grow * reach, turn: turn * reach };
}
/** Squared pixels; twice as far off, and a block counts a fifth. */
const USUAL_ERROR = 0.04;

/** The luma at a place between pixels; outside, that of the edge. */
export function lumaAt({ width, height, data }: Plane, x: number, y: number): number {
  const [u, v] = [between(x, width - 1), between(y, height - 1)];
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const [right, below] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
  const [across, down] = [u - left, v - top];
  const upper = data[top * width + left]! * (1 - across) + data[top * width + right]! * across;
  const lower = data[below * width + left]! * (1 - across) + data[below * width + right]! * across;
  return upper * (1 - down) + lower * down;
}

const between = (value: number, most: number): number => (value < 0 ? 0 : value > most ? most : value);

function pyramid(plane: Plane): readonly Plane[] {
  const levels = [plane];
  for (let last = plane; levels.length < MOST_LEVELS; levels.push(last)) {
    if (Math.min(last.width, last.height) < SMALLEST_SIDE * 2) break;
    last = halved(last);
  }
  return levels;
}

function halved({ width: wide, height: tall, data }: Plane): Plane {
  const [width, height] = [wide >> 1, tall >> 1];
  const half = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * 2 * wide + x * 2;
      half[y * width + x] = (data[at]! + data[at + 1]! + data[at + wide]! + data[at + wide + 1]!) / 4;
    }
  }
  return { width, height, data: half };
}

/** One level: every block starts from what the coarser level found there. */
function refined(from: Plane, to: Plane, coarser: MotionField | undefined): MotionField {
  const columns = Math.max(1, Math.floor(from.width / STEP));
  const rows = Math.max(1, Math.floor(from.height / STEP));
  const [dx, dy] = [new Float64Array(columns * rows), new Float64Array(columns * rows)];
  const trust = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [column * STEP + STEP / 2, row * STEP + STEP / 2];
      const start = coarser ? vectorAt(coarser, x / 2, y / 2) : [0, 0];
      const found = blockMotion(from, to, x, y, start[0]! * 2, start[1]! * 2);
      const at = row * columns + column;
      [dx[at], dy[at], trust[at]] = found;
    }
  }
  return { columns, rows, dx, dy, trust };
}

function blockMotion(
  from: Plane,
  to: Plane,
  x: number,
  y: number,
  startX: number,
  startY: number,
): readonly [number, number, number] {
  const { width, height, data } = from;
  const [left, right] = [Math.max(1, x - REACH), Math.min(width - 2, x + REACH)];
  const [top, bottom] = [Math.max(1, y - REACH), Math.min(height - 2, y + REACH)];
  const count = Math.max(1, (right - left + 1) * (bottom - top + 1));
  let [gx, gy, gxx, gxy, gyy] = [0, 0, 0, 0, 0];
  for (let v = top; v <= bottom; v++) {
    for (let u = left; u <= right; u++) {
      const at = v * width + u;
      const [across, down] = [(data[at + 1]! - data[at - 1]!) / 2, (data[at + width]! - data[at - width]!) / 2];
      gx += across;
      gy += down;
      gxx += across * across;
      gxy += across * down;
      gyy += down * down;
    }
  }
  // Around their means: what all pixels of the block share, a change of light, then drops out.
  const xx = (gxx - (gx * gx) / count) / count;
  const xy = (gxy - (gx * gy) / count) / count;
  const yy = (gyy - (gy * gy) / count) / count;
  const weakest = (xx + yy - Math.sqrt((xx - yy) * (xx - yy) + 4 * xy * xy)) / 2;
  const determinant = (xx + NOISE) * (yy + NOISE) - xy * xy;
  let [dx, dy] = [startX, startY];
  for (let round = 0; round < ROUNDS; round++) {
    let [t, tx, ty] = [0, 0, 0];
    for (let v = top; v <= bottom; v++) {
      for (let u = left; u <= right; u++) {
        const at = v * width + u;
        const change = lumaAt(to, u + dx, v + dy) - data[at]!;
        t += change;
        tx += (change * (data[at + 1]! - data[at - 1]!)) / 2;
        ty += (change * (data[at + width]! - data[at - width]!)) / 2;
      }
    }
    const [rx, ry] = [(tx - (t * gx) / count) / count, (ty - (t * gy) / count) / count];
    const stepX = ((yy + NOISE) * rx - xy * ry) / determinant;
    const stepY = ((xx + NOISE) * ry - xy * rx) / determinant;
    dx -= stepX;
    dy -= stepY;
    if (stepX * stepX + stepY * stepY < 1e-4) break;
  }
  return [dx, dy, weakest / (weakest + NOISE)];
}
