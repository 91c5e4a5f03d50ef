/**
 * `.cube` LUTs as people have them: Adobe's Cube LUT 1.0 (3D or 1D, `DOMAIN_MIN`/`DOMAIN_MAX`) and what DaVinci Resolve
 * writes
 * (`LUT_3D_INPUT_RANGE`, `LUT_1D_INPUT_RANGE`, a 1D shaper before a 3D table). Keywords in any case, comments anywhere,
 * any line end.
 */
import { NodeError } from '../core/errors.ts';
import { say, type Sentence } from '../core/say.ts';
import type { Rgb } from './colour.ts';
import { clamp } from './math.ts';

/**
 * A table of colours over an input range: `size` entries for a curve, `size³` for a cube (red fastest), three numbers
 * each.
 */
interface Table {
  readonly size: number;
  /** The input, per channel, that meets the first and the last entry. */
  readonly from: Rgb;
  readonly to: Rgb;
  readonly data: Float32Array;
}
/** First the curve, then the cube; at least one of them is there. */
export interface CubeLut {
  readonly curve?: Table;
  readonly cube?: Table;
}

/** Sizes that a 3D table may have: 2 is the least that holds a colour, 129 what film tools write at most. */
const CUBE_SIZES = [2, 129] as const;
/** The specification's limits for a 1D table. */
const CURVE_SIZES = [2, 65_536] as const;
const MOST_ENTRIES = CUBE_SIZES[1] ** 3 + CURVE_SIZES[1];
/** Characters; the largest table has some 60 million. */
const LARGEST_LUT = 160 * 1024 * 1024;
const UNIT: Bounds = { from: [0, 0, 0], to: [1, 1, 1] };

/** What a file says before it is put together; sizes of 0 are not said. */
interface Parts {
  curveSize: number;
  cubeSize: number;
  domain: Bounds;
  curveRange?: Bounds;
  cubeRange?: Bounds;
  /** All entries as they come: the curve's, then the cube's. */
  entries: Float32Array<ArrayBuffer>;
  /** Numbers in `entries`. */
  filled: number;
}
type Bounds = Pick<Table, 'from' | 'to'>;

/** Reads a LUT. Throws `NodeError` with what is wrong. */
export function parseCubeLut(text: string): CubeLut {
  if (text.length > LARGEST_LUT)
    throw refuse(say('This LUT is larger than any table that can be read, so it was not read.'));
  const even = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const parts: Parts = { curveSize: 0, cubeSize: 0, domain: UNIT, entries: new Float32Array(0), filled: 0 };
  let number = 0;
  for (let start = even.startsWith('\uFEFF') ? 1 : 0, end = 0; start <= even.length; start = end + 1) {
    end = even.indexOf('\n', start);
    if (end < 0) end = even.length;
    readLine(parts, even, start, end, ++number);
  }
  return assembled(parts);
}

