/** Camera moves: what each of them does over time, and how far the frame must grow so that no border shows. */
import type { CameraPose, Easing, MotionValue } from '../core/values.ts';
import { appearsAt, RESTING } from './camera.ts';
import { clamp, cos, PI, sin } from './math.ts';

type Size = Parameters<typeof appearsAt>[1];
type Move = Pick<MotionValue, 'move' | 'amount' | 'easing' | 'loop' | 'shutter'>;

/** How near the thing is taken to be that orbit and dolly zoom keep in place, where nobody knows better. */
export const USUAL_FOCUS = 0.6;
/** The farthest that anything moves between two poses that are shown in one frame, in pixels. */
const BLUR_STEP = 1;
const MOST_IN_ONE_FRAME = 16;

function ease(easing: Easing, t: number): number {
  switch (easing) {
    case 'linear':
      return t;
    case 'ease in':
      return t * t;
    case 'ease out':
      return 1 - (1 - t) * (1 - t);
    case 'ease in-out':
      return t * t * (3 - 2 * t);
    default:
      return easing satisfies never;
  }
}

/**
 * The pose at `t` of a move, 0 at its beginning and 1 at its end, before the frame is made large enough for it. In a
 * loop 1 is 0 again: there and back, the orbit all around. `focus`: nearness of what orbit and dolly zoom keep in
 * place. The still camera stands still.
 */
export function poseAt(motion: Move, t: number, focus = USUAL_FOCUS): CameraPose {
  const { amount: a, move } = motion;
  const turn = t * 2 * PI;
  const k = motion.loop ? (1 - cos(turn)) / 2 : ease(motion.easing, clamp(t));
  const swing = (k - 0.5) * 2;
  switch (move) {
    case 'still':
      return RESTING;
    case 'push in':
    case 'pull out': {
      const closer = move === 'push in' ? k : 1 - k;
      return { ...RESTING, zoom: 1 + 0.11 * a * closer, dolly: 0.2 * a * closer };
    }
    case 'pan left':
      return { ...RESTING, x: 0.05 * a * swing, baseX: 0.022 * a * swing };
    case 'pan right':
      return { ...RESTING, x: -0.05 * a * swing, baseX: -0.022 * a * swing };
    case 'tilt up':
      return { ...RESTING, y: 0.04 * a * swing, baseY: 0.022 * a * swing };
    case 'tilt down':
      return { ...RESTING, y: -0.04 * a * swing, baseY: -0.022 * a * swing };
    case 'orbit': {
      const [x, y] = [0.08 * a * swing, motion.loop ? 0.03 * a * sin(turn) : 0];
      return { ...RESTING, x, y, baseX: -x * focus, baseY: -y * focus };
    }
    case 'dolly zoom':
      return { ...RESTING, zoom: 1 - 0.4 * a * k * focus, dolly: 0.4 * a * k };
    case 'handheld':
      // Slow sines that fit whole turns, so that a handheld clip always loops.
      return {
        ...RESTING,
        x: 0.02 * a * (sin(turn) + 0.5 * sin(3 * turn + 1)),
        y: 0.016 * a * (cos(turn) + 0.5 * sin(2 * turn + 2)),
        baseX: 0.006 * a * sin(2 * turn + 0.5),
        baseY: 0.006 * a * cos(3 * turn),
        roll: 0.008 * a * sin(turn + 0.8),
      };
    default:
      return move satisfies never;
  }
}

/**
 * The poses shown in each frame of a clip, all grown alike so that the frame is filled at every time and depth. One pose
 * a frame with a closed shutter; else as many as the shutter's angle sees, close enough to blur into one another. Frames
 * of a loop stand at i/N, so that the first follows the last.
 */
export function exposuresOf(
  motion: Move,
  frames: number,
  size: Size,
  focus?: number,
): readonly (readonly CameraPose[])[] {
  const closed = motion.loop === true || motion.move === 'handheld';
  const step = closed ? 1 / frames : 1 / Math.max(1, frames - 1);
  const at = (t: number) => poseAt(motion, closed ? t : clamp(t), focus);
  const open = (step * (motion.shutter ?? 0)) / 360;
  const exposures = Array.from({ length: frames }, (_, frame) => posesAround(at, frame * step, open, size));
  const growth = Math.max(...exposures.flat().map((pose) => growthFor(pose, size)));
  return exposures.map((poses) => poses.map((pose) => grown(pose, growth)));
}

