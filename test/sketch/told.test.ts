import { expect, test } from 'vitest';
import { correctionsIn, withCorrection, withoutCorrections } from '../../src/core/prompt-corrections.ts';
import { imagine } from '../../src/sketch/imagine.ts';
import { read } from '../../src/sketch/read.ts';
import { SHAPES } from '../../src/sketch/shapes.ts';
import { toldReading } from '../../src/sketch/told-reading.ts';
import type { SceneSpec } from '../../src/sketch/spec.ts';

const told = (prompt: string, negative = '') => toldReading(prompt, negative);
const spec = (prompt: string, seed = 1): SceneSpec => imagine({ prompt, negative: '', seed, guidance: 7, aspect: 1.5 });
const shapes = (prompt: string) => spec(prompt).subjects.map(({ shape }) => shape);

test('every word of a reading stands where it says in the prompt', () => {
  for (const prompt of [
    'three owls on a branch, “CLOSED”, a zorblax, very late',
    'Ein alter Mann mit weißem Bart, [Bart = hat] im Wald',
  ])
    for (const { from, to, text } of read(prompt).words)
      expect(prompt.slice(from, to).replace(/[“”]/g, ''), prompt).toBe(text);
});

test.each([
  ['a zorblax in the forest', 'zorblax'],
  ['two kittens and a quibble', 'quibble'],
  ['a dragon over a castle', 'dragon'],
  ['eine Quastenflosse im Meer', 'Quastenflosse'],
])('%s: a card stands for what is not known, and it is told', (prompt, label) => {
  expect(shapes(prompt)).toContain('card');
  expect(told(prompt).cards).toEqual([label]);
  expect(told(prompt).notDrawn).not.toContain(label);
});

test('what no picture shows is told, what every prompt says is not', () => {
  expect(told('a wolf howling quietly, beautiful detailed masterpiece').notDrawn).toEqual(['howling', 'quietly']);
  expect(told('a mug, a lamp, a book, a cat, a piano').notDrawn).toEqual(['piano']);
  expect(told('an old man with a beard').notDrawn).toEqual([]);
  expect(told('an old castle').notDrawn).toEqual(['old']);
  // What lies in a place is no thing of its own, so no card says its name.
  expect(told('a forest path in autumn')).toMatchObject({ notDrawn: ['path'], cards: [] });
});

test('a correction reads one word as another, shows a card, or leaves it out', () => {
  expect(shapes('a fox in a meadow')).toEqual(['fox']);
  expect(shapes('a fox in a meadow [fox = dog]')).toEqual(['dog']);
  expect(shapes('a fox in a meadow [fox = card]')).toEqual(['card']);
  expect(shapes('a fox in a meadow [fox = nothing]')).toEqual([]);
  expect(shapes('ein Fuchs im Wald [Fuchs = wolf]')).toEqual(['wolf']);
});

test('corrections are written, replaced and taken back, and stay in the prompt alone', () => {
  const once = withCorrection('a fox', 'fox', 'dog');
  expect(once).toBe('a fox [fox = dog]');
  expect([...correctionsIn(once)]).toEqual([['fox', 'dog']]);
  expect(withCorrection(once, 'Fox', 'cat')).toBe('a fox [Fox = cat]');
  expect(withCorrection(once, 'fox', undefined)).toBe('a fox');
  expect(withoutCorrections(once)).toBe('a fox');
});

test('German reads as English does', () => {
  const reading = read('eine alte Frau mit Brille im Regen');
  expect(reading).toMatchObject({
    language: 'de',
    weathers: ['rain'],
    subjects: [{ shape: 'figure', person: { age: 'old', gender: 'woman', glasses: 'clear' } }],
  });
  expect(read('ein roter Fuchs im Wald')).toMatchObject({ places: ['forest'], subjects: [{ shape: 'fox' }] });
  expect(read('drei Eulen auf einem Ast').subjects).toMatchObject([
    { shape: 'owl', count: 3, relation: { is: 'on', to: 1 } },
    { shape: 'branch' },
  ]);
  expect(read('eine Glasflasche auf einem Holztisch').subjects).toMatchObject([
    { shape: 'bottle', material: 'glass' },
    { shape: 'table', material: 'wood' },
  ]);
  expect(read('a glass bottle on a wooden table').language).toBe('en');
});

