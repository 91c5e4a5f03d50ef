import { expect, test } from 'vitest';
import type { AcceptanceValue, Raster } from '../../src/core/values.ts';
import { ciede2000, toLab, type Lab } from '../../src/measure/ciede2000.ts';
import { measuredInWords, measureClip, measureStill } from '../../src/measure/measure.ts';
import { lumaPlane } from '../../src/measure/plane.ts';
import { ssim } from '../../src/measure/ssim.ts';
import { clipped, emptiness, likeness, paletteDistance, sharpness } from '../../src/measure/stills.ts';
import { gaussian } from '../../src/raster/filters.ts';
import { testPicture } from '../rig/samples.ts';
import { inWords as said } from '../../src/core/say.ts';

/** Sharma, Wu, Dalal: The CIEDE2000 color-difference formula, table 1. All 34 pairs. */
const SHARMA: readonly (readonly [...number[]])[] = [
  [50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425],
  [50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615],
  [50, 2.8361, -74.02, 50, 0, -82.7485, 3.4412],
  [50, -1.3802, -84.2814, 50, 0, -82.7485, 1],
  [50, -1.1848, -84.8006, 50, 0, -82.7485, 1],
  [50, -0.9009, -85.5211, 50, 0, -82.7485, 1],
  [50, 0, 0, 50, -1, 2, 2.3669],
  [50, -1, 2, 50, 0, 0, 2.3669],
  [50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792],
  [50, 2.49, -0.001, 50, -2.49, 0.001, 7.1792],
  [50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195],
  [50, 2.49, -0.001, 50, -2.49, 0.0012, 7.2195],
  [50, -0.001, 2.49, 50, 0.0009, -2.49, 4.8045],
  [50, -0.001, 2.49, 50, 0.001, -2.49, 4.8045],
  [50, -0.001, 2.49, 50, 0.0011, -2.49, 4.7461],
  [50, 2.5, 0, 50, 0, -2.5, 4.3065],
  [50, 2.5, 0, 73, 25, -18, 27.1492],
  [50, 2.5, 0, 61, -5, 29, 22.8977],
  [50, 2.5, 0, 56, -27, -3, 31.903],
  [50, 2.5, 0, 58, 24, 15, 19.4535],
  [50, 2.5, 0, 50, 3.1736, 0.5854, 1],
  [50, 2.5, 0, 50, 3.2972, 0, 1],
  [50, 2.5, 0, 50, 1.8634, 0.5757, 1],
  [50, 2.5, 0, 50, 3.2592, 0.335, 1],
  [60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644],
  [63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.263],
  [61.2901, 3.7196, -5.3901, 61.4292, 2.248, -4.962, 1.8731],
  [35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645],
  [22.7233, 20.0904, -46.694, 23.0331, 14.973, -42.5619, 2.0373],
  [36.4612, 47.858, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146],
  [90.8027, -2.0831, 1.441, 91.1528, -1.6435, 0.0447, 1.4441],
  [90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381],
  [6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377],
  [2.0776, 0.0795, -1.135, 0.9033, -0.0636, -0.5514, 0.9082],
];
const breathe = async () => {};
const flat = (r: number, g: number, b: number, width = 64, height = 48): Raster => ({
  width,
  height,
  data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => [r, g, b, 255][i % 4]!),
});

test('CIEDE2000 gives the published values', () => {
  for (const [l1, a1, b1, l2, a2, b2, expected] of SHARMA) {
    const difference = ciede2000([l1, a1, b1] as unknown as Lab, [l2, a2, b2] as unknown as Lab);
    expect(difference, `${l1} ${a1} ${b1} against ${l2} ${a2} ${b2}`).toBeCloseTo(expected!, 3);
    expect(ciede2000([l2, a2, b2] as unknown as Lab, [l1, a1, b1] as unknown as Lab)).toBeCloseTo(difference, 9);
  }
});

test('sRGB to CIE Lab: white, mid grey and the primaries', () => {
  const expected: readonly [readonly [number, number, number], Lab][] = [
    [
      [1, 1, 1],
      [100, 0, 0],
    ],
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
    [
      [1, 0, 0],
      [53.24, 80.09, 67.2],
    ],
    [
      [0, 1, 0],
      [87.73, -86.18, 83.18],
    ],
    [
      [0, 0, 1],
      [32.3, 79.19, -107.86],
    ],
  ];
  for (const [rgb, lab] of expected) toLab(rgb).forEach((value, i) => expect(value).toBeCloseTo(lab[i]!, 1));
});

