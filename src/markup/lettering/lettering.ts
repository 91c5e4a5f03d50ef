/** Words as outlines, the same on every machine. */
import { outline, type Polygon } from '../../raster/path.ts';
import { GLYPHS } from './outlines.ts';

export interface Lettering {
  readonly polygons: readonly Polygon[];
  /** In heights of a capital. */
  readonly width: number;
}

/** Units of `GLYPHS` in the height of a capital. */
const UNITS = 1000;
/** Capitals one unit high, standing on y = 0, centred on x = 0. A letter that is not in the font is left out. */
export function lettering(text: string): Lettering {
  const polygons: Polygon[] = [];
  let pen = 0;
  for (const letter of text) {
    const [advance, path] = GLYPHS[letter] ?? GLYPHS[' ']!;
    for (const polygon of outline(path))
      polygons.push(polygon.map((value, i) => (i % 2 === 0 ? value + pen : value) / UNITS));
    pen += advance;
  }
  const width = pen / UNITS;
  return { polygons: polygons.map((polygon) => polygon.map((v, i) => (i % 2 === 0 ? v - width / 2 : v))), width };
}

/** Those that are not in the font: they stay blank. */
export const lettersMissing = (text: string): readonly string[] =>
  [...new Set(text)].filter((letter) => !Object.hasOwn(GLYPHS, letter));

/** Words in lines of about the same length, as many as make them largest in a box of this shape. */
export function linesFor(text: string, aspect: number): readonly string[] {
  const words = text.split(/\s+/).filter(Boolean);
  let best: { lines: readonly string[]; size: number } = { lines: [text], size: 0 };
  for (let count = 1; count <= Math.min(4, words.length); count++) {
    const lines = inLines(words, count);
    const widest = Math.max(...lines.map((line) => lettering(line).width));
    const size = Math.min(aspect / widest, 1 / (lines.length * 1.35));
    if (size > best.size) best = { lines, size };
  }
  return best.lines;
}
function inLines(words: readonly string[], count: number): string[] {
  const goal = words.join(' ').length / count;
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const isFull = last === undefined || (lines.length < count && last.length + word.length / 2 > goal);
    if (isFull) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** A text as large as it fits into a box around (x, y). */
export function writtenInto(text: string, x: number, y: number, width: number, height: number): Polygon[] {
  const lines = linesFor(text, width / height);
  const written = lines.map(lettering);
  const size = Math.min(width / Math.max(...written.map((line) => line.width)), height / (lines.length * 1.35));
  const first = y - ((lines.length - 1) * 1.35 * size) / 2 + size / 2;
  return written.flatMap(({ polygons }, k) =>
    polygons.map((polygon) =>
      polygon.map((value, i) => (i % 2 === 0 ? x + value * size : first + k * 1.35 * size + value * size)),
    ),
  );
}
