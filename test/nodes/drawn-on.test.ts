import { expect, test } from 'vitest';
import { parseParams, type FileSetting } from '../../src/core/params.ts';
import type { PictureLayer } from '../../src/core/picture-layer.ts';
import type { ImageValue, ReferenceValue } from '../../src/core/values.ts';
import { registry } from '../../src/registry.ts';
import { contextOver } from '../rig/node-context.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const artifacts = testArtifacts();
const ctx = contextOver(artifacts, new AbortController().signal);
/** A grey picture of 8 × 6, kept as a file. */
const raster = { width: 8, height: 6, data: new Uint8ClampedArray(8 * 6 * 4).fill(128) };
for (let at = 3; at < raster.data.length; at += 4) raster.data[at] = 255;
const stored = await artifacts.writeImage({ raster });
const file = (layer?: unknown): FileSetting => ({
  hash: stored.hash,
  name: 'grey.png',
  mime: 'image/png',
  width: 8,
  height: 6,
  ...(layer === undefined ? {} : { layer: layer as PictureLayer }),
});
const given = (id: string, params: object, inputs: object = {}) =>
  registry.get(id)!.run({ inputs, params } as never, ctx) as Promise<Record<string, ImageValue | undefined>>;
const pixels = async (image: ImageValue | undefined) => (await artifacts.image(image!)).raster;
const box = { kind: 'rectangle', size: 1, points: [0, 0, 4, 6] };

test('without a layer an import gives its file, byte for byte, and no mask', async () => {
  const { image, mask } = await given('import', { file: file() });
  expect([image!.hash, mask]).toEqual([stored.hash, undefined]);
});

test('a layer with a mask alone leaves the picture as it is', async () => {
  const { image, mask } = await given('import', { file: file({ marks: [], mask: [box] }) });
  expect(image!.hash).toBe(stored.hash);
  const { data, width } = await pixels(mask);
  expect([width, data[0], data[4 * 4]]).toEqual([8, 255, 0]);
});

test('a reference is what is left of its picture, marked', async () => {
  const marks = [{ kind: 'line', colour: 'white', size: 2, points: [4, 0, 4, 6] }];
  const layer = { crop: { x: 2, y: 1, width: 4, height: 3 }, marks, mask: [] };
  const { reference } = (await given('reference', { file: file(layer), strength: 0.5 })) as unknown as {
    reference: ReferenceValue;
  };
  expect([reference.image.width, reference.image.height, reference.strength]).toEqual([4, 3, 0.5]);
  const { data } = await pixels(reference.image);
  expect(Array.from({ length: 4 }, (_, x) => data[x * 4])).toEqual([128, 255, 255, 128]);
});

test('a layer that cannot be read draws nothing, wherever it came from', async () => {
  const { image, mask } = await given('import', { file: file({ marks: [{ kind: 'arrow' }], mask: 3 }) });
  expect([image!.hash, mask]).toEqual([stored.hash, undefined]);
});

test('a grade changes what is white in its mask, and all of it without one', async () => {
  const { mask } = await given('import', { file: file({ marks: [], mask: [box] }) });
  const params = parseParams(registry.get('grade')!.params, { exposure: 1 }).values;
  const row = async (inputs: object) => {
    const { data } = await pixels((await given('grade', params, { image: stored, ...inputs }))['image']);
    return Array.from({ length: 8 }, (_, x) => data[x * 4]!);
  };
  const whole = await row({});
  expect(whole[0]).toBeGreaterThan(140);
  expect(await row({ mask })).toEqual([...whole.slice(0, 4), 128, 128, 128, 128]);
  // A mask of another size is stretched.
  const small = await artifacts.writeImage({
    raster: { width: 2, height: 1, data: new Uint8ClampedArray([255, 255, 255, 255, 0, 0, 0, 255]) },
  });
  const stretched = await row({ mask: small });
  expect([stretched[0], stretched[7]]).toEqual([whole[0], 128]);
});
