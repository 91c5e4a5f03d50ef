/** Amounts in a table: what is read adds up, along rows and along columns. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sumOf, type Money } from '../../src/core/money.ts';
import { shown } from '../../src/core/say.ts';
import { tabulated } from '../../src/ledger/amounts.ts';
import type { Components } from '../../src/ledger/costs.ts';

const read = (amount: Money) => shown(amount);
const inMicros = (amount: Money) => Math.round(Number(read(amount).replace(/[$,]/g, '')) * 1e6);
const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0);
const rowOf = ([generation, refinement, waiting, reviewing]: readonly number[]) =>
  ({ generation, refinement, waiting, reviewing }) as Components;
const totalOf = (rows: readonly Components[]): Components => ({
  generation: sumOf(rows.map((row) => row.generation)),
  refinement: sumOf(rows.map((row) => row.refinement)),
  waiting: sumOf(rows.map((row) => row.waiting)),
  reviewing: sumOf(rows.map((row) => row.reviewing)),
});

test('a table is read with one number of digits, so that its parts make what was spent', () => {
  const rows = [rowOf([0, 100, 22_100, 719_926]), rowOf([0, 0, 2_860, 0])];
  const table = tabulated(rows, totalOf(rows));
  expect(table.rows.map((line) => line.map(read))).toEqual([
    ['$0.0000', '$0.0001', '$0.0221', '$0.7199', '$0.7421'],
    ['$0.0000', '$0.0000', '$0.0029', '$0.0000', '$0.0029'],
  ]);
  expect(table.total.map(read)).toEqual(['$0.0000', '$0.0001', '$0.0250', '$0.7199', '$0.7450']);
  const cents = [rowOf([100_000, 0, 0, 0]), rowOf([50_000, 0, 0, 0])];
  expect(tabulated(cents, totalOf(cents)).total.map(read)).toEqual(['$0.15', '$0.00', '$0.00', '$0.00', '$0.15']);
});

test('property: rows and columns add up as they are read, and no amount is off by a whole digit', () => {
  const amount = fc.oneof(fc.constant(0), fc.nat(200), fc.nat(30_000), fc.nat(5_000_000));
  const row = fc.tuple(amount, amount, amount, amount).map(rowOf);
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
      const table = tabulated(rows, totalOf(rows));
      const cells = table.rows.map((line) => line.map(inMicros));
      const total = table.total.map(inMicros);
      for (const line of [...cells, total]) expect(sum(line.slice(0, -1))).toBe(line.at(-1));
      total.forEach((end, at) => expect(sum(cells.map((line) => line[at]!))).toBe(end));
      const unit = 10 ** (6 - read(table.total[0]!).split('.')[1]!.length);
      rows.forEach((one, at) =>
        [one.generation, one.refinement, one.waiting, one.reviewing].forEach((exact, part) =>
          expect(Math.abs(cells[at]![part]! - exact)).toBeLessThan(unit),
        ),
      );
    }),
  );
});