/** What a shutter that is open for so long sees around a time: poses close enough to blur into one another. */
export function posesAround(
  at: (time: number) => CameraPose,
  middle: number,
  open: number,
  size: Size,
): readonly CameraPose[] {
  const way = travel(at(middle - open / 2), at(middle + open / 2), size);
  const count = Math.min(MOST_IN_ONE_FRAME, Math.ceil(way / BLUR_STEP) + 1);
  if (open === 0 || way < BLUR_STEP / 4) return [at(middle)];
  return Array.from({ length: count }, (_pose, i) => at(middle + open * ((i + 0.5) / count - 0.5)));
}

/**
 * The same way as it leads into a picture: counted from its end, where the picture is seen as it is. Each frame grows
 * only as far as its own poses need, down to nothing at the end.
 */
export function arriving(
  exposures: readonly (readonly CameraPose[])[],
  size: Size,
): readonly (readonly CameraPose[])[] {
  return countedFrom(exposures.at(-1)?.at(-1), exposures, size);
}

/** The same way as it leads out of a picture that is seen as it is at the beginning. */
export function leaving(exposures: readonly (readonly CameraPose[])[], size: Size): readonly (readonly CameraPose[])[] {
  return countedFrom(exposures[0]?.[0], exposures, size);
}

const countedFrom = (
  from: CameraPose = RESTING,
  exposures: readonly (readonly CameraPose[])[],
  size: Size,
): readonly (readonly CameraPose[])[] =>
  exposures.map((poses) =>
    filling(
      poses.map((pose) => seenFrom(pose, from)),
      size,
    ),
  );

/** A pose as it is for a picture that was taken from another one. */
export const seenFrom = (pose: CameraPose, from: CameraPose): CameraPose => ({
  zoom: pose.zoom / from.zoom,
  dolly: (pose.dolly - from.dolly) / from.zoom,
  x: pose.x - from.x,
  y: pose.y - from.y,
  baseX: pose.baseX - from.baseX,
  baseY: pose.baseY - from.baseY,
  roll: pose.roll - from.roll,
});

/** The poses of one frame, grown only as far as they need. */
export function filling(poses: readonly CameraPose[], size: Size): readonly CameraPose[] {
  const growth = Math.max(1, ...poses.map((pose) => growthFor(pose, size)));
  return poses.map((pose) => grown(pose, growth));
}

const grown = (pose: CameraPose, growth: number): CameraPose => ({
  ...pose,
  zoom: pose.zoom * growth,
  dolly: pose.dolly * growth,
});

/** How much larger every plane must be shown for the picture's border to lie outside the frame, from far to near. */
function growthFor(pose: CameraPose, { width, height }: Size): number {
  const [sine, cosine] = [Math.abs(sin(pose.roll)), pose.roll === 0 ? 1 : cos(pose.roll)];
  const across = 0.5 * cosine + (0.5 * sine * height) / width;
  const down = 0.5 * cosine + (0.5 * sine * width) / height;
  // What lies between the farthest and the nearest plane needs no more than one of the two.
  const needs = [0, 1].map((nearness) => {
    const aside = Math.max(
      across + Math.abs(pose.x * nearness + pose.baseX),
      down + Math.abs(pose.y * nearness + pose.baseY),
    );
    return aside / (0.5 * (pose.zoom + pose.dolly * nearness));
  });
  return Math.max(...needs);
}

/** The farthest that a corner of the frame moves between two poses, in pixels, far or near. */
function travel(from: CameraPose, to: CameraPose, size: Size): number {
  const ways = [0, 1].flatMap((nearness) =>
    [0, size.width].flatMap((x) =>
      [0, size.height].map((y) => {
        const [ax, ay] = appearsAt(from, size, x, y, nearness);
        const [bx, by] = appearsAt(to, size, x, y, nearness);
        return Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
      }),
    ),
  );
  return Math.max(...ways);
}
