import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dollars, inDollars, sumOf, type Micros } from '../../src/core/money.ts';
import { shown } from '../../src/core/say.ts';
import { isDueForReview } from '../../src/routing/catalog.ts';

test('a price is due for review after a quarter, and when nobody knows its date', () => {
  const now = Date.parse('2026-11-22');
  expect(isDueForReview('2026-11-01', now)).toBe(false);
  expect(isDueForReview('2026-08-01', now)).toBe(true);
  expect(isDueForReview('', now)).toBe(true);
});

test('money is exact', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(2_000_000)),
      (amounts) => BigInt(sumOf(amounts as Micros[])) === amounts.reduce((sum, amount) => sum + BigInt(amount), 0n),
    ),
  );
  expect(dollars('0.1') + dollars('0.2')).toBe(dollars('0.3'));
  for (const bad of ['', '-1', 'x', Number.NaN, '0.0000004', '0.0000009', 1e10])
    expect(() => dollars(bad)).toThrow(RangeError);
  expect([0, 200_000, 3400, 1_250_000_000, 50].map((amount) => shown(inDollars(amount as Micros)))).toEqual([
    '$0.00',
    '$0.20',
    '$0.0034',
    '$1,250.00',
    '$0.00005',
  ]);
});
