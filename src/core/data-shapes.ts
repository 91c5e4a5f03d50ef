/**
 * Whether data that comes from outside has the shape that the rest of the app takes for granted: built from small
 * shapes, strict in what is there and what may be missing.
 */
import { LONGEST_ID, LONGEST_PATH, LONGEST_TEXT } from './limits.ts';
import { isRecord } from './loose.ts';
import { isReserved } from './own.ts';

export type DataShape = (value: unknown) => boolean;

/** Entries of one list or record. */
const MOST_ENTRIES = 10_000;

export const isFiniteNumber: DataShape = (value) => typeof value === 'number' && Number.isFinite(value);
export const isWhole: DataShape = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
export const isTrue: DataShape = (value) => value === true;
export const isFact: DataShape = (value) => typeof value === 'boolean';
export const isAny: DataShape = () => true;
export const isTextUpTo =
  (most: number): DataShape =>
  (value) =>
    typeof value === 'string' && value.length <= most;
export const isShortText = isTextUpTo(LONGEST_TEXT);
/** Found by no name that every object answers to. */
export const isId: DataShape = (value) =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_ID && !isReserved(value);
/** The id of a node, which inside of a component is a path. */
export const isPlace: DataShape = (value) =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_PATH && !isReserved(value);
export const isArtifactHash: DataShape = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

export const isOneOf =
  (...choices: readonly unknown[]): DataShape =>
  (value) =>
    choices.includes(value);
export const isEither =
  (...shapes: readonly DataShape[]): DataShape =>
  (value) =>
    shapes.some((shape) => shape(value));
export const isListOf =
  (shape: DataShape): DataShape =>
  (value) =>
    Array.isArray(value) && value.length <= MOST_ENTRIES && value.every(shape);
export const isRecordOf =
  (shape: DataShape, isKey: DataShape = isPlace): DataShape =>
  (value) => {
    if (!isRecord(value)) return false;
    const entries = Object.entries(value);
    return entries.length <= MOST_ENTRIES && entries.every(([key, one]) => isKey(key) && shape(one));
  };
/** `may`: what can be missing. Nothing else may be there. */
export function isRowOf(
  has: Readonly<Record<string, DataShape>>,
  may: Readonly<Record<string, DataShape>> = {},
): DataShape {
  const known = new Map(Object.entries({ ...has, ...may }));
  return (value) =>
    isRecord(value) &&
    Object.keys(has).every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, one]) => known.get(name)?.(one) ?? false);
}

type OptionalKeys<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? Key : never }[keyof T];
/** The same for rows of a type: the compiler asks for a shape of each of its members, so that a new one is not forgotten. */
export const isRowLike = <T extends object>(
  has: Readonly<Record<Exclude<keyof T, OptionalKeys<T>>, DataShape>>,
  may: Readonly<Record<OptionalKeys<T>, DataShape>>,
): DataShape => isRowOf(has, may);
