/** A change that is kept within a mask: white takes it, black does not, grey in part. */
import type { Raster } from '../core/values.ts';
import { resize, type Breathe } from './filters.ts';

/** Both pictures are of one size; a mask of another is stretched to it. */
export async function withinMask(before: Raster, after: Raster, mask: Raster, breathe: Breathe): Promise<Raster> {
  const { width, height } = before;
  const fitted = await resize(mask, width, height, breathe);
  const data = new Uint8ClampedArray(before.data.length);
  for (let at = 0; at < data.length; at += 4) {
    const share = shareAt(fitted.data, at);
    for (let channel = at; channel < at + 4; channel++) {
      const [from, to] = [before.data[channel]!, after.data[channel]!];
      data[channel] = Math.floor(from + (to - from) * share + 0.5);
    }
  }
  return { width, height, data };
}

/** How light the mask is there; where it is transparent it is black. Weights of BT.709. */
function shareAt(mask: Uint8ClampedArray, at: number): number {
  const light = 0.2126 * mask[at]! + 0.7152 * mask[at + 1]! + 0.0722 * mask[at + 2]!;
  return (light / 255) * (mask[at + 3]! / 255);
}
