/** Pictures turned by quarters and mirrored, pixel for pixel. */
import type { Raster } from '../core/values.ts';

/** Clockwise; `isMirrored`: left and right exchanged afterwards. */
export function quarterTurned(image: Raster, degrees: 0 | 90 | 180 | 270, isMirrored = false): Raster {
  if (degrees === 0 && !isMirrored) return image;
  const isOnSide = degrees === 90 || degrees === 270;
  const width = isOnSide ? image.height : image.width;
  const height = isOnSide ? image.width : image.height;
  const from = new Uint32Array(image.data.buffer, image.data.byteOffset, image.width * image.height);
  const to = new Uint32Array(width * height);
  // Where a step to the right and one down in the new picture lead in the old one.
  const steps = {
    0: [1, image.width],
    90: [-image.width, 1],
    180: [-1, -image.width],
    270: [image.width, -1],
  } as const;
  const corners = {
    0: 0,
    90: (image.height - 1) * image.width,
    180: image.width * image.height - 1,
    270: image.width - 1,
  };
  const [right, down] = steps[degrees];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const column = isMirrored ? width - 1 - x : x;
      to[y * width + x] = from[corners[degrees] + column * right + y * down]!;
    }
  }
  return { width, height, data: new Uint8ClampedArray(to.buffer) };
}
