/** Colour grading as one cube: adjustments, a tone curve and a `.cube` LUT, baked together. */
import { NodeError } from '../core/errors.ts';
import type { CurvePoints } from '../core/params.ts';
import type { Cube } from './filters.ts';
import { toLinear, toSrgb, type Rgb } from './colour.ts';
import { clamp, exp2, lerp } from './math.ts';
import { say } from '../core/say.ts';

export interface Grade {
  /** Stops, −3…3. */
  readonly exposure: number;
  /** −1…1 around middle grey. */
  readonly contrast: number;
  /** −1 cool … 1 warm. */
  readonly temperature: number;
  /** −1 green … 1 magenta. */
  readonly tint: number;
  /** 0 grey … 1 unchanged … 2. */
  readonly saturation: number;
  readonly curve: CurvePoints;
  readonly lut?: Cube;
  readonly lutStrength: number;
}

const SIZE = 33;

/** Samples the grade on a 33³ grid of sRGB values. */
export function cubeOf(grade: Grade): Cube {
  const data = new Float32Array(SIZE * SIZE * SIZE * 3);
  const curve = tableOf(grade.curve);
  const gain = exp2(grade.exposure);
  const warm: Rgb = [1 + grade.temperature * 0.22 + grade.tint * 0.06, 1 - grade.tint * 0.14, 1 - grade.temperature * 0.26 + grade.tint * 0.06];
  let at = 0;
  for (let b = 0; b < SIZE; b++) {
    for (let g = 0; g < SIZE; g++) {
      for (let r = 0; r < SIZE; r++) {
        const linear = [r, g, b].map((v, c) => toLinear(v / (SIZE - 1)) * gain * warm[c]!);
        const grey = 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
        let out = linear.map((v) => clamp(toSrgb(clamp(grey + (v - grey) * grade.saturation, 0, 4)), 0, 1.4)) as unknown as Rgb;
        out = out.map((v) => curve(clamp(shoulder(0.46 + (v - 0.46) * (1 + grade.contrast))))) as unknown as Rgb;
        if (grade.lut && grade.lutStrength > 0) {
          const looked = sample(grade.lut, out);
          out = out.map((v, c) => lerp(v, looked[c]!, grade.lutStrength)) as unknown as Rgb;
        }
        data.set(out, at);
        at += 3;
      }
    }
  }
  return { size: SIZE, data };
}

/** Rolls highlights off above 0.9 instead of clipping them. */
function shoulder(v: number): number {
  if (v <= 0.9) return v;
  const over = v - 0.9;
  return 0.9 + (over * 0.1) / (over + 0.1);
}

/** A monotone cubic through the points (Fritsch–Carlson), so that a tone curve never overshoots. */
function tableOf(points: CurvePoints): (x: number) => number {
  const n = points.length;
  const slope = (i: number) => (points[i + 1]![1] - points[i]![1]) / (points[i + 1]![0] - points[i]![0]);
  const tangent = points.map((_, i) => {
    if (i === 0) return slope(0);
    if (i === n - 1) return slope(n - 2);
    const [a, b] = [slope(i - 1), slope(i)];
    return a * b <= 0 ? 0 : (2 * a * b) / (a + b);
  });
  return (x) => {
    if (x <= points[0]![0]) return points[0]![1];
    for (let i = 0; i < n - 1; i++) {
      const [[x0, y0], [x1, y1]] = [points[i]!, points[i + 1]!];
      if (x > x1) continue;
      const h = x1 - x0;
      const t = (x - x0) / h;
      const [t2, t3] = [t * t, t * t * t];
      return clamp((2 * t3 - 3 * t2 + 1) * y0 + (t3 - 2 * t2 + t) * h * tangent[i]! + (-2 * t3 + 3 * t2) * y1 + (t3 - t2) * h * tangent[i + 1]!);
    }
    return points[n - 1]![1];
  };
}

/** Trilinear sample of a cube at an sRGB colour in 0…1. */
function sample(cube: Cube, colour: Rgb): Rgb {
  const top = cube.size - 1;
  const at = colour.map((v) => clamp(v) * top);
  const low = at.map((v) => Math.min(top - 1, Math.floor(v)));
  const out = [0, 0, 0];
  for (let corner = 0; corner < 8; corner++) {
    let weight = 1;
    let index = 0;
    let stride = 1;
    for (let axis = 0; axis < 3; axis++) {
      const high = (corner >> axis) & 1;
      const f = at[axis]! - low[axis]!;
      weight *= high ? f : 1 - f;
      index += (low[axis]! + high) * stride;
      stride *= cube.size;
    }
    for (let c = 0; c < 3; c++) out[c] = out[c]! + cube.data[index * 3 + c]! * weight;
  }
  return out as unknown as Rgb;
}

