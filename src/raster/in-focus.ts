/** What a photograph is focused on, before what is not. */
import type { Raster } from '../core/values.ts';
import { gaussian, resize } from './filters.ts';

/** So large that what is out of focus still looks so. */
const LONG_SIDE = 960;
/** Pixels to a side of a place. */
const PLACE = 3;
/** Levels by which an edge changes from pixel to pixel at least, after it was softened. */
const EDGE = 1.2;
/**
 * An edge that a blur of σ = 1 makes so much flatter is in focus: one that was blurred by σ itself loses √(1 + 1/σ²), and
 * from σ = 1.4 on counts as out of focus (Zhuo and Sim 2011).
 */
const IN_FOCUS = 1.22;
/** Places: gaps in what is in focus that are no wider than twice this are closed. */
const CLOSING = 5;
/** Of the edges around a place, those that must be in focus. */
const MOSTLY = 0.5;

export interface Focus {
  readonly width: number;
  readonly height: number;
  /** 1 where what is seen is in focus, 0 where it is not. */
  readonly isSharp: Float32Array;
}

/**
 * Edges say how sharp they are; an even area between them belongs to them where they are in focus all around it, and to
 * what is behind where it reaches the border of the picture.
 */
export async function inFocus(picture: Raster): Promise<Focus> {
  const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
  const [wide, high] = [picture.width, picture.height].map((side) => Math.max(PLACE, Math.round(side * scale)));
  const whole = scale < 1 ? await resize(picture, wide!, high!, quietly) : picture;
  const [crisp, soft] = [lumaOf(whole), lumaOf(await gaussian(whole, 1, quietly))];
  const [width, height] = [Math.floor(whole.width / PLACE), Math.floor(whole.height / PLACE)];
  const edges = new Int8Array(width * height);
  for (let at = 0; at < edges.length; at++)
    edges[at] = edgeIn(crisp, soft, whole, (at % width) * PLACE, Math.floor(at / width) * PLACE);
  const filled = withEvenAreas(mostly(edges, width, height), width, height);
  const closed = grown(grown(filled, width, height, 1), width, height, 0);
  return { width, height, isSharp: closed };
}
const quietly = async () => {};

const lumaOf = ({ data }: Raster): Float32Array =>
  Float32Array.from(
    { length: data.length / 4 },
    (_, at) => 0.2126 * data[at * 4]! + 0.7152 * data[at * 4 + 1]! + 0.0722 * data[at * 4 + 2]!,
  );

/** The strongest edge of a place: 1 in focus, −1 out of it, 0 where there is none. */
function edgeIn(crisp: Float32Array, soft: Float32Array, { width, height }: Raster, left: number, top: number): number {
  let [most, ratio] = [0, 0];
  for (let y = Math.max(1, top); y < Math.min(height - 1, top + PLACE); y++) {
    for (let x = Math.max(1, left); x < Math.min(width - 1, left + PLACE); x++) {
      const at = y * width + x;
      const softened = steepness(soft, at, width);
      if (softened <= most) continue;
      most = softened;
      ratio = steepness(crisp, at, width) / softened;
    }
  }
  if (most < EDGE) return 0;
  return ratio > IN_FOCUS ? 1 : -1;
}
function steepness(luma: Float32Array, at: number, width: number): number {
  const [dx, dy] = [luma[at + 1]! - luma[at - 1]!, luma[at + width]! - luma[at - width]!];
  return Math.sqrt(dx * dx + dy * dy) / 2;
}

/** Each edge as most of those around it. */
function mostly(edges: Int8Array, width: number, height: number): Int8Array {
  const reach = 3;
  return edges.map((edge, at) => {
    if (edge === 0) return 0;
    const [x, y] = [at % width, Math.floor(at / width)];
    let [sharp, all] = [0, 0];
    for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
      for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
        const there = edges[v * width + u]!;
        if (there !== 0) all++;
        if (there > 0) sharp++;
      }
    }
    return sharp > MOSTLY * all ? 1 : -1;
  });
}

/** Everywhere near a place of this value that value holds, too. */
function grown(mask: Float32Array, width: number, height: number, value: 0 | 1): Float32Array {
  const along = (from: Float32Array, step: number, isAtEnd: (at: number, by: number) => boolean) =>
    from.map((is, at) => {
      for (let by = -CLOSING; by <= CLOSING; by++) if (!isAtEnd(at, by) && from[at + by * step] === value) return value;
      return is;
    });
  const rows = along(mask, 1, (at, by) => (at % width) + by < 0 || (at % width) + by >= width);
  return along(rows, width, (at, by) => at + by * width < 0 || at + by * width >= width * height);
}

function withEvenAreas(edges: Int8Array, width: number, height: number): Float32Array {
  const isSharp = Float32Array.from(edges, (edge) => (edge > 0 ? 1 : 0));
  const seen = new Uint8Array(edges.length);
  for (let start = 0; start < edges.length; start++) {
    if (seen[start] || edges[start] !== 0) continue;
    const area = [start];
    seen[start] = 1;
    let [sharp, around, isAtBorder] = [0, 0, false];
    for (let next = 0; next < area.length; next++) {
      const at = area[next]!;
      const [x, y] = [at % width, Math.floor(at / width)];
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) isAtBorder = true;
      for (const beside of [at - 1, at + 1, at - width, at + width]) {
        if (beside < 0 || beside >= edges.length || Math.abs((beside % width) - x) > 1) continue;
        if (edges[beside] !== 0) {
          around++;
          if (edges[beside]! > 0) sharp++;
        } else if (!seen[beside]) {
          seen[beside] = 1;
          area.push(beside);
        }
      }
    }
    if (!isAtBorder && sharp > 0.7 * around) for (const at of area) isSharp[at] = 1;
  }
  return isSharp;
}
