/** What a picture is about, as far as the camera is concerned. */
import type { DepthLayer } from '../core/values.ts';
import { USUAL_FOCUS } from './moves.ts';

const COLUMNS = 48;

/**
 * How near the thing is that orbit and dolly zoom keep in place: of what is seen around the middle the nearer part,
 * since a subject stands before its surroundings. 0 = farthest, 1 = nearest.
 */
export function focusOf(layers: readonly DepthLayer[]): number {
  const [first] = layers;
  if (!first) return USUAL_FOCUS;
  const rows = Math.max(1, Math.round((COLUMNS * first.raster.height) / first.raster.width));
  const seen: { readonly near: number; readonly weight: number }[] = [];
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < COLUMNS; i++) {
      const [u, v] = [(i + 0.5) / COLUMNS, (j + 0.5) / rows];
      const aside = Math.abs(u - 0.5) + Math.abs(v - 0.5);
      if (aside < 0.4) seen.push({ near: nearnessAt(layers, u, v), weight: 0.4 - aside });
    }
  }
  seen.sort((a, b) => a.near - b.near);
  const half = seen.reduce((sum, { weight }) => sum + weight, 0) * 0.75;
  let sum = 0;
  return seen.find(({ weight }) => (sum += weight) >= half)?.near ?? USUAL_FOCUS;
}

/** Of what is seen at a place, in fractions of the frame. */
function nearnessAt(layers: readonly DepthLayer[], u: number, v: number): number {
  const top = layers.findLast(({ raster }) => {
    const at = Math.floor(v * raster.height) * raster.width + Math.floor(u * raster.width);
    return raster.data[at * 4 + 3]! > 127;
  });
  if (!top) return USUAL_FOCUS;
  const { depth } = top;
  return 1 - depth.data[Math.floor(v * depth.height) * depth.width + Math.floor(u * depth.width)]! / 255;
}
