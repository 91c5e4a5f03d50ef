import { expect, test } from 'vitest';
import { createDesk } from '../../src/state/desk.ts';
import { takeOf } from '../rig/takes.ts';

test('a take that is heard of again takes the place of what was known of it; fresh ones follow', () => {
  const desk = createDesk();
  desk.noteTakes([takeOf('a'), takeOf('b')]);
  desk.noteTakes([takeOf('a', { number: 5 }), takeOf('c')]);
  expect(desk.getState().takes.map(({ id, number }) => [id, number])).toEqual([
    ['a', 5],
    ['b', 0],
    ['c', 0],
  ]);
});
