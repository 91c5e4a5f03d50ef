/** What makes `npm start` build the app again. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hashOfSources } from '../../src/setup/build.js';

const folder = mkdtempSync(join(tmpdir(), 'sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['src/core/node.ts', true],
  ['nodes/control/seed.ts', true],
  ['public/notice.md', true],
  ['index.html', true],
  ['src/core/README.md', false],
  ['nodes/README.md', false],
  ['src/raster/generated/kernel-bytes.ts', false],
  ['README.md', false],
])('a change of %s builds the app again: %s', (path, rebuilds) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), 'before');
  const before = hashOfSources(folder);
  writeFileSync(join(folder, path), 'after');
  expect(hashOfSources(folder) !== before).toBe(rebuilds);
});
