/** A layer laid over its picture, and its mask as a picture. The picture that is given stays as it is. */
import { readLayer, type CropRectangle, type MaskStroke, type PictureLayer } from '../core/picture-layer.ts';
import type { Raster } from '../core/values.ts';
import { coverageOf, type Coverage } from './coverage.ts';
import { piecesOf, type MarkPiece, type PieceShape } from './mark-pieces.ts';

/** Awaited between shapes, and within long ones, with the share done; may throw to cancel. */
type Breathe = (fraction: number) => Promise<void>;

/** Both of them, where there are; a layer that cannot be read draws nothing. */
export async function drawnOver(
  picture: Raster,
  raw: unknown,
  breathe: Breathe,
): Promise<{ readonly picture: Raster | undefined; readonly mask: Raster | undefined }> {
  const layer = readLayer(raw, picture);
  if (!layer) return { picture: undefined, mask: undefined };
  return {
    picture: await markedUp(picture, layer, (done) => breathe(done / 2)),
    mask: await maskOf(picture, layer, (done) => breathe(0.5 + done / 2)),
  };
}

const frameOf = ({ width, height }: Raster, { crop }: PictureLayer): CropRectangle =>
  crop ?? { x: 0, y: 0, width, height };

/** Cut, with its marks drawn in. Nothing where neither was asked for: the picture is then what it was. */
export async function markedUp(picture: Raster, layer: PictureLayer, breathe: Breathe): Promise<Raster | undefined> {
  const { crop, marks } = layer;
  if (!crop && marks.length === 0) return undefined;
  const frame = frameOf(picture, layer);
  const data = new Uint8ClampedArray(frame.width * frame.height * 4);
  for (let row = 0; row < frame.height; row++) {
    const from = ((frame.y + row) * picture.width + frame.x) * 4;
    data.set(picture.data.subarray(from, from + frame.width * 4), row * frame.width * 4);
  }
  const cut = { width: frame.width, height: frame.height, data };
  for (const [at, mark] of marks.entries()) {
    const pause = () => breathe(at / marks.length);
    for (const piece of piecesOf(mark)) await paint(cut, inFrame(piece, frame), piece.colour, pause);
    await breathe((at + 1) / marks.length);
  }
  return cut;
}

function inFrame(shape: PieceShape, { x, y }: CropRectangle): PieceShape {
  const moved = (points: readonly number[]) => points.map((value, i) => value - (i % 2 === 0 ? x : y));
  return 'line' in shape
    ? { line: moved(shape.line), width: shape.width }
    : { polygons: shape.polygons.map((polygon) => moved(polygon)) };
}

/** Over what is there, which may be transparent. */
async function paint(
  image: Raster,
  shape: PieceShape,
  hex: MarkPiece['colour'],
  pause: () => Promise<void>,
): Promise<void> {
  const covered = await coverageOf(shape, image, pause);
  if (!covered) return;
  const colour = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  eachPixel(covered, image.width, (pixel, cover) => {
    const at = pixel * 4;
    const below = (image.data[at + 3]! / 255) * (1 - cover);
    const alpha = cover + below;
    for (let channel = 0; channel < 3; channel++) {
      const mixed = (colour[channel]! * cover + image.data[at + channel]! * below) / alpha;
      image.data[at + channel] = Math.floor(mixed + 0.5);
    }
    image.data[at + 3] = Math.floor(alpha * 255 + 0.5);
  });
}

function eachPixel(covered: Coverage, width: number, act: (pixel: number, cover: number) => void): void {
  for (let row = 0; row < covered.height; row++)
    for (let column = 0; column < covered.width; column++) {
      const cover = covered.data[row * covered.width + column]!;
      if (cover > 0) act((covered.y + row) * width + covered.x + column, cover);
    }
}

/** White is what is to be changed, black what stays; cut as the picture is. Nothing where no mask was painted. */
export async function maskOf(picture: Raster, layer: PictureLayer, breathe: Breathe): Promise<Raster | undefined> {
  if (layer.mask.length === 0) return undefined;
  const frame = frameOf(picture, layer);
  const mask = new Float32Array(frame.width * frame.height);
  for (const [at, stroke] of layer.mask.entries()) {
    await apply(stroke, mask, frame, () => breathe(at / layer.mask.length));
    await breathe((at + 1) / layer.mask.length);
  }
  const data = new Uint8ClampedArray(mask.length * 4);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    data.fill(Math.floor(mask[pixel]! * 255 + 0.5), pixel * 4, pixel * 4 + 3);
    data[pixel * 4 + 3] = 255;
  }
  return { width: frame.width, height: frame.height, data };
}

async function apply(
  { kind, size, points }: MaskStroke,
  mask: Float32Array,
  frame: CropRectangle,
  pause: () => Promise<void>,
): Promise<void> {
  if (kind === 'invert') {
    for (let pixel = 0; pixel < mask.length; pixel++) mask[pixel] = 1 - mask[pixel]!;
    return;
  }
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points;
  const shape: PieceShape =
    kind === 'rectangle' ? { polygons: [[x0, y0, x1, y0, x1, y1, x0, y1]] } : { line: points, width: size };
  const covered = await coverageOf(inFrame(shape, frame), frame, pause);
  if (!covered) return;
  eachPixel(covered, frame.width, (pixel, cover) => {
    mask[pixel] = kind === 'eraser' ? Math.min(mask[pixel]!, 1 - cover) : Math.max(mask[pixel]!, cover);
  });
}
