import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { imageHash } from '../../src/media/identity.ts';
import { withBench } from '../../src/raster/kernels.ts';
import { sketchStill } from '../../src/sketch/sketch.ts';
import { goldenHashes } from '../rig/golden.ts';

const FILE = 'test/fixtures/golden-pixels.json';

test('the same graph and seed give the recorded bytes, twice', async () => {
  const hashes = await goldenHashes();
  // Written on purpose only, when pixels were meant to change: UPDATE_GOLDEN=1 npx vitest run --project node.
  if (process.env['UPDATE_GOLDEN']) writeFileSync(FILE, `${JSON.stringify(hashes, undefined, 2)}\n`);
  expect(hashes).toEqual(JSON.parse(readFileSync(FILE, 'utf8')));
  expect(await goldenHashes()).toEqual(hashes);
  expect(Object.values(hashes).filter((hash) => hash.startsWith('failed'))).toEqual([]);
});

test('what was drawn before leaves no trace: the same bytes whatever lies in memory', async () => {
  const soiled = async (prompt: string, dirt: number) => {
    await withBench((bench) => void bench.bytes(bench.alloc(12e6), 12e6).fill(dirt));
    const { raster } = await sketchStill(
      { prompt, negative: '', seed: 3, guidance: 7, width: 240, height: 160, simple: false, references: [] },
      async () => {},
    );
    return imageHash(raster);
  };
  for (const place of [
    'mountains',
    'a lake',
    'the sea',
    'a beach',
    'a forest in fog',
    'a meadow',
    'desert dunes',
    'snowy hills',
    'a city at night',
    'a street in the rain',
    'space',
    'a studio',
    'a living room',
    'abstract ribbons',
    'portrait of a woman, bokeh',
  ]) {
    expect([place, await soiled(place, 0x3f)]).toEqual([place, await soiled(place, 0)]);
  }
});
