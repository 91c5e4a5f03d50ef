/**
 * Numbers as people work them out in a field: `1/2+0.25`, `2 × (3 − 1)`, `50 %`, `500 ms`. Own code: libraries for this
 * come with functions, matrices and more than 10 kB, and know one decimal mark.
 */
import { numberIn, type DecimalMark } from './number-text.ts';

/** By the unit of a field, what other units are in it; every field knows its own and percent. */
const UNITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  s: { ms: 0.001, min: 60 },
  '°': { deg: 1 },
};
const LONGEST = 120;
const TOKEN = /\s*(?:([\d.,]+(?:e[+-]?\d+)?)\s*(%|°|[a-z]+)?|([-+*/()]))\s*/iy;

type Token = number | string;

/**
 * What a text of numbers, the four operations and brackets comes to; `undefined` where it is no such text, is not
 * finished, or comes to nothing finite. `unit`: of the field.
 */
export function computedNumber(text: string, mark: DecimalMark = '.', unit = ''): number | undefined {
  const tokens = tokensIn(text, mark, unit);
  if (!tokens) return undefined;
  let at = 0;
  const value = sum();
  return at === tokens.length && value !== undefined && Number.isFinite(value) ? value : undefined;

  function sum(): number | undefined {
    let left = product();
    while (tokens![at] === '+' || tokens![at] === '-') {
      const sign = tokens![at++] === '+' ? 1 : -1;
      const right = product();
      left = left === undefined || right === undefined ? undefined : left + sign * right;
    }
    return left;
  }
  function product(): number | undefined {
    let left = factor();
    while (tokens![at] === '*' || tokens![at] === '/') {
      const multiplies = tokens![at++] === '*';
      const right = factor();
      if (left === undefined || right === undefined) left = undefined;
      else left = multiplies ? left * right : left / right;
    }
    return left;
  }
  function factor(): number | undefined {
    const token = tokens![at++];
    if (typeof token === 'number') return token;
    if (token === '+') return factor();
    if (token === '-') {
      const value = factor();
      return value === undefined ? undefined : -value;
    }
    if (token !== '(') return undefined;
    const value = sum();
    return tokens![at++] === ')' ? value : undefined;
  }
}

function tokensIn(text: string, mark: DecimalMark, unit: string): readonly Token[] | undefined {
  const plain = text.normalize('NFKC').replaceAll('−', '-').replaceAll('×', '*').replaceAll(/[÷:]/g, '/').trim();
  if (plain.length === 0 || plain.length > LONGEST) return undefined;
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < plain.length) {
    const found = TOKEN.exec(plain);
    if (!found) return undefined;
    const [, digits, typedUnit, sign] = found;
    const number = digits === undefined ? undefined : numberIn(digits, mark);
    const scale = typedUnit === undefined ? 1 : scaleOf(typedUnit, unit);
    if (sign !== undefined) tokens.push(sign);
    else if (number === undefined || scale === undefined) return undefined;
    else tokens.push(number * scale);
  }
  return tokens;
}

function scaleOf(typed: string, unit: string): number | undefined {
  if (typed === unit.trim()) return 1;
  return typed === '%' ? 0.01 : UNITS[unit]?.[typed.toLowerCase()];
}
