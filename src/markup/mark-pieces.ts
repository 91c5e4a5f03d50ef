/** A mark as the shapes it is drawn with: the same for the picture that is made and for the preview of it. */
import { LAYER_COLOURS, type DrawnMark } from '../core/picture-layer.ts';
import { ellipse, rectangle, transformed, type Polygon } from '../raster/path.ts';
import { lettering } from './lettering/lettering.ts';

/** A line of some width with round ends and corners, or an area. */
export type PieceShape =
  | { readonly line: readonly number[]; readonly width: number }
  | { readonly polygons: readonly Polygon[] };
/** `colour`: as `#rrggbb`. */
export type MarkPiece = PieceShape & { readonly colour: string };

/** The head of an arrow, in widths of its line. */
const HEAD_LENGTH = 4;
const HEAD_HALF_WIDTH = 2;
/** Around what is written, in heights of its capitals. */
const LABEL_PADDING = 0.55;
const LABEL_CORNER = 0.35;
const NUMBER_RADIUS = 1.15;

export function piecesOf(mark: DrawnMark): readonly MarkPiece[] {
  const { fill, ink } = LAYER_COLOURS[mark.colour];
  const { size, points, text = '' } = mark;
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points;
  switch (mark.kind) {
    case 'line':
      return [{ colour: fill, line: points, width: size }];
    case 'box':
      return [{ colour: fill, line: [x0, y0, x1, y0, x1, y1, x0, y1, x0, y0], width: size }];
    case 'arrow':
      return arrow(x0, y0, x1, y1, size, fill);
    case 'label': {
      const { polygons, width } = lettering(text);
      const pad = LABEL_PADDING * size;
      const plate = rectangle(x0, y0, width * size + 2 * pad, size + 2 * pad, LABEL_CORNER * size);
      const letters = transformed(polygons, x0 + pad + (width * size) / 2, y0 + pad + size, size);
      return [
        { colour: fill, polygons: [plate] },
        { colour: ink, polygons: letters },
      ];
    }
    case 'number': {
      const { polygons, width } = lettering(text);
      const radius = NUMBER_RADIUS * size;
      const scale = Math.min(size, (1.5 * radius) / Math.max(width, 0.1));
      return [
        { colour: fill, polygons: [ellipse(x0, y0, radius)] },
        { colour: ink, polygons: transformed(polygons, x0, y0 + scale / 2, scale) },
      ];
    }
    default:
      return mark.kind satisfies never;
  }
}

/** From the first point to the tip at the second. One shorter than its head is all head. */
function arrow(x0: number, y0: number, x1: number, y1: number, size: number, colour: string): readonly MarkPiece[] {
  const length = Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
  const [alongX, alongY] = length > 0 ? [(x1 - x0) / length, (y1 - y0) / length] : [1, 0];
  const head = Math.min(HEAD_LENGTH * size, Math.max(length, size));
  const half = (head * HEAD_HALF_WIDTH) / HEAD_LENGTH;
  const [baseX, baseY] = [x1 - alongX * head, y1 - alongY * head];
  const tip = [x1, y1, baseX - alongY * half, baseY + alongX * half, baseX + alongY * half, baseY - alongX * half];
  const shaft = length > head ? [{ colour, line: [x0, y0, baseX, baseY], width: size }] : [];
  return [...shaft, { colour, polygons: [tip] }];
}

export interface MarkBounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
export function pieceBounds(pieces: readonly PieceShape[]): MarkBounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const piece of pieces) {
    const half = 'line' in piece ? piece.width / 2 : 0;
    for (const points of 'line' in piece ? [piece.line] : piece.polygons)
      for (let i = 0; i < points.length; i += 2) {
        left = Math.min(left, points[i]! - half);
        right = Math.max(right, points[i]! + half);
        top = Math.min(top, points[i + 1]! - half);
        bottom = Math.max(bottom, points[i + 1]! + half);
      }
  }
  return { left, top, right, bottom };
}