test('SSIM: 1 for the same plane, the closed form for two flat ones, low for unrelated ones', () => {
  const plane = lumaPlane(testPicture(), 120, 80);
  expect(ssim(plane, plane)).toBeCloseTo(1, 9);
  const [a, b] = [100, 140];
  const constant = (value: number) => ({ width: 20, height: 20, data: new Float64Array(400).fill(value) });
  expect(ssim(constant(a), constant(b))).toBeCloseTo((2 * a * b + 6.5025) / (a * a + b * b + 6.5025), 6);
  const mirrored = { ...plane, data: plane.data.slice().reverse() };
  expect(ssim(plane, mirrored)).toBeLessThan(0.6);
  expect(() => ssim(plane, constant(1))).toThrow(RangeError);
});

test('blur lowers sharpness step by step', async () => {
  const picture = testPicture(240, 160);
  const values = [
    sharpness(picture),
    sharpness(await gaussian(picture, 1, breathe)),
    sharpness(await gaussian(picture, 4, breathe)),
  ];
  expect(values[0]).toBeGreaterThan(values[1]!);
  expect(values[1]).toBeGreaterThan(values[2]!);
});

test('clipping, emptiness and palette tell what they are for', () => {
  expect(clipped(flat(0, 0, 0))).toBe(100);
  expect(clipped(flat(120, 90, 60))).toBe(0);
  expect(emptiness(flat(120, 90, 60))).toBe(100);
  expect(emptiness(testPicture(240, 160))).toBeLessThan(20);
  expect(paletteDistance(flat(200, 40, 40), flat(200, 40, 40))).toBe(0);
  expect(paletteDistance(flat(200, 40, 40), flat(40, 60, 200))).toBeGreaterThan(40);
  expect(likeness(testPicture(240, 160), testPicture(240, 160))).toBeCloseTo(1, 9);
});

const acceptance: AcceptanceValue = {
  kind: 'acceptance',
  cap: 0,
  criteria: [
    { measure: 'sharpness', limit: 1 },
    { measure: 'palette', limit: 5 },
    { measure: 'coherence', limit: 0.9 },
    { measure: 'drift', limit: 4 },
  ],
};

test('a still is measured where it can be: no reference, no palette; no clip, no drift', () => {
  expect(measureStill(testPicture(), acceptance, undefined).map(({ measure }) => measure)).toEqual(['sharpness']);
  expect(measureStill(testPicture(), acceptance, testPicture())).toMatchObject([
    { measure: 'sharpness' },
    { measure: 'palette', value: 0, passed: true },
  ]);
});

test('a steady clip is coherent; a flickering one is not; a colour change is drift', async () => {
  const clip = (frame: (k: number) => Raster) => ({
    width: 64,
    height: 48,
    fps: 12,
    frames: 12,
    read: async function* () {
      for (let k = 0; k < 12; k++) yield frame(k);
    },
  });
  const values = async (frame: (k: number) => Raster) =>
    Object.fromEntries(
      (await measureClip(clip(frame), acceptance, undefined)).map(({ measure, value, passed }) => [
        measure,
        { value, passed },
      ]),
    );
  const steady = await values(() => testPicture(64, 48));
  expect(steady).toMatchObject({ coherence: { passed: true }, drift: { value: 0, passed: true } });
  expect(await values((k) => (k % 2 ? flat(0, 0, 0) : testPicture(64, 48)))).toMatchObject({
    coherence: { passed: false },
  });
  expect(await values((k) => flat(40 + k * 15, 80, 120))).toMatchObject({ drift: { passed: false } });
});

test('a look stays within so many steps of the reference, of a clip over all its length; without one it is not measured', async () => {
  const asked: AcceptanceValue = { kind: 'acceptance', cap: 0, criteria: [{ measure: 'look', limit: 1 }] };
  const [picture, dark] = [testPicture(96, 64), flat(12, 12, 16, 96, 64)];
  expect(measureStill(picture, asked, undefined)).toEqual([]);
  expect(measureStill(picture, asked, picture)).toEqual([{ measure: 'look', value: 0, limit: 1, passed: true }]);
  expect(measureStill(dark, asked, picture)[0]).toMatchObject({ passed: false });
  const clip = (frames: readonly Raster[]) => ({
    width: 96,
    height: 64,
    fps: 12,
    frames: frames.length,
    read: async function* () {
      yield* frames;
    },
  });
  const all = Array.from({ length: 12 }, () => picture);
  expect(await measureClip(clip(all), asked, picture)).toEqual([{ measure: 'look', value: 0, limit: 1, passed: true }]);
  // Its middle is as the reference, and its end is not.
  const ending = await measureClip(clip([...all.slice(0, 9), dark, dark, dark]), asked, picture);
  expect(ending).toHaveLength(1);
  expect(ending[0]).toMatchObject({ measure: 'look', passed: false });
  expect(await measureClip(clip(all), asked, undefined)).toEqual([]);
});

test('a measure is said with its limit', () => {
  expect(said(measuredInWords({ measure: 'palette', value: 12.345, limit: 10, passed: false }))).toBe(
    'Palette distance 12.3 ΔE (at most 10)',
  );
});
