/** The numbers in what a fact asks for, wherever they stand, so that a teacher can set each. */
import { isRecord } from '../core/loose.ts';

export type FactPath = readonly (string | number)[];
export interface FactNumber {
  readonly path: FactPath;
  readonly value: number;
}

export function numbersInFact(asked: unknown, path: FactPath = []): readonly FactNumber[] {
  if (typeof asked === 'number') return [{ path, value: asked }];
  if (Array.isArray(asked)) return asked.flatMap((one, at) => numbersInFact(one, [...path, at]));
  if (!isRecord(asked)) return [];
  return Object.entries(asked).flatMap(([name, one]) => numbersInFact(one, [...path, name]));
}

/** The words in it, in order: measures, traits, layers. */
export function wordsInFact(asked: unknown): readonly string[] {
  if (typeof asked === 'string') return [asked];
  if (Array.isArray(asked)) return asked.flatMap(wordsInFact);
  return isRecord(asked) ? Object.values(asked).flatMap(wordsInFact) : [];
}

export function withNumber(asked: unknown, [first, ...rest]: FactPath, value: number): unknown {
  if (first === undefined) return value;
  if (Array.isArray(asked)) return asked.map((one, at) => (at === first ? withNumber(one, rest, value) : one));
  return isRecord(asked) ? { ...asked, [first]: withNumber(asked[first], rest, value) } : asked;
}
