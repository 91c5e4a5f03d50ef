/** A part of a picture with all that is known of it. */
import type { Picture } from '../core/take.ts';
import type { PicturePart } from '../core/values.ts';
import { crop, cropDepth } from '../raster/filters.ts';

export function cutOut({ raster, depth, layers }: Picture, part: PicturePart): Picture {
  return {
    raster: crop(raster, ...pixelsOf(part, raster)),
    ...(depth ? { depth: cropDepth(depth, ...pixelsOf(part, depth)) } : {}),
    ...(layers
      ? {
          layers: layers.map((layer) => ({
            raster: crop(layer.raster, ...pixelsOf(part, layer.raster)),
            depth: cropDepth(layer.depth, ...pixelsOf(part, layer.depth)),
          })),
        }
      : {}),
  };
}

/** Left, top, width and height in whole pixels, at least one each way. */
function pixelsOf(
  { x, y, width, height }: PicturePart,
  whole: { readonly width: number; readonly height: number },
): [number, number, number, number] {
  const left = Math.min(whole.width - 1, Math.round(x * whole.width));
  const top = Math.min(whole.height - 1, Math.round(y * whole.height));
  return [
    left,
    top,
    Math.max(1, Math.min(whole.width - left, Math.round(width * whole.width))),
    Math.max(1, Math.min(whole.height - top, Math.round(height * whole.height))),
  ];
}
