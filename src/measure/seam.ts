/**
 * What can be seen where one clip ends and the next begins. The measures are ours, made for clips that go on from each
 * other; where two different pictures meet, that is a cut, and nothing is measured.
 */
import type { Raster } from '../core/values.ts';
import type { Breathe } from '../raster/filters.ts';
import { ciede2000, type Lab } from './ciede2000.ts';
import { lookOfFrame, type FrameLook } from './frame-look.ts';
import { FrameSteps, type CameraMotion, type FrameStep } from './frame-steps.ts';
import type { Plane } from './plane.ts';
import { median } from './robust.ts';

export interface Seam {
  /** Two different pictures meet. All other fields are then at rest. */
  readonly isCut: boolean;
  /** How often the last frame is shown again: steps around the join in which the picture stands still. */
  readonly repeatedFrames: number;
  /** Frames of the next clip that replay the end of the one before; one alone is a repeated frame. */
  readonly echoFrames: number;
  /** Change of the mean luma at the join, as a share of it. */
  readonly lumaStep: number;
  /** ΔE00 of the mean colours at the join, at one lightness: what the luma step does not tell. */
  readonly colourStep: number;
  /** Changes of the spread of luma, the mean chroma and the fine detail, as shares. */
  readonly contrastStep: number;
  readonly chromaStep: number;
  readonly crispnessStep: number;
  /** |after − before| / (½ (|before| + |after|)) of the camera: 0 for the same motion, 2 for the opposite. */
  readonly velocityMismatch: number;
  /** Cosine between the motions: −1 when it turns back. 1 where nothing moves. */
  readonly direction: number;
  /** Speed after by speed before. */
  readonly pace: number;
  /** Steps without motion between steps with it; `at` is the frame where it begins, 0 the first after the join. */
  readonly stall: { readonly frames: number; readonly at: number } | undefined;
  /** Of clips that fade into one another; everything else is measured in its middle. */
  readonly fade?: {
    readonly frames: number;
    /** Fine detail of both pictures together against that of each, as a share: what does not line up loses it. */
    readonly detailStep: number;
  };
}

/** So many frames of either side are looked at. */
export const SEAM_WINDOW = 12;
/** A stall that begins farther from the join than this belongs to the clip. */
const NEAR = 8;
/** Velocities are read from so many steps on either side. */
const STEPS_OF_VELOCITY = 8;
/** Pixels a frame of 160 moves by when it can be said to move. */
const MOVING = 0.06;
/** Levels by which neighbouring frames differ when a repeated one stands out. */
const CHANGING = 0.15;
const LITTLE_CHROMA = 8;

/** Frames in order, of one size. */
export type Frames = AsyncIterable<Raster> | Iterable<Raster>;

/**
 * `before`: the last frames of a clip; `after`: the first of the next; up to 12 of each, all of one size and frame rate.
 * What lies beyond another cut on either side is left out. Throws a RangeError where one side is missing.
 */
export async function seamOf(before: Frames, after: Frames, breathe: Breathe): Promise<Seam> {
  const seen: Seen[] = [];
  let steps: FrameSteps | undefined;
  const see = async (frame: Raster) => {
    steps ??= new FrameSteps(frame);
    seen.push({ look: lookOfFrame(frame), step: await steps.to(frame) });
    await breathe(seen.length / (2 * SEAM_WINDOW));
  };
  for await (const frame of before) {
    await see(frame);
    if (seen.length > SEAM_WINDOW) seen.shift();
  }
  const join = seen.length - 1;
  for await (const frame of after) {
    await see(frame);
    if (seen.length === join + 1 + SEAM_WINDOW) break;
  }
  if (join < 0 || seen.length === join + 1) throw new RangeError('A seam has a frame on either side.');
  if (seen[join + 1]!.step!.isCut) return AT_REST;
  const isCutAt = (at: number) => seen[at]!.step?.isCut;
  let [begin, end] = [join, join + 2];
  while (begin > 0 && !isCutAt(begin)) begin--;
  while (end < seen.length && !isCutAt(end)) end++;
  return seamWithin(seen.slice(begin, end), join - begin);
}
interface Seen {
  readonly look: FrameLook;
  /** From the frame before. */
  readonly step: FrameStep | undefined;
}

