/** Amounts, numbers and times, as an English and a German reader see them. */
import { afterEach, expect, test } from 'vitest';
import { decimal, parted } from '../../src/core/figures.ts';
import { inDollars, inDollarsTo, type Micros } from '../../src/core/money.ts';
import { inWords, say, type Said } from '../../src/core/say.ts';
import { duration, fileSize, inSeconds, percent, priceInWords } from '../../src/ui/units.ts';
import de from '../../src/words/de.ts';
import { decimalMark, inFigures, speak, t, tell } from '../../src/words/t.ts';

afterEach(() => speak('en'));
/** The space before the dollar sign in German. */
const UNBROKEN = '\u00a0';
const inBoth = (read: () => string): readonly [english: string, german: string] => {
  speak('en');
  const english = read();
  speak('de', de);
  return [english, read()];
};
const amount = (micros: number) => inDollars(micros as Micros);

test('money is written as each language writes it, with digits below a cent only where they count', () => {
  const both = (micros: number) => inBoth(() => inFigures(amount(micros)));
  expect(both(0)).toEqual(['$0.00', `0,00${UNBROKEN}$`]);
  expect(both(200_000)).toEqual(['$0.20', `0,20${UNBROKEN}$`]);
  expect(both(3400)).toEqual(['$0.0034', `0,0034${UNBROKEN}$`]);
  expect(both(50)).toEqual(['$0.00005', `0,00005${UNBROKEN}$`]);
  expect(both(1_250_000_000)).toEqual(['$1,250.00', `1.250,00${UNBROKEN}$`]);
  expect(inBoth(() => inFigures(inDollarsTo(4, 20_000 as Micros)))).toEqual(['$0.0200', `0,0200${UNBROKEN}$`]);
});

test('a sentence inside a sentence has its money in the language of whoever reads it', () => {
  const range = say('{0} {1}', '≈', say('{0} to {1}', amount(50_000), amount(300_000)));
  const sentence = say('over budget ({0}, {1} left)', range, amount(10_000));
  expect(inBoth(() => tell(sentence))).toEqual([
    'over budget (≈ $0.05 to $0.30, $0.01 left)',
    `über dem Budget (≈ 0,05${UNBROKEN}$ bis 0,30${UNBROKEN}$, übrig 0,01${UNBROKEN}$)`,
  ]);
  speak('de', de);
  expect(inWords(sentence)).toBe('over budget (≈ $0.05 to $0.30, $0.01 left)');
  expect(t('at most {0}', amount(50_000))).toBe(`höchstens 0,05${UNBROKEN}$`);
});

test('what earlier releases stored has its amounts as text, and still reads', () => {
  const stored = JSON.parse('{"english":"over budget ({0}, {1} left)","values":["$0.20","$0.05"]}') as Said;
  expect(inBoth(() => tell(stored))).toEqual([
    'over budget ($0.20, $0.05 left)',
    'über dem Budget ($0.20, übrig $0.05)',
  ]);
});

test('numbers have the decimal mark of the language; versions and seeds are not parted', () => {
  expect(inBoth(() => t('{0} s', 1.5))).toEqual(['1.5 s', '1,5 s']);
  expect(inBoth(() => t('seed {0}', 1_234_567))).toEqual(['seed 1234567', 'Seed 1234567']);
  expect(inBoth(() => inFigures(0.35))).toEqual(['0.35', '0,35']);
  expect(inBoth(() => inFigures(decimal(2, 3)))).toEqual(['2.000', '2,000']);
  expect(inBoth(() => inFigures(decimal(12_345.67, 1)))).toEqual(['12345.7', '12345,7']);
  expect(inBoth(() => inFigures(parted(20_000)))).toEqual(['20,000', '20.000']);
  expect(inBoth(decimalMark)).toEqual(['.', ',']);
});

test('English digits are those `toFixed` gives, halves too', () => {
  for (const number of [1.005, 2.345, 0.125, 1.45, -0.25, 1e6 + 0.05])
    for (const digits of [1, 2, 3]) expect(inFigures(decimal(number, digits))).toBe(number.toFixed(digits));
});

test('times, sizes, shares and prices', () => {
  expect(inBoth(() => duration(850))).toEqual(['850 ms', '850 ms']);
  expect(inBoth(() => duration(3240))).toEqual(['3.2 s', '3,2 s']);
  expect(inBoth(() => duration(65_000))).toEqual(['1 min 5 s', '1 min 5 s']);
  expect(inBoth(() => inSeconds(4, 2))).toEqual(['4.00 s', '4,00 s']);
  expect(inBoth(() => fileSize(12_000))).toEqual(['12 kB', '12 kB']);
  expect(inBoth(() => fileSize(3_400_000))).toEqual(['3.4 MB', '3,4 MB']);
  expect(inBoth(() => fileSize(1_000_000))).toEqual(['1.0 MB', '1,0 MB']);
  expect(inBoth(() => fileSize(1_500_000_000))).toEqual(['1.5 GB', '1,5 GB']);
  expect(inBoth(() => percent(0.354))).toEqual(['35%', `35${UNBROKEN}%`]);
  expect(inBoth(() => priceInWords({ amount: 40_000 as Micros, about: true }))).toEqual([
    '≈ $0.04',
    `≈ 0,04${UNBROKEN}$`,
  ]);
  expect(inBoth(() => priceInWords({ amount: undefined, about: false }))).toEqual(['unknown', 'unbekannt']);
});
