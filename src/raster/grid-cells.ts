/** Where the cells of a grid of pictures lie: a storyboard or a character sheet that came as one picture. */
import type { Raster } from '../core/values.ts';

/** From the first pixel to the one after the last, along one side. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** A line counts as empty when its levels vary by less than this (standard deviation). */
const UNIFORM = 5;
/** Gutters and borders are looked for this far around where an even grid has them, and may be so wide; of a cell. */
const AROUND = 0.12;
const WIDEST = 0.12;

/** The rectangle of a cell, both counted from 0. With `isTrimmed`, uniform lines between cells and around all are left out. */
export function gridCell(
  image: Raster,
  grid: { readonly columns: number; readonly rows: number; readonly isTrimmed: boolean },
  column: number,
  row: number,
): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  const across = cellsAlong(image.width, grid.columns, grid.isTrimmed && ((x) => isUniform(image, x, 'column')));
  const down = cellsAlong(image.height, grid.rows, grid.isTrimmed && ((y) => isUniform(image, y, 'row')));
  const [horizontal, vertical] = [across[column]!, down[row]!];
  return {
    x: horizontal.from,
    y: vertical.from,
    width: horizontal.to - horizontal.from,
    height: vertical.to - vertical.from,
  };
}

function cellsAlong(length: number, count: number, isEmpty: false | ((at: number) => boolean)): readonly Span[] {
  const near = (at: number): Span => (isEmpty && gutterAt(at, length, length / count, isEmpty)) || { from: at, to: at };
  const [begin, end] = [near(0), near(length)];
  const cell = (end.from - begin.to) / count;
  const inner = Array.from({ length: count - 1 }, (_, at) => near(Math.floor(begin.to + (at + 1) * cell + 0.5)));
  const gutters = [begin, ...inner, end];
  return gutters.slice(1).map((after, at) => ({ from: gutters[at]!.to, to: after.from }));
}

/** The run of empty lines nearest to where an even grid has its border; one that is too wide belongs to the picture. */
function gutterAt(even: number, length: number, cell: number, isEmpty: (at: number) => boolean): Span | undefined {
  const reach = Math.floor(cell * AROUND);
  const [first, last] = [Math.max(0, even - reach), Math.min(length - 1, even + reach)];
  let nearest: Span | undefined;
  for (let at = first; at <= last; at++) {
    if (!isEmpty(at)) continue;
    let to = at;
    while (to < length && isEmpty(to)) to++;
    let from = at;
    while (from > 0 && isEmpty(from - 1)) from--;
    const run = { from, to };
    const isOuter = even === 0 || even === length;
    const isAtEdge = from === 0 || to === length;
    if (to - from <= cell * WIDEST && isOuter === isAtEdge && (!nearest || farFrom(even, run) < farFrom(even, nearest)))
      nearest = run;
    at = to;
  }
  return nearest;
}
const farFrom = (at: number, { from, to }: Span): number => Math.abs((from + to) / 2 - at);

function isUniform({ width, height, data }: Raster, at: number, line: 'column' | 'row'): boolean {
  const count = line === 'column' ? height : width;
  let [sum, squares] = [0, 0];
  for (let k = 0; k < count; k++) {
    const pixel = (line === 'column' ? k * width + at : at * width + k) * 4;
    const luma = 0.2126 * data[pixel]! + 0.7152 * data[pixel + 1]! + 0.0722 * data[pixel + 2]!;
    sum += luma;
    squares += luma * luma;
  }
  return squares / count - (sum / count) * (sum / count) < UNIFORM * UNIFORM;
}
