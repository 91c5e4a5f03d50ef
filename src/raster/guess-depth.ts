/** Depth of pictures that come without. */
import type { DepthMap, Raster } from '../core/values.ts';
import { clamp } from './math.ts';

/** A guess for a picture whose depth is unknown: lower and more contrasting parts are taken to be nearer. */
export function guessDepth(image: Raster): DepthMap {
  const width = 160;
  const height = Math.max(1, Math.round((width * image.height) / image.width));
  const light = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at =
        (Math.floor(((y + 0.5) / height) * image.height) * image.width +
          Math.floor(((x + 0.5) / width) * image.width)) *
        4;
      light[y * width + x] = (image.data[at]! * 299 + image.data[at + 1]! * 587 + image.data[at + 2]! * 114) / 1000;
    }
  }
  const raw = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let detail = 0;
      for (let j = -3; j <= 3; j += 3)
        for (let i = -3; i <= 3; i += 3)
          detail += Math.abs(
            light[y * width + x]! -
              light[Math.min(height - 1, Math.max(0, y + j)) * width + Math.min(width - 1, Math.max(0, x + i))]!,
          );
      const middle = 1 - Math.abs((x + 0.5) / width - 0.5) * 2;
      raw[y * width + x] = 235 - (y / height) * 120 - clamp(detail / 260) * 70 * (0.4 + 0.6 * middle) - middle * 20;
    }
  }
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [sum, count] = [0, 0];
      for (let j = -4; j <= 4; j += 2)
        for (let i = -4; i <= 4; i += 2) {
          sum += raw[Math.min(height - 1, Math.max(0, y + j)) * width + Math.min(width - 1, Math.max(0, x + i))]!;
          count++;
        }
      data[y * width + x] = clamp(sum / count, 0, 255);
    }
  }
  return { width, height, data };
}