/** Of one shot that goes on across the join, the pair after frame `join`. */
function seamWithin(seen: readonly Seen[], join: number): Seam {
  const looks = seen.map(({ look }) => look);
  const [before, after] = [looks.slice(0, join + 1), looks.slice(join + 1)];
  const pairs = seen.slice(1).map(({ look, step }, at): Pair => ({
    camera: step!.camera,
    speed: step!.speed,
    change: difference(looks[at]!.plane, look.plane),
  }));
  const typicalChange = median(pairs.filter((_, at) => at !== join).map(({ change }) => change));
  const isChanging = typicalChange > CHANGING;
  const repeatedFrames = isChanging ? runAround(join, heldSteps(pairs, typicalChange)) : 0;
  const echoFrames = isChanging ? echoOf(before, after, typicalChange / 2) : 0;
  const stall = stallIn(pairs, join);
  const stalled = new Set(Array.from({ length: stall?.frames ?? 0 }, (_, k) => join + stall!.at + k));
  for (let at = join - repeatedFrames; at <= join + repeatedFrames; at++) if (repeatedFrames > 0) stalled.add(at);
  return {
    isCut: false,
    repeatedFrames,
    echoFrames,
    // What is shown twice is passed over: the picture goes on behind it.
    ...stepsBetween(before, after.slice(Math.min(after.length - 1, Math.max(repeatedFrames, echoFrames)))),
    ...velocities(pairs, join, stalled),
    stall,
  };
}

const AT_REST: Seam = {
  isCut: true,
  repeatedFrames: 0,
  echoFrames: 0,
  lumaStep: 0,
  colourStep: 0,
  contrastStep: 0,
  chromaStep: 0,
  crispnessStep: 0,
  velocityMismatch: 0,
  direction: 1,
  pace: 1,
  stall: undefined,
};

interface Pair {
  readonly camera: CameraMotion;
  readonly speed: number;
  readonly change: number;
}

/**
 * Which steps hold the picture: hardly anything changes, or no more than usual and the camera stops for this step alone.
 * The latter is a frame that was encoded twice: what differs is what the encoder did.
 */
function heldSteps(pairs: readonly Pair[], typicalChange: number): readonly boolean[] {
  const lengths = pairs.map(({ camera }) => lengthOf(camera));
  const typical = median(lengths);
  const isMoving = (at: number) => (lengths[at] ?? 0) > typical * 0.7;
  return pairs.map(({ change }, at) => {
    if (change < typicalChange / 2) return true;
    const isStopped = typical > MOVING && lengths[at]! < typical * 0.4 && isMoving(at - 1) && isMoving(at + 1);
    return isStopped && change < typicalChange;
  });
}

/** Mean absolute difference around the means: a step of luma alone does not make a repeated frame a new one. */
function difference(a: Plane, b: Plane): number {
  const shift = (sum(b.data) - sum(a.data)) / a.data.length;
  let total = 0;
  for (let at = 0; at < a.data.length; at++) total += Math.abs(b.data[at]! - a.data[at]! - shift);
  return total / a.data.length;
}

/** The longest beginning of `after` that is the end of `before` again; 0 where it is shorter than two frames. */
function echoOf(before: readonly FrameLook[], after: readonly FrameLook[], limit: number): number {
  for (let length = Math.min(before.length, after.length); length >= 2; length--) {
    const tail = before.slice(-length);
    if (tail.every(({ plane }, at) => difference(plane, after[at]!.plane) < limit)) return length;
  }
  return 0;
}

/** Longest run of steps below a quarter of the usual speed that begins near the join, with motion on both sides of it. */
function stallIn(pairs: readonly Pair[], join: number): Seam['stall'] {
  const usual = median(pairs.map(({ speed }) => speed));
  if (usual < MOVING) return undefined;
  const isStill = pairs.map(({ speed }) => speed < usual / 4);
  let longest: Seam['stall'];
  for (let begin = 1; begin < pairs.length; begin++) {
    if (!isStill[begin] || isStill[begin - 1]) continue;
    let end = begin;
    while (isStill[end]) end++;
    const isNear = begin <= join + NEAR && end > join - NEAR;
    if (end < pairs.length && isNear && end - begin > (longest?.frames ?? 0))
      longest = { frames: end - begin, at: begin - join };
  }
  return longest;
}

/** How many neighbouring places around `middle` hold, itself among them; 0 where it does not. */
function runAround(middle: number, holds: readonly boolean[]): number {
  if (!holds[middle]) return 0;
  let [begin, end] = [middle, middle + 1];
  while (holds[begin - 1]) begin--;
  while (holds[end]) end++;
  return end - begin;
}

/**
 * Each side is a line through its window, and the step is between the lines where they meet: what changes steadily
 * through both, as in a pan, is then no step.
 */
