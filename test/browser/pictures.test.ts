/** Pictures as people have them: transparent, turned, animated, deep, in formats the browser does not know. */
import { expect, test } from 'vitest';
import animated from '../fixtures/animated.gif?url';
import heic from '../fixtures/picture.heic?url';
import deep from '../fixtures/sixteen-bit.png?url';
import clear from '../fixtures/cutout-transparent.png?url';
import white from '../fixtures/cutout-on-white.png?url';
import type { NodeDefinition } from '../../src/core/node.ts';
import { parseParams } from '../../src/core/params.ts';
import type { ImageValue, Raster } from '../../src/core/values.ts';
import { remarkOn } from '../../src/media/header.ts';
import { decodeImage, lossyOf, pngOf } from '../../src/media/image.ts';
import { webpOf } from '../../src/media/webp.ts';
import { registry } from '../../src/registry.ts';
import { artifactStore } from '../../src/storage/artifact-store.ts';
import { Database } from '../../src/storage/db.ts';
import { artifactsOver } from '../../src/worker/thread-artifacts.ts';
import { imageHash } from '../../src/media/identity.ts';
import { testPicture } from '../rig/samples.ts';
import { contextOver, takePlanFor } from '../rig/node-context.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const blobOf = async (url: string): Promise<Blob> => (await fetch(url)).blob();
const pixel = ({ width, data }: Raster, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];
const apart = (a: Raster, b: Raster): number =>
  a.data.reduce((sum, value, at) => sum + Math.abs(value - b.data[at]!), 0) / a.data.length;

test('a cut-out leads as it would on white paper, and its own content stays what it is', async () => {
  const definition = registry.get('image') as NodeDefinition;
  const hashes = [];
  for (const url of [clear, white]) {
    const artifacts = testArtifacts();
    const raster = await decodeImage(await blobOf(url));
    const image = await artifacts.writeImage({ raster });
    const inputs = {
      prompt: { kind: 'prompt', text: 'a vase', negative: '' },
      seed: { kind: 'seed', seed: 4, locked: true },
      guidance: { kind: 'guidance', scale: 7 },
      aspect: { kind: 'aspect', ratio: [1, 1], width: 96, height: 96 },
      references: [{ kind: 'reference', image, strength: 0.9 }],
    };
    const given = { inputs, params: parseParams(definition.params, {}).values } as unknown as Parameters<
      NodeDefinition['run']
    >[0];
    const { image: made } = (await definition.run(
      given,
      contextOver(artifacts, new AbortController().signal, { takePlan: takePlanFor(definition, given) }),
    )) as { image: ImageValue };
    hashes.push([image.hash, made.hash]);
  }
  expect(hashes[0]![1]).toBe(hashes[1]![1]);
  expect(hashes[0]![0]).not.toBe(hashes[1]![0]);
});

test('a transparent picture is a JPEG on white, and keeps its alpha in WebP and PNG', async () => {
  const picture = testPicture(40, 30);
  const glass = {
    ...picture,
    data: picture.data.map((value, at) => (at % 4 === 3 && at < picture.data.length / 2 ? 0 : value)),
  };
  for (const channel of pixel(await decodeImage(await lossyOf(glass, 'jpeg', 0.9)), 20, 4))
    expect(channel).toBeGreaterThan(250);
  expect(pixel(await decodeImage(await lossyOf(glass, 'webp', 0.9)), 20, 4)[3]).toBe(0);
  expect(pixel(await decodeImage(await webpOf(glass, 0.9)), 20, 4)[3]).toBe(0);
  expect(pixel(await decodeImage(await pngOf(glass)), 20, 4)[3]).toBe(0);
});

test('where the browser has no encoder for WebP, libwebp writes it', async () => {
  const write = OffscreenCanvas.prototype.convertToBlob;
  try {
    // As WebKit does: it writes PNG whatever it is asked for.
    OffscreenCanvas.prototype.convertToBlob = function () {
      return write.call(this, { type: 'image/png' });
    };
    const written = await lossyOf(testPicture(), 'webp', 0.9);
    expect(written.type).toBe('image/webp');
    expect(apart(await decodeImage(written), testPicture())).toBeLessThan(12);
    await expect(lossyOf(testPicture(), 'jpeg', 0.9)).rejects.toMatchObject({ code: 'unsupported' });
  } finally {
    OffscreenCanvas.prototype.convertToBlob = write;
  }
});

