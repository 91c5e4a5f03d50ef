import { expect, test } from 'vitest';
import type { Raster } from '../../src/core/values.ts';
import { toLinear, toOklab } from '../../src/raster/colour.ts';
import { imagine } from '../../src/sketch/imagine.ts';
import { RESTING } from '../../src/raster/camera.ts';
import { sketchFilm, sketchStill, type SketchRequest } from '../../src/sketch/sketch.ts';
import { testPicture } from '../rig/samples.ts';
import { PROMPTS } from './prompts.js';

const BASE: SketchRequest = {
  prompt: 'lighthouse on a rocky coast at sunset, birds',
  negative: '',
  seed: 1,
  guidance: 7,
  width: 192,
  height: 128,
  simple: false,
  references: [],
};
const draw = async (change: Partial<SketchRequest>) =>
  (await sketchStill({ ...BASE, ...change }, async () => {})).raster;
const difference = (a: Raster, b: Raster) =>
  a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]!), 0) / a.data.length;
const saturation = (image: Raster) => {
  let sum = 0;
  for (let i = 0; i < image.data.length; i += 4)
    sum +=
      Math.max(image.data[i]!, image.data[i + 1]!, image.data[i + 2]!) -
      Math.min(image.data[i]!, image.data[i + 1]!, image.data[i + 2]!);
  return sum / (image.data.length / 4);
};
const meanLab = (image: Raster) => {
  const sum = [0, 0, 0];
  for (let i = 0; i < image.data.length; i += 4)
    toOklab([
      toLinear(image.data[i]! / 255),
      toLinear(image.data[i + 1]! / 255),
      toLinear(image.data[i + 2]! / 255),
    ]).forEach((v, c) => (sum[c] = sum[c]! + v));
  return sum.map((v) => v / (image.data.length / 4));
};

test('forty-odd prompts give forty-odd pictures, none of them flat', async () => {
  const seen = new Set<string>();
  for (const prompt of PROMPTS) {
    const image = await draw({ prompt, width: 96, height: 64 });
    seen.add(image.data.join());
    const mean = image.data.reduce((a, b) => a + b, 0) / image.data.length;
    expect(
      image.data.reduce((sum, value) => sum + Math.abs(value - mean), 0) / image.data.length,
      prompt,
    ).toBeGreaterThan(12);
  }
  expect(PROMPTS.length).toBeGreaterThanOrEqual(40);
  expect(seen.size).toBe(PROMPTS.length);
}, 60_000);

test('a fixed seed repeats the picture; another seed composes the same subject differently', async () => {
  expect((await draw({})).data).toEqual((await draw({})).data);
  expect(difference(await draw({}), await draw({ seed: 2 }))).toBeGreaterThan(8);
  const subjects = [1, 2, 3, 4].map(
    (seed) => imagine({ prompt: BASE.prompt, negative: '', seed, guidance: 7, aspect: 1.5 }).subjects[0]!,
  );
  expect(new Set(subjects.map((subject) => subject.shape))).toEqual(new Set(['lighthouse']));
  expect(new Set(subjects.map((subject) => `${subject.x.toFixed(2)} ${subject.size.toFixed(2)}`)).size).toBe(4);
});

test('guidance is continuous, and very high guidance is over-saturated', async () => {
  const at = (guidance: number) => draw({ guidance });
  expect(difference(await at(7), await at(7.05))).toBeLessThan(2);
  expect(difference(await at(13), await at(13.1))).toBeLessThan(3);
  expect(saturation(await at(18))).toBeGreaterThan(saturation(await at(7)) * 1.15);
});

test('the negative prompt removes what it names', () => {
  const spec = (negative: string) =>
    imagine({ prompt: 'a cat in a meadow, cloudy', negative, seed: 1, guidance: 7, aspect: 1.5 });
  expect(spec('').subjects.map((subject) => subject.shape)).toEqual(['cat']);
  expect(spec('cat').subjects).toEqual([]);
  expect(spec('').clouds).toBeGreaterThan(0.4);
  expect(spec('clouds').clouds).toBe(0);
});

test('a reference lends its palette in proportion to its strength', async () => {
  const blue: Raster = {
    ...testPicture(64, 64),
    data: testPicture(64, 64).data.map((_, i) => [20, 60, 200, 255][i % 4]!),
  };
  const target = meanLab(blue);
  const distances = [];
  for (const strength of [0, 0.4, 0.9]) {
    const lab = meanLab(await draw({ references: [{ image: blue, strength }] }));
    distances.push(Math.hypot(...lab.map((v, c) => v - target[c]!)));
  }
  expect(distances[1]!).toBeLessThan(distances[0]!);
  expect(distances[2]!).toBeLessThan(distances[1]! * 0.75);
});

test.each([
  [1, 1],
  [4, 5],
  [3, 2],
  [16, 9],
  [21, 9],
  [9, 16],
])('%i:%i is composed for its frame: the subject stands whole inside it', async (w, h) => {
  const [width, height] = [Math.round((160 * w) / Math.max(w, h)), Math.round((160 * h) / Math.max(w, h))];
  const image = await draw({ width, height });
  expect([image.width, image.height]).toEqual([width, height]);
  const spec = imagine({ prompt: BASE.prompt, negative: '', seed: 1, guidance: 7, aspect: width / height });
  const [subject] = spec.subjects;
  expect(subject!.shape).toBe('lighthouse');
  expect(subject!.y - subject!.size).toBeGreaterThan(0);
  expect(subject!.y).toBeLessThan(1);
  expect(Math.min(subject!.x, 1 - subject!.x)).toBeGreaterThan(0.05);
});

test('a draft predicts its delivery: same composition, simpler', async () => {
  const [draft, delivery] = [await draw({ simple: true }), await draw({ simple: false })];
  expect(difference(draft, delivery)).toBeLessThan(difference(delivery, await draw({ seed: 2 })));
});

test('the depth map is near at the bottom and far at the top of a landscape', async () => {
  const { depth } = await sketchStill({ ...BASE, prompt: 'meadow, hills' }, async () => {});
  const row = (y: number) =>
    depth!.data.slice(y * depth!.width, (y + 1) * depth!.width).reduce((a, b) => a + b, 0) / depth!.width;
  expect(row(2)).toBeGreaterThan(220);
  expect(row(depth!.height - 3)).toBeLessThan(90);
});

test('film frames move, and stay the same picture', async () => {
  const frames = [];
  for await (const frame of sketchFilm(
    BASE,
    [0, 1, 2, 3].map((k) => ({ ...RESTING, x: k * 0.016 })),
  ))
    frames.push(frame);
  expect(frames).toHaveLength(4);
  expect(difference(frames[0]!, frames[3]!)).toBeGreaterThan(0.5);
  expect(difference(frames[0]!, frames[1]!)).toBeLessThan(25);
});
