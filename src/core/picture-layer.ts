/**
 * What a person drew over a picture: plain data kept beside it, in pixels of the picture. The picture stays as it came,
 * and each mark can be changed later.
 */
import { isRecord } from './loose.ts';

/** What marks are drawn with, and what is written on them. They are part of the picture, so no theme changes them. */
export const LAYER_COLOURS = {
  red: { fill: '#e5352b', ink: '#ffffff' },
  amber: { fill: '#ffb224', ink: '#1d1e21' },
  green: { fill: '#1f9d5b', ink: '#ffffff' },
  blue: { fill: '#2f6fe4', ink: '#ffffff' },
  white: { fill: '#ffffff', ink: '#1d1e21' },
  black: { fill: '#1d1e21', ink: '#ffffff' },
} as const;
export type LayerColour = keyof typeof LAYER_COLOURS;

export const MARK_KINDS = ['arrow', 'box', 'line', 'label', 'number'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];
/** x and y of each point, one after the other. */
export type Points = readonly number[];
export interface DrawnMark {
  readonly kind: MarkKind;
  readonly colour: LayerColour;
  /** How wide its line is; of a label and a number, how high its capitals are. */
  readonly size: number;
  /** Of an arrow its two ends, of a box two corners, of a line all points; a label hangs from one, a number is around it. */
  readonly points: Points;
  /** What a label or a number says. */
  readonly text?: string;
}

export const MASK_STROKES = ['brush', 'eraser', 'rectangle', 'invert'] as const;
/** One step of painting a mask; each changes what those before it left. */
export interface MaskStroke {
  readonly kind: (typeof MASK_STROKES)[number];
  /** How wide a brush or an eraser is. */
  readonly size: number;
  /** Of a rectangle two corners; of an inversion none. */
  readonly points: Points;
}

/** In whole pixels. */
export interface CropRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface PictureLayer {
  readonly crop?: CropRectangle;
  /** The last one lies on top. */
  readonly marks: readonly DrawnMark[];
  readonly mask: readonly MaskStroke[];
}
export const EMPTY_LAYER: PictureLayer = { marks: [], mask: [] };
export const isEmptyLayer = ({ crop, marks, mask }: PictureLayer): boolean =>
  !crop && marks.length === 0 && mask.length === 0;

/** More than anyone draws by hand: files from elsewhere hold no more either. */
const MOST_DRAWN_MARKS = 200;
const MOST_MASK_STROKES = 500;
/** Numbers in the points of one layer. */
const MOST_NUMBERS = 60_000;
export const LONGEST_MARK_TEXT = 120;
export const LARGEST_DRAWN_MARK = 1000;
/** Marks may reach beyond their picture, so far. */
const FARTHEST = 100_000;

const isNumber = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= FARTHEST;
const isSize = (value: unknown): value is number => isNumber(value) && value > 0 && value <= LARGEST_DRAWN_MARK;
const isPoints = (value: unknown): value is Points =>
  Array.isArray(value) && value.length <= MOST_NUMBERS && value.every(isNumber);
/** How many numbers the points of each kind are; of the others any even number. */
const NUMBERS: Readonly<Partial<Record<MarkKind | MaskStroke['kind'], number>>> = {
  arrow: 4,
  box: 4,
  label: 2,
  number: 2,
  rectangle: 4,
  invert: 0,
};
function hasPoints(kind: MarkKind | MaskStroke['kind'], points: Points): boolean {
  const count = NUMBERS[kind];
  return count === undefined ? points.length >= 2 && points.length % 2 === 0 : points.length === count;
}

function readMark(raw: unknown): DrawnMark | undefined {
  if (!isRecord(raw)) return undefined;
  const { colour, size, points, text } = raw;
  const kind = MARK_KINDS.find((one) => one === raw['kind']);
  if (!kind || typeof colour !== 'string' || !Object.hasOwn(LAYER_COLOURS, colour)) return undefined;
  if (!isSize(size) || !isPoints(points) || !hasPoints(kind, points)) return undefined;
  const mark = { kind, colour: colour as LayerColour, size, points };
  if (kind !== 'label' && kind !== 'number') return mark;
  return typeof text === 'string' && text.length <= LONGEST_MARK_TEXT ? { ...mark, text } : undefined;
}

function readStroke(raw: unknown): MaskStroke | undefined {
  if (!isRecord(raw)) return undefined;
  const { size, points } = raw;
  const kind = MASK_STROKES.find((one) => one === raw['kind']);
  return kind && isSize(size) && isPoints(points) && hasPoints(kind, points) ? { kind, size, points } : undefined;
}

function readCrop(raw: unknown, picture: Size): CropRectangle | undefined {
  if (!isRecord(raw)) return undefined;
  const { x, y, width, height } = raw;
  const isWhole = (value: unknown, least: number): value is number =>
    Number.isInteger(value) && (value as number) >= least;
  if (!isWhole(x, 0) || !isWhole(y, 0) || !isWhole(width, 1) || !isWhole(height, 1)) return undefined;
  const isInside = x + width <= (picture.width ?? FARTHEST) && y + height <= (picture.height ?? FARTHEST);
  return isInside ? { x, y, width, height } : undefined;
}

interface Size {
  readonly width?: number;
  readonly height?: number;
}
/** All of it, or `undefined` where anything is damaged or beyond the limits: half a mask would be another mask. */
export function readLayer(raw: unknown, picture: Size): PictureLayer | undefined {
  if (!isRecord(raw)) return undefined;
  const { crop, marks, mask } = raw;
  if (!Array.isArray(marks) || marks.length > MOST_DRAWN_MARKS) return undefined;
  if (!Array.isArray(mask) || mask.length > MOST_MASK_STROKES) return undefined;
  const [readMarks, readStrokes] = [marks.map(readMark), mask.map(readStroke)];
  const isRead = <T>(one: T | undefined): one is T => one !== undefined;
  if (!readMarks.every(isRead) || !readStrokes.every(isRead)) return undefined;
  const numbers = [...readMarks, ...readStrokes].reduce((sum, { points }) => sum + points.length, 0);
  if (numbers > MOST_NUMBERS) return undefined;
  if (crop === undefined) return { marks: readMarks, mask: readStrokes };
  const rectangle = readCrop(crop, picture);
  return rectangle && { crop: rectangle, marks: readMarks, mask: readStrokes };
}
