/** Colour difference CIEDE2000 (Sharma, Wu, Dalal 2005), in arithmetic that gives the same bits everywhere. */
import { toLinear, type Rgb } from '../raster/colour.ts';
import { atan2, cbrt, cos, exp2, PI, pow, sin } from '../raster/math.ts';

/** CIE L*a*b*, D65: L 0…100, a and b about −128…127. */
export type Lab = readonly [number, number, number];

/** From sRGB in 0…1. */
export function toLab([r, g, b]: Rgb): Lab {
  const [R, G, B] = [toLinear(r), toLinear(g), toLinear(b)];
  const f = (t: number) => (t > 216 / 24389 ? cbrt(t) : (t * (24389 / 27) + 16) / 116);
  const x = f((0.4124564 * R + 0.3575761 * G + 0.1804375 * B) / 0.95047);
  const y = f(0.2126729 * R + 0.7151522 * G + 0.072175 * B);
  const z = f((0.0193339 * R + 0.119192 * G + 0.9503041 * B) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const radians = (degrees: number) => (degrees * PI) / 180;
const POW25_7 = 6103515625;

/** ΔE00 with unit weights: below 1 is invisible, 2 to 10 visible at a glance, above 50 nearly opposite. */
export function ciede2000([L1, a1, b1]: Lab, [L2, a2, b2]: Lab): number {
  const [C1, C2] = [Math.sqrt(a1 * a1 + b1 * b1), Math.sqrt(a2 * a2 + b2 * b2)];
  const C7 = pow((C1 + C2) / 2, 7);
  const G = 0.5 * (1 - Math.sqrt(C7 / (C7 + POW25_7)));
  const [A1, A2] = [a1 * (1 + G), a2 * (1 + G)];
  const [c1, c2] = [Math.sqrt(A1 * A1 + b1 * b1), Math.sqrt(A2 * A2 + b2 * b2)];
  const hue = (a: number, b: number) => {
    const h = (atan2(b, a) * 180) / PI;
    return h < 0 ? h + 360 : h;
  };
  const [h1, h2] = [hue(A1, b1), hue(A2, b2)];
  const grey = c1 * c2 === 0;
  let dh = grey ? 0 : h2 - h1;
  if (dh > 180) dh -= 360;
  else if (dh < -180) dh += 360;
  const dL = L2 - L1;
  const dC = c2 - c1;
  const dH = 2 * Math.sqrt(c1 * c2) * sin(radians(dh / 2));
  const L = (L1 + L2) / 2;
  const C = (c1 + c2) / 2;
  let h = h1 + h2;
  if (!grey) {
    if (Math.abs(h1 - h2) <= 180) h /= 2;
    else h = h < 360 ? (h + 360) / 2 : (h - 360) / 2;
  }
  const T =
    1 -
    0.17 * cos(radians(h - 30)) +
    0.24 * cos(radians(2 * h)) +
    0.32 * cos(radians(3 * h + 6)) -
    0.2 * cos(radians(4 * h - 63));
  const bend = (h - 275) / 25;
  const rotation = 30 * exp2(-bend * bend * Math.LOG2E);
  const c7 = pow(C, 7);
  const RT = -2 * Math.sqrt(c7 / (c7 + POW25_7)) * sin(radians(2 * rotation));
  const SL = 1 + (0.015 * (L - 50) * (L - 50)) / Math.sqrt(20 + (L - 50) * (L - 50));
  const SC = 1 + 0.045 * C;
  const SH = 1 + 0.015 * C * T;
  const [l, k, q] = [dL / SL, dC / SC, dH / SH];
  return Math.sqrt(Math.max(0, l * l + k * k + q * q + RT * k * q));
}
