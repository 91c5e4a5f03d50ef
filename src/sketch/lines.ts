/** Outlines of land and built things, from hash noise in one dimension. */
import { mix32, randomFrom } from '../core/random.ts';
import { rectangle, type Polygon } from '../raster/path.ts';

/** Smooth noise in −1…1 along a line. */
export function wave(x: number, seed: number): number {
  const i = Math.floor(x);
  const f = x - i;
  const value = (n: number) => mix32(Math.imul(n, 0x9e3779b1) ^ seed) / 2147483648 - 1;
  const t = f * f * f * (f * (f * 6 - 15) + 10);
  return value(i) + (value(i + 1) - value(i)) * t;
}
export function waves(x: number, octaves: number, seed: number): number {
  let [sum, amplitude, frequency] = [0, 0.5, 1];
  for (let o = 0; o < octaves; o++) {
    sum += wave(x * frequency, seed + o * 101) * amplitude;
    amplitude *= 0.5;
    frequency *= 2.03;
  }
  return sum;
}
/** Like `waves`, with sharp crests. */
export function crests(x: number, octaves: number, seed: number): number {
  let [sum, amplitude, frequency] = [0, 0.5, 1];
  for (let o = 0; o < octaves; o++) {
    const n = wave(x * frequency, seed + o * 101);
    sum += (1 - (n < 0 ? -n : n) * 2) * amplitude;
    amplitude *= 0.47;
    frequency *= 2.07;
  }
  return sum;
}

/** A skyline: its height above x, both in fractions of the frame, y downwards. */
export type Skyline = (x: number) => number;
const STEPS = 220;
const xAt = (step: number, steps: number): number => -0.12 + (1.24 * step) / steps;

/** A band of land: its skyline from left to right, closed at `foot` in pixels, far below the frame if left out. */
export function land(
  width: number,
  height: number,
  skyline: Skyline,
  { steps = STEPS, foot = height * 1.12 }: { readonly steps?: number; readonly foot?: number } = {},
): Polygon {
  const points: number[] = [];
  for (let i = 0; i <= steps; i++) points.push(xAt(i, steps) * width, skyline(xAt(i, steps)) * height);
  points.push(1.12 * width, Math.max(foot, 0), -0.12 * width, Math.max(foot, 0));
  return points;
}
/** The lowest point of a skyline as `land` draws it: below it the land covers everything. */
export function lowest(skyline: Skyline): number {
  let low = -Infinity;
  for (let i = 0; i <= STEPS; i++) low = Math.max(low, skyline(xAt(i, STEPS)));
  return low;
}

/** A conifer's silhouette with ragged sides. */
export function conifer(x: number, foot: number, tall: number, seed: number): Polygon {
  const random = randomFrom(seed);
  const tiers = 7;
  const right: number[] = [x, foot - tall];
  const left: number[] = [];
  for (let k = 1; k <= tiers; k++) {
    const y = foot - tall * (1 - k / (tiers + 0.6));
    const out = tall * 0.2 * (k / tiers) * (0.8 + random() * 0.45);
    right.push(x + out, y + tall * 0.03, x + out * 0.52, y);
    const other = tall * 0.2 * (k / tiers) * (0.8 + random() * 0.45);
    left.unshift(x - other * 0.52, y, x - other, y + tall * 0.03);
  }
  right.push(
    x + tall * 0.018,
    foot - tall * 0.06,
    x + tall * 0.018,
    foot,
    x - tall * 0.018,
    foot,
    x - tall * 0.018,
    foot - tall * 0.06,
  );
  return [...right, ...left];
}
/** A broad tree as a few overlapping rounds on a stem. */
export function broadleaf(x: number, foot: number, tall: number, seed: number): Polygon[] {
  const random = randomFrom(seed);
  const blob = (cx: number, cy: number, r: number): Polygon => {
    const points: number[] = [];
    for (let k = 0; k < 14; k++) {
      const [c, s] = CIRCLE[k]!;
      const rr = r * (0.86 + random() * 0.28);
      points.push(cx + c * rr, cy + s * rr * 0.86);
    }
    return points;
  };
  return [
    rectangle(x - tall * 0.028, foot - tall * 0.45, tall * 0.056, tall * 0.45),
    blob(x, foot - tall * 0.7, tall * 0.29),
    blob(x - tall * 0.2, foot - tall * 0.56, tall * 0.2),
    blob(x + tall * 0.2, foot - tall * 0.57, tall * 0.21),
  ];
}
const CIRCLE: readonly (readonly [number, number])[] = [
  [1, 0],
  [0.901, 0.434],
  [0.623, 0.782],
  [0.223, 0.975],
  [-0.223, 0.975],
  [-0.623, 0.782],
  [-0.901, 0.434],
  [-1, 0],
  [-0.901, -0.434],
  [-0.623, -0.782],
  [-0.223, -0.975],
  [0.223, -0.975],
  [0.623, -0.782],
  [0.901, -0.434],
];

/** A row of buildings with their windows, from left to right. Sizes in pixels. */
export function skyline(
  width: number,
  foot: number,
  tallest: number,
  unit: number,
  seed: number,
): { readonly walls: readonly Polygon[]; readonly windows: readonly Polygon[] } {
  const random = randomFrom(seed);
  const walls: Polygon[] = [];
  const windows: Polygon[] = [];
  for (let x = -width * 0.08; x < width * 1.08;) {
    const wide = unit * (34 + random() * 62);
    // Taller towards a centre of the town, with a few landmarks.
    const centre = 1 - Math.min(1, Math.abs(x / width - 0.35 - 0.3 * (seed % 2)) * 1.5);
    const tall = tallest * (0.22 + 0.42 * random() + 0.4 * centre * random()) * (random() < 0.1 ? 1.3 : 1);
    const top = foot - tall;
    walls.push(rectangle(x, top, wide, tall + foot * 0.3));
    const crown = random();
    if (crown < 0.24) walls.push([x + wide * 0.2, top, x + wide * 0.5, top - tall * 0.14, x + wide * 0.8, top]);
    else if (crown < 0.5) walls.push(rectangle(x + wide * 0.25, top - tall * 0.07, wide * 0.5, tall * 0.08));
    else if (crown < 0.62) walls.push(rectangle(x + wide * 0.47, top - tall * 0.22, wide * 0.05, tall * 0.23));
    const [dx, dy] = [unit * (7 + Math.floor(random() * 5)), unit * (10 + Math.floor(random() * 5))];
    for (let wy = top + dy; wy < foot - dy; wy += dy) {
      for (let wx = x + dx * 0.6; wx < x + wide - dx * 0.7; wx += dx)
        if (random() < 0.42) windows.push(rectangle(wx, wy, dx * 0.46, dy * 0.5));
    }
    x += wide * (0.92 + random() * 0.3);
  }
  return { walls, windows };
}

/**
 * The band between two lines across the picture, and a little beyond its sides; its upper edge always above the lower.
 */
export function ribbon(
  width: number,
  height: number,
  upper: (x: number) => number,
  lower: (x: number) => number,
  steps = 160,
): Polygon {
  const points: number[] = [];
  for (let i = 0; i <= steps; i++)
    points.push((-0.12 + (1.24 * i) / steps) * width, upper(-0.12 + (1.24 * i) / steps) * height);
  for (let i = steps; i >= 0; i--)
    points.push(
      (-0.12 + (1.24 * i) / steps) * width,
      Math.max(upper(-0.12 + (1.24 * i) / steps), lower(-0.12 + (1.24 * i) / steps)) * height,
    );
  return points;
}
