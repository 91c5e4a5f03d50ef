import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
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
