/**
 * The way a wire takes from an output to an input, past its reroute points: the same curve on screen, in the overview
 * and for cutting.
 */
import type { Point } from './graph.ts';
import { covers, type Rect } from './rect.ts';

/** A cubic curve: start, two controls, end. */
export type Curve = readonly [Point, Point, Point, Point];

/** How far a curve leaves its socket before it turns; as the canvas library bends its wires. */
const reach = (distance: number): number => (distance >= 0 ? distance / 2 : 6.25 * Math.sqrt(-distance));

/** One curve from point to point; at reroute points the wire runs on level. */
export function curvesOf(from: Point, to: Point, via: readonly Point[] = []): Curve[] {
  const points = [from, ...via, to];
  return points.slice(1).map((end, index) => {
    const start = points[index]!;
    const bend = reach(end.x - start.x);
    return [start, { x: start.x + bend, y: start.y }, { x: end.x - bend, y: end.y }, end];
  });
}

export const pathOf = (curves: readonly Curve[]): string =>
  curves
    .map(([a, b, c, d], index) => `${index ? '' : `M${a.x},${a.y}`}C${b.x},${b.y} ${c.x},${c.y} ${d.x},${d.y}`)
    .join('');

export function pointOn([a, b, c, d]: Curve, t: number): Point {
  const [p, q, r, s] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t ** 3];
  return { x: p * a.x + q * b.x + r * c.x + s * d.x, y: p * a.y + q * b.y + r * c.y + s * d.y };
}

const STEPS = 24;
const samples = (curve: Curve): Point[] => Array.from({ length: STEPS + 1 }, (_, step) => pointOn(curve, step / STEPS));

/** Whether a straight cut goes through a wire. */
export function crosses(curves: readonly Curve[], a: Point, b: Point): boolean {
  const turn = (p: Point, q: Point, r: Point) => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return curves.some((curve) => {
    const points = samples(curve);
    return points.slice(1).some((d, index) => {
      const c = points[index]!;
      return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b);
    });
  });
}

/** Whether a wire passes through a rectangle. */
export const passesThrough = (curves: readonly Curve[], rect: Rect): boolean =>
  curves.some((curve) => samples(curve).some((point) => covers(rect, point)));

/** Which of a wire's curves passes nearest to a point, and how near. */
function nearest(curves: readonly Curve[], point: Point): { readonly index: number; readonly away: number } {
  let best = { index: 0, away: Infinity };
  for (const [index, curve] of curves.entries())
    for (const { x, y } of samples(curve)) {
      const away = Math.hypot(x - point.x, y - point.y);
      if (away < best.away) best = { index, away };
    }
  return best;
}
/** Where a new reroute point belongs. */
export const nearestCurve = (curves: readonly Curve[], point: Point): number => nearest(curves, point).index;
/** How near a wire passes to a point. */
export const distanceTo = (curves: readonly Curve[], point: Point): number => nearest(curves, point).away;
