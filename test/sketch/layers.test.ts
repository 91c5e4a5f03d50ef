import { describe, expect, test } from 'vitest';
import type { DepthLayer, Raster } from '../../src/core/values.ts';
import { imageHash } from '../../src/media/identity.ts';
import { RESTING } from '../../src/raster/camera.ts';
import { moveThrough } from '../../src/raster/move-through.ts';
import { sketchInLayers, sketchStill, type SketchRequest } from '../../src/sketch/sketch.ts';
import { testPicture } from '../rig/samples.ts';

const quiet = async () => {};
const request = (prompt: string, change: Partial<SketchRequest> = {}): SketchRequest => ({
  prompt,
  negative: '',
  seed: 4,
  guidance: 7,
  width: 192,
  height: 128,
  simple: false,
  references: [],
  ...change,
});

const atRest = async (layers: readonly DepthLayer[]): Promise<Raster> => {
  const { width, height } = layers[0]!.raster;
  for await (const frame of moveThrough(layers, width, height, [[RESTING]])) return frame;
  throw new Error('no frame');
};
const farthestOff = (a: Raster, b: Raster) =>
  a.data.reduce((worst, value, i) => (i % 4 === 3 ? worst : Math.max(worst, Math.abs(value - b.data[i]!))), 0);

describe.each([
  'mountain lake at dawn, mist',
  'a lighthouse on a rocky coast at sunset',
  'a palm on a beach',
  'a deer in a forest in fog',
  'a lone tree in a poppy meadow, golden hour',
  'a cactus in a desert',
  'a bear in snowy hills, snow',
  'a city skyline at night',
  'neon street in the rain',
  'an astronaut on an alien planet',
  'a perfume bottle on a plinth',
  'a cup of coffee in a living room',
  'abstract ribbons',
  'portrait of a woman, bokeh',
  'watercolor of a house, autumn',
  'a magical castle at night, oil painting',
])('%s', (prompt) => {
  test('in layers it is the same still, and they show it when they rest', async () => {
    const plain = await sketchStill(request(prompt), quiet);
    const { raster, depth, layers } = await sketchInLayers(request(prompt), quiet);
    expect(await imageHash(raster)).toBe(await imageHash(plain.raster));
    expect(depth).toEqual(plain.depth);
    expect(layers!.length).toBeGreaterThan(1);
    expect(layers!.length).toBeLessThanOrEqual(7);
    expect(farthestOff(await atRest(layers!), raster)).toBeLessThanOrEqual(1);
  });

  test('the farthest layer is whole, and the layers are the same every time', async () => {
    const { layers } = await sketchInLayers(request(prompt), quiet);
    expect(layers![0]!.raster.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
    const again = await sketchInLayers(request(prompt), quiet);
    for (const [k, layer] of layers!.entries()) {
      expect(await imageHash(layer.raster)).toBe(await imageHash(again.layers![k]!.raster));
      expect(layer.depth.data).toEqual(again.layers![k]!.depth.data);
    }
  });
});

test('behind a subject goes on what it hides, and its shadow stays on the ground', async () => {
  const { layers } = await sketchInLayers(request('a lone tree in a meadow'), quiet);
  const [ground, subject] = layers!.slice(-2).map(({ raster }) => raster);
  const { width, height, data } = subject!;
  let hidden = 0;
  for (let at = Math.ceil(width * height * 0.66); at < width * height; at++) {
    if (data[at * 4 + 3]! < 255) continue;
    hidden++;
    expect(ground!.data[at * 4 + 3]).toBe(255);
  }
  expect(hidden).toBeGreaterThan(5);
});

test('what stands on the ground is as far away as the ground at its feet', async () => {
  const { layers } = await sketchInLayers(request('a horse in a meadow', { width: 384, height: 256 }), quiet);
  const [ground, subject] = layers!.slice(-2);
  const { width, height, data } = subject!.raster;
  let foot = -1;
  for (let at = 0; at < width * height; at++) if (data[at * 4 + 3]! > 128) foot = at;
  const depthAt = ({ depth }: DepthLayer) => {
    const [x, y] = [(foot % width) / width, Math.floor(foot / width) / height];
    return depth.data[Math.floor(y * depth.height) * depth.width + Math.floor(x * depth.width)]!;
  };
  expect(Math.abs(depthAt(ground!) - depthAt(subject!))).toBeLessThan(6);
});

test('references lean the hidden parts as far as the rest', async () => {
  const leaning = request('a lone tree in a meadow', { references: [{ image: testPicture(64, 64), strength: 0.9 }] });
  const { raster, layers } = await sketchInLayers(leaning, quiet);
  expect(await imageHash(raster)).toBe(await imageHash((await sketchStill(leaning, quiet)).raster));
  expect(farthestOff(await atRest(layers!), raster)).toBeLessThanOrEqual(1);
});
