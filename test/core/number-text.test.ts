import { expect, test } from 'vitest';
import { cellFrom, cellText } from '../../src/graph/batch-cells.ts';
import { decimalIn, numberIn, numberText } from '../../src/core/number-text.ts';
import { p } from '../../src/core/params.ts';

test.each([
  ['0.35', 0.35, 0.35],
  ['0,35', 0.35, 0.35],
  ['12,5', 12.5, 12.5],
  ['-0,5', -0.5, -0.5],
  ['0,350', 0.35, 0.35],
  ['.5', 0.5, 0.5],
  [',5', 0.5, 0.5],
  ['12', 12, 12],
  [' 7 ', 7, 7],
  ['−3', -3, -3],
  ['１２', 12, 12],
  ['1e3', 1000, 1000],
  // A thousand in one language is one in the other: the reader's own mark counts, the other one is not guessed at.
  ['1,000', undefined, 1],
  ['1.000', 1, undefined],
  ['12.500', 12.5, undefined],
  ['1,000,000', undefined, undefined],
  ['1.000,5', undefined, undefined],
  ['1,000.5', undefined, undefined],
  ['', undefined, undefined],
  ['-', undefined, undefined],
  ['abc', undefined, undefined],
  ['12 000', undefined, undefined],
  ['0x10', undefined, undefined],
  ['Infinity', undefined, undefined],
  ['1e999', undefined, undefined],
  ['1.2.3', undefined, undefined],
] as const)('“%s” in English and in German', (text, english, german) => {
  expect(numberIn(text, '.')).toBe(english);
  expect(numberIn(text, ',')).toBe(german);
});

test('what is read keeps its digits, and is written as its reader types it', () => {
  expect(decimalIn('12,50', ',')).toBe('12.50');
  expect(numberText(0.35, ',')).toBe('0,35');
  for (const number of [0, -1.5, 1.125, 1000, 123456.789])
    for (const mark of ['.', ','] as const) expect(numberIn(numberText(number, mark), mark)).toBe(number);
});

test('a cell is read with the mark of who typed it, and what could be two numbers is refused', () => {
  const amount = p.float({ label: 'Amount', default: 1, min: 0, max: 5000 });
  expect(cellFrom(amount, '0,35', ',')).toEqual({ cell: 0.35 });
  expect(cellFrom(amount, '1,000')).toHaveProperty('problem');
  expect(cellText(0.35, ',')).toBe('0,35');
});
