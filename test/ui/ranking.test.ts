import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCatalog } from '../../src/routing/read-catalog.ts';
import { ranked } from '../../src/ui/ranking.ts';

const find = (words: string, ...names: readonly string[]) => ranked(names, words, (name) => ({ names: [name] }));

test('without words everything is found, in the order it came', () => {
  expect(find('', 'b', 'a', 'c')).toEqual(['b', 'a', 'c']);
  expect(find('  ', 'b', 'a', 'c')).toEqual(['b', 'a', 'c']);
});

test('first what is called so, then what begins so, then what has it at the beginning of a word, then inside', () => {
  expect(find('cut', 'shortcut', 'uncut', 'Cut wires', 'Cut', 'To cut')).toEqual([
    'Cut',
    'Cut wires',
    'To cut',
    'shortcut',
    'uncut',
  ]);
});

test('some letters of a name are enough, in their order, and come last', () => {
  expect(find('upsc', 'Upscale', 'Use as a picture source', 'Grade')).toEqual(['Upscale', 'Use as a picture source']);
  expect(find('lacs', 'Upscale')).toEqual([]);
});

test('a typing error finds what is called nearly so, the nearest first, and only where nothing fits as it is typed', () => {
  expect(find('pusc', 'Upscale', 'Grade')).toEqual(['Upscale']);
  expect(find('gradde', 'Trade', 'Grade')).toEqual(['Grade']);
  expect(find('garin', 'Grain', 'Grade')).toEqual(['Grain']);
  expect(find('grad', 'Grade', 'Grain')).toEqual(['Grade']);
  expect(find('grx', 'Grade')).toEqual([]);
  expect(find('split gird', 'Split grid', 'Split')).toEqual(['Split grid']);
});

test('words may come in any order, each has to be found, and the first counts most', () => {
  expect(find('prompt image', 'Image Prompt', 'Image Seed', 'Prompt image')).toEqual(['Prompt image', 'Image Prompt']);
  expect(find('im pro', 'Image Prompt', 'Pro image')).toEqual(['Image Prompt', 'Pro image']);
});

test('among equals the order stays: what was used last is first', () => {
  expect(find('run', 'Run rows', 'Run', 'Run all', 'Run again')).toEqual(['Run', 'Run rows', 'Run all', 'Run again']);
});

test('accents and other alphabets', () => {
  expect(find('uber', 'Über Farben', 'Farben')).toEqual(['Über Farben']);
  expect(find('отмен', 'Отменить', 'Повторить')).toEqual(['Отменить']);
});

test('what is said of something finds it by whole pieces only, and never before what is called so', () => {
  const nodes = [
    { name: 'Grade', about: 'Change contrast and grain' },
    { name: 'Grain', about: 'Add noise' },
    { name: 'Sharpen', about: 'Edges' },
  ];
  const names = (words: string) =>
    ranked(nodes, words, ({ name, about }) => ({ names: [name], about: [about] })).map(({ name }) => name);
  expect(names('grain')).toEqual(['Grain', 'Grade']);
  expect(names('change')).toEqual(['Grade']);
  // The letters of "cctn" stand in "Change contrast and", in that order.
  expect(names('cctn')).toEqual([]);
});

test('of models, which are many and called alike, whole pieces of words count: none is found by letters that lie apart', () => {
  const parsed = parseCatalog(readFileSync('public/catalog.json', 'utf8'));
  const names = parsed.ok ? parsed.value.catalog.models.map(({ name }) => name) : [];
  const models = (words: string) => ranked(names, words, (name) => ({ exactNames: [name] }));
  expect(models('flux').length).toBeGreaterThan(5);
  expect(models('flux').filter((name) => !/flux/i.test(name))).toEqual([]);
  expect(models('kling 2').slice(0, 2)).toEqual(['Kling 2.6', 'Kling 2.5 Turbo Pro']);
  expect(models('kling 2').filter((name) => !/kling.*2/i.test(name))).toEqual([]);
  expect(models('nano banana').length).toBeGreaterThan(3);
  expect(models('nano banana').filter((name) => !/nano banana/i.test(name))).toEqual([]);
});
