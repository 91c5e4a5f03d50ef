/** The house rules that no other tool checks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { grouped } from '../../src/core/grouped.ts';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => !file.includes('assembly'));
const rooms = readdirSync('src', { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

test('no two files of code share a name, so that a name in a search or a tab is one file', () => {
  const places = grouped(
    files.filter((file) => /\.(ts|tsx|js)$/.test(file)),
    (file) => basename(file).replace(/\.(ts|tsx|js)$/, ''),
  );
  const shared = [...places].filter(([, paths]) => paths.length > 1);
  expect(shared.map(([, paths]) => paths.map((path) => join('src', path)))).toEqual([]);
});

const HEADINGS = ['What it is for', 'What it may import', 'Where to begin', 'What matters most'];

test.each(rooms)('src/%s has a README, and every file and every name it points to is there', (room) => {
  const text = readFileSync(join('src', room, 'README.md'), 'utf8');
  expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading).slice(0, 4)).toEqual(HEADINGS);
  const named = [...text.matchAll(/`([\w./-]+\.(?:ts|tsx|js))`/g)].map(([, path]) => path!);
  const isThere = (path: string) =>
    existsSync(path) || existsSync(join('src', room, path)) || existsSync(join('src/core', path));
  expect(named.filter((path) => !isThere(path))).toEqual([]);
  // "`Graph` (`graph.ts`)": the file exports what is named before it.
  const exported = [...text.matchAll(/`(\w+)` \(`([\w./-]+)`/g)].map(([, name, path]) => {
    const file = existsSync(join('src', room, path!)) ? join('src', room, path!) : join('src/core', path!);
    const isExported = new RegExp(`^export .*\\b${name}\\b`, 'm').test(readFileSync(file, 'utf8'));
    return isExported ? undefined : `${name} of ${path}`;
  });
  expect(exported.length).toBeGreaterThan(0);
  expect(exported.filter(Boolean)).toEqual([]);
});
