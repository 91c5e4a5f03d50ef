/** Where the ground begins, and how far away each of its rows is. */
import { clamp, lerp } from '../raster/math.ts';
import { lowest, waves, type Skyline } from './lines.ts';
import type { SceneSpec } from './spec.ts';
import type { Stage } from './stage.ts';

/** The row of its far edge, a fraction from the top. */
export function groundRow({ place, horizon }: SceneSpec): number {
  switch (place) {
    case 'beach':
      return horizon + (1 - horizon) * 0.3;
    case 'city':
      return horizon + 0.1;
    case 'studio':
      return horizon - 0.03;
    case 'room':
      return horizon - 0.02;
    case 'sea':
    case 'lake':
    case 'street':
    case 'space':
    case 'wall':
      return horizon;
    case 'overhead':
      return 0;
    default:
      return horizon + 0.03;
  }
}

export function groundLine(spec: SceneSpec): Skyline {
  const [row, s] = [groundRow(spec), spec.seed];
  if (spec.place === 'beach')
    return (x) => row + (1 - spec.horizon) * (0.13 + 0.16 * (s % 2 ? x : 1 - x) + 0.03 * waves(x * 2, 2, s));
  return (x) => row + 0.018 * waves(x * 2.2, 3, s + 500);
}

export const groundDepth = (spec: SceneSpec): [number, number] => [spec.place === 'beach' ? 0.5 : 0.8, 0.04];

/**
 * Where the ground lies for the camera, at its far edge and at the lower edge of the frame. It begins a little nearer
 * than what it hides, so that a moving camera never sees land slide over the ground before it.
 */
export function groundLies({ place }: SceneSpec): readonly [number, number] {
  switch (place) {
    case 'studio':
      return [0.85, 0.06];
    case 'room':
    case 'street':
      return [0.7, 0.05];
    case 'wall':
      return [0.6, 0.05];
    case 'overhead':
      return [0.5, 0.5];
    // What is seen in water is far away, however near the water is: between the two.
    case 'sea':
      return [0.86, 0.35];
    case 'lake':
      return [0.7, 0.35];
    case 'beach':
      return [0.5, 0.04];
    default:
      return [0.57, 0.04];
  }
}

/** Where something lies for the camera that stands on the ground in this row, a fraction from the top. */
export function standsAt(spec: SceneSpec, row: number): number {
  const [far, near] = groundLies(spec);
  const first = groundRow(spec);
  return lerp(far, near, clamp((row - first) / (1 - first)));
}

/** The row of the picture, in pixels, below which the ground hides whatever stands farther away. */
export function hiddenByGround({ spec, painter, height }: Stage): number {
  const row = spec.place === 'sea' || spec.place === 'lake' ? spec.horizon : lowest(groundLine(spec));
  return painter.project(0, row * height, standsAt(spec, row))[1] + 2;
}
