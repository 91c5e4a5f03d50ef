/** Trim, Stitch and Grab still, frame by frame. */
import { expect, test } from 'vitest';
import { NodeError } from '../../src/core/errors.ts';
import type { Artifacts, NodeDefinition } from '../../src/core/node.ts';
import { parseParams } from '../../src/core/params.ts';
import type { ImageValue, Raster, VideoValue } from '../../src/core/values.ts';
import { registry } from '../../src/registry.ts';
import { contextOver } from '../rig/node-context.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const flat = (grey: number, width = 8, height = 4): Raster => ({
  width,
  height,
  data: new Uint8ClampedArray(width * height * 4).fill(grey),
});
const clipOf = (artifacts: Artifacts, greys: readonly number[], fps = 10, width = 8, height = 4) =>
  artifacts.writeClip(
    {
      width,
      height,
      fps,
      frames: greys.length,
      read: async function* () {
        for (const grey of greys) yield flat(grey, width, height);
      },
    },
    async () => {},
  );
const greysIn = async (artifacts: Artifacts, video: VideoValue): Promise<number[]> => {
  const greys = [];
  for await (const frame of (await artifacts.clip(video)).read()) greys.push(frame.data[0]!);
  return greys;
};
async function made(artifacts: Artifacts, id: string, inputs: object, params: Record<string, unknown> = {}) {
  const definition = registry.get(id) as NodeDefinition;
  return definition.run(
    { inputs, params: parseParams(definition.params, params).values } as never,
    contextOver(artifacts, new AbortController().signal),
  ) as Promise<{ video: VideoValue; image: ImageValue }>;
}

test.each([
  [{ from: 0.2, seconds: 0.3 }, [20, 30, 40]],
  [{ from: 0, seconds: 99 }, [0, 10, 20, 30, 40, 50]],
  [{ from: 0.5, seconds: 0.1 }, [50]],
])('trim %o', async (params, greys) => {
  const artifacts = testArtifacts();
  const { video } = await made(artifacts, 'trim', { video: await clipOf(artifacts, [0, 10, 20, 30, 40, 50]) }, params);
  expect(await greysIn(artifacts, video)).toEqual(greys);
  expect(video).toMatchObject({ frames: greys.length, fps: 10, width: 8, height: 4 });
});

test('trim says when it begins after the end', async () => {
  const artifacts = testArtifacts();
  const failing = made(artifacts, 'trim', { video: await clipOf(artifacts, [0, 10]) }, { from: 3 });
  await expect(failing).rejects.toThrow(NodeError);
  await expect(failing).rejects.toThrow('The clip is over after 0.2 s; it cannot begin at 3 s.');
});

test.each([
  ['first', {}, 0],
  ['last', {}, 50],
  ['at a time', { seconds: 0.3 }, 30],
  ['at a time', { seconds: 50 }, 50],
  ['evenly', { frames: 3, frame: 1 }, 0],
  ['evenly', { frames: 3, frame: 2 }, 30],
  ['evenly', { frames: 3, frame: 3 }, 50],
  ['evenly', { frames: 6, frame: 5 }, 40],
  ['evenly', { frames: 1 }, 0],
] as const)('grab still: %s %o', async (at, more, grey) => {
  const artifacts = testArtifacts();
  const { image } = await made(
    artifacts,
    'grab',
    { video: await clipOf(artifacts, [0, 10, 20, 30, 40, 50]) },
    { at, ...more },
  );
  expect((await artifacts.image(image)).raster.data[0]).toBe(grey);
});

test('grab still says which of its stills there is not', async () => {
  const artifacts = testArtifacts();
  const video = await clipOf(artifacts, [0, 10, 20]);
  await expect(made(artifacts, 'grab', { video }, { at: 'evenly', frames: 2, frame: 3 })).rejects.toThrow(
    'There are 2 stills, and no still 3.',
  );
  await expect(made(artifacts, 'grab', { video }, { at: 'evenly', frames: 9, frame: 4 })).rejects.toThrow(
    'This clip has 3 frames, fewer than 9.',
  );
});

test('what is made of the same clips in the same way is the same, whatever a decoder made of their frames', async () => {
  const hashes = await Promise.all(
    [1, 2].map(async (wobble) => {
      const artifacts = testArtifacts();
      const video = await clipOf(artifacts, [0, 10, 20]);
      return (
        await made(
          {
            ...artifacts,
            clip: async (value) => {
              async function* readFrom(first: number) {
                for (const grey of [0, 10, 20].slice(first)) yield flat(grey + wobble);
              }
              return { ...value, readFrom, read: () => readFrom(0) };
            },
          },
          'trim',
          { video },
          { from: 0.1 },
        )
      ).video.hash;
    }),
  );
  expect(hashes[0]).toBe(hashes[1]);
});
