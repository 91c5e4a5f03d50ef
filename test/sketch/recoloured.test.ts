import { expect, test } from 'vitest';
import type { DepthLayer, Raster } from '../../src/core/values.ts';
import { RESTING } from '../../src/raster/camera.ts';
import { applyCube, resize, sharpen } from '../../src/raster/filters.ts';
import { cubeOf } from '../../src/raster/grade.ts';
import { moveThrough } from '../../src/raster/move-through.ts';
import { recoloured } from '../../src/sketch/recoloured.ts';
import { sketchInLayers } from '../../src/sketch/sketch.ts';

const quiet = async () => {};
const { raster: still, layers } = await sketchInLayers(
  {
    prompt: 'a lone tree in a poppy meadow, golden hour',
    negative: '',
    seed: 3,
    guidance: 7,
    width: 240,
    height: 160,
    simple: false,
    references: [],
  },
  quiet,
);
const cube = cubeOf({
  exposure: 0.5,
  contrast: 0.3,
  temperature: 0.4,
  tint: 0.1,
  saturation: 1.3,
  curve: [
    [0, 0.05],
    [0.5, 0.42],
    [1, 1],
  ],
  lutStrength: 1,
});

const atRest = async (shown: readonly DepthLayer[]): Promise<Raster> => {
  const { width, height } = shown[0]!.raster;
  for await (const frame of moveThrough(shown, width, height, [[RESTING]])) return frame;
  throw new Error('no frame');
};
const farthestOff = (a: Raster, b: Raster) =>
  a.data.reduce((worst, value, i) => (i % 4 === 3 ? worst : Math.max(worst, Math.abs(value - b.data[i]!))), 0);

test('layers of a still that nobody changed stay as they are', async () => {
  expect(await recoloured(still, layers!, still)).toBe(layers);
});

test.each([
  ['graded', () => applyCube(still, cube, quiet)],
  ['sharper', () => sharpen(still, 0.8, 1.5, 2, quiet)],
  ['larger', () => resize(still, 480, 320, quiet)],
  ['smaller', () => resize(still, 171, 114, quiet)],
])('%s, they show what it became when they rest', async (_, change) => {
  const changed = await change();
  const fitted = await recoloured(still, layers!, changed);
  expect(fitted).toHaveLength(layers!.length);
  expect(farthestOff(await atRest(fitted), changed)).toBeLessThanOrEqual(1);
});

test('what is hidden is graded as what is seen', async () => {
  const fitted = await recoloured(still, layers!, await applyCube(still, cube, quiet));
  for (const [k, layer] of layers!.entries()) {
    const wanted = await applyCube(layer.raster, cube, quiet);
    let [off, count, before] = [0, 0, 0];
    for (let i = 0; i < wanted.data.length; i += 4) {
      if (wanted.data[i + 3] !== 255 || fitted[k]!.raster.data[i + 3] !== 255) continue;
      for (let c = 0; c < 3; c++) {
        off += Math.abs(fitted[k]!.raster.data[i + c]! - wanted.data[i + c]!);
        before += Math.abs(layer.raster.data[i + c]! - wanted.data[i + c]!);
        count++;
      }
    }
    expect(off / count).toBeLessThan(3);
    expect(before / count).toBeGreaterThan(8);
  }
});
