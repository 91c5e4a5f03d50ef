/**
 * How subjects are drawn: in a box one unit high, feet at y = 0, top at y = −1, centred on x = 0; part by part, back to
 * front. Each family of subjects is a file in `drawings`, with the words that ask for them.
 */
import type { Rgb } from '../raster/colour.ts';
import { ellipse, outline, stroke, type Polygon } from '../raster/path.ts';

/** Which colour a part wears: of the subject itself, its accent, or a fixed stuff. */
export type Stuff =
  | 'body'
  | 'deep'
  | 'pale'
  | 'accent'
  | 'dark'
  | 'light'
  | 'metal'
  | 'glass'
  | 'glow'
  | 'leaf'
  | 'wood'
  | 'skin'
  | 'screen';
export interface Part {
  readonly polygons: readonly Polygon[];
  /** How light falls on it: not at all, as on a turned form, or as on a cushion. */
  readonly form: 'flat' | 'lathe' | 'round';
  /** Or a colour of its own, whatever the subject's is. */
  readonly stuff: Stuff | Rgb;
}
export interface Shape {
  readonly parts: readonly Part[];
  /** Height compared with a standing person, 1; sets its size in a landscape. */
  readonly scale: number;
  /** Where it lives when nothing else is asked for. */
  readonly habitat: 'table' | 'land' | 'water' | 'air' | 'space';
  /** Where nothing says which colour it has. */
  readonly colour?: Rgb;
  /** How high it is where something can stand or sit on it, 0…1; its top where left out. */
  readonly seat?: number;
  /** How it looks from straight above, around (0, −0.5). */
  readonly fromAbove?: readonly Part[];
}
/** A shape with the words that ask for it: singular, apart by `|`. */
export interface Drawn extends Shape {
  readonly words: string;
}

export const flat = (stuff: Part['stuff'], ...polygons: readonly Polygon[]): Part => ({
  polygons,
  form: 'flat',
  stuff,
});
export const lathe = (stuff: Part['stuff'], ...polygons: readonly Polygon[]): Part => ({
  polygons,
  form: 'lathe',
  stuff,
});
export const round = (stuff: Part['stuff'], ...polygons: readonly Polygon[]): Part => ({
  polygons,
  form: 'round',
  stuff,
});
/** As SVG writes it. */
export const d = (path: string): Polygon[] => outline(path);
export const drawn = (words: string, kind: Omit<Shape, 'parts'>, ...parts: readonly Part[]): Drawn => ({
  words,
  parts,
  ...kind,
});

/** Scales parts of any size to a box one unit high and centres them. */
export function toUnitHeight(parts: readonly Part[]): Part[] {
  let [left, right, top] = [Infinity, -Infinity, 0];
  for (const { polygons } of parts)
    for (const polygon of polygons)
      for (let i = 0; i < polygon.length; i += 2) {
        left = Math.min(left, polygon[i]!);
        right = Math.max(right, polygon[i]!);
        top = Math.min(top, polygon[i + 1]!);
      }
  const scale = -1 / top;
  const middle = (left + right) / 2;
  return parts.map((part) => ({
    ...part,
    polygons: part.polygons.map((polygon) =>
      polygon.map((value, i) => (i % 2 === 0 ? (value - middle) * scale : value * scale)),
    ),
  }));
}

/** Polygons as one outline: all run the same way round, so that where they overlap nothing is cut out. */
export function asOne(...polygons: readonly Polygon[]): Polygon[] {
  return polygons.map((polygon) => {
    let area = 0;
    for (let i = 0; i < polygon.length; i += 2) {
      const j = (i + 2) % polygon.length;
      area += polygon[i]! * polygon[j + 1]! - polygon[j]! * polygon[i + 1]!;
    }
    if (area >= 0) return polygon;
    const reversed: number[] = [];
    for (let i = polygon.length - 2; i >= 0; i -= 2) reversed.push(polygon[i]!, polygon[i + 1]!);
    return reversed;
  });
}

const SMOOTH_STEPS = 8;
/** A closed curve through points (Catmull–Rom). */
export function smooth(...points: readonly number[]): Polygon {
  const count = points.length / 2;
  const at = (k: number, axis: number) => points[((k + count) % count) * 2 + axis]!;
  const out: number[] = [];
  for (let k = 0; k < count; k++)
    for (let step = 0; step < SMOOTH_STEPS; step++) {
      const t = step / SMOOTH_STEPS;
      for (const axis of [0, 1]) {
        const [a, b, c, e] = [at(k - 1, axis), at(k, axis), at(k + 1, axis), at(k + 2, axis)];
        out.push(
          0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - e) * t * t + (3 * b - a - 3 * c + e) * t * t * t),
        );
      }
    }
  return out;
}
/** An open curve through points, with a width, for limbs, tails and necks. Rounded at both ends. */
export function limb(points: readonly number[], from: number, to = from): Polygon[] {
  const count = points.length / 2;
  const line: number[] = [];
  const at = (k: number, axis: number) => points[Math.min(count - 1, Math.max(0, k)) * 2 + axis]!;
  for (let k = 0; k < count - 1; k++)
    for (let step = 0; step < SMOOTH_STEPS; step++) {
      const t = step / SMOOTH_STEPS;
      for (const axis of [0, 1]) {
        const [a, b, c, e] = [at(k - 1, axis), at(k, axis), at(k + 1, axis), at(k + 2, axis)];
        line.push(
          0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - e) * t * t + (3 * b - a - 3 * c + e) * t * t * t),
        );
      }
    }
  line.push(at(count - 1, 0), at(count - 1, 1));
  return asOne(
    stroke(line, from, to),
    ellipse(at(0, 0), at(0, 1), from / 2, from / 2, 24),
    ellipse(at(count - 1, 0), at(count - 1, 1), to / 2, to / 2, 24),
  );
}

/** How far a shape reaches to either side, in its heights. */
export function halfSpan({ parts }: Shape): number {
  let half = 0.1;
  for (const { polygons } of parts)
    for (const polygon of polygons)
      for (let i = 0; i < polygon.length; i += 2) half = Math.max(half, Math.abs(polygon[i]!));
  return half;
}
