/** Trim, Stitch and Grab still at rates that are no whole number: the right frames, none lost, none twice. */
import { expect, test } from 'vitest';
import type { Artifacts, NodeDefinition } from '../../src/core/node.ts';
import { parseParams } from '../../src/core/params.ts';
import type { ImageValue, VideoValue } from '../../src/core/values.ts';
import { contextOver } from '../rig/node-context.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';
import { registry } from '../../src/registry.ts';

/** Frame `k` is `k` in its red channel, and its hundreds in green. */
const numbered = (artifacts: Artifacts, frames: number, fps: number) =>
  artifacts.writeClip(
    {
      width: 2,
      height: 2,
      fps,
      frames,
      read: async function* () {
        for (let k = 0; k < frames; k++)
          yield {
            width: 2,
            height: 2,
            data: Uint8ClampedArray.from({ length: 16 }, (_, at) => [k % 100, Math.floor(k / 100), 0, 255][at % 4]!),
          };
      },
    },
    async () => {},
  );
async function numbersIn(artifacts: Artifacts, video: VideoValue): Promise<number[]> {
  const numbers = [];
  for await (const { data } of (await artifacts.clip(video)).read()) numbers.push(data[1]! * 100 + data[0]!);
  return numbers;
}
async function made(artifacts: Artifacts, id: string, inputs: object, params: Record<string, unknown> = {}) {
  const definition = registry.get(id) as NodeDefinition;
  return definition.run(
    { inputs, params: parseParams(definition.params, params).values } as never,
    contextOver(artifacts, new AbortController().signal),
  ) as Promise<{ video: VideoValue; image: ImageValue }>;
}
const upTo = (from: number, end: number) => Array.from({ length: end - from }, (_, k) => from + k);

test.each([
  [23.976, 24, 72],
  [29.97, 30, 90],
  [59.94, 60, 180],
  [12.5, 13, 38],
])('trim at %d begins at the frame shown then, and lasts as long as said', async (fps, first, end) => {
  const artifacts = testArtifacts();
  const { video } = await made(
    artifacts,
    'trim',
    { video: await numbered(artifacts, 240, fps) },
    { from: 1, seconds: 2 },
  );
  expect(await numbersIn(artifacts, video)).toEqual(upTo(first, end));
  expect(video).toMatchObject({ fps, frames: end - first });
});

test('stitch keeps every frame at one odd rate, and takes the nearest of another', async () => {
  const artifacts = testArtifacts();
  const [first, second] = [await numbered(artifacts, 45, 29.97), await numbered(artifacts, 50, 29.97)];
  expect(await numbersIn(artifacts, (await made(artifacts, 'stitch', { videos: [first, second] })).video)).toEqual([
    ...upTo(0, 45),
    ...upTo(0, 50),
  ]);
  const { video } = await made(artifacts, 'stitch', { videos: [first, await numbered(artifacts, 120, 59.94)] });
  expect(await numbersIn(artifacts, video)).toEqual([...upTo(0, 45), ...upTo(0, 60).map((k) => k * 2)]);
  expect(video).toMatchObject({ fps: 29.97, frames: 105 });
});

test.each([
  [29.97, 2, 60],
  [23.976, 1.5, 36],
  [12.5, 1, 13],
])('grab still at %d, %d s is frame %d', async (fps, seconds, frame) => {
  const artifacts = testArtifacts();
  const { image } = await made(
    artifacts,
    'grab',
    { video: await numbered(artifacts, 90, fps) },
    { at: 'at a time', seconds },
  );
  expect((await artifacts.image(image)).raster.data[0]).toBe(frame);
});
