/** Pictures without alpha. */
import type { Raster } from '../core/values.ts';

/** The same picture on white paper: what is transparent shows white. An opaque one comes back as it is. */
export function overWhite(image: Raster): Raster {
  if (isOpaque(image)) return image;
  const data = new Uint8ClampedArray(image.data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = image.data[at + 3]!;
    const white = 255 * (255 - alpha);
    for (let channel = at; channel < at + 3; channel++) {
      data[channel] = Math.floor((image.data[channel]! * alpha + white + 127) / 255);
    }
    data[at + 3] = 255;
  }
  return { width: image.width, height: image.height, data };
}

/** Whether every pixel covers what is behind it. */
function isOpaque({ data }: Raster): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}
