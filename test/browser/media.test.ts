import { expect, test } from 'vitest';
import cmyk from '../fixtures/cmyk.jpg?url';
import type { ImageValue } from '../../src/core/values.ts';
import { decodeImage, lossyOf, pngOf } from '../../src/media/image.ts';
import { chooseCodec } from '../../src/media/codec.ts';
import { decodeFrames } from '../../src/media/clip-frames.ts';
import { encodeClip, remux } from '../../src/media/video.ts';
import { imageHash } from '../../src/media/identity.ts';
import { testPicture } from '../rig/samples.ts';

const bytes = (...values: readonly number[]) => new Blob([new Uint8Array(values)]);

test('PNG keeps every pixel; JPEG and WebP come close', async () => {
  const image = testPicture();
  expect(await imageHash(await decodeImage(await pngOf(image)))).toBe(await imageHash(image));
  for (const format of ['jpeg', 'webp'] as const) {
    const back = await decodeImage(await lossyOf(image, format, 0.95));
    expect([back.width, back.height]).toEqual([120, 80]);
    expect(back.data.reduce((sum, v, i) => sum + Math.abs(v - image.data[i]!), 0) / back.data.length).toBeLessThan(12);
  }
});

test('a CMYK JPEG opens in its colours', async () => {
  const image = await decodeImage(await (await fetch(cmyk)).blob());
  expect([image.width, image.height]).toEqual([32, 24]);
  const [r, g, b] = image.data;
  expect(r!).toBeGreaterThan(150);
  expect(Math.max(g!, b!)).toBeLessThan(110);
});

test('a truncated picture, a text and a monster are refused in a sentence with a hint', async () => {
  const png = await pngOf(testPicture());
  await expect(decodeImage(png.slice(0, 400))).rejects.toMatchObject({
    code: 'bad-input',
    message: 'This picture cannot be read to its end.',
    hint: expect.stringContaining('damaged'),
  });
  await expect(decodeImage(new Blob(['hello, I am not a picture at all, really']))).rejects.toMatchObject({
    message: 'This file is not a picture the browser can open.',
  });
  const monster = bytes(
    0x89,
    0x50,
    0x4e,
    0x47,
    13,
    10,
    26,
    10,
    0,
    0,
    0,
    13,
    0x49,
    0x48,
    0x44,
    0x52,
    0,
    0,
    0x4e,
    0x20,
    0,
    0,
    0x4e,
    0x20,
    8,
    6,
  );
  await expect(decodeImage(monster)).rejects.toMatchObject({
    message: 'This picture is 20000 × 20000 pixels, more than can be opened.',
  });
});

test.each(['mp4', 'webm'] as const)('%s holds the frames it was given, with their timing', async (container) => {
  const frames = Array.from({ length: 12 }, (_, k) => ({
    ...testPicture(160, 96),
    data: testPicture(160, 96).data.map((v, i) => (i % 4 === 3 ? 255 : (v + k * 9) % 256)),
  }));
  const clip = {
    width: 160,
    height: 96,
    fps: 24,
    frames: frames.length,
    read: async function* () {
      yield* frames;
    },
  };
  const seen: number[] = [];
  const { blob, codec } = await encodeClip(clip, container, 0.95, async (done) => void seen.push(done));
  expect(codec).toMatch(container === 'mp4' ? /H\.264|AV1|VP9/ : /VP9|VP8/);
  expect(seen).toEqual(Array.from({ length: 12 }, (_, k) => k + 1));
  const back = [];
  for await (const frame of decodeFrames(blob, clip)) back.push(frame);
  expect(back).toHaveLength(12);
  expect(back[0]).toMatchObject({ width: 160, height: 96 });
  const video = document.createElement('video');
  video.src = URL.createObjectURL(blob);
  await new Promise((resolve, reject) => {
    video.onloadedmetadata = resolve;
    video.onerror = () => reject(new Error(video.error?.message));
  });
  expect(video.duration).toBeCloseTo(0.5, 1);
  const copied = await remux(blob, container, clip, () => Promise.reject(new Error('There is no sound.')));
  expect(copied?.codec).toBe(codec);
});

test('an error while frames are made reaches the caller', async () => {
  const clip = {
    width: 160,
    height: 96,
    fps: 24,
    frames: 2,
    read: async function* () {
      yield testPicture(160, 96);
      throw new Error('no more');
    },
  };
  await expect(encodeClip(clip, 'mp4', 0.5, async () => {})).rejects.toThrow('no more');
});

test('a browser without WebCodecs gets a sentence, and pictures still work', async () => {
  const encoder = globalThis.VideoEncoder;
  try {
    Reflect.deleteProperty(globalThis, 'VideoEncoder');
    await expect(chooseCodec('mp4', 320, 180, 24, 0.8)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('WebCodecs'),
      hint: expect.stringContaining('Pictures work here'),
    });
  } finally {
    globalThis.VideoEncoder = encoder;
  }
});

test('a size no encoder takes is refused with what to choose instead', async () => {
  await expect(chooseCodec('mp4', 20_000, 20_000, 24, 0.8)).rejects.toMatchObject({
    hint: { english: expect.stringContaining('smaller size') },
  });
});

test('an artifact that is gone fails with what to do', async () => {
  const { artifactsOver } = await import('../../src/worker/thread-artifacts.ts');
  const { artifactStore } = await import('../../src/storage/artifact-store.ts');
  const { Database } = await import('../../src/storage/db.ts');
  const artifacts = artifactsOver(artifactStore(new Database('gone')));
  await expect(
    artifacts.image({ kind: 'image', hash: 'f'.repeat(64), width: 1, height: 1 } as ImageValue),
  ).rejects.toMatchObject({ code: 'bad-input', hint: expect.stringContaining('again') });
});
