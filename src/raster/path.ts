/** Outlines: closed polygons built from lines and Bézier curves, and the small vocabulary shapes are written in. */
import { cos, PI, sin } from './math.ts';

/** A closed polygon as x, y pairs. */
export type Polygon = readonly number[];

/** Steps per curve: smooth at a thousand pixels. */
const STEPS = 14;

/** Reads `M L C Q Z` with absolute coordinates, as SVG writes them; every subpath is closed. */
export function outline(d: string): Polygon[] {
  const tokens = d.match(/[MLCQZ]|-?\d*\.?\d+/g) ?? [];
  const polygons: number[][] = [];
  let current: number[] = [];
  let command = 'M';
  let at = 0;
  const next = () => Number(tokens[at++]);
  while (at < tokens.length) {
    if (/[A-Z]/.test(tokens[at]!)) command = tokens[at++]!;
    if (command === 'Z') continue;
    if (command === 'M') {
      current = [next(), next()];
      polygons.push(current);
      command = 'L';
      continue;
    }
    const [x0, y0] = [current[current.length - 2]!, current[current.length - 1]!];
    if (command === 'L') current.push(next(), next());
    else if (command === 'C') cubic(current, x0, y0, next(), next(), next(), next(), next(), next());
    else {
      const [qx, qy, x, y] = [next(), next(), next(), next()];
      cubic(
        current,
        x0,
        y0,
        x0 + ((qx - x0) * 2) / 3,
        y0 + ((qy - y0) * 2) / 3,
        x + ((qx - x) * 2) / 3,
        y + ((qy - y) * 2) / 3,
        x,
        y,
      );
    }
  }
  return polygons;
}
function cubic(
  out: number[],
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  x3: number,
  y3: number,
): void {
  for (let k = 1; k <= STEPS; k++) {
    const t = k / STEPS;
    const u = 1 - t;
    const [a, b, c, e] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
    out.push(a * x0 + b * x1 + c * x2 + e * x3, a * y0 + b * y1 + c * y2 + e * y3);
  }
}

export function ellipse(cx: number, cy: number, rx: number, ry = rx, sides = 120): Polygon {
  const points: number[] = [];
  for (let k = 0; k < sides; k++) points.push(cx + rx * cos((k / sides) * 2 * PI), cy + ry * sin((k / sides) * 2 * PI));
  return points;
}
/** A ring: the hole runs the other way round. */
export function ring(cx: number, cy: number, outer: number, inner: number, squash = 1): Polygon[] {
  const hole = ellipse(cx, cy, inner, inner * squash);
  const reversed: number[] = [];
  for (let i = hole.length - 2; i >= 0; i -= 2) reversed.push(hole[i]!, hole[i + 1]!);
  return [ellipse(cx, cy, outer, outer * squash), reversed];
}
export function rectangle(x: number, y: number, width: number, height: number, radius = 0): Polygon {
  if (radius <= 0) return [x, y, x + width, y, x + width, y + height, x, y + height];
  const points: number[] = [];
  const corners = [
    [x + width - radius, y + radius, -90],
    [x + width - radius, y + height - radius, 0],
    [x + radius, y + height - radius, 90],
    [x + radius, y + radius, 180],
  ] as const;
  for (const [cx, cy, from] of corners)
    for (let k = 0; k <= 6; k++)
      points.push(cx + radius * cos(((from + k * 15) * PI) / 180), cy + radius * sin(((from + k * 15) * PI) / 180));
  return points;
}
/** A turned form: half widths from top to bottom, joined by a smooth curve (Catmull–Rom) or, `sharp`, by lines. */
export function turned(profile: readonly (readonly [number, number])[], sharp = false): Polygon {
  const side: [number, number][] = [];
  const last = profile.length - 1;
  for (let i = 0; i < last; i++) {
    const [p0, p1, p2, p3] = [
      profile[Math.max(0, i - 1)]!,
      profile[i]!,
      profile[i + 1]!,
      profile[Math.min(last, i + 2)]!,
    ];
    const steps = sharp ? 1 : 8;
    for (let k = 0; k < steps; k++) {
      const t = k / steps;
      const spline = (a: number, b: number, c: number, d: number) =>
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
      side.push([spline(p0[0], p1[0], p2[0], p3[0]), Math.max(0.001, spline(p0[1], p1[1], p2[1], p3[1]))]);
    }
  }
  side.push([profile[last]![0], profile[last]![1]]);
  return [...side.flatMap(([y, w]) => [w, y]), ...side.reverse().flatMap(([y, w]) => [-w, y])];
}
/** A line with width as a polygon, for limbs, stems and wires. */
export function stroke(points: readonly number[], from: number, to = from): Polygon {
  const left: number[] = [];
  const right: number[] = [];
  const count = points.length / 2;
  for (let i = 0; i < count; i++) {
    const [ax, ay] = [points[Math.max(0, i - 1) * 2]!, points[Math.max(0, i - 1) * 2 + 1]!];
    const [bx, by] = [points[Math.min(count - 1, i + 1) * 2]!, points[Math.min(count - 1, i + 1) * 2 + 1]!];
    const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay)) || 1;
    const half = (from + ((to - from) * i) / Math.max(1, count - 1)) / 2;
    const [nx, ny] = [(-(by - ay) / length) * half, ((bx - ax) / length) * half];
    left.push(points[i * 2]! + nx, points[i * 2 + 1]! + ny);
    right.unshift(points[i * 2]! - nx, points[i * 2 + 1]! - ny);
  }
  return [...left, ...right];
}
/** Moves, scales and mirrors polygons. */
export function transformed(
  polygons: readonly Polygon[],
  x: number,
  y: number,
  scaleX: number,
  scaleY = scaleX,
): Polygon[] {
  return polygons.map((polygon) => polygon.map((value, i) => (i % 2 === 0 ? x + value * scaleX : y + value * scaleY)));
}