/** A WebP with a note on how to turn it. */
async function noted(picture: Raster, orientation: number): Promise<Blob> {
  const bytes = new Uint8Array(await (await webpOf(picture, 1)).arrayBuffer());
  const [width, height] = [picture.width - 1, picture.height - 1];
  const exif = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
  const head = [...'VP8X'].map((letter) => letter.charCodeAt(0));
  const extended = [...head, 10, 0, 0, 0, 8, 0, 0, 0, width & 255, width >> 8, 0, height & 255, height >> 8, 0];
  const body = [
    ...bytes.subarray(8, 12),
    ...extended,
    ...bytes.subarray(12),
    ...[...'EXIF'].map((letter) => letter.charCodeAt(0)),
    exif.length,
    0,
    0,
    0,
    ...exif,
  ];
  return new Blob([bytes.subarray(0, 4), Uint32Array.of(body.length), Uint8Array.from(body)], { type: 'image/webp' });
}

// Where the red corner of an upright picture, stored at the top left, is shown.
test.each([
  [1, 'top left'],
  [2, 'top right'],
  [3, 'bottom right'],
  [4, 'bottom left'],
  [5, 'top left'],
  [6, 'top right'],
  [7, 'bottom right'],
  [8, 'bottom left'],
] as const)('a WebP with orientation %d has its corner at the %s', async (orientation, corner) => {
  const [width, height] = [48, 32];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < 16; y++) for (let x = 0; x < 16; x++) data.set([255, 0, 0, 255], (y * width + x) * 4);
  const shown = await decodeImage(await noted({ width, height, data }, orientation));
  expect([shown.width, shown.height]).toEqual(orientation < 5 ? [48, 32] : [32, 48]);
  for (const top of [true, false]) {
    for (const left of [true, false]) {
      const [, green] = pixel(shown, left ? 4 : shown.width - 5, top ? 4 : shown.height - 5);
      const isRed = corner === `${top ? 'top' : 'bottom'} ${left ? 'left' : 'right'}`;
      expect(green! < 60, `${top} ${left}`).toBe(isRed);
    }
  }
});

test('sixteen bits a channel are read as eight', async () => {
  const picture = await decodeImage(await blobOf(deep));
  for (const x of [0, 7, 31]) {
    const wanted = [(x * 255) / 31, 128, 255 - (x * 255) / 31, 255];
    for (const [channel, value] of pixel(picture, x, 12).entries())
      expect(Math.abs(value - wanted[channel]!)).toBeLessThanOrEqual(1);
  }
});

test('of an animation the first frame is used, and that is said', async () => {
  const blob = await blobOf(animated);
  expect((await decodeImage(blob)).width).toBe(32);
  expect(await remarkOn(blob)).toMatchObject({ english: 'It is animated: its first frame is used.' });
  expect(await remarkOn(await blobOf(clear))).toBeUndefined();
  expect(await remarkOn(new Blob(['a text']))).toBeUndefined();
});

test('a HEIC picture is named, whatever its file is called', async () => {
  const file = new File([await blobOf(heic)], 'IMG_0001.jpg', { type: 'image/jpeg' });
  await expect(decodeImage(file)).rejects.toMatchObject({
    code: 'unsupported',
    message: 'This is a HEIC picture, which this browser cannot read.',
    hint: expect.stringContaining('JPEG'),
  });
});

test('an imported JPEG is delivered as a PNG when PNG is asked for', async () => {
  const store = artifactStore(new Database(`pictures-${Math.random()}`));
  const jpeg = await lossyOf(testPicture(), 'jpeg', 0.9);
  const raster = await decodeImage(jpeg);
  const hash = await imageHash(raster);
  await store.put(hash, 'image', jpeg);
  const artifacts = artifactsOver(store);
  const file = await artifacts.encode(
    { kind: 'image', hash, width: raster.width, height: raster.height },
    { format: 'png', name: 'x', quality: 1 },
    async () => {},
  );
  expect(file.mime).toBe('image/png');
  expect(await imageHash(await decodeImage((await store.get(file.hash))!))).toBe(hash);
});

test('what is known of a picture comes back from storage, and stays with copies that have other pixels', async () => {
  const store = artifactStore(new Database(`pictures-${Math.random()}`));
  const artifacts = artifactsOver(store);
  const depth = { width: 3, height: 2, data: Uint8Array.from([1, 2, 3, 4, 5, 6]) };
  const recipe = '{"scene":"ein Baum, 木"}';
  const written = await artifacts.writeImage({ raster: testPicture(12, 8), depth, recipe });
  const copy = await artifacts.writeImageLike(written, { raster: testPicture(24, 16) });
  const anew = artifactsOver(store);
  for (const image of [written, copy]) {
    expect((await anew.image(image)).depth).toEqual(depth);
    expect(await anew.text(image.recipe!)).toBe(recipe);
  }
  expect(await artifacts.writeImage({ raster: testPicture(12, 8) })).not.toHaveProperty('recipe');
});
