/** Rectangles on a canvas: around things, in line, spread out. */
import type { Point, Size } from './graph.ts';

export interface Rect extends Point, Size {}

export function boundsOf(rects: readonly Rect[]): Rect | undefined {
  if (rects.length === 0) return undefined;
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y, width, height } of rects) {
    bounds.left = Math.min(bounds.left, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.right = Math.max(bounds.right, x + width);
    bounds.bottom = Math.max(bounds.bottom, y + height);
  }
  return { x: bounds.left, y: bounds.top, width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
}

export const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && a.x + a.width > b.x && a.y < b.y + b.height && a.y + a.height > b.y;
/** Whether one lies wholly in the other. */
export const holds = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
export const middleOf = ({ x, y, width, height }: Rect): Point => ({ x: x + width / 2, y: y + height / 2 });
export const covers = ({ x, y, width, height }: Rect, point: Point): boolean =>
  point.x > x && point.y > y && point.x < x + width && point.y < y + height;

/** Room between cards. */
const GAP = 24;
/** The nearest place at or below `wanted` where it would cover none of the others. */
export function freeSpot(others: readonly Rect[], wanted: Rect): Point {
  const { x, width, height } = wanted;
  // From the top down: each is looked at once, also where thousands lie in one heap.
  const inColumn = others
    .filter((other) => other.x < x + width + GAP && other.x + other.width > x - GAP)
    .sort((a, b) => a.y - b.y);
  let { y } = wanted;
  for (const other of inColumn) {
    const isInTheWay = other.y < y + height + GAP && other.y + other.height > y - GAP;
    if (isInTheWay) y = other.y + other.height + GAP;
  }
  return { x, y };
}

export const LINES = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const;
export type Line = (typeof LINES)[number];

/** Where each goes so that all stand on one line of what surrounds them. */
export function aligned<K extends string>(rects: Readonly<Record<K, Rect>>, line: Line): Record<K, Point> {
  const bounds = boundsOf(Object.values(rects));
  const placed = {} as Record<K, Point>;
  for (const [id, rect] of Object.entries(rects) as [K, Rect][]) {
    placed[id] = { x: rect.x, y: rect.y };
    if (!bounds) continue;
    if (line === 'left') placed[id] = { x: bounds.x, y: rect.y };
    else if (line === 'centre') placed[id] = { x: bounds.x + (bounds.width - rect.width) / 2, y: rect.y };
    else if (line === 'right') placed[id] = { x: bounds.x + bounds.width - rect.width, y: rect.y };
    else if (line === 'top') placed[id] = { x: rect.x, y: bounds.y };
    else if (line === 'middle') placed[id] = { x: rect.x, y: bounds.y + (bounds.height - rect.height) / 2 };
    else placed[id] = { x: rect.x, y: bounds.y + bounds.height - rect.height };
  }
  return placed;
}

/** Where each goes so that the gaps between neighbours are equal; the outermost two stay. */
export function distributed<K extends string>(rects: Readonly<Record<K, Rect>>, along: 'x' | 'y'): Record<K, Point> {
  const side = along === 'x' ? 'width' : 'height';
  const order = (Object.entries(rects) as [K, Rect][]).sort(([, a], [, b]) => a[along] - b[along]);
  const placed = Object.fromEntries(order.map(([id, { x, y }]) => [id, { x, y }])) as Record<K, Point>;
  const [first, last] = [order[0]?.[1], order.at(-1)?.[1]];
  if (!first || !last || order.length < 3) return placed;
  const free = last[along] + last[side] - first[along] - order.reduce((sum, [, rect]) => sum + rect[side], 0);
  const gap = free / (order.length - 1);
  let at = first[along];
  for (const [id, rect] of order) {
    placed[id] = { ...placed[id], [along]: at };
    at += rect[side] + gap;
  }
  return placed;
}

/** Room between things that are set in a row, a column or a grid: wide enough for a wire to be seen. */
const SET_GAP = 56;
/**
 * Where each goes so that all stand in rows of so many, as they are read, from the corner of what surrounds them now.
 * Each column is as wide, and each row as high, as the largest in it. One row keeps their order from left to right, one
 * column from top to bottom.
 */
export function setOut<K extends string>(
  rects: Readonly<Record<K, Rect>>,
  how: 'row' | 'column' | 'grid',
): Record<K, Point> {
  const all = Object.entries(rects) as [K, Rect][];
  const bounds = boundsOf(all.map(([, rect]) => rect));
  const placed = {} as Record<K, Point>;
  if (!bounds) return placed;
  const columns = { row: all.length, column: 1, grid: Math.ceil(Math.sqrt(all.length)) }[how];
  const order =
    how === 'grid'
      ? inReadingOrder(all)
      : all.toSorted(([, a], [, b]) => (how === 'row' ? a.x - b.x || a.y - b.y : a.y - b.y || a.x - b.x));
  const [widths, heights]: [number[], number[]] = [[], []];
  for (const [at, [, { width, height }]] of order.entries()) {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    widths[column] = Math.max(widths[column] ?? 0, width);
    heights[row] = Math.max(heights[row] ?? 0, height);
  }
  const [lefts, tops] = [startsOf(widths, bounds.x), startsOf(heights, bounds.y)];
  for (const [at, [id]] of order.entries())
    placed[id] = { x: lefts[at % columns]!, y: tops[Math.floor(at / columns)]! };
  return placed;
}
/** Where each begins of those that follow one another from a place. */
function startsOf(sizes: readonly number[], from: number): number[] {
  let next = from;
  return sizes.map((size) => {
    const start = next;
    next += size + SET_GAP;
    return start;
  });
}
/** Line by line: what begins above the middle of the topmost that is left belongs to its line. */
function inReadingOrder<K>(all: readonly (readonly [K, Rect])[]): (readonly [K, Rect])[] {
  const left = all.toSorted(([, a], [, b]) => a.y - b.y);
  const order: (readonly [K, Rect])[] = [];
  while (left.length > 0) {
    const { y, height } = left[0]![1];
    const line = left.filter(([, rect]) => rect.y < y + height / 2);
    order.push(...line.toSorted(([, a], [, b]) => a.x - b.x));
    left.splice(0, line.length);
  }
  return order;
}

/** The nudge that brings a moved rectangle in line with others near it, and the lines it then shares with them. */
export function guided(
  moved: Rect,
  others: readonly Rect[],
  within: number,
): { readonly by: Point; readonly x?: number; readonly y?: number } {
  const nearest = (axis: 'x' | 'y', side: 'width' | 'height') => {
    let best: { by: number; at: number } | undefined;
    const own = [moved[axis], moved[axis] + moved[side] / 2, moved[axis] + moved[side]];
    for (const other of others) {
      for (const [nth, at] of [other[axis], other[axis] + other[side] / 2, other[axis] + other[side]].entries()) {
        const by = at - own[nth]!;
        if (Math.abs(by) <= within && (!best || Math.abs(by) < Math.abs(best.by))) best = { by, at };
      }
    }
    return best;
  };
  const [x, y] = [nearest('x', 'width'), nearest('y', 'height')];
  return { by: { x: x?.by ?? 0, y: y?.by ?? 0 }, ...(x ? { x: x.at } : {}), ...(y ? { y: y.at } : {}) };
}
