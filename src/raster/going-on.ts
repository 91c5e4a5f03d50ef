/** A camera that goes on where a clip ended, as fast as it was. */
import type { StoredClip } from '../core/take.ts';
import type { CameraEnd, CameraPose, MotionValue } from '../core/values.ts';
import { RESTING } from './camera.ts';
import type { Breathe } from './filters.ts';
import { motionsOf } from './global-motion.ts';
import { filling, poseAt, posesAround, seenFrom } from './moves.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}
const PARTS = ['zoom', 'dolly', 'x', 'y', 'baseX', 'baseY', 'roll'] as const;
const STANDING: CameraPose = { zoom: 0, dolly: 0, x: 0, y: 0, baseX: 0, baseY: 0, roll: 0 };

/** Nothing is known beyond the picture, so a camera that goes on by itself slows down and comes no farther than this. */
const FARTHEST = { zoom: 0.3, aside: 0.1, roll: 0.1 };
/** Seconds in which the speed that was becomes that of the move. */
const TURNING = 1;
/** Steps from frame to frame that the speed at the end is taken from. */
const MOST_STEPS = 4;

const each = (make: (part: (typeof PARTS)[number]) => number): CameraPose =>
  Object.fromEntries(PARTS.map((part) => [part, make(part)])) as unknown as CameraPose;

/** Where the camera is in the last of these frames, and how it moved there from the one before. */
export function endOfWay(
  exposures: readonly (readonly CameraPose[])[],
  fps: number,
): Pick<CameraEnd, 'pose' | 'speed'> | undefined {
  const [before, pose] = exposures.slice(-2).map((poses) => poses[(poses.length - 1) >> 1]!);
  if (!before || !pose) return undefined;
  const back = seenFrom(before, pose);
  return { pose, speed: each((part) => (RESTING[part] - back[part]) * fps) };
}

/** How the camera moves, per second, as far as it can be seen in the last `seconds` of a clip: all of the picture as one plane. */
export async function speedSeen(clip: StoredClip, seconds: number, breathe: Breathe): Promise<CameraPose | undefined> {
  const steps = Math.min(MOST_STEPS, clip.frames - 1, Math.max(1, Math.floor(seconds * clip.fps)));
  if (steps < 1) return undefined;
  const found = await motionsOf(clip.readFrom(clip.frames - 1 - steps), clip, (seen) => breathe(seen / (steps + 1)));
  const motions = found.slice(found.lastIndexOf('cut') + 1).filter((motion) => motion !== 'cut');
  if (motions.length === 0) return undefined;
  const mean = (of: (motion: (typeof motions)[number]) => number) =>
    (motions.reduce((sum, motion) => sum + of(motion), 0) / motions.length) * clip.fps;
  return {
    ...STANDING,
    zoom: mean(({ ax }) => ax - 1),
    roll: mean(({ ay }) => ay),
    baseX: mean(({ bx }) => bx / clip.width),
    baseY: mean(({ by }) => by / clip.height),
  };
}

/**
 * The way on from where a camera is; the first exposure is that very pose. The camera begins at its speed and comes to do
 * what `motion` says, or goes on by itself where that is left out.
 */
export function goingOn(
  motion: MotionValue | undefined,
  { frames, fps }: { readonly frames: number; readonly fps: number },
  size: Size,
  { pose: from, speed: was }: { readonly pose: CameraPose; readonly speed: CameraPose | undefined },
  focus: number,
): readonly (readonly CameraPose[])[] {
  // What lies outside of the picture is not known, so there is no drawing back.
  const speed = was && isDrawingBack(was) ? { ...was, zoom: 0, dolly: 0 } : was;
  const way = motion ? leading(motion, frames, focus) : () => RESTING;
  const begun = way(1);
  const drift = speed ? each((part) => speed[part] / fps - (begun[part] - RESTING[part])) : STANDING;
  const span = motion ? TURNING * fps : 3 * framesTo(drift);
  const at = (frame: number): CameraPose => {
    const [pose, drifted] = [way(frame), drifting(Math.max(0, frame), span)];
    return countedFrom(
      from,
      each((part) => pose[part] + drift[part] * drifted),
    );
  };
  const open = (motion?.shutter ?? 0) / 360;
  return Array.from({ length: frames }, (_, frame) =>
    frame === 0 ? [from] : filling(posesAround(at, frame, open, size), size),
  );
}

/** Whether more of the picture would have to be seen. */
export const isDrawingBack = ({ zoom, dolly }: CameraPose): boolean => zoom + dolly < 0;

/** A pose that is seen from another one, as it is for the picture which that other one is for. */
const countedFrom = (from: CameraPose, pose: CameraPose): CameraPose => ({
  zoom: from.zoom * pose.zoom,
  dolly: from.dolly + from.zoom * pose.dolly,
  x: from.x + pose.x,
  y: from.y + pose.y,
  baseX: from.baseX + pose.baseX,
  baseY: from.baseY + pose.baseY,
  roll: from.roll + pose.roll,
});

/** The poses of a move by the number of the frame, seen from the first. */
function leading(motion: MotionValue, frames: number, focus: number): (frame: number) => CameraPose {
  const open = { ...motion, loop: false };
  const at = (frame: number) => poseAt(open, Math.max(0, frame) / Math.max(1, frames - 1), focus);
  const start = at(0);
  return (frame) => seenFrom(at(frame), start);
}

/** How many frames' worth of the first speed have been made, when it falls away to nothing in `span` frames. */
function drifting(frame: number, span: number): number {
  if (span === Infinity) return frame;
  const left = 1 - Math.min(1, frame / span);
  return (span / 3) * (1 - left * left * left);
}

/** How many frames it takes at this speed until the camera is as far as it may go. */
function framesTo({ zoom, dolly, x, y, baseX, baseY, roll }: CameraPose): number {
  const aside = Math.max(Math.abs(x + baseX), Math.abs(baseX), Math.abs(y + baseY), Math.abs(baseY));
  const closer = Math.max(Math.abs(zoom + dolly), Math.abs(zoom));
  return Math.min(FARTHEST.aside / aside, FARTHEST.zoom / closer, FARTHEST.roll / Math.abs(roll));
}
