/** Amounts of dollars as people type them. */
import { dollars, isCountable, type Micros } from '../../core/money.ts';
import { computedNumber } from '../../core/computed-number.ts';
import { decimalIn, numberText } from '../../core/number-text.ts';
import { decimalMark, t } from '../../words/t.ts';

/** Amounts are counted in millionths of a dollar. */
const DECIMALS = 6;

/** As it was typed, or what a sum such as `3*12.5` comes to. */
const read = (text: string): string | undefined => {
  const decimal = decimalIn(text, decimalMark()) ?? computedNumber(text, decimalMark())?.toFixed(DECIMALS);
  return decimal === undefined || decimal.startsWith('-') ? undefined : decimal;
};

/** An amount of dollars from what was typed; `undefined` when it cannot be read or counted. */
export function amountIn(text: string): Micros | undefined {
  const decimal = read(text);
  return decimal !== undefined && isCountable(Number(decimal)) ? dollars(decimal) : undefined;
}

/** Why that is no amount, for a text `amountIn` has no answer to. */
export function whyNoAmount(text: string): string {
  const decimal = read(text);
  if (decimal === undefined)
    return t('“{0}” is not an amount; write dollars, such as {1}.', text, numberText(12.5, decimalMark()));
  return Number(decimal) < 1
    ? t('“{0}” is less than a millionth of a dollar, and nothing smaller is counted.', text)
    : t('“{0}” is more dollars than can be counted exactly.', text);
}
