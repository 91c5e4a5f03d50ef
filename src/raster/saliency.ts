/** Where the eye goes: which window of a picture to keep when its shape changes. */
import type { DepthMap, Raster } from '../core/values.ts';

const COLUMNS = 64;

/**
 * Left and top of the `width` × `height` window that holds the most contrast, colour and nearness, leaning towards the
 * middle.
 */
export function bestWindow(
  image: Raster,
  depth: DepthMap | undefined,
  width: number,
  height: number,
): { readonly x: number; readonly y: number } {
  const rows = Math.max(1, Math.round((COLUMNS * image.height) / image.width));
  const weight = new Float64Array(COLUMNS * rows);
  const at = (gx: number, gy: number): number =>
    (Math.min(image.height - 1, Math.floor(((gy + 0.5) / rows) * image.height)) * image.width +
      Math.min(image.width - 1, Math.floor(((gx + 0.5) / COLUMNS) * image.width))) *
    4;
  for (let gy = 0; gy < rows; gy++) {
    for (let gx = 0; gx < COLUMNS; gx++) {
      const i = at(gx, gy);
      const [r, g, b] = [image.data[i]!, image.data[i + 1]!, image.data[i + 2]!];
      const right = at(Math.min(COLUMNS - 1, gx + 1), gy);
      const below = at(gx, Math.min(rows - 1, gy + 1));
      let contrast = 0;
      for (let c = 0; c < 3; c++)
        contrast +=
          Math.abs(image.data[i + c]! - image.data[right + c]!) + Math.abs(image.data[i + c]! - image.data[below + c]!);
      const colour = Math.max(r, g, b) - Math.min(r, g, b);
      const near = depth
        ? 255 -
          depth.data[
            Math.floor(((gy + 0.5) / rows) * depth.height) * depth.width +
              Math.floor(((gx + 0.5) / COLUMNS) * depth.width)
          ]!
        : 0;
      const dx = (gx + 0.5) / COLUMNS - 0.5;
      const dy = (gy + 0.5) / rows - 0.5;
      weight[gy * COLUMNS + gx] = (contrast + colour * 0.5 + near * 0.4) * (1.2 - 1.2 * (dx * dx + dy * dy));
    }
  }
  const [w, h] = [
    Math.max(1, Math.round((width / image.width) * COLUMNS)),
    Math.max(1, Math.round((height / image.height) * rows)),
  ];
  let best = { x: 0, y: 0, sum: -1 };
  for (let y = 0; y <= rows - h; y++) {
    for (let x = 0; x <= COLUMNS - w; x++) {
      let sum = 0;
      for (let j = y; j < y + h; j++) for (let i = x; i < x + w; i++) sum += weight[j * COLUMNS + i]!;
      const off = Math.abs(x + w / 2 - COLUMNS / 2) / COLUMNS + Math.abs(y + h / 2 - rows / 2) / rows;
      sum *= 1 - off * 0.02;
      if (sum > best.sum) best = { x, y, sum };
    }
  }
  const clampTo = (v: number, most: number) => Math.max(0, Math.min(most, v));
  return {
    x: clampTo(Math.round((best.x / COLUMNS) * image.width), image.width - width),
    y: clampTo(Math.round((best.y / rows) * image.height), image.height - height),
  };
}
