/** The camera that moves through pictures with depth: one model for what is warped and for what is drawn anew. */
import type { CameraPose } from '../core/values.ts';
import { cos, sin } from './math.ts';

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
