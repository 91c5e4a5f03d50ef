/** Filling what is unknown from what lies around it, smoothly: the pyramid of Gortler and others (1996). */

/** Values with a weight each: 1 is known, 0 is not. `data` has `channels` numbers a place, rows top to bottom. */
export interface Weighted {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array;
  readonly weight: Float32Array;
}

/** The same values where they are known; elsewhere the mean of what is known nearby, the farther away the wider. */
export function pushPull(known: Weighted): Float32Array {
  if (known.width === 1 && known.height === 1) return known.data.slice();
  const coarse = halved(known);
  return merged(known, coarse, pushPull(coarse));
}

/** Weighted means of 2 × 2; a place is known when any of its four is. */
function halved({ width, height, channels, data, weight }: Weighted): Weighted {
  const [w, h] = [(width + 1) >> 1, (height + 1) >> 1];
  const small = new Float32Array(w * h * channels);
  const smallWeight = new Float32Array(w * h);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * width + x;
      const share = weight[from]!;
      if (share === 0) continue;
      const to = (y >> 1) * w + (x >> 1);
      smallWeight[to] = smallWeight[to]! + share;
      for (let c = 0; c < channels; c++)
        small[to * channels + c] = small[to * channels + c]! + data[from * channels + c]! * share;
    }
  }
  for (let at = 0; at < w * h; at++) {
    const sum = smallWeight[at]!;
    if (sum === 0) continue;
    for (let c = 0; c < channels; c++) small[at * channels + c] = small[at * channels + c]! / sum;
    smallWeight[at] = Math.min(1, sum);
  }
  return { width: w, height: h, channels, data: small, weight: smallWeight };
}

/** What is unknown takes the coarser values, interpolated. */
function merged(known: Weighted, coarse: Weighted, filled: Float32Array): Float32Array {
  const { width, height, channels, data, weight } = known;
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const fy = Math.min(coarse.height - 1, Math.max(0, (y - 0.5) / 2));
    const y0 = Math.floor(fy);
    const below = Math.min(coarse.height - 1, y0 + 1) * coarse.width;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const share = weight[at]!;
      if (share === 1) {
        for (let c = 0; c < channels; c++) out[at * channels + c] = data[at * channels + c]!;
        continue;
      }
      const fx = Math.min(coarse.width - 1, Math.max(0, (x - 0.5) / 2));
      const x0 = Math.floor(fx);
      const x1 = Math.min(coarse.width - 1, x0 + 1);
      const [tx, ty] = [fx - x0, fy - y0];
      for (let c = 0; c < channels; c++) {
        const a = filled[(y0 * coarse.width + x0) * channels + c]!;
        const b = filled[(y0 * coarse.width + x1) * channels + c]!;
        const d = filled[(below + x0) * channels + c]!;
        const e = filled[(below + x1) * channels + c]!;
        const top = a + (b - a) * tx;
        const smooth = top + (d + (e - d) * tx - top) * ty;
        out[at * channels + c] = smooth + (data[at * channels + c]! - smooth) * share;
      }
    }
  }
  return out;
}
