/** Structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004) on luma, 11×11 Gaussian window of σ 1.5. */
import type { Plane } from './plane.ts';

const C1 = 6.5025; // (0.01 × 255)²
const C2 = 58.5225; // (0.03 × 255)²
/** exp(−x²/4.5) for x = −5…5, divided by its sum. */
const WINDOW = [
  0.00102838, 0.00759876, 0.03600077, 0.10936069, 0.21300554, 0.26601172, 0.21300554, 0.10936069, 0.03600077,
  0.00759876, 0.00102838,
] as const;
const REACH = 5;

/**
 * Mean SSIM of two planes of equal size: 1 for the same picture, about 0 for unrelated ones. Throws a RangeError on
 * other sizes or planes below 11 px.
 */
export function ssim(a: Plane, b: Plane): number {
  if (a.width !== b.width || a.height !== b.height) throw new RangeError('SSIM compares planes of one size.');
  if (a.width < 11 || a.height < 11) throw new RangeError('SSIM needs at least 11 × 11 pixels.');
  const product = (x: Plane, y: Plane): Plane => ({ ...x, data: x.data.map((v, i) => v * y.data[i]!) });
  const [ma, mb, aa, bb, ab] = [a, b, product(a, a), product(b, b), product(a, b)].map(windowed) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let sum = 0;
  for (let i = 0; i < ma.length; i++) {
    const [x, y] = [ma[i]!, mb[i]!];
    const [vx, vy, cov] = [aa[i]! - x * x, bb[i]! - y * y, ab[i]! - x * y];
    sum += ((2 * x * y + C1) * (2 * cov + C2)) / ((x * x + y * y + C1) * (vx + vy + C2));
  }
  return sum / ma.length;
}

/** Window means at every place where the window fits. */
function windowed({ width, height, data }: Plane): Float64Array {
  const w = width - 2 * REACH;
  const h = height - 2 * REACH;
  const rows = new Float64Array(w * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let k = 0; k < 11; k++) sum += WINDOW[k]! * data[y * width + x + k]!;
      rows[y * w + x] = sum;
    }
  }
  const means = new Float64Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let k = 0; k < 11; k++) sum += WINDOW[k]! * rows[(y + k) * w + x]!;
      means[y * w + x] = sum;
    }
  }
  return means;
}
