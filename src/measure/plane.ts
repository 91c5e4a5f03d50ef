/** Luma of a picture, made small: measures look at structure, not at every pixel. */
import type { Raster } from '../core/values.ts';

export interface Plane {
  readonly width: number;
  readonly height: number;
  /** 0…255. */
  readonly data: Float64Array;
}

/** Rec. 709 luma of the encoded values, averaged in boxes down to exactly `width` × `height`. */
export function lumaPlane({ width: w, height: h, data }: Raster, width: number, height: number): Plane {
  const plane = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = span(y, h, height);
    for (let x = 0; x < width; x++) {
      const [left, right] = span(x, w, width);
      let sum = 0;
      for (let v = top; v < bottom; v++)
        for (let u = left; u < right; u++) {
          const at = (v * w + u) * 4;
          sum += 0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!;
        }
      plane[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { width, height, data: plane };
}

function span(at: number, from: number, to: number): [number, number] {
  const start = Math.floor((at * from) / to);
  return [start, Math.max(start + 1, Math.floor(((at + 1) * from) / to))];
}

/**
 * A size with the same shape and about so many pixels on the long side, never larger than the picture, at least 11 each
 * way.
 */
export function smallSize(
  { width, height }: { readonly width: number; readonly height: number },
  long: number,
): [number, number] {
  const scale = Math.min(1, long / Math.max(width, height));
  return [Math.max(11, Math.round(width * scale)), Math.max(11, Math.round(height * scale))];
}
