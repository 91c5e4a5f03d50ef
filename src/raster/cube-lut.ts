/**
 * `.cube` LUTs as people have them: Adobe's Cube LUT 1.0 (3D or 1D, `DOMAIN_MIN`/`DOMAIN_MAX`) and what DaVinci Resolve writes
 * (`LUT_3D_INPUT_RANGE`, `LUT_1D_INPUT_RANGE`, a 1D shaper before a 3D table). Keywords in any case, comments anywhere, any line end.
 */
import { NodeError } from '../core/errors.ts';
import { say, type Sentence } from '../core/say.ts';
import type { Rgb } from './colour.ts';
import { clamp } from './math.ts';

/** A table of colours over an input range: `size` entries for a curve, `size³` for a cube (red fastest), three numbers each. */
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
  if (text.length > LARGEST_LUT) throw refuse(say('This LUT is larger than any table that can be read, so it was not read.'));
  const parts: Parts = { curveSize: 0, cubeSize: 0, domain: UNIT, entries: new Float32Array(0), filled: 0 };
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    const comment = line.indexOf('#');
    const words = wordsOf(comment < 0 ? line : line.slice(0, comment));
    if (words.length > 0) readLine(parts, words, number);
  }
  return assembled(parts);
}

function readLine(parts: Parts, words: readonly string[], line: number): void {
  const first = words[0]!;
  // Most lines by far.
  if (!/^[a-z]/i.test(first)) return addEntry(parts, words, line);
  const rest = words.slice(1);
  switch (first.toUpperCase()) {
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
  const isKnown = parts.curveSize > 0 || parts.cubeSize > 0;
  // A title, or what another program adds. Prose before any size is no LUT.
  if (!isKnown && !/^[A-Z\d]+(_[A-Z\d]+)*$|^title$/i.test(first)) throw notALut();
}

function addEntry(parts: Parts, words: readonly string[], line: number): void {
  const colour = colourOf(words, line);
  const most = expectedIn(parts) || MOST_ENTRIES;
  // A longer file is never read to its end.
  if (parts.filled / 3 === most) throw refuse(say('This LUT has more than the {0} entries of its size.', most));
  if (parts.filled === parts.entries.length) {
    const larger = new Float32Array(Math.max(expectedIn(parts) * 3, parts.filled * 2, 192));
    larger.set(parts.entries);
    parts.entries = larger;
  }
  parts.entries.set(colour, parts.filled);
  parts.filled += 3;
}

const expectedIn = ({ curveSize, cubeSize }: Parts): number => curveSize + cubeSize ** 3;

function assembled(parts: Parts): CubeLut {
  const { curveSize, cubeSize, domain, entries } = parts;
  const [count, expected] = [parts.filled / 3, expectedIn(parts)];
  if (expected === 0) throw notALut();
  if (count < expected) throw refuse(say('This LUT is cut short: {0} of {1} entries.', count, expected));
  if (count > expected) throw refuse(say('This LUT has more than the {0} entries of its size.', expected));
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
  throw refuse(say('This LUT says its size is “{0}”, which is not a number from {1} to {2}.', words.join(' ').slice(0, 20), least, most));
}
function colourOf(words: readonly string[], line: number): Rgb {
  const [r, g, b] = [Number(words[0]), Number(words[1]), Number(words[2])];
  // The sum is finite only if each of them is.
  if (words.length === 3 && Number.isFinite(r + g + b)) return [r, g, b];
  throw refuse(say('Line {0} of this LUT is not three numbers.', line));
}
function rangeOf(words: readonly string[], line: number): Bounds {
  const [low, high] = words.map(Number);
  if (words.length !== 2 || !Number.isFinite(low) || !Number.isFinite(high)) throw refuse(say('Line {0} of this LUT is not a range of two numbers.', line));
  return { from: [low!, low!, low!], to: [high!, high!, high!] };
}
const refuse = (what: Sentence): NodeError => new NodeError('bad-input', what, { hint: 'Choose a .cube file, or export it again.' });
const notALut = (): NodeError => refuse(say('This file says no LUT_3D_SIZE and no LUT_1D_SIZE, so it is not a .cube LUT.'));

/** Lines ended by CR, LF or both, one at a time: a large LUT has two million. */
function* linesOf(text: string): Generator<string> {
  const even = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  let start = even.startsWith('\uFEFF') ? 1 : 0;
  for (let end = even.indexOf('\n', start); end >= 0; end = even.indexOf('\n', start)) {
    yield even.slice(start, end);
    start = end + 1;
  }
  yield even.slice(start);
}

/** `line.trim().split(/\s+/)` in a third of the time. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let start = -1;
  for (let at = 0; at <= line.length; at++) {
    const isInside = line.charCodeAt(at) > 32;
    if (isInside && start < 0) start = at;
    else if (!isInside && start >= 0) {
      words.push(line.slice(start, at));
      start = -1;
    }
  }
  return words;
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
    for (let channel = 0; channel < 3; channel++) out[channel] = out[channel]! + table.data[index * 3 + channel]! * weight;
  }
  return out as unknown as Rgb;
}
