import { expect, test } from 'vitest';
import { computedNumber } from '../../src/core/computed-number.ts';

test.each([
  ['1/2+0.25', 0.75],
  ['2 * (3 - 1)', 4],
  ['2 × (3 − 1) ÷ 4', 1],
  ['10 - 2 - 3', 5],
  ['12/2/3', 2],
  ['-3 + 5', 2],
  ['2 * -3', -6],
  ['--2', 2],
  ['((1))', 1],
  ['1e2+1', 101],
  ['0,5*2', 1],
  ['50%', 0.5],
  ['1,5+1', 2.5],
])('“%s” comes to %d', (text, value) => expect(computedNumber(text)).toBeCloseTo(value, 10));

test('numbers are read with the decimal mark of the reader, also within a sum', () => {
  expect(computedNumber('1,5*2', ',')).toBe(3);
  expect(computedNumber('0.25+0,25', ',')).toBe(0.5);
  // What could part thousands is not read, in neither language.
  expect(computedNumber('1,000*2')).toBeUndefined();
  expect(computedNumber('1.000*2', ',')).toBeUndefined();
});

test('units of time and of the field itself are counted in, percent everywhere', () => {
  expect(computedNumber('500 ms', '.', 's')).toBe(0.5);
  expect(computedNumber('1 min + 2 s', '.', 's')).toBe(62);
  expect(computedNumber('45°', '.', '°')).toBe(45);
  expect(computedNumber('80 %', '.', '%')).toBe(80);
  expect(computedNumber('12 px / 2', '.', 'px')).toBe(6);
  expect(computedNumber('3 s')).toBeUndefined();
});

test.each(['', ' ', '1/', '(1', '1)', '1 2', '1/0', 'a', '1+a', '2x', '..', '1,2,3', '*2', '9'.repeat(400)])(
  '“%s” is no number',
  (text) => expect(computedNumber(text)).toBeUndefined(),
);
