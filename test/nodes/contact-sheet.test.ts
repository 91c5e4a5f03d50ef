/** Contact sheets: where each picture lies, and what is not cropped. */
import { expect, test } from 'vitest';
import { NodeError } from '../../src/core/errors.ts';
import type { Artifacts, NodeDefinition } from '../../src/core/node.ts';
import { parseParams } from '../../src/core/params.ts';
import type { ImageValue, Raster } from '../../src/core/values.ts';
import { registry } from '../../src/registry.ts';
import { contextOver } from '../rig/node-context.ts';
import { clipFrom } from '../rig/run-node.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const flat = (grey: number, width: number, height: number, alpha = 255): Raster => ({
  width,
  height,
  data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) => (at % 4 === 3 ? alpha : grey)),
});
async function sheet(artifacts: Artifacts, inputs: object, params: Record<string, unknown>): Promise<Raster> {
  const definition = registry.get('contact-sheet') as NodeDefinition;
  const { values, problems } = parseParams(definition.params, params);
  expect(problems).toEqual([]);
  const context = contextOver(artifacts, new AbortController().signal);
  const { image } = (await definition.run({ inputs, params: values } as never, context)) as { image: ImageValue };
  return (await artifacts.image(image)).raster;
}
const greyAt = ({ data, width }: Raster, x: number, y: number) => data[(y * width + x) * 4];

test('pictures lie row by row, each whole in the middle of its cell', async () => {
  const artifacts = testArtifacts();
  const images = await Promise.all(
    [flat(10, 64, 32), flat(20, 32, 32), flat(30, 64, 32)].map((raster) => artifacts.writeImage({ raster })),
  );
  const made = await sheet(artifacts, { images }, { columns: 2, width: 64, gap: 4, labels: false });
  expect([made.width, made.height]).toEqual([2 * 64 + 3 * 4, 2 * 32 + 3 * 4]);
  expect(greyAt(made, 0, 0)).toBe(255);
  expect(greyAt(made, 4, 4)).toBe(10);
  expect(greyAt(made, 4 + 68 + 15, 4)).toBe(255);
  expect(greyAt(made, 4 + 68 + 16, 4)).toBe(20);
  expect(greyAt(made, 4 + 68 + 48, 4)).toBe(255);
  expect(greyAt(made, 4, 4 + 36)).toBe(30);
  expect(greyAt(made, 4 + 68, 4 + 36)).toBe(255);
});

test('frames are taken from the first to the last, fewer where a clip has fewer', async () => {
  const artifacts = testArtifacts();
  const greys = [0, 10, 20, 30, 40, 50, 60];
  const video = await clipFrom(
    artifacts,
    greys.map((grey) => flat(grey, 32, 32)),
  );
  const shown = (made: Raster, count: number) => Array.from({ length: count }, (_, at) => greyAt(made, at * 32, 0));
  const plain = { columns: 12, width: 32, gap: 0, labels: false };
  expect(shown(await sheet(artifacts, { images: [], video }, { ...plain, frames: 4 }), 4)).toEqual([0, 20, 40, 60]);
  expect(shown(await sheet(artifacts, { images: [], video }, { ...plain, frames: 12 }), 7)).toEqual(greys);
  expect((await sheet(artifacts, { images: [], video }, { ...plain, frames: 1 })).width).toBe(32);
});

test('labels are drawn below, and what is transparent shows the ground', async () => {
  const artifacts = testArtifacts();
  const images = [await artifacts.writeImage({ raster: flat(200, 32, 32, 0) })];
  const made = await sheet(artifacts, { images }, { columns: 1, width: 32, gap: 2, ground: 'black' });
  expect(greyAt(made, 10, 10)).toBe(16);
  expect(made.height).toBe(32 + 10 + 2 * 2);
  // A one: its stem in the third column, its foot three wide.
  const figure = Array.from({ length: 7 }, (_, y) =>
    Array.from({ length: 5 }, (_column, x) => (greyAt(made, 2 + x, 36 + y) === 220 ? '#' : '.')).join(''),
  );
  expect(figure).toEqual(['..#..', '.##..', '..#..', '..#..', '..#..', '..#..', '.###.']);
});

test('a sheet of nothing, and one that is too large, are refused in a sentence', async () => {
  const artifacts = testArtifacts();
  await expect(sheet(artifacts, { images: [] }, {})).rejects.toThrow(NodeError);
  const tall = await artifacts.writeImage({ raster: flat(0, 1, 60) });
  await expect(sheet(artifacts, { images: [tall] }, { width: 1024 })).rejects.toThrow('which is too large');
});
