import { expect, test } from 'vitest';
import type { TakeRequest } from '../../src/core/take.ts';
import type { ImageValue } from '../../src/core/values.ts';
import { paintedInLayers } from '../../src/providers/sketch-recipe.ts';
import { sketchProvider } from '../../src/providers/sketch-provider.ts';
import { memoryArtifacts } from '../../src/headless/memory-artifacts.ts';
import { crop } from '../../src/raster/filters.ts';
import { testPicture } from '../rig/samples.ts';
import { takeRequest } from '../rig/requests.ts';

const CLIP = { width: 96, height: 64 };
const request = takeRequest({
  prompt: { kind: 'prompt', text: 'a lone tree in a meadow', negative: '' },
  seed: { kind: 'seed', seed: 3, locked: true },
  aspect: { kind: 'aspect', ratio: [3, 2], width: 192, height: 128 },
  megapixels: 0.025,
});

async function desk(change: Partial<TakeRequest> = {}) {
  const artifacts = memoryArtifacts();
  const encode = () => Promise.reject(new TypeError('Nothing is encoded here.'));
  const ctx = { artifacts: { ...artifacts, encode }, progress: async () => {}, signal: new AbortController().signal };
  const made = await sketchProvider.make(
    { request: { ...request, ...change }, mode: 'delivery' } as never,
    ctx as never,
  );
  return { artifacts, ctx, still: made.artifact as ImageValue };
}

test('a still comes with its recipe, and is painted in layers from it', async () => {
  const { ctx, still } = await desk();
  expect(still.recipe).toBeDefined();
  const { layers, raster } = await paintedInLayers(still, CLIP, ctx);
  expect(layers!.length).toBeGreaterThan(2);
  expect(layers!.every((layer) => layer.raster.width === raster.width)).toBe(true);
});

test('a copy with other pixels keeps the recipe, and has layers in its colours', async () => {
  const { ctx, artifacts, still } = await desk();
  const { raster } = await artifacts.image(still);
  const dark = { ...raster, data: raster.data.map((value, i) => (i % 4 === 3 ? 255 : value >> 1)) };
  const graded = await artifacts.writeImageLike(still, { raster: dark });
  expect(graded.recipe).toBe(still.recipe);
  const { layers } = await paintedInLayers(graded, CLIP, ctx);
  const brightest = Math.max(
    ...layers!.map(({ raster: { data } }) =>
      data.reduce((most, value, i) => (data[i | 3] === 255 && i % 4 !== 3 ? Math.max(most, value) : most), 0),
    ),
  );
  expect(brightest).toBeLessThan(150);
});

test('references come from where the recipe says', async () => {
  const { artifacts, ctx, still } = await desk();
  const image = await artifacts.writeImage({ raster: testPicture(64, 64) });
  const references = [{ kind: 'reference', image, strength: 0.8 }] as TakeRequest['references'];
  const led = await sketchProvider.make(
    { request: { ...request, references }, mode: 'delivery' } as never,
    ctx as never,
  );
  expect((await paintedInLayers(led.artifact as ImageValue, CLIP, ctx)).layers!.length).toBeGreaterThan(1);
  artifacts.forgetAllBut(
    new Set([still.hash, ...Object.values(led.artifact).filter((it) => it !== image.hash)] as never),
  );
  expect((await paintedInLayers(led.artifact as ImageValue, CLIP, ctx)).layers).toBeUndefined();
});

test('a cut out of a cut keeps the recipe, and has the layers of what is left', async () => {
  const { artifacts, ctx, still } = await desk();
  const { raster } = await artifacts.image(still);
  const [w, h] = [Math.floor(raster.width / 2), Math.floor(raster.height / 2)];
  const [across, down] = [w / raster.width, h / raster.height];
  const right = crop(raster, w, 0, raster.width - w, raster.height);
  const once = await artifacts.writeImageLike(
    still,
    { raster: right },
    { x: across, y: 0, width: 1 - across, height: 1 },
  );
  const lower = crop(right, 0, h, raster.width - w, raster.height - h);
  const twice = await artifacts.writeImageLike(once, { raster: lower }, { x: 0, y: down, width: 1, height: 1 - down });
  expect(twice.part).toEqual({ x: across, y: down, width: 1 - across, height: 1 - down });
  const [whole, cut] = [await paintedInLayers(still, raster, ctx), await paintedInLayers(twice, raster, ctx)];
  for (const [k, layer] of cut.layers!.entries())
    expect(layer.raster).toEqual(crop(whole.layers![k]!.raster, w, h, raster.width - w, raster.height - h));
});

test('a scene that would be painted otherwise today is not painted again', async () => {
  const { artifacts, ctx, still } = await desk();
  const older = (await artifacts.text(still.recipe!)).replace(/"depth":\d+/, '"depth":7');
  const { recipe } = await artifacts.writeImage({ raster: testPicture(8, 8), recipe: older });
  expect((await paintedInLayers({ ...still, recipe: recipe! }, CLIP, ctx)).layers).toBeUndefined();
});

test('a recipe that is lost or not one leaves the picture as it came', async () => {
  const { artifacts, ctx, still } = await desk();
  for (const text of ['', '{', '[]', '{"scene": 4}', '{"scene": {"prompt": 7}}', '{"scene": {"width": -3}}']) {
    const { recipe } = await artifacts.writeImage({ raster: testPicture(8, 8), recipe: text });
    expect((await paintedInLayers({ ...still, recipe: recipe! }, CLIP, ctx)).layers).toBeUndefined();
  }
});
