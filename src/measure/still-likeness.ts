/** Whether two stills show enough alike that one can become the other. */
import type { Raster } from '../core/values.ts';
import { paletteMove } from './palette-move.ts';
import { lumaPlane, smallSize } from './plane.ts';
import { ssim } from './ssim.ts';
import { palette } from './stills.ts';

export interface StillLikeness {
  /** ΔE (CIEDE2000) by which the area of the one has to move in colour, on average: `paletteMove`. */
  readonly palette: number;
  /** Mean SSIM of the two in grey, 40 pixels on the long side: 1 where light and dark lie in the same places. */
  readonly overlap: number;
}

/** Where things lie, and no detail of them. */
const LONG_SIDE = 40;

export function stillLikeness(a: Raster, b: Raster): StillLikeness {
  const size = smallSize(a, LONG_SIDE);
  return {
    palette: paletteMove(palette(a), palette(b)),
    overlap: ssim(lumaPlane(a, ...size), lumaPlane(b, ...size)),
  };
}

/**
 * On pictures of the built-in engine, one scene from nearer, in other words, of another seed or in another light stays
 * within one of the two; of two places the palette moves by 12 ΔE and more, and the overlap is 0.48 at most. The figures
 * are in `test/measure/still-likeness.test.ts`.
 */
export const LIKE_LIMITS: StillLikeness = { palette: 10, overlap: 0.5 };
/** Then what lies between them is neither: a dissolve in which both are seen through each other. */
export const haveLittleInCommon = (likeness: StillLikeness): boolean =>
  likeness.palette > LIKE_LIMITS.palette && likeness.overlap < LIKE_LIMITS.overlap;
