/** What a drag over the picture does to its layer: nothing is an edit before the pointer lets go. */
import type { CropRectangle, LayerColour, DrawnMark, PictureLayer } from '../../core/picture-layer.ts';
import {
  inTenths,
  markSize,
  movedCrop,
  movedPoints,
  nextNumber,
  resizedCrop,
  withChangedMark,
  withMark,
  withPoint,
  withStroke,
  type CropHandle,
  type PictureSize,
} from '../../markup/layer-edits.ts';
import { pixelsOfSteps, sizeStep, type PictureTool } from './picture-tools.ts';
import type { Said } from '../../core/say.ts';
import { t, w } from '../../words/t.ts';

export interface PicturePoint {
  readonly x: number;
  readonly y: number;
}
/** What lies under the pointer where it goes down. */
export interface PictureGrip {
  readonly mark?: number;
  /** Of the marked one: the end that is held. */
  readonly point?: number;
  readonly crop?: CropHandle | 'frame';
}
export interface PictureGesture {
  readonly label: Said;
  /** Chosen once it is done. */
  readonly selects?: number;
  /** The layer as it would be with the pointer there. */
  to(point: PicturePoint): PictureLayer;
  /** Too short a drag of some draws nothing. */
  readonly needsRoom?: true;
}
export interface GestureSettings {
  readonly tool: PictureTool;
  readonly layer: PictureLayer;
  readonly picture: PictureSize;
  readonly colour: LayerColour;
  /** Of marks and of the mask's brush. */
  readonly steps: { readonly marks: number; readonly mask: number };
  /** The shape that a crop keeps, width over height. */
  readonly shape: number | undefined;
  readonly selected: number | undefined;
}

export const wholeOf = ({ width, height }: PictureSize): CropRectangle => ({ x: 0, y: 0, width, height });

/** Nothing where there is nothing to take hold of. */
export function gestureAt(at: PicturePoint, grip: PictureGrip, settings: GestureSettings): PictureGesture | undefined {
  const { tool, layer, selected } = settings;
  if (grip.mark !== undefined && (tool === 'select' || grip.mark === selected))
    return holding(grip.mark, grip.point, at, layer);
  switch (tool) {
    case 'select':
      return undefined;
    case 'crop':
      return cropping(at, grip.crop, settings);
    case 'brush':
    case 'eraser':
    case 'rectangle':
      return masking(tool, at, settings);
    default:
      return marking(tool, at, settings);
  }
}

function holding(mark: number, point: number | undefined, from: PicturePoint, layer: PictureLayer): PictureGesture {
  const { points } = layer.marks[mark]!;
  return {
    label: w('Move a mark'),
    selects: mark,
    to: ({ x, y }) =>
      withChangedMark(layer, mark, {
        points: point === undefined ? movedPoints(points, x - from.x, y - from.y) : withPoint(points, point, x, y),
      }),
  };
}

function cropping(at: PicturePoint, grip: PictureGrip['crop'], settings: GestureSettings): PictureGesture {
  const { layer, picture, shape } = settings;
  const crop = layer.crop ?? wholeOf(picture);
  const cut = (next: CropRectangle): PictureLayer => ({ ...layer, crop: next });
  const label = w('Crop the picture');
  if (grip === 'frame') return { label, to: ({ x, y }) => cut(movedCrop(crop, x - at.x, y - at.y, picture)) };
  if (grip) return { label, to: ({ x, y }) => cut(resizedCrop(crop, grip, x, y, picture, shape)) };
  const within = (value: number, most: number) => Math.round(Math.min(Math.max(0, value), most - 1));
  const begin = { x: within(at.x, picture.width), y: within(at.y, picture.height), width: 1, height: 1 };
  return {
    label,
    needsRoom: true,
    to: ({ x, y }) => {
      const handle: CropHandle = `${y < at.y ? 'n' : 's'}${x < at.x ? 'w' : 'e'}`;
      return cut(resizedCrop(begin, handle, x, y, picture, shape));
    },
  };
}

/** Points of a line lie at least this part of its width apart. */
const APART = 1 / 8;
function growing(from: PicturePoint, size: number): (to: PicturePoint) => readonly number[] {
  const points = [from.x, from.y];
  return ({ x, y }) => {
    const [dx, dy] = [x - points.at(-2)!, y - points.at(-1)!];
    const apart = size * APART;
    if (dx * dx + dy * dy >= apart * apart) points.push(x, y);
    return inTenths(points);
  };
}

function masking(kind: 'brush' | 'eraser' | 'rectangle', at: PicturePoint, settings: GestureSettings): PictureGesture {
  const { layer, picture, steps } = settings;
  const size = markSize(pixelsOfSteps(kind, steps.mask, sizeStep(picture)));
  if (kind === 'rectangle')
    return {
      label: w('Mask a rectangle'),
      needsRoom: true,
      to: ({ x, y }) => withStroke(layer, { kind, size, points: inTenths([at.x, at.y, x, y]) }),
    };
  const grow = growing(at, size);
  return {
    label: kind === 'brush' ? w('Paint the mask') : w('Erase the mask'),
    to: (point) => withStroke(layer, { kind, size, points: grow(point) }),
  };
}

function marking(kind: DrawnMark['kind'], at: PicturePoint, settings: GestureSettings): PictureGesture {
  const { layer, picture, colour, steps } = settings;
  const size = markSize(pixelsOfSteps(kind, steps.marks, sizeStep(picture)));
  const label = ADDED[kind];
  const selects = layer.marks.length;
  const added = (points: readonly number[], text?: string): PictureLayer =>
    withMark(layer, { kind, colour, size, points: inTenths(points), ...(text === undefined ? {} : { text }) });
  switch (kind) {
    case 'arrow':
    case 'box':
      return { label, selects, needsRoom: true, to: ({ x, y }) => added([at.x, at.y, x, y]) };
    case 'line': {
      const grow = growing(at, size);
      return { label, selects, to: (point) => added(grow(point)) };
    }
    case 'label':
      return { label, selects, to: ({ x, y }) => added([x, y], t('Label')) };
    case 'number':
      return { label, selects, to: ({ x, y }) => added([x, y], nextNumber(layer)) };
    default:
      return kind satisfies never;
  }
}
const ADDED: Readonly<Record<DrawnMark['kind'], Said>> = {
  arrow: w('Add an arrow'),
  box: w('Add a box'),
  line: w('Draw a line'),
  label: w('Add a label'),
  number: w('Add a number'),
};

/** What a tool makes without a pointer: in the middle of what is left of the picture, a third as large. */
export function placedInMiddle(
  settings: GestureSettings,
): { readonly gesture: PictureGesture; readonly layer: PictureLayer } | undefined {
  const { x, y, width, height } = settings.layer.crop ?? wholeOf(settings.picture);
  const from = { x: x + width / 3, y: y + height / 3 };
  const to = { x: x + (width * 2) / 3, y: y + (height * 2) / 3 };
  const gesture = gestureAt(from, {}, { ...settings, selected: undefined });
  return gesture && settings.tool !== 'crop' ? { gesture, layer: gesture.to(to) } : undefined;
}
