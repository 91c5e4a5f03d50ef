/** The house rules that no other tool checks. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { grouped } from '../../src/core/grouped.ts';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => !file.includes('assembly'));

test('no two files of code share a name, so that a name in a search or a tab is one file', () => {
  const places = grouped(
    files.filter((file) => /\.(ts|tsx|js)$/.test(file)),
    (file) => basename(file).replace(/\.(ts|tsx|js)$/, ''),
  );
  expect(
    [...places].filter(([, paths]) => paths.length > 1).map(([, paths]) => paths.map((path) => join('src', path))),
  ).toEqual([]);
});
