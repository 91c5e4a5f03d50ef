import { expect, test } from 'vitest';
import { readLayer, type DrawnMark, type MaskStroke, type PictureLayer } from '../../src/core/picture-layer.ts';
import type { Raster } from '../../src/core/values.ts';
import { cropOfShape, movedCrop, nextNumber, resizedCrop, withoutInversions } from '../../src/markup/layer-edits.ts';
import { markedUp, maskOf } from '../../src/markup/draw-layer.ts';

const quiet = async () => {};
const mark = (change: Partial<DrawnMark> = {}): DrawnMark => ({
  kind: 'line',
  colour: 'red',
  size: 2,
  points: [1, 4, 9, 4],
  ...change,
});
const stroke = (change: Partial<MaskStroke> = {}): MaskStroke => ({
  kind: 'rectangle',
  size: 1,
  points: [2, 2, 6, 5],
  ...change,
});
const layer = (change: Partial<PictureLayer> = {}): PictureLayer => ({ marks: [], mask: [], ...change });
/** Each pixel says where it is. */
const picture = (width: number, height: number): Raster => ({
  width,
  height,
  data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => {
    const at = Math.floor(i / 4);
    return [at % width, Math.floor(at / width), 100, 255][i % 4]!;
  }),
});
const pixel = ({ width, data }: Raster, x: number, y: number): readonly number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];
/** A channel of every pixel, a letter for each: nothing, some, all. */
const drawnRows = ({ width, height, data }: Raster): string[] =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const level = data[(y * width + x) * 4]!;
      return level === 0 ? '.' : level === 255 ? '#' : '+';
    }).join(''),
  );
const RED = [229, 53, 43, 255];

test('a layer is read as it was written, without what it does not know', () => {
  const whole = layer({
    crop: { x: 1, y: 2, width: 30, height: 20 },
    marks: [mark(), mark({ kind: 'label', points: [3, 4], text: 'Here' })],
    mask: [stroke(), stroke({ kind: 'invert', points: [] })],
  });
  const written = JSON.parse(JSON.stringify({ ...whole, more: 1 })) as unknown;
  expect(readLayer(written, { width: 40, height: 30 })).toEqual(whole);
});

test.each<[string, unknown]>([
  ['no record', 7],
  ['without marks', { mask: [] }],
  ['a crop beyond its picture', layer({ crop: { x: 30, y: 0, width: 20, height: 10 } })],
  ['a crop of no width', layer({ crop: { x: 0, y: 0, width: 0, height: 10 } })],
  ['a crop between pixels', layer({ crop: { x: 0.5, y: 0, width: 4, height: 10 } })],
  ['an unknown kind', layer({ marks: [mark({ kind: 'spray' as never })] })],
  ['a colour that only every object has', layer({ marks: [mark({ colour: 'constructor' as never })] })],
  ['a point that is no number', layer({ marks: [mark({ points: [1, null as never, 3, 4] })] })],
  ['a point out of all measure', layer({ marks: [mark({ points: [1, 1e9, 3, 4] })] })],
  ['half a point', layer({ marks: [mark({ points: [1, 2, 3] })] })],
  ['an arrow of three points', layer({ marks: [mark({ kind: 'arrow', points: [1, 2, 3, 4, 5, 6] })] })],
  ['a line without width', layer({ marks: [mark({ size: 0 })] })],
  ['a label without text', layer({ marks: [mark({ kind: 'label', points: [1, 2] })] })],
  ['an endless label', layer({ marks: [mark({ kind: 'label', points: [1, 2], text: 'a'.repeat(121) })] })],
  ['too many marks', layer({ marks: Array.from({ length: 201 }, () => mark()) })],
  ['too many strokes', layer({ mask: Array.from({ length: 501 }, () => stroke()) })],
  [
    'too many points in all',
    layer({ marks: [1, 2, 3].map(() => mark({ points: Array.from({ length: 30_000 }, () => 1) })) }),
  ],
])('a damaged layer is not read: %s', (_, raw) => {
  expect(readLayer(raw, { width: 40, height: 30 })).toBeUndefined();
});

test('a crop is the same pixels, fewer of them, and the picture that was given is untouched', async () => {
  const given = picture(8, 6);
  const before = given.data.slice();
  const cut = await markedUp(given, layer({ crop: { x: 2, y: 1, width: 3, height: 4 } }), quiet);
  expect([cut!.width, cut!.height]).toEqual([3, 4]);
  expect(pixel(cut!, 0, 0)).toEqual([2, 1, 100, 255]);
  expect(pixel(cut!, 2, 3)).toEqual([4, 4, 100, 255]);
  expect(given.data).toEqual(before);
  expect(await markedUp(given, layer({ mask: [stroke()] }), quiet)).toBeUndefined();
});

test('a line covers whole pixels whole, its round ends in part, and lies where it was drawn after a crop', async () => {
  const marks = [mark({ points: [3, 4, 7, 4] })];
  const drawn = (await markedUp(picture(10, 8), layer({ marks }), quiet))!;
  expect(pixel(drawn, 4, 3)).toEqual(RED);
  expect(pixel(drawn, 4, 4)).toEqual(RED);
  expect(pixel(drawn, 4, 2)).toEqual([4, 2, 100, 255]);
  expect(pixel(drawn, 4, 5)).toEqual([4, 5, 100, 255]);
  const [end] = pixel(drawn, 2, 3);
  expect(end).toBeGreaterThan(2);
  expect(end).toBeLessThan(229);
  const cut = (await markedUp(picture(10, 8), layer({ marks, crop: { x: 3, y: 2, width: 5, height: 4 } }), quiet))!;
  expect(pixel(cut, 1, 1)).toEqual(RED);
  expect(pixel(cut, 1, 0)).toEqual([4, 2, 100, 255]);
});