test('people have an age, hair, a beard and glasses; what they wear is not a thing beside them', () => {
  expect(read('an old man with a white beard and glasses').subjects).toMatchObject([
    { shape: 'figure', person: { age: 'old', gender: 'man', beard: 'beard', glasses: 'clear' } },
  ]);
  expect(read('a smiling boy with red hair and a green cap').subjects).toEqual([
    expect.objectContaining({
      person: expect.objectContaining({ age: 'child', mouth: 'smiling', hairColour: 'red', hat: 'cap' }),
    }),
  ]);
  expect(shapes('an old man with a beard')).toEqual(['portrait']);
  expect(shapes('a child running on a beach')).toEqual(['figure']);
});

test('letters are written on a wall, or on a sign where there is none', () => {
  expect(spec('OPEN in neon on a brick wall')).toMatchObject({
    place: 'wall',
    surface: 'brick',
    style: 'poster',
    letters: { text: 'OPEN', isNeon: true },
  });
  const meadow = spec('a meadow with the words "NO ENTRY"');
  expect(meadow).toMatchObject({ place: 'meadow', letters: undefined });
  expect(meadow.subjects.map(({ shape }) => shape)).toEqual(['sign']);
});

test.each([1, 2, 3, 4, 5])('relations and views hold for seed %i', (seed) => {
  const of = (prompt: string, shape: string) => {
    const found = spec(prompt, seed).subjects.filter((subject) => subject.shape === shape);
    expect(found.length, prompt).toBeGreaterThan(0);
    return found;
  };
  const [cat] = of('a cat under a table', 'cat');
  const [table] = of('a cat under a table', 'table');
  expect(cat!.size).toBeLessThan(table!.size);
  expect(Math.abs(cat!.x - table!.x)).toBeLessThan(0.05);
  const owls = of('three owls on a branch', 'owl');
  const [branch] = of('three owls on a branch', 'branch');
  expect(owls).toHaveLength(3);
  for (const owl of owls) expect(owl.y).toBeLessThan(branch!.y - branch!.size * 0.3);
  const crowd = of('a crowd in front of a cathedral', 'figure');
  const [cathedral] = of('a crowd in front of a cathedral', 'cathedral');
  expect(crowd.length).toBeGreaterThan(25);
  expect(cathedral!.depth).toBeGreaterThan(Math.max(...crowd.map(({ depth }) => depth)));
  expect(cathedral!.y - cathedral!.size).toBeGreaterThan(0);
  expect(spec('ramen from above', seed).place).toBe('overhead');
  const usual = spec('a tower on a hill', seed);
  expect(spec('a tower on a hill, low angle', seed).horizon).toBeGreaterThan(usual.horizon);
});

test('what is added to one part of a scene changes no other', () => {
  const plain = spec('a horse in a meadow');
  const added = spec('a horse in a meadow and a fence');
  expect(added.subjects.find(({ shape }) => shape === 'horse')).toMatchObject({
    x: plain.subjects[0]!.x,
    y: plain.subjects[0]!.y,
    flip: plain.subjects[0]!.flip,
  });
  expect(added).toMatchObject({ horizon: plain.horizon, sky: plain.sky, time: plain.time, sun: plain.sun });
});

test('every drawing has words of its own, is one unit high and lies within reach', () => {
  const owners = new Map<string, string>();
  for (const [name, { words, parts }] of Object.entries(SHAPES)) {
    for (const word of words.split('|').filter(Boolean)) {
      expect(owners.get(word), `${word} asks for ${owners.get(word)} and ${name}`).toBeUndefined();
      owners.set(word, name);
    }
    for (const { polygons } of parts)
      for (const polygon of polygons) {
        expect(polygon.every(Number.isFinite), name).toBe(true);
        expect(Math.min(...polygon.filter((_, i) => i % 2)), name).toBeGreaterThan(-1.35);
      }
  }
  expect(owners.size).toBeGreaterThan(500);
});
