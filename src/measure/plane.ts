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
  const [lefts, rights] = spans(w, width);
  const [tops, bottoms] = spans(h, height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [tops[y]!, bottoms[y]!];
    for (let x = 0; x < width; x++) {
      const [left, right] = [lefts[x]!, rights[x]!];
      let sum = 0;
      for (let v = top; v < bottom; v++) {
        const end = (v * w + right) * 4;
        for (let at = (v * w + left) * 4; at < end; at += 4)
          sum += 0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!;
      }
      plane[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { width, height, data: plane };
}

/** Where each of `to` boxes over `from` pixels begins, and where it ends. */
function spans(from: number, to: number): readonly [starts: Int32Array, ends: Int32Array] {
  const [starts, ends] = [new Int32Array(to), new Int32Array(to)];
  for (let at = 0; at < to; at++) {
    starts[at] = Math.floor((at * from) / to);
    ends[at] = Math.max(starts[at]! + 1, Math.floor(((at + 1) * from) / to));
  }
  return [starts, ends];
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