/** Edge of the largest cube. */
const MOST_STEPS = 129;
/** Characters; a cube of 129³ has some 60 million. */
const LARGEST_CUBE = 160 * 1024 * 1024;

/** Reads a `.cube` 3D LUT (Adobe Cube LUT specification 1.0). Throws `NodeError` with what is wrong. */
export function parseCube(text: string): Cube {
  if (text.length > LARGEST_CUBE) throw new NodeError('bad-input', 'This LUT is larger than any cube, so it was not read.', { hint: 'Choose a .cube file.' });
  let size = 0;
  let entries = 0;
  let data = new Float32Array(3 * 4096);
  for (let [number, from, end] = [1, 0, 0]; from < text.length; number++, from = end + 1) {
    end = endOfLine(text, from);
    const first = startOfWord(text, from, end);
    if (first === end || text[first] === '#') continue;
    const words = isNumeric(text.charCodeAt(first)) ? '' : text.slice(first, end).trim();
    if (/^(TITLE|DOMAIN_)/.test(words)) continue;
    if (words.startsWith('LUT_1D_SIZE')) throw new NodeError('bad-input', 'This LUT is one-dimensional.', { hint: 'Export a 3D LUT (.cube) instead.' });
    if (words.startsWith('LUT_3D_SIZE')) {
      size = Number(words.slice(11));
      if (!Number.isInteger(size) || size < 2 || size > MOST_STEPS) throw new NodeError('bad-input', say('This LUT says its size is “{0}”, which is not a number from 2 to 129.', words.slice(12, 40)), { hint: 'Export the LUT again.' });
      continue;
    }
    if (entries * 3 === data.length) data = grown(data);
    // Said before it is known whether the numbers are good: a longer file is never read to its end.
    if (++entries > (size || MOST_STEPS) ** 3) throw new NodeError('bad-input', say('This LUT has more than the {0} entries of its size.', (size || MOST_STEPS) ** 3), { hint: 'Download or export it again.' });
    if (!readTriple(text, first, end, data, (entries - 1) * 3)) throw new NodeError('bad-input', say('Line {0} of this LUT is not three numbers.', number), { hint: 'Choose a .cube file.' });
  }
  if (!size) throw new NodeError('bad-input', 'This file has no LUT_3D_SIZE, so it is not a .cube LUT.', { hint: 'Choose a .cube file.' });
  if (entries !== size ** 3) throw new NodeError('bad-input', say('This LUT is cut short: {0} of {1} entries.', entries, size ** 3), { hint: 'Download or export it again.' });
  return { size, data: data.slice(0, entries * 3) };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function startOfWord(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) <= 32) at++;
  return at;
}

/** A digit, a sign or a point. */
const isNumeric = (code: number): boolean => (code >= 48 && code <= 57) || code === 45 || code === 46 || code === 43;

function grown(data: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(data.length * 2);
  larger.set(data);
  return larger;
}

/** Writes the three numbers between `from` and `end` from `at` on; false when there are not three. */
function readTriple(text: string, from: number, end: number, into: Float32Array, at: number): boolean {
  let count = 0;
  for (let word = startOfWord(text, from, end); word < end; ) {
    let after = word;
    while (after < end && text.charCodeAt(after) > 32) after++;
    const value = numberIn(text, word, after);
    if (count === 3 || !Number.isFinite(value)) return false;
    into[at + count++] = value;
    word = startOfWord(text, after, end);
  }
  return count === 3;
}

/** The number written there. `0.25` and its like are put together from their digits, which is exact up to fifteen of them and four times as fast. */
function numberIn(text: string, from: number, end: number): number {
  let [digits, scale, point] = [0, 1, false];
  if (end - from > 16) return Number(text.slice(from, end));
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      digits = digits * 10 + code - 48;
      if (point) scale *= 10;
    } else if (code === 46 && !point && end - from > 1) point = true;
    else return Number(text.slice(from, end));
  }
  return digits / scale;
}
