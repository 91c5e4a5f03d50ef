/** The pixels along the border of a shape, and which is nearest on the other side. */

/**
 * For each pixel no farther than `reach` from the other side the nearest pixel there, by index; for all others −1.
 * `inside` is 1 in the shape and 0 beside it.
 */
export function acrossOutline(inside: Uint8Array, width: number, height: number, reach: number): Int32Array {
  const nearest = new Int32Array(width * height).fill(-1);
  const best = new Float32Array(width * height).fill(Infinity);
  const radius = Math.ceil(reach);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const side = inside[at]!;
      const isBorder =
        (x > 0 && inside[at - 1] !== side) ||
        (x < width - 1 && inside[at + 1] !== side) ||
        (y > 0 && inside[at - width] !== side) ||
        (y < height - 1 && inside[at + width] !== side);
      if (!isBorder) continue;
      for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
        for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
          const other = v * width + u;
          if (inside[other] === side) continue;
          const distance = (u - x) * (u - x) + (v - y) * (v - y);
          if (distance >= best[other]! || distance > reach * reach) continue;
          best[other] = distance;
          nearest[other] = at;
        }
      }
    }
  }
  return nearest;
}