function readLine(parts: Parts, text: string, start: number, end: number, line: number): void {
  const first = startOfWord(text, start, end);
  if (first === end || text[first] === '#') return;
  // Most lines by far: a large LUT has two million of them, which are not taken apart into words.
  if (isNumeric(text.charCodeAt(first))) return addEntry(parts, text, first, end, line);
  const [keyword = '', ...rest] = text.slice(first, end).replace(/#.*/, '').trim().split(/\s+/);
  switch (keyword.toUpperCase()) {
    case 'LUT_1D_SIZE':
      parts.curveSize = sizeOf(rest, CURVE_SIZES);
      return;
    case 'LUT_3D_SIZE':
      parts.cubeSize = sizeOf(rest, CUBE_SIZES);
      return;
    case 'DOMAIN_MIN':
      parts.domain = { ...parts.domain, from: colourOf(rest, line) };
      return;
    case 'DOMAIN_MAX':
      parts.domain = { ...parts.domain, to: colourOf(rest, line) };
      return;
    case 'LUT_1D_INPUT_RANGE':
      parts.curveRange = rangeOf(rest, line);
      return;
    case 'LUT_3D_INPUT_RANGE':
      parts.cubeRange = rangeOf(rest, line);
      return;
  }
  // A title, or what another program adds. Prose before any size is no LUT.
  const isExpected = parts.curveSize > 0 || parts.cubeSize > 0 || /^[A-Z\d]+(_[A-Z\d]+)*$|^title$/i.test(keyword);
  if (!isExpected) throw notALut();
}

function addEntry(parts: Parts, text: string, start: number, end: number, line: number): void {
  const most = expectedIn(parts) || MOST_ENTRIES;
  // A longer file is never read to its end.
  if (parts.filled / 3 === most)
    throw refuse(say('This LUT has more than the {0} {0|entry|entries} of its size.', most));
  if (parts.filled === parts.entries.length) {
    const larger = new Float32Array(Math.max(expectedIn(parts) * 3, parts.filled * 2, 192));
    larger.set(parts.entries);
    parts.entries = larger;
  }
  if (!readTriple(text, start, end, parts.entries, parts.filled))
    throw refuse(say('Line {0} of this LUT is not three numbers.', line));
  parts.filled += 3;
}

const expectedIn = ({ curveSize, cubeSize }: Parts): number => curveSize + cubeSize ** 3;

function assembled(parts: Parts): CubeLut {
  const { curveSize, cubeSize, domain, entries } = parts;
  const [count, expected] = [parts.filled / 3, expectedIn(parts)];
  if (expected === 0) throw notALut();
  if (count < expected) throw refuse(say('This LUT is cut short: {0} of {1} {1|entry|entries}.', count, expected));
  if (count > expected) throw refuse(say('This LUT has more than the {0} {0|entry|entries} of its size.', expected));
  const curveEnd = curveSize * 3;
  // With a curve before it, the cube hears what the curve says, of which a domain for the input says nothing.
  const cubeBounds = parts.cubeRange ?? (curveSize ? UNIT : domain);
  return {
    ...(curveSize ? { curve: table(curveSize, parts.curveRange ?? domain, entries.subarray(0, curveEnd)) } : {}),
    ...(cubeSize ? { cube: table(cubeSize, cubeBounds, entries.subarray(curveEnd, expected * 3)) } : {}),
  };
}

function table(size: number, bounds: Bounds, data: Float32Array): Table {
  const isForwards = bounds.from.every((low, channel) => low < bounds.to[channel]!);
  if (!isForwards) throw refuse(say('The input range of this LUT ends before it begins.'));
  return { size, ...bounds, data };
}

function sizeOf(words: readonly string[], [least, most]: readonly [number, number]): number {
  const size = words.length === 1 ? Number(words[0]) : NaN;
  if (Number.isInteger(size) && size >= least && size <= most) return size;
  throw refuse(
    say(
      'This LUT says its size is “{0}”, which is not a number from {1} to {2}.',
      words.join(' ').slice(0, 20),
      least,
      most,
    ),
  );
}
function colourOf(words: readonly string[], line: number): Rgb {
  const [r, g, b] = [Number(words[0]), Number(words[1]), Number(words[2])];
  // The sum is finite only if each of them is.
  if (words.length === 3 && Number.isFinite(r + g + b)) return [r, g, b];
  throw refuse(say('Line {0} of this LUT is not three numbers.', line));
}
function rangeOf(words: readonly string[], line: number): Bounds {
  const [low, high] = words.map(Number);
  if (words.length !== 2 || !Number.isFinite(low) || !Number.isFinite(high))
    throw refuse(say('Line {0} of this LUT is not a range of two numbers.', line));
  return { from: [low!, low!, low!], to: [high!, high!, high!] };
}
const refuse = (what: Sentence): NodeError =>
  new NodeError('bad-input', what, { hint: 'Choose a .cube file, or export it again.' });
const notALut = (): NodeError =>
  refuse(say('This file says no LUT_3D_SIZE and no LUT_1D_SIZE, so it is not a .cube LUT.'));

/** Where the next word between two places begins. */
function startOfWord(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) <= 32) at++;
  return at;
}
/** A digit, a sign or a point. */
const isNumeric = (code: number): boolean => (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;

/**
 * Writes the three numbers between two places into `into` from `at` on; false when there are not three. A comment may
 * follow.
 */
function readTriple(text: string, from: number, end: number, into: Float32Array, at: number): boolean {
  let count = 0;
  for (let word = from; word < end && text[word] !== '#'; word = startOfWord(text, word, end)) {
    let after = word;
    while (after < end && text.charCodeAt(after) > 32) after++;
    const value = numberIn(text, word, after);
    // As it will be kept, in 32 bits.
    if (count === 3 || !Number.isFinite(Math.fround(value))) return false;
    into[at + count++] = value;
    word = after;
  }
  return count === 3;
}

/**
 * The number written between two places. `0.25` and its like are put together from their digits, which is exact up to
 * fifteen of
 * them and several times as fast as cutting the text out.
 */
function numberIn(text: string, from: number, end: number): number {
  let [digits, scale, hasPoint] = [0, 1, false];
  if (end - from > 16) return Number(text.slice(from, end));
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      digits = digits * 10 + code - 48;
      if (hasPoint) scale *= 10;
    } else if (code === 46 && !hasPoint && end - from > 1) hasPoint = true;
    else return Number(text.slice(from, end));
  }
  return digits / scale;
}

/** What the LUT makes of an sRGB colour; linear between entries, and beyond its input range as at its edge. */
export function lookUp(lut: CubeLut, colour: Rgb): Rgb {
  const bent = lut.curve ? alongCurve(lut.curve, colour) : colour;
  return lut.cube ? inCube(lut.cube, bent) : bent;
}

/** Where a colour falls among the entries of each axis. */
const placeOf = ({ size, from, to }: Table, colour: Rgb): number[] =>
  colour.map((value, channel) => clamp((value - from[channel]!) / (to[channel]! - from[channel]!)) * (size - 1));

function alongCurve(table: Table, colour: Rgb): Rgb {
  const out = placeOf(table, colour).map((place, channel) => {
    const low = Math.min(table.size - 2, Math.floor(place));
    const below = table.data[low * 3 + channel]!;
    const above = table.data[(low + 1) * 3 + channel]!;
    return below + (above - below) * (place - low);
  });
  return out as unknown as Rgb;
}

function inCube(table: Table, colour: Rgb): Rgb {
  const places = placeOf(table, colour);
  const low = places.map((place) => Math.min(table.size - 2, Math.floor(place)));
  const out = [0, 0, 0];
  for (let corner = 0; corner < 8; corner++) {
    let weight = 1;
    let index = 0;
    let stride = 1;
    for (let axis = 0; axis < 3; axis++) {
      const high = (corner >> axis) & 1;
      const fraction = places[axis]! - low[axis]!;
      weight *= high ? fraction : 1 - fraction;
      index += (low[axis]! + high) * stride;
      stride *= table.size;
    }
    for (let channel = 0; channel < 3; channel++)
      out[channel] = out[channel]! + table.data[index * 3 + channel]! * weight;
  }
  return out as unknown as Rgb;
}