test('a mark over what is transparent is opaque, and its soft edge is of its own colour', async () => {
  const clear = { width: 10, height: 8, data: new Uint8ClampedArray(320) };
  const drawn = (await markedUp(clear, layer({ marks: [mark({ points: [3, 4, 7, 4] })] }), quiet))!;
  expect(pixel(drawn, 5, 4)).toEqual(RED);
  const [red, , , alpha] = pixel(drawn, 2, 3);
  expect(red).toBe(229);
  expect(alpha).toBeLessThan(255);
});

test('a mask is white where it was painted; later strokes change what earlier ones left', async () => {
  const painted = await maskOf(picture(8, 6), layer({ mask: [stroke()] }), quiet);
  expect(drawnRows(painted!)).toEqual(['........', '........', '..####..', '..####..', '..####..', '........']);
  const turned = [stroke(), stroke({ kind: 'invert', points: [] }), stroke({ points: [2, 2, 3, 3] })];
  const other = await maskOf(picture(8, 6), layer({ mask: turned }), quiet);
  expect(drawnRows(other!)).toEqual(['########', '########', '###...##', '##....##', '##....##', '########']);
  const erased = [stroke(), stroke({ kind: 'eraser', size: 2, points: [4, 0, 4, 6] })];
  const gap = await maskOf(picture(8, 6), layer({ mask: erased, crop: { x: 2, y: 2, width: 4, height: 3 } }), quiet);
  expect(drawnRows(gap!)).toEqual(['#..#', '#..#', '#..#']);
  expect(await maskOf(picture(8, 6), layer(), quiet)).toBeUndefined();
});

test('a mask without its inversions is the same mask', async () => {
  const invert = stroke({ kind: 'invert', points: [] });
  const brush = stroke({ kind: 'brush', size: 3, points: [1, 1, 6, 4] });
  const eraser = stroke({ kind: 'eraser', size: 2, points: [4, 0, 4, 6] });
  const mask = [stroke(), invert, brush, invert, invert, eraser, invert];
  const { isOpen, strokes } = withoutInversions(mask);
  // A rectangle that erases is one only in the preview.
  const whole = isOpen ? [stroke({ points: [0, 0, 8, 6] })] : [];
  const flat = strokes.flatMap(({ stroke: one, erases }): MaskStroke[] => {
    if (one.kind !== 'rectangle') return [{ ...one, kind: erases ? 'eraser' : 'brush' }];
    return erases ? [invert, one, invert] : [one];
  });
  const rows = async (strokes: readonly MaskStroke[]) =>
    drawnRows((await maskOf(picture(8, 6), layer({ mask: strokes }), quiet))!);
  expect(await rows([...whole, ...flat])).toEqual(await rows(mask));
  expect(strokes.map(({ stroke: { kind } }) => kind)).toEqual(['rectangle', 'brush', 'eraser']);
});

test('a line that goes to and fro over a large picture can be cancelled while it is drawn', async () => {
  const points = Array.from({ length: 100 }, (_, at) => [at % 2 ? 399 : 0, at * 4]).flat();
  const long = layer({ marks: [mark({ points, size: 400 })] });
  const cancel = async () => {
    throw new Error('cancelled');
  };
  const shares: number[] = [];
  await markedUp(picture(400, 400), long, async (share) => void shares.push(share));
  expect(shares.slice(0, -1)).toContain(0);
  await expect(markedUp(picture(400, 400), long, cancel)).rejects.toThrow('cancelled');
});

test('a crop stays within its picture, whatever is dragged', () => {
  const size = { width: 100, height: 60 };
  const crop = { x: 20, y: 10, width: 40, height: 30 };
  expect(resizedCrop(crop, 'nw', -50, -50, size)).toEqual({ x: 0, y: 0, width: 60, height: 40 });
  expect(resizedCrop(crop, 'e', 5, 0, size)).toEqual({ x: 20, y: 10, width: 1, height: 30 });
  expect(resizedCrop(crop, 'se', 200, 200, size, 1)).toEqual({ x: 20, y: 10, width: 50, height: 50 });
  expect(resizedCrop(crop, 'nw', 40, 0, size, 2)).toEqual({ x: 40, y: 30, width: 20, height: 10 });
  expect(movedCrop(crop, 500, -500, size)).toEqual({ x: 60, y: 0, width: 40, height: 30 });
  expect(cropOfShape(size, 1, crop)).toEqual({ x: 10, y: 0, width: 60, height: 60 });
});

test('the next number comes after the largest', () => {
  const numbered = (text: string) => mark({ kind: 'number', points: [1, 1], text });
  expect(nextNumber(layer())).toBe('1');
  expect(nextNumber(layer({ marks: [numbered('7'), numbered('2'), numbered('x')] }))).toBe('8');
});
