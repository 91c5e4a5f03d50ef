import { expect, test } from 'vitest';
import { vocabularySize } from '../../src/sketch/dictionary.ts';
import { read } from '../../src/sketch/read.ts';

test('several hundred words are understood', () => expect(vocabularySize()).toBeGreaterThan(900));

test('place, time, weather, subject, stuff, colour, style, lens and mood are read', () => {
  expect(read('watercolor of two red wooden boats on a misty lake at golden hour, wide angle, serene')).toMatchObject({
    styles: ['watercolour'],
    subjects: [{ shape: 'boat', count: 2, material: 'wood', colour: '#c8322b' }],
    weathers: ['fog'],
    places: ['lake'],
    times: ['golden'],
    lenses: ['wide'],
    moods: ['calm'],
  });
});

test.each([
  ['a castle without people or clouds', ['people', 'figure', 'clouds']],
  ['no birds, a tree', ['birds']],
])('%s: what is negated is forbidden', (text, without) => {
  expect(read(text).without).toEqual(expect.arrayContaining(without));
});

test('plurals count, compounds name one thing, colours stay with their noun', () => {
  expect(read('three cats').subjects).toEqual([{ shape: 'cat', count: 3, label: 'cats' }]);
  expect(read('cats').subjects[0]!.count).toBe(3);
  expect(read('a glass perfume bottle').subjects).toMatchObject([{ shape: 'perfume', count: 1, material: 'glass' }]);
  expect(read('white sneaker, teal backdrop').colours).toEqual(['#1f7a80']);
});

test('unknown words make a picture of its own', () =>
  expect(read('zorblax house').flavour).not.toBe(read('quibble house').flavour));
