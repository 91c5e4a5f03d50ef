/** How large a picture is asked for. */
import type { AspectValue } from '../core/values.ts';

/** Width and height with the aspect's shape and about so many megapixels, in steps of 8 px as models have them. */
export function pictureSize({ ratio: [w, h] }: AspectValue, megapixels: number): { width: number; height: number } {
  const unit = Math.sqrt((megapixels * 1e6) / (w * h));
  const step = (n: number) => Math.max(64, Math.round((n * unit) / 8) * 8);
  return { width: step(w), height: step(h) };
}
