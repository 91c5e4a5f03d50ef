/** Pictures to the planes of video and back, against the formulas of BT.709 in floating point. */
import { expect, test } from 'vitest';
import { overWhite } from '../../src/raster/opaque.ts';
import { pictureOfPlanes, withPlanes } from '../../src/raster/planes.ts';
import { testPicture } from '../rig/samples.ts';

const layoutFor = (width: number, height: number) => {
  const [w, h] = [(width + 1) >> 1, (height + 1) >> 1];
  return [
    { offset: 0, stride: width },
    { offset: width * height, stride: w },
    { offset: width * height + w * h, stride: w },
  ];
};
const flat = (width: number, height: number, colour: readonly number[]) => ({
  width,
  height,
  data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) => [...colour, 255][at % 4]!),
});

test.each([
  [0, 0, 0],
  [255, 255, 255],
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [128, 128, 128],
  [200, 100, 50],
  [16, 235, 77],
])('%d %d %d is what BT.709 says, and comes back', async (...colour) => {
  const [r, g, b] = colour;
  const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const wanted = [
    16 + (219 * luma) / 255,
    128 + (224 * (b - luma)) / 1.8556 / 255,
    128 + (224 * (r - luma)) / 1.5748 / 255,
  ];
  const { data } = await withPlanes(flat(8, 4, colour), (planes) => ({ data: Uint8Array.from(planes.data) }));
  for (const [plane, at] of [0, 32, 40].entries())
    expect(Math.abs(data[at]! - wanted[plane]!)).toBeLessThanOrEqual(0.51);
  const back = await pictureOfPlanes({ width: 8, height: 4, data }, layoutFor(8, 4));
  for (let at = 0; at < back.data.length; at++)
    expect(Math.abs(back.data[at]! - [...colour, 255][at % 4]!)).toBeLessThanOrEqual(2);
});

test.each([
  [120, 80],
  [37, 21],
  [2, 2],
  [1, 1],
  [6, 5],
])('%d × %d: there and back, and once more, changes nothing after the first time', async (width, height) => {
  const turn = async (picture: ReturnType<typeof testPicture>) => {
    const data = await withPlanes(picture, (planes) => Uint8Array.from(planes.data));
    return pictureOfPlanes({ width, height, data }, layoutFor(width, height));
  };
  // Pale, so that no colour between two pixels lies outside what can be shown.
  const picture = testPicture(width, height);
  const once = await turn({ ...picture, data: picture.data.map((value) => 64 + (value >> 1)) });
  let again = once;
  for (let k = 0; k < 5; k++) again = await turn(again);
  const apart = again.data.reduce((most, value, at) => Math.max(most, Math.abs(value - once.data[at]!)), 0);
  expect(apart).toBeLessThanOrEqual(2);
});

test('planes in turns, as hardware decoders give them, show the same picture', async () => {
  const { width, height } = { width: 36, height: 20 };
  const planar = await withPlanes(testPicture(width, height), (planes) => Uint8Array.from(planes.data));
  const inTurns = planar.slice();
  const [u, v] = [width * height, width * height + 180];
  for (let k = 0; k < 180; k++) inTurns.set([planar[u + k]!, planar[v + k]!], u + 2 * k);
  const one = await pictureOfPlanes({ width, height, data: planar }, layoutFor(width, height));
  const other = await pictureOfPlanes({ width, height, data: inTurns }, [
    { offset: 0, stride: width },
    { offset: u, stride: width },
  ]);
  expect(other.data).toEqual(one.data);
});

test('what is transparent shows white; an opaque picture is not touched', () => {
  const opaque = testPicture();
  expect(overWhite(opaque)).toBe(opaque);
  const glass = { width: 3, height: 1, data: Uint8ClampedArray.of(0, 0, 0, 0, 200, 100, 0, 128, 10, 20, 30, 255) };
  expect([...overWhite(glass).data]).toEqual([255, 255, 255, 255, 227, 177, 127, 255, 10, 20, 30, 255]);
});
