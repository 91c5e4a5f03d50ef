/** What can be done to a layer: each gives another one and leaves the one it was given. */
import { LARGEST_DRAWN_MARK } from '../core/picture-layer.ts';
import type { CropRectangle, DrawnMark, MaskStroke, PictureLayer, Points } from '../core/picture-layer.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** A tenth of a pixel is as fine as anyone draws, and short in a file. */
const tenth = (value: number): number => Math.round(value * 10) / 10;
export const inTenths = (points: Points): Points => points.map(tenth);
export const markSize = (size: number): number => Math.min(LARGEST_DRAWN_MARK, Math.max(1, tenth(size)));

export const withMark = (layer: PictureLayer, mark: DrawnMark): PictureLayer => ({
  ...layer,
  marks: [...layer.marks, mark],
});
export const withoutMark = (layer: PictureLayer, at: number): PictureLayer => ({
  ...layer,
  marks: layer.marks.filter((_, i) => i !== at),
});
export const withChangedMark = (layer: PictureLayer, at: number, change: Partial<DrawnMark>): PictureLayer => ({
  ...layer,
  marks: layer.marks.map((mark, i) => (i === at ? { ...mark, ...change } : mark)),
});
export const withStroke = (layer: PictureLayer, stroke: MaskStroke): PictureLayer => ({
  ...layer,
  mask: [...layer.mask, stroke],
});

/** A stroke as it shows in the end: erased where it painted, if an odd number of inversions came after it. */
interface LastingStroke {
  readonly stroke: MaskStroke;
  readonly erases: boolean;
}
/**
 * The same mask without its inversions: all of it open or closed at first, and each stroke turned as often as those
 * after it say. Inversions within each other are more than a browser can draw.
 */
export function withoutInversions(mask: readonly MaskStroke[]): {
  readonly isOpen: boolean;
  readonly strokes: readonly LastingStroke[];
} {
  let isOpen = false;
  const strokes: LastingStroke[] = [];
  for (const stroke of mask.toReversed())
    if (stroke.kind === 'invert') isOpen = !isOpen;
    else strokes.push({ stroke, erases: (stroke.kind === 'eraser') !== isOpen });
  return { isOpen, strokes: strokes.reverse() };
}

export const movedPoints = (points: Points, x: number, y: number): Points =>
  points.map((value, i) => tenth(value + (i % 2 === 0 ? x : y)));
/** With another place for the point of this number. */
export const withPoint = (points: Points, point: number, x: number, y: number): Points =>
  points.map((value, i) => (i === point * 2 ? tenth(x) : i === point * 2 + 1 ? tenth(y) : value));

/** The number that comes after the largest one. */
export const nextNumber = ({ marks }: PictureLayer): string =>
  String(1 + Math.max(0, ...marks.filter(({ kind }) => kind === 'number').map(({ text }) => Number(text) || 0)));

/** Crops by their edges: a corner moves two of them. */
export const CROP_HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type CropHandle = (typeof CROP_HANDLES)[number];

/** As much of the picture as there is in this shape (width over height), around the middle of `around`. */
export function cropOfShape(picture: PictureSize, ratio: number, around: CropRectangle): CropRectangle {
  const width = Math.max(1, Math.round(Math.min(picture.width, picture.height * ratio)));
  const height = Math.max(1, Math.round(Math.min(picture.height, picture.width / ratio)));
  const [x, y] = [around.x + (around.width - width) / 2, around.y + (around.height - height) / 2];
  return movedCrop({ x: 0, y: 0, width, height }, x, y, picture);
}

/** As far as the picture goes. */
export function movedCrop(crop: CropRectangle, x: number, y: number, picture: PictureSize): CropRectangle {
  const within = (value: number, most: number) => Math.round(Math.min(Math.max(0, value), most));
  return {
    ...crop,
    x: within(crop.x + x, picture.width - crop.width),
    y: within(crop.y + y, picture.height - crop.height),
  };
}

/** With a handle at this place; in a fixed shape (width over height) the opposite corner stays where it is. */
export function resizedCrop(
  crop: CropRectangle,
  handle: CropHandle,
  x: number,
  y: number,
  picture: PictureSize,
  ratio?: number,
): CropRectangle {
  let [left, top, right, bottom] = [crop.x, crop.y, crop.x + crop.width, crop.y + crop.height];
  if (handle.includes('w')) left = Math.min(right - 1, Math.max(0, Math.round(x)));
  if (handle.includes('e')) right = Math.max(left + 1, Math.min(picture.width, Math.round(x)));
  if (handle.includes('n')) top = Math.min(bottom - 1, Math.max(0, Math.round(y)));
  if (handle.includes('s')) bottom = Math.max(top + 1, Math.min(picture.height, Math.round(y)));
  if (ratio === undefined) return { x: left, y: top, width: right - left, height: bottom - top };
  const isWest = handle.includes('w');
  const isNorth = handle.includes('n');
  const roomX = isWest ? right : picture.width - left;
  const roomY = isNorth ? bottom : picture.height - top;
  const asked = handle === 'n' || handle === 's' ? (bottom - top) * ratio : right - left;
  const exact = Math.min(asked, roomX, roomY * ratio);
  const width = Math.max(1, Math.round(exact));
  const height = Math.max(1, Math.min(roomY, Math.round(exact / ratio)));
  return { x: isWest ? right - width : left, y: isNorth ? bottom - height : top, width, height };
}
