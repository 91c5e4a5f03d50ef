/**
 * Whether data that comes from outside has the shape that the rest of the app takes for granted: built from small
 * shapes, strict in what is there and what may be missing.
 */
import { LONGEST_ID, LONGEST_PATH, LONGEST_TEXT } from './limits.ts';
import { isRecord } from './loose.ts';
import { isReserved } from './own.ts';

export type Shape = (value: unknown) => boolean;

/** Entries of one list or record. */
const MOST_ENTRIES = 10_000;

export const isNumber: Shape = (value) => typeof value === 'number' && Number.isFinite(value);
export const isWhole: Shape = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
export const isTrue: Shape = (value) => value === true;
export const isFact: Shape = (value) => typeof value === 'boolean';
export const isAny: Shape = () => true;
export const textUpTo =
  (most: number): Shape =>
  (value) =>
    typeof value === 'string' && value.length <= most;
export const isText = textUpTo(LONGEST_TEXT);
/** Found by no name that every object answers to. */
export const isId: Shape = (value) =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_ID && !isReserved(value);
/** The id of a node, which inside of a component is a path. */
export const isPlace: Shape = (value) =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_PATH && !isReserved(value);
export const isArtifactHash: Shape = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

export const oneOf =
  (...choices: readonly unknown[]): Shape =>
  (value) =>
    choices.includes(value);
export const either =
  (...shapes: readonly Shape[]): Shape =>
  (value) =>
    shapes.some((shape) => shape(value));
export const listOf =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.length <= MOST_ENTRIES && value.every(shape);
export const recordOf =
  (shape: Shape, isKey: Shape = isPlace): Shape =>
  (value) => {
    if (!isRecord(value)) return false;
    const entries = Object.entries(value);
    return entries.length <= MOST_ENTRIES && entries.every(([key, one]) => isKey(key) && shape(one));
  };
/** `may`: what can be missing. Nothing else may be there. */
export function rowOf(has: Readonly<Record<string, Shape>>, may: Readonly<Record<string, Shape>> = {}): Shape {
  const known = new Map(Object.entries({ ...has, ...may }));
  return (value) =>
    isRecord(value) &&
    Object.keys(has).every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, one]) => known.get(name)?.(one) ?? false);
}
