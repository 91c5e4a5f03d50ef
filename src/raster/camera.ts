/** The camera that moves through pictures with depth: one model for what is warped and for what is drawn anew. */
import { cos, sin } from './math.ts';

/** Where the camera stands: offsets in fractions of the frame at the nearest plane, `base` for every plane alike. */
export interface CameraPose {
  /** Growth of every plane; 1 leaves the frame as it is. */
  readonly zoom: number;
  /** Extra growth of the nearest plane. */
  readonly dolly: number;
  /** Positive moves what is near to the right: the camera goes left. */
  readonly x: number;
  /** Positive moves what is near down: the camera goes up. */
  readonly y: number;
  readonly baseX: number;
  readonly baseY: number;
  /** Radians, small; positive turns the picture clockwise. */
  readonly roll: number;
}
export const RESTING: CameraPose = { zoom: 1, dolly: 0, x: 0, y: 0, baseX: 0, baseY: 0, roll: 0 };

/**
 * Where a point of the resting picture appears, in pixels of a frame `width` × `height`. `nearness` is 0 for the
 * farthest plane and 1 for the nearest: it grows and shifts planes in proportion, as a small step of a camera does.
 */
export function appearsAt(
  pose: CameraPose,
  { width, height }: { readonly width: number; readonly height: number },
  x: number,
  y: number,
  nearness: number,
): [number, number] {
  const growth = pose.zoom + pose.dolly * nearness;
  const across = (x - width / 2) * growth + (pose.x * nearness + pose.baseX) * width;
  const down = (y - height / 2) * growth + (pose.y * nearness + pose.baseY) * height;
  // Our cosine of nothing is a hair below 1, and what rests must stay where it is.
  if (pose.roll === 0) return [width / 2 + across, height / 2 + down];
  const [sine, cosine] = [sin(pose.roll), cos(pose.roll)];
  return [width / 2 + across * cosine - down * sine, height / 2 + across * sine + down * cosine];
}