function stepsBetween(before: readonly FrameLook[], after: readonly FrameLook[]) {
  const ends = (valueOf: (look: FrameLook) => number): readonly [number, number] => [
    -lineAt(before.map((look, at) => [before.length - at - 0.5, -valueOf(look)])),
    lineAt(after.map((look, at) => [at + 0.5, valueOf(look)])),
  ];
  const share = (valueOf: (look: FrameLook) => number): number => {
    const [from, to] = ends(valueOf);
    return from > 1e-6 ? Math.max(0, to) / from - 1 : 0;
  };
  const colour = ([0, 1, 2] as const).map((at) => ends(({ lab }) => lab[at]));
  const [[dark, light], a, b] = colour as unknown as [[number, number], [number, number], [number, number]];
  const lightness = (dark + light) / 2;
  const [from, to]: readonly [Lab, Lab] = [
    [lightness, a[0], b[0]],
    [lightness, a[1], b[1]],
  ];
  return {
    lumaStep: share(({ luma }) => luma),
    colourStep: ciede2000(from, to),
    contrastStep: share(({ contrast }) => contrast),
    // Of hardly any colour a little more is no step.
    chromaStep: share(({ chroma }) => Math.max(LITTLE_CHROMA, chroma)),
    crispnessStep: share(({ crispness }) => crispness),
  };
}

type Points = readonly (readonly [number, number])[];

/** The value at 0 of the line of least squares through the points; of fewer than four points, their mean. */
const lineAt = (points: Points): number => lineThrough(points).value;

/** The same with its standard error, squared: how far the points scatter around the line. */
function lineThrough(points: Points): { readonly value: number; readonly error: number } {
  const count = points.length;
  const meanX = points.reduce((total, [x]) => total + x, 0) / count;
  const meanY = points.reduce((total, [, y]) => total + y, 0) / count;
  let [xy, xx] = [0, 0];
  for (const [x, y] of points) {
    xy += (x - meanX) * (y - meanY);
    xx += (x - meanX) * (x - meanX);
  }
  const slope = count < 4 ? 0 : xy / xx;
  const scatter = points.reduce((total, [x, y]) => {
    const off = y - meanY - slope * (x - meanX);
    return total + off * off;
  }, 0);
  const lean = count < 4 ? 0 : (meanX * meanX) / xx;
  return { value: meanY - slope * meanX, error: (scatter / Math.max(1, count - 2)) * (1 / count + lean) };
}

/** The camera's motions on both sides, each carried on to the join; steps without motion are left out. */
function velocities(
  pairs: readonly Pair[],
  join: number,
  stalled: ReadonlySet<number>,
): Pick<Seam, 'velocityMismatch' | 'direction' | 'pace'> {
  const moving = pairs.map(({ camera }, at) => ({ camera, at: at - join })).filter(({ at }) => !stalled.has(at + join));
  const before = moving.filter(({ at }) => at < 0).slice(-STEPS_OF_VELOCITY);
  const after = moving.filter(({ at }) => at > 0).slice(0, STEPS_OF_VELOCITY);
  if (before.length === 0 || after.length === 0) return STEADY;
  let error = 0;
  const [a, b] = [before, after].map((side) =>
    mapped((part) => {
      const line = lineThrough(side.map(({ camera, at }) => [at, camera[part]]));
      error += line.error;
      return line.value;
    }),
  ) as [CameraMotion, CameraMotion];
  const [lengthA, lengthB] = [lengthOf(a), lengthOf(b)];
  if (Math.max(lengthA, lengthB) < MOVING) return STEADY;
  // Rain and waves are no camera: what the steps scatter by, twice over, is not held against the join.
  const apart = Math.max(0, lengthOf(mapped((part) => b[part] - a[part])) - 2 * Math.sqrt(error));
  return {
    velocityMismatch: apart / ((lengthA + lengthB) / 2),
    direction: lengthA * lengthB > 0 ? dot(a, b) / (lengthA * lengthB) : 1,
    pace: lengthA > 0 ? lengthB / lengthA : 1,
  };
}
const STEADY = { velocityMismatch: 0, direction: 1, pace: 1 };
const mapped = (valueOf: (part: keyof CameraMotion) => number): CameraMotion => ({
  x: valueOf('x'),
  y: valueOf('y'),
  grow: valueOf('grow'),
  turn: valueOf('turn'),
});
const dot = (a: CameraMotion, b: CameraMotion): number => a.x * b.x + a.y * b.y + a.grow * b.grow + a.turn * b.turn;
const lengthOf = (motion: CameraMotion): number => Math.sqrt(dot(motion, motion));

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
