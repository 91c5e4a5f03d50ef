/**
 * How a clip moves and whether it holds together: published measures where they need no network, with blocks in place of
 * a learned flow. Two frames are in memory at a time; for the middle between two, three small planes.
 *
 * What needs a network (subject consistency, FVD) is not imitated.
 */
import type { Clip } from '../core/take.ts';
import type { Raster } from '../core/values.ts';
import { lumaAt, motionBetween, vectorAt, type MotionField } from './motion-field.ts';
import { lumaPlane, smallSize, type Plane } from './plane.ts';

export interface ClipMotion {
  /** VBench's temporal flickering: (255 − mean |f(t) − f(t+1)|) / 255 over 8-bit RGB. Meant for clips that stand still. */
  readonly steadiness: number;
  /** VBench's dynamic degree: whether enough pairs of frames move by more than its threshold. */
  readonly isDynamic: boolean;
  /** The mean, over those pairs, of the largest 5 % of the motions, in pixels of the clip. */
  readonly largestMotion: number;
  /**
   * Warping error (Lai and others 2018): mean squared difference between a frame and the next one warped back to it,
   * where the motion can be followed (Ruder and others 2016). Of luma in 0…1, at 160 pixels: to be compared with each
   * other, not with published figures.
   */
  readonly warpingError: number;
  /**
   * Motion-aware warping error (StreamingT2V, arXiv 2403.14773): the same by the mean squared motion at 720 × 720. Low
   * only with consistency and with motion: `undefined` for a still, which would pass any other way.
   */
  readonly motionAwareError: number | undefined;
  /**
   * Ours, after the idea of VBench's motion smoothness but without its network: each frame against the middle of its
   * neighbours, moved half the way to each other; (255 − mean difference of luma) / 255.
   */
  readonly midpointLikeness: number;
}

const LONG_SIDE = 160;
/** Mean squared motion below which a clip counts as a still; pixels at 720 × 720. */
const STILL = 0.05;

/** `breathe` is awaited after each frame. A clip of one frame stands still. */
export async function clipMotion(clip: Clip, breathe: () => Promise<void>): Promise<ClipMotion> {
  const every = Math.max(1, Math.floor(clip.fps / 8 + 0.5));
  const shortSide = Math.min(clip.width, clip.height);
  const threshold = (Math.max(1, 8 / clip.fps) * 6 * shortSide) / 256;
  const size = smallSize(clip, LONG_SIDE);
  const scale = clip.width / size[0];
  const [changes, errors, squares, halves, largest] = [mean(), mean(), mean(), mean(), mean()];
  let exceeding = 0;
  let at = 0;
  let before: Raster | undefined;
  const planes: Plane[] = [];
  let sampled: Plane | undefined;
  for await (const frame of clip.read()) {
    const plane = lumaPlane(frame, ...size);
    if (before) changes.add(changeBetween(before, frame));
    // A reader may use its memory again.
    before = { ...frame, data: frame.data.slice() };
    const last = planes.at(-1);
    if (last) {
      const field = motionBetween(last, plane);
      const error = warpingErrorOf(last, plane, field, motionBetween(plane, last));
      if (error !== undefined) errors.add(error);
      squares.add(squaredMotion(field, 720 / size[0], 720 / size[1]));
    }
    if (planes.length === 2) halves.add(offTheMiddle(planes[0]!, last!, plane));
    if (at % every === 0) {
      if (sampled) {
        const motion = largestOf(motionBetween(sampled, plane)) * scale;
        largest.add(motion);
        if (motion > threshold) exceeding++;
      }
      sampled = plane;
    }
    planes.push(plane);
    if (planes.length > 2) planes.shift();
    at++;
    await breathe();
  }
  // VBench counts in clips of 16 frames.
  const needed = Math.floor((4 * (largest.count + 1)) / 16 + 0.5);
  return {
    steadiness: 1 - changes.value() / 255,
    isDynamic: exceeding > 0 && exceeding >= needed,
    largestMotion: largest.value(),
    warpingError: errors.value(),
    motionAwareError: squares.value() < STILL ? undefined : errors.value() / squares.value(),
    midpointLikeness: 1 - halves.value() / 255,
  };
}

