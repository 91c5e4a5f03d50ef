/** Where the nodes of dropped and pasted files go: in rows, in free space near the place that was meant. */
import type { Point } from '../../graph/graph.ts';
import { freePlace, type OnBoard } from '../placing.ts';

/** How far apart they are put, and how many in a row. */
const STEP = { x: 280, y: 300, perRow: 5 };

export const placeOfFile = (first: Point, nth: number): Point => ({
  x: first.x + (nth % STEP.perRow) * STEP.x,
  y: first.y + Math.floor(nth / STEP.perRow) * STEP.y,
});
/** Of the first of so many. */
export function freePlaceForFiles(app: OnBoard, at: Point, count: number): Point {
  const rows = Math.ceil(count / STEP.perRow);
  return freePlace(app, at, { width: Math.min(count, STEP.perRow) * STEP.x, height: rows * STEP.y });
}
