/** Match and Split grid, by their pixels. */
import { expect, test } from 'vitest';
import type { Artifacts, NodeDefinition } from '../../src/core/node.ts';
import { parseParams } from '../../src/core/params.ts';
import type { ImageValue, Raster, VideoValue } from '../../src/core/values.ts';
import { ciede2000 } from '../../src/measure/ciede2000.ts';
import { lookOfFrame } from '../../src/measure/frame-look.ts';
import { registry } from '../../src/registry.ts';
import { contextOver } from '../rig/node-context.ts';
import { panning, testPicture } from '../rig/samples.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

async function made(artifacts: Artifacts, id: string, inputs: object, params: Record<string, unknown> = {}) {
  const definition = registry.get(id) as NodeDefinition;
  return definition.run(
    { inputs, params: parseParams(definition.params, params).values } as never,
    contextOver(artifacts, new AbortController().signal),
  ) as Promise<{ video: VideoValue; image: ImageValue }>;
}
const tinted = (frame: Raster, red: number, green: number, blue: number): Raster => ({
  ...frame,
  data: frame.data.map((level, at) => level * [red, green, blue, 1][at % 4]!),
});
const [WIDTH, HEIGHT, FRAMES] = [96, 64, 16];
const clipOf = (artifacts: Artifacts, change: (frame: Raster, at: number) => Raster) =>
  artifacts.writeClip(
    {
      width: WIDTH,
      height: HEIGHT,
      fps: 12,
      frames: FRAMES,
      read: async function* () {
        let at = 0;
        for await (const frame of panning(FRAMES, WIDTH, HEIGHT)) yield change(frame, at++);
      },
    },
    async () => {},
  );
const framesOf = async (artifacts: Artifacts, video: VideoValue): Promise<Raster[]> => {
  const frames = [];
  for await (const frame of (await artifacts.clip(video)).read()) frames.push(frame);
  return frames;
};
const same = (frame: Raster) => frame;
const off = (a: Raster, b: Raster) => ciede2000(lookOfFrame(a).lab, lookOfFrame(b).lab);

test('a tinted clip gets the colours of the reference back, and every frame is changed alike', async () => {
  const artifacts = testArtifacts();
  const [likeVideo, video] = [await clipOf(artifacts, same), await clipOf(artifacts, (f) => tinted(f, 0.9, 0.75, 0.7))];
  const [wanted, before] = [await framesOf(artifacts, likeVideo), await framesOf(artifacts, video)];
  const after = await framesOf(artifacts, (await made(artifacts, 'match', { video, likeVideo })).video);
  for (const at of [0, 8, 15]) {
    expect(off(before[at]!, wanted[at]!)).toBeGreaterThan(6);
    expect(off(after[at]!, wanted[at]!)).toBeLessThan(off(before[at]!, wanted[at]!) / 3);
  }
  // One level in is one level out, wherever in the clip it stands.
  const outs = new Map<string, string>();
  before.forEach((frame, k) => {
    for (let at = 0; at < frame.data.length; at += 4) {
      const [key, value] = [frame, after[k]!].map(({ data }) => data.slice(at, at + 3).join()) as [string, string];
      expect(outs.get(key) ?? value).toBe(value);
      outs.set(key, value);
    }
  });
});

test('strength 0 changes nothing', async () => {
  const artifacts = testArtifacts();
  const image = await artifacts.writeImage({ raster: testPicture() });
  const likeImage = await artifacts.writeImage({ raster: tinted(testPicture(), 0.5, 0.6, 1) });
  expect((await made(artifacts, 'match', { image, likeImage }, { strength: 0 })).image.hash).toBe(image.hash);
  expect((await made(artifacts, 'match', { image, likeImage })).image.hash).not.toBe(image.hash);
});

test('the beginning and the end of the reference are told apart, and neither looks across a cut', async () => {
  const artifacts = testArtifacts();
  const likeVideo = await clipOf(artifacts, (frame, at) => (at < 4 ? frame : tinted(frame, 0.2, 0.3, 0.3)));
  const image = await artifacts.writeImage({ raster: testPicture(WIDTH, HEIGHT) });
  const lumaMatched = async (to: string) => {
    const matched = (await made(artifacts, 'match', { image, likeVideo }, { to })).image;
    return lookOfFrame((await artifacts.image(matched)).raster).luma;
  };
  const frames = await framesOf(artifacts, likeVideo);
  expect(Math.abs((await lumaMatched('its beginning')) - lookOfFrame(frames[0]!).luma)).toBeLessThan(8);
  expect(Math.abs((await lumaMatched('its end')) - lookOfFrame(frames[15]!).luma)).toBeLessThan(8);
});

test('match says what is missing', async () => {
  const artifacts = testArtifacts();
  const image = await artifacts.writeImage({ raster: testPicture() });
  await expect(made(artifacts, 'match', { likeImage: image })).rejects.toThrow('Nothing is connected to match.');
  await expect(made(artifacts, 'match', { image })).rejects.toThrow('There is nothing to match it to.');
});

/** 3 × 3 pictures of one size, each of its own brightness, with white lines of `gutter` pixels. */
function sheet(gutter: number, border: number): Raster {
  const [w, h] = [40, 30];
  const [width, height] = [w * 3 + gutter * 2 + border * 2, h * 3 + gutter * 2 + border * 2];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let cell = 0; cell < 9; cell++) {
    const picture = cellPicture(cell);
    for (let y = 0; y < h; y++) {
      const to = ((border + Math.floor(cell / 3) * (h + gutter) + y) * width + border + (cell % 3) * (w + gutter)) * 4;
      data.set(picture.data.subarray(y * w * 4, (y + 1) * w * 4), to);
    }
  }
  return { width, height, data };
}
const cellPicture = (cell: number): Raster => tinted(testPicture(40, 30), 1 - cell * 0.08, 1, 1 - cell * 0.05);

test.each([
  [0, 0],
  [2, 0],
  [3, 2],
  [0, 3],
])('the nine cells come out to the pixel: gutters of %d, a border of %d', async (gutter, border) => {
  const artifacts = testArtifacts();
  const image = await artifacts.writeImage({ raster: sheet(gutter, border) });
  for (let cell = 0; cell < 9; cell++) {
    const out = (await made(artifacts, 'split-grid', { image }, { cell: cell + 1 })).image;
    const { raster } = await artifacts.image(out);
    expect([raster.width, raster.height]).toEqual([40, 30]);
    expect(raster.data).toEqual(cellPicture(cell).data);
  }
});

test('a flat picture is cut evenly, and a cell that is not there is named', async () => {
  const artifacts = testArtifacts();
  const raster = { width: 90, height: 60, data: new Uint8ClampedArray(90 * 60 * 4).fill(200) };
  const image = await artifacts.writeImage({ raster });
  expect((await made(artifacts, 'split-grid', { image }, { cell: 5 })).image).toMatchObject({ width: 30, height: 20 });
  await expect(made(artifacts, 'split-grid', { image }, { cell: 10 })).rejects.toThrow(
    'There are 9 cells, and no cell 10.',
  );
});
