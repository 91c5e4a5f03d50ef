import { afterEach, expect, test } from 'vitest';
import { dollars } from '../../src/core/money.ts';
import { amountIn, whyNoAmount } from '../../src/ui/widgets/amount.ts';
import de from '../../src/words/de.ts';
import { speak } from '../../src/words/t.ts';

afterEach(() => speak('en'));

test('an amount is what was typed, to the millionth; what is smaller or larger than can be counted is refused in words', () => {
  expect(['0', '0.000001', '12.5', '9007199254'].map(amountIn)).toEqual(
    ['0', '0.000001', '12.5', '9007199254'].map(dollars),
  );
  for (const text of ['0.0000004', '0.0000009', '1e-9', '-1', 'nonsense', '1e10'])
    expect(amountIn(text), text).toBe(undefined);
  expect(whyNoAmount('0.0000004')).toBe(
    '“0.0000004” is less than a millionth of a dollar, and nothing smaller is counted.',
  );
  expect(['3*12.5', '(1 + 2) / 3', '10 - 12'].map(amountIn)).toEqual([dollars('37.5'), dollars('1'), undefined]);
  expect(whyNoAmount('1e10')).toContain('more dollars than can be counted');
  expect(whyNoAmount('-1')).toContain('is not an amount');
  speak('de', de);
  expect(whyNoAmount('0.0000004')).toContain('Millionstel');
});
