/** The house rules that no other tool checks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { grouped } from '../../src/core/grouped.ts';
import { speakingFiles, syntaxOf } from '../rig/words.ts';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
const foldersIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [join(path, entry.name)] : []));
/** The folders of code: those in `src`, and those in `src/ui` but for the style sheets. */
const rooms = [...foldersIn('src'), ...foldersIn('src/ui').filter((folder) => basename(folder) !== 'theme')];
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => found!);

test('no two files of code share a name, so that a name in a search or a tab is one file', () => {
  const places = grouped(
    files.filter((file) => /\.(ts|tsx|js)$/.test(file)),
    (file) => basename(file).replace(/\.(ts|tsx|js)$/, ''),
  );
  expect(
    [...places].filter(([, paths]) => paths.length > 1).map(([, paths]) => paths.map((path) => join('src', path))),
  ).toEqual([]);
});

test('no two files export the same name, so that a name is one thing', () => {
  const EXPORTED = /^export (?:async )?(?:const|function\*?|class|interface|type) (\w+)/gm;
  const places = grouped(
    files
      .filter((file) => /\.(ts|tsx|js)$/.test(file) && !/^raster.(generated|assembly)/.test(file))
      .flatMap((file) => all(readFileSync(join('src', file), 'utf8'), EXPORTED).map((name) => ({ name, file }))),
    ({ name }) => name,
  );
  expect([...places].filter(([, found]) => new Set(found.map(({ file }) => file)).size > 1)).toEqual([]);
});

test('the README of the repository leads to the README of every room', () => {
  const links = all(readFileSync('README.md', 'utf8'), /\]\((src\/[^)]+)\)/g);
  expect(links.sort()).toEqual(rooms.map((room) => `${room}/README.md`).sort());
});

test('nothing in src/ui has a title of the browser: a tip is reached by key and touch as well', () => {
  const isTitle = (node: { readonly type: string; readonly [field: string]: unknown }) =>
    node.type === 'JSXAttribute' && (node['name'] as { readonly name: unknown }).name === 'title';
  const screens = speakingFiles.filter((path) => path.startsWith(join('src', 'ui')));
  expect(screens.length).toBeGreaterThan(50);
  expect(screens.filter((path) => [...syntaxOf(path)].some(isTitle))).toEqual([]);
});

test.each(rooms)('the README of %s has its headings in order, and what it names is there', (room) => {
  const text = readFileSync(join(room, 'README.md'), 'utf8');
  const HEADINGS = ['What it is for', 'What it may import', 'Where to begin', 'The three types that matter'];
  const headings = all(text, /^## (.+)$/gm);
  expect(headings).toEqual(headings.length > HEADINGS.length ? [...HEADINGS, 'Words'] : HEADINGS);

  // In backticks stands a path from the room (it has a dot or a slash in it), or a name that a file of the room exports.
  const [paths, names] = [/[./]/, /^[^./]*$/].map((kind) => all(text, /`([^`]+)`/g).filter((one) => kind.test(one)));
  const links = all(text, /\]\(([^)]+)\)/g);
  expect([...paths!, ...links].filter((path) => !existsSync(join(room, path)))).toEqual([]);
  const exported = new Set(files.map((file) => join('src', file)).flatMap((file) => exportsOf(room, file)));
  expect(names!.filter((name) => !exported.has(name))).toEqual([]);
});

function exportsOf(room: string, file: string): string[] {
  if (!file.startsWith(join(room, '/')) || !/\.(ts|tsx|js)$/.test(file)) return [];
  return all(
    readFileSync(file, 'utf8'),
    /^export (?:default |async )*(?:const|function\*?|class|interface|type) (\w+)/gm,
  );
}