function mean() {
  let [sum, count] = [0, 0];
  return {
    add(value: number) {
      sum += value;
      count++;
    },
    /** 0 of nothing. */
    value: () => (count > 0 ? sum / count : 0),
    get count() {
      return count;
    },
  };
}

function changeBetween(a: Raster, b: Raster): number {
  let sum = 0;
  for (let at = 0; at < a.data.length; at += 4)
    for (let channel = at; channel < at + 3; channel++) sum += Math.abs(a.data[channel]! - b.data[channel]!);
  return sum / ((a.data.length / 4) * 3);
}

function squaredMotion({ dx, dy }: MotionField, scaleX: number, scaleY: number): number {
  let sum = 0;
  for (let at = 0; at < dx.length; at++) {
    const [x, y] = [dx[at]! * scaleX, dy[at]! * scaleY];
    sum += x * x + y * y;
  }
  return sum / dx.length;
}

/** The mean of the largest twentieth of the lengths. */
function largestOf({ dx, dy }: MotionField): number {
  const lengths = Array.from(dx, (x, at) => Math.sqrt(x * x + dy[at]! * dy[at]!)).sort((a, b) => b - a);
  const count = Math.max(1, Math.floor(lengths.length / 20));
  return lengths.slice(0, count).reduce((sum, length) => sum + length, 0) / count;
}

/** Of one pair; `undefined` where no pixel can be followed, as at a cut. Pixels whose way leads out of the frame are left out too. */
function warpingErrorOf(from: Plane, to: Plane, forward: MotionField, backward: MotionField): number | undefined {
  const { width, height, data } = from;
  let [sum, count] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = vectorAt(forward, x, y);
      const [toX, toY] = [x + u, y + v];
      if (toX < 0 || toY < 0 || toX > width - 1 || toY > height - 1) continue;
      const [backX, backY] = vectorAt(backward, toX, toY);
      const [openX, openY] = [u + backX, v + backY];
      const lengths = u * u + v * v + backX * backX + backY * backY;
      const isHidden = openX * openX + openY * openY > 0.01 * lengths + 0.5;
      if (isHidden || isMotionEdge(forward, x, y, u * u + v * v)) continue;
      const off = (lumaAt(to, toX, toY) - data[y * width + x]!) / 255;
      sum += off * off;
      count++;
    }
  }
  return count > 0 ? sum / count : undefined;
}

/** Where neighbouring pixels go different ways. */
function isMotionEdge(field: MotionField, x: number, y: number, lengthSquared: number): boolean {
  const [left, right] = [vectorAt(field, x - 0.5, y), vectorAt(field, x + 0.5, y)];
  const [upper, lower] = [vectorAt(field, x, y - 0.5), vectorAt(field, x, y + 0.5)];
  const across = squaredOf(right[0] - left[0]) + squaredOf(right[1] - left[1]);
  const down = squaredOf(lower[0] - upper[0]) + squaredOf(lower[1] - upper[1]);
  return across + down > 0.01 * lengthSquared + 0.002;
}
const squaredOf = (value: number): number => value * value;

/** Mean difference of a frame from the middle of its neighbours, in levels. */
function offTheMiddle(before: Plane, frame: Plane, after: Plane): number {
  const field = motionBetween(before, after);
  const { width, height, data } = frame;
  let sum = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = vectorAt(field, x, y);
      const middle = (lumaAt(before, x - u / 2, y - v / 2) + lumaAt(after, x + u / 2, y + v / 2)) / 2;
      sum += Math.abs(middle - data[y * width + x]!);
    }
  }
  return sum / data.length;
}
