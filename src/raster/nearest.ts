/** Distances on a grid of pixels. */

/**
 * For each pixel the nearest one that is a seed, by its index (−1 when there is none): vectors handed on in two passes
 * (Danielsson 1980), which errs by a fraction of a pixel at most.
 */
export function nearestSeeds(seeds: Uint8Array, width: number, height: number): Int32Array {
  const nearest = new Int32Array(width * height).fill(-1);
  for (let at = 0; at < seeds.length; at++) if (seeds[at]) nearest[at] = at;
  const best = new Float32Array(width * height).fill(Infinity);
  for (let at = 0; at < seeds.length; at++) if (seeds[at]) best[at] = 0;
  const look = (at: number, x: number, y: number, dx: number, dy: number): void => {
    const [u, v] = [x + dx, y + dy];
    if (u < 0 || u >= width || v < 0 || v >= height) return;
    const seed = nearest[v * width + u]!;
    if (seed < 0) return;
    const seedY = Math.floor(seed / width);
    const [sx, sy] = [seed - seedY * width - x, seedY - y];
    const distance = sx * sx + sy * sy;
    if (distance >= best[at]!) return;
    best[at] = distance;
    nearest[at] = seed;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (best[at] === 0) continue;
      look(at, x, y, -1, 0);
      look(at, x, y, -1, -1);
      look(at, x, y, 0, -1);
      look(at, x, y, 1, -1);
    }
    for (let x = width - 2; x >= 0; x--) look(y * width + x, x, y, 1, 0);
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const at = y * width + x;
      if (best[at] === 0) continue;
      look(at, x, y, 1, 0);
      look(at, x, y, 1, 1);
      look(at, x, y, 0, 1);
      look(at, x, y, -1, 1);
    }
    for (let x = 1; x < width; x++) look(y * width + x, x, y, -1, 0);
  }
  return nearest;
}
