/** Colour: linear sRGB triples (0…1, may exceed 1 for light), OKLab and OKLCH after Ottosson (2020). */
import { atan2, cbrt, clamp, cos, lerp, PI, pow, sin } from './math.ts';

export type Rgb = readonly [number, number, number];
/** Lightness 0…1, chroma 0…0.4, hue in degrees. */
export type Lch = readonly [number, number, number];

/** sRGB component 0…1 to linear light, IEC 61966-2-1. */
export const toLinear = (v: number): number => (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
export const toSrgb = (v: number): number => (v <= 0.0031308 ? v * 12.92 : 1.055 * pow(v, 1 / 2.4) - 0.055);

export function toOklab([r, g, b]: Rgb): Rgb {
  const l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
const cube = (x: number): number => x * x * x;

export function fromOklab([L, a, b]: Rgb): Rgb {
  const l = cube(L + 0.3963377774 * a + 0.2158037573 * b);
  const m = cube(L - 0.1055613458 * a - 0.0638541728 * b);
  const s = cube(L - 0.0894841775 * a - 1.291485548 * b);
  return [
    Math.max(0, 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    Math.max(0, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    Math.max(0, -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}
export const lch = (L: number, C: number, h: number): Rgb =>
  fromOklab([L, C * cos((h * PI) / 180), C * sin((h * PI) / 180)]);
export function toLch(rgb: Rgb): Lch {
  const [L, a, b] = toOklab(rgb);
  const hue = (atan2(b, a) * 180) / PI;
  return [L, Math.sqrt(a * a + b * b), hue < 0 ? hue + 360 : hue];
}

/** Mixes two colours as the eye does, in OKLab. */
export function blend(a: Rgb, b: Rgb, t: number): Rgb {
  const [x, y] = [toOklab(a), toOklab(b)];
  const k = clamp(t);
  return fromOklab([lerp(x[0], y[0], k), lerp(x[1], y[1], k), lerp(x[2], y[2], k)]);
}
export const times = (c: Rgb, k: number): Rgb => [c[0] * k, c[1] * k, c[2] * k];

/** Changes a colour's lightness, chroma and hue: factors for the first two, degrees for the third. */
export function shift(c: Rgb, lightness: number, chroma = 1, hue = 0): Rgb {
  const [L, C, h] = toLch(c);
  return lch(clamp(L * lightness, 0, 1.2), C * chroma, h + hue);
}
/** "#rrggbb" to linear light. */
export function hex(text: string): Rgb {
  const n = Number.parseInt(text.slice(1), 16);
  return [toLinear(((n >> 16) & 255) / 255), toLinear(((n >> 8) & 255) / 255), toLinear((n & 255) / 255)];
}
