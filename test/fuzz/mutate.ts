/** Ways to damage data. All chance comes from the generator given, so a finding can be made again from its seed. */
import type { Loose } from '../../src/core/loose.ts';

type Random = () => number;
export const below = (random: Random, count: number): number => Math.floor(random() * count);
export const oneOf = <T>(random: Random, items: readonly T[]): T => items[below(random, items.length)]!;

/** Texts that stand for what JSON.stringify cannot write, and are put right in the text. */
const INFINITE = '§infinite§';
const PROTO = '§proto§';
const NAMES = [
  'toString',
  'constructor',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  '__defineGetter__',
  PROTO,
  '',
  'a/b',
  '../x',
  'n'.repeat(300),
  '💥',
  'component/',
  'component/toString',
  'component/look',
  'component/outer',
  'seed@9',
  'image',
  'prompt',
  'length',
];
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  2 ** 53,
  -3e9,
  -1e308,
  1e308,
  INFINITE,
  `-${INFINITE}`,
  '',
  ' ',
  '{{',
  `{{${' '.repeat(200)}`,
  '{{toString}}',
  'x'.repeat(5000),
  '\u0000',
  '\uD800',
  '<script>',
  '> '.repeat(100),
  [],
  {},
  [[]],
  [null],
  { toString: null },
  { valueOf: 1 },
  { hash: 'a', name: 'b', mime: 'c', toString: null, valueOf: 1, width: INFINITE },
  { [PROTO]: { polluted: true } },
  { length: 5 },
  'NaN',
  '1e999',
];

/** A copy: what is put somewhere is changed there later. */
const oddValue = (random: Random): unknown => structuredClone(oneOf(random, VALUES));

/** The JSON of mutated data, with what only a text can hold in it. */
export const written = (data: unknown): string =>
  JSON.stringify(data)
    .replaceAll(`"${INFINITE}"`, '1e999')
    .replaceAll(`"-${INFINITE}"`, '-1e999')
    .replaceAll(`"${PROTO}"`, '"__proto__"');

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}
/** Every place in some data, from the outside in. */
function placesIn(data: unknown): Place[] {
  const places: Place[] = [];
  const open = [data];
  for (let value = open.pop(); open.length >= 0 && value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const key of Object.keys(value)) {
      places.push({ holder: value as Record<string, unknown>, key });
      open.push((value as Loose)[key] ?? null);
    }
  }
  return places;
}

/** Puts a value there as JSON.parse would. Lists keep their length. */
function put(holder: Record<string, unknown>, key: string, value: unknown): void {
  if (Array.isArray(holder) && key === 'length') return;
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

const MOST_PLACES = 20_000;

/** Changes a copy of some data in one to six places. */
export function mutated(random: Random, data: unknown): unknown {
  const copy: unknown = structuredClone(data);
  for (let left = 1 + below(random, 6); left > 0; left--) {
    const places = placesIn(copy);
    if (places.length === 0) return oddValue(random);
    // What was put into itself a few times has grown enough.
    if (places.length > MOST_PLACES) break;
    const { holder, key } = oneOf(random, places);
    const other = oneOf(random, places);
    change(random, holder, key, other);
  }
  return copy;
}

function change(random: Random, holder: Record<string, unknown>, key: string, other: Place): void {
  const value = holder[key];
  const elsewhere = () => structuredClone(other.holder[other.key]);
  switch (below(random, 11)) {
    case 0:
      return put(holder, key, oddValue(random));
    case 1:
      if (!Array.isArray(holder)) delete holder[key];
      return undefined;
    case 2:
      return rename(holder, key, oneOf(random, NAMES));
    case 3:
      return rename(holder, key, other.key);
    // Another place's value: ids come to name the wrong thing, wires turn round, components hold each other.
    case 4:
    case 5:
      return put(holder, key, elsewhere());
    case 6:
      return put(holder, oneOf(random, [...NAMES, other.key]), elsewhere());
    case 7:
      return put(
        holder,
        key,
        typeof value === 'string'
          ? oneOf(random, [oneOf(random, NAMES), `component/${value}`, value + value, value.slice(1)])
          : oddValue(random),
      );
    case 8:
      return put(
        holder,
        key,
        typeof value === 'number'
          ? oneOf(random, [-value, value * 1e9, value + 0.5, value + 1, 1 / (value || 1)])
          : [value],
      );
    case 9:
      return put(
        holder,
        key,
        Array.isArray(value)
          ? [...(value as unknown[]), ...(value as unknown[]), elsewhere()]
          : { [oneOf(random, NAMES)]: value },
      );
    default: {
      let deep: unknown = value;
      for (let level = below(random, 80); level > 0; level--) deep = random() < 0.5 ? [deep] : { a: deep };
      return put(holder, key, deep);
    }
  }
}

function rename(holder: Record<string, unknown>, key: string, name: string): void {
  const value = holder[key];
  if (!Array.isArray(holder)) delete holder[key];
  put(holder, name, value);
}

const SCRAPS = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\n',
  '\r\n',
  '\t',
  ';',
  '\uFEFF',
  '\\',
  '\\u0000',
  '0',
  '-',
  '1e999',
  'NaN',
  '#',
  '""',
  '__proto__',
  'LUT_3D_SIZE',
  'LUT_3D_SIZE 3\n',
  'DOMAIN_MIN 0 0 0\n',
];

/** Cuts, repeats, moves and swaps pieces of a text, up to four times. */
export function mutatedText(random: Random, text: string): string {
  let changed = text;
  for (let left = 1 + below(random, 4); left > 0; left--) {
    const at = below(random, changed.length + 1);
    const length = below(random, random() < 0.8 ? 12 : changed.length - at + 1);
    const piece = changed.slice(at, at + length);
    const [before, after] = [changed.slice(0, at), changed.slice(at + length)];
    changed = oneOf(random, [
      () => before + after,
      () => before,
      () => before + piece + piece + after,
      () => before + oneOf(random, SCRAPS) + after,
      () => before + oneOf(random, SCRAPS).repeat(1 + below(random, 200)) + after,
      () => after + piece + before,
    ])();
  }
  return changed;
}

/** Turns bits, cuts, repeats and overwrites, up to five times. */
export function mutatedBytes(random: Random, bytes: Uint8Array): Uint8Array {
  let changed = bytes.slice();
  for (let left = 1 + below(random, 5); left > 0; left--) {
    const at = below(random, changed.length);
    const length = below(random, random() < 0.8 ? 9 : changed.length - at + 1);
    switch (below(random, 5)) {
      case 0:
        changed[at]! ^= 1 << below(random, 8);
        break;
      case 1:
        changed.fill(oneOf(random, [0, 0xff, 0x7f, below(random, 256)]), at, at + length);
        break;
      case 2:
        changed = changed.slice(0, at);
        break;
      case 3:
        changed = joined(changed.subarray(0, at + length), changed.subarray(at));
        break;
      default:
        changed = joined(changed.subarray(0, at), changed.subarray(at + length));
    }
    if (changed.length === 0) return changed;
  }
  return changed;
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> => {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
};
