/**
 * How a clip moves and whether it holds together: published measures where they need no network, with our optical flow
 * in place of a learned one. Two frames are in memory at a time; for the middle between two, three small ones.
 *
 * What needs a network (subject consistency, FVD) is not imitated.
 */
import type { Clip } from '../core/take.ts';
import type { Raster } from '../core/values.ts';
import { resize, type Breathe } from '../raster/filters.ts';
import { FramesBetween } from '../raster/frames-between.ts';
import { OpticalFlow } from '../raster/optical-flow.ts';
import { LONG_SIDE } from './frame-steps.ts';
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
   * neighbours, made as Retime makes it; (255 − mean difference of RGB) / 255.
   */
  readonly midpointLikeness: number;
}

/** Mean squared motion below which a clip counts as a still; pixels at 720 × 720. */
const STILL = 0.05;

/** `breathe` is awaited after each frame, with how many were seen. A clip of one frame stands still. */
export async function clipMotion(clip: Clip, breathe: (frames: number) => Promise<void>): Promise<ClipMotion> {
  const every = Math.max(1, Math.floor(clip.fps / 8 + 0.5));
  const shortSide = Math.min(clip.width, clip.height);
  const threshold = (Math.max(1, 8 / clip.fps) * 6 * shortSide) / 256;
  const [width, height] = smallSize(clip, LONG_SIDE);
  const [neighbours, samples] = [0, 1].map(() => new OpticalFlow({ width, height }, LONG_SIDE, 'may change')) as [
    OpticalFlow,
    OpticalFlow,
  ];
  const middle = new FramesBetween({ width, height });
  const [changes, errors, squares, halves, largest] = [mean(), mean(), mean(), mean(), mean()];
  let exceeding = 0;
  let at = 0;
  let before: Raster | undefined;
  /** The last two, small. */
  let kept: readonly Raster[] = [];
  for await (const frame of clip.read()) {
    const small = await resize(frame, width, height, quietly);
    if (before) changes.add(changeBetween(before, frame));
    // A reader may use its memory again.
    before = { ...frame, data: frame.data.slice() };
    const ways = await waysTo(small, neighbours);
    if (ways) {
      const error = warpingErrorOf(lumaPlane(kept.at(-1)!, width, height), lumaPlane(small, width, height), ways);
      if (error !== undefined) errors.add(error);
      squares.add(squaredMotion(ways, 720 / width, 720 / height));
    }
    if (kept.length === 2) {
      await middle.meet(kept[0]!, small, quietly);
      halves.add(changeBetween(await middle.at(0.5, quietly), kept[1]!));
    }
    if (at % every === 0) {
      const sampled = await waysTo(small, samples);
      if (sampled) {
        const motion = largestOf(sampled) * (clip.width / width);
        largest.add(motion);
        if (motion > threshold) exceeding++;
      }
    }
    kept = [...kept.slice(-1), small];
    at++;
    await breathe(at);
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
const quietly: Breathe = async () => {};

/** Where every pixel of one small frame goes in the next. */
interface Ways {
  readonly width: number;
  readonly height: number;
  /** Four numbers a pixel: x, y, 1 where the way there is the way back and 0 elsewhere, and one that is not used here. */
  readonly data: Float32Array;
}

/** From the frame before, until the flow goes on; `undefined` for the first. */
async function waysTo(frame: Raster, flow: OpticalFlow): Promise<Ways | undefined> {
  const meeting = await flow.next(frame, quietly);
  return meeting && { width: flow.width, height: flow.height, data: flow.waysOf(0) };
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

function squaredMotion({ data }: Ways, scaleX: number, scaleY: number): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 2] === 0) continue;
    const [x, y] = [data[at]! * scaleX, data[at + 1]! * scaleY];
    sum += x * x + y * y;
    count++;
  }
  return count > 0 ? sum / count : 0;
}

/** The mean of the largest twentieth of the lengths, by blocks; 0 where nothing can be followed, as at a cut. */
function largestOf(ways: Ways): number {
  const lengths: number[] = [];
  for (let top = 0; top + BLOCK <= ways.height; top += BLOCK)
    for (let left = 0; left + BLOCK <= ways.width; left += BLOCK) lengths.push(lengthOfBlock(ways, left, top));
  const most = lengths.sort((a, b) => b - a).slice(0, Math.max(1, Math.floor(lengths.length / 20)));
  return most.reduce((sum, length) => sum + length, 0) / Math.max(1, most.length);
}
const BLOCK = 8;

/** Of the mean way; 0 where less than half of the block can be followed. */
function lengthOfBlock({ width, data }: Ways, left: number, top: number): number {
  let [x, y, count] = [0, 0, 0];
  for (let v = top; v < top + BLOCK; v++)
    for (let u = left; u < left + BLOCK; u++) {
      const at = (v * width + u) * 4;
      if (data[at + 2] === 0) continue;
      x += data[at]!;
      y += data[at + 1]!;
      count++;
    }
  return count * 2 < BLOCK * BLOCK ? 0 : Math.sqrt(x * x + y * y) / count;
}
/** Of one pair; `undefined` where no pixel can be followed, as at a cut. What the flow finds hidden is left out. */
function warpingErrorOf(from: Plane, to: Plane, ways: Ways): number | undefined {
  const { width, height, data } = ways;
  let [sum, count] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      if (data[at + 2] === 0 || isMotionEdge(ways, x, y)) continue;
      const off = (lumaAt(to, x + data[at]!, y + data[at + 1]!) - from.data[y * width + x]!) / 255;
      sum += off * off;
      count++;
    }
  }
  return count > 0 ? sum / count : undefined;
}

/** Where neighbouring pixels go different ways (Ruder and others 2016). */
function isMotionEdge({ width, height, data }: Ways, x: number, y: number): boolean {
  const at = (y * width + x) * 4;
  const squaredStep = (other: number): number => {
    const [u, v] = [data[other]! - data[at]!, data[other + 1]! - data[at + 1]!];
    return u * u + v * v;
  };
  const across = x + 1 < width ? squaredStep(at + 4) : 0;
  const down = y + 1 < height ? squaredStep(at + width * 4) : 0;
  return across + down > 0.01 * (data[at]! * data[at]! + data[at + 1]! * data[at + 1]!) + 0.002;
}

/** The luma at a place between pixels; outside, that of the edge. */
function lumaAt({ width, height, data }: Plane, x: number, y: number): number {
  const [u, v] = [within(x, width - 1), within(y, height - 1)];
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const [right, below] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
  const [across, down] = [u - left, v - top];
  const upper = data[top * width + left]! * (1 - across) + data[top * width + right]! * across;
  const lower = data[below * width + left]! * (1 - across) + data[below * width + right]! * across;
  return upper * (1 - down) + lower * down;
}
const within = (value: number, most: number): number => Math.max(0, Math.min(value, most));
