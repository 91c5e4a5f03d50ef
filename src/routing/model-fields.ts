/** Reads how a model calls its inputs, as a catalog has it: the same shape, checked. */
import { isRecord } from '../core/loose.ts';
import { own } from '../core/own.ts';
import type { ModelFields } from './job-request.ts';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value !== '';
const isPositive: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value > 0;
const isFlag: Check = (value) => typeof value === 'boolean';
const isOneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string);
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every(check);
const isRange: Check = (value) => isListOf(isPositive)(value) && (value as unknown[]).length === 2;
/** A record with these parts, all of them right, and no others. Those named first have to be there. */
const isMadeOf =
  (needed: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  (value) =>
    isRecord(value) &&
    Object.keys(needed).every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, part]) => (own(needed, name) ?? own(optional, name))?.(part) === true);
const isAny =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));

const limits = { multiple: isPositive, sides: isRange, pixels: isRange };
const isNamedSizes = isMadeOf({ name: isText, values: isListOf(isText) });
const isSize = isAny(
  isMadeOf({ as: isOneOf('width and height') }, limits),
  isMadeOf({ as: isOneOf('object', 'x', '*'), name: isText }, limits),
  isMadeOf({ as: isOneOf('ratio'), name: isText, values: isListOf(isText) }, { lines: isNamedSizes }),
  isMadeOf({ as: isOneOf('lines'), lines: isNamedSizes }),
);
const isFieldOfClip = isMadeOf(
  { name: isText },
  { seconds: isRange, lines: isListOf(isPositive), ratios: isListOf(isText) },
);
const values = { values: isListOf(isPositive) };
const isDuration = isAny(
  isMadeOf({ name: isText, as: isOneOf('number', 'text', 'text with s') }, values),
  isMadeOf({ name: isText, as: isOneOf('frames'), fps: isPositive }, values),
);
const isFieldOfPictures = isMadeOf({ name: isText }, { isList: isFlag, isNeeded: isFlag });

const PARTS: Readonly<Record<keyof ModelFields, Check>> = {
  prompt: (value) => value === null || isText(value),
  negative: isText,
  seed: isText,
  largestSeed: isPositive,
  guidance: isText,
  size: isSize,
  duration: isDuration,
  fps: isText,
  still: isFieldOfPictures,
  lastFrame: isFieldOfPictures,
  clip: isFieldOfClip,
  audio: isText,
  references: isFieldOfPictures,
  strength: isMadeOf({ name: isText, as: isOneOf('changed', 'kept') }),
  enlargement: isMadeOf({ name: isText }, values),
  always: isRecord,
};
const isModelFields = isMadeOf({}, PARTS);

/** `undefined` where any part is damaged or unknown: a model that is asked half rightly costs as much. */
export const readModelFields = (raw: unknown): ModelFields | undefined =>
  isModelFields(raw) ? (raw as ModelFields) : undefined;
