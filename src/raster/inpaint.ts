/** Painting what a picture does not show from what it shows. */
import type { Raster } from '../core/values.ts';
import { clamp } from './math.ts';
import {
  continued,
  KNOWN,
  NOTHING,
  settledInwards,
  wholePatches,
  WANTED,
  type Likeness,
  type PatchLevel,
} from './patch-search.ts';
import { pushPull } from './push-pull.ts';

/** Patches are searched in a picture no larger than this, and copied in full. */
const LONG_SIDE = 384;
/** The first search is in one about so small. */
const SHORTEST_LONG_SIDE = 48;
/** Places to each side whose mean is the tone of one. */
const TONE_REACH = 3;
/** How much of the tone patches are not compared by. */
const DETAIL = 0.7;
/** A camera sees no farther behind a thing than this share of the long side; beyond, colours run smoothly. */
const FARTHEST = 0.12;

/**
 * The picture's colours, three bytes a pixel, at the `wanted` pixels made up from the `known` ones: parts of the picture
 * are copied that go on best from what lies around, coarse structure first; where there is too little to copy, colours
 * run smoothly. All other pixels hold nothing.
 */
export function inpaint(picture: Raster, known: Uint8Array, wanted: Uint8Array): Uint8Array {
  const finest = shrunk(picture, known, wanted);
  const tones = tonesOf(finest);
  // What is copied takes the tone of its new place, so patches are alike above all in their detail.
  const detail = finest.colours.map((level, at) => level - DETAIL * tones[at]!);
  const levels: PatchLevel[] = [{ ...finest, colours: detail }];
  while (Math.max(levels[0]!.width, levels[0]!.height) >= 2 * SHORTEST_LONG_SIDE) levels.unshift(halved(levels[0]!));
  let found: { readonly level: PatchLevel; readonly like: Likeness } | undefined;
  for (const level of levels) {
    const sources = wholePatches(level);
    if (!sources.includes(1)) continue;
    const first = found ? finer(found.like, found.level, level) : new Int32Array(level.kind.length).fill(-1);
    const like = continued(level, sources, first, level.width);
    found = { level, like: settledInwards(level, sources, like, inwards(level)) };
  }
  const like = found?.level === levels.at(-1) ? found!.like : new Int32Array(finest.kind.length).fill(-1);
  return painted(picture, known, wanted, finest, tones, like);
}

/** The picture at the size patches are searched in, with smooth colours where nothing is known. */
function shrunk({ width, height, data }: Raster, known: Uint8Array, wanted: Uint8Array): PatchLevel {
  const scale = Math.max(1, Math.max(width, height) / LONG_SIDE);
  const [w, h] = [Math.max(1, Math.round(width / scale)), Math.max(1, Math.round(height / scale))];
  const colours = new Float32Array(w * h * 3);
  const weight = new Float32Array(w * h);
  const kind = new Uint8Array(w * h);
  for (let v = 0; v < h; v++) {
    const top = Math.floor((v * height) / h);
    const bottom = Math.floor(((v + 1) * height) / h);
    for (let u = 0; u < w; u++) {
      const left = Math.floor((u * width) / w);
      const right = Math.floor(((u + 1) * width) / w);
      const to = v * w + u;
      let r = 0;
      let g = 0;
      let b = 0;
      let count = 0;
      let hidden = 0;
      for (let y = top; y < bottom; y++) {
        for (let at = y * width + left; at < y * width + right; at++) {
          hidden |= wanted[at]!;
          if (!known[at]) continue;
          r += data[at * 4]!;
          g += data[at * 4 + 1]!;
          b += data[at * 4 + 2]!;
          count++;
        }
      }
      const all = (bottom - top) * (right - left);
      kind[to] = hidden ? WANTED : NOTHING;
      if (count === all) kind[to] = KNOWN;
      if (count === 0) continue;
      weight[to] = count / all;
      colours[to * 3] = r / count;
      colours[to * 3 + 1] = g / count;
      colours[to * 3 + 2] = b / count;
    }
  }
  // Leave out what lies too far from anything known to be seen.
  const most = Math.ceil(Math.max(w, h) * FARTHEST);
  distances(kind, w, h).forEach((steps, at) => steps > most && (kind[at] = NOTHING));
  return { width: w, height: h, colours: pushPull({ width: w, height: h, channels: 3, data: colours, weight }), kind };
}

/** Steps from each place to the nearest known one. */
function distances(kind: Uint8Array, width: number, height: number): Uint16Array {
  const distance = Uint16Array.from(kind, (k) => (k === KNOWN ? 0 : 65_535));
  const near = (at: number, beside: number): void => {
    if (distance[beside]! + 1 < distance[at]!) distance[at] = distance[beside]! + 1;
  };
  for (let at = 0; at < kind.length; at++) {
    if (at % width > 0) near(at, at - 1);
    if (at >= width) near(at, at - width);
  }
  for (let at = kind.length - 1; at >= 0; at--) {
    if (at % width < width - 1) near(at, at + 1);
    if (at < width * (height - 1)) near(at, at + width);
  }
  return distance;
}

/** The wanted places of a level, those beside known ones first. */
function inwards({ kind, width, height }: PatchLevel): readonly number[] {
  const distance = distances(kind, width, height);
  const wanted = [...kind.keys()].filter((at) => kind[at] === WANTED);
  return wanted.sort((a, b) => distance[a]! - distance[b]! || a - b);
}

/** Half as large each way: a place is known if all of it is. */
function halved({ width, height, colours, kind }: PatchLevel): PatchLevel {
  const [w, h] = [width >> 1, height >> 1];
  const small = new Float32Array(w * h * 3);
  const kinds = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const at = 2 * y * width + 2 * x;
      const [a, b, c, d] = [kind[at]!, kind[at + 1]!, kind[at + width]!, kind[at + width + 1]!];
      const to = y * w + x;
      if (a === KNOWN && b === KNOWN && c === KNOWN && d === KNOWN) kinds[to] = KNOWN;
      else kinds[to] = a === WANTED || b === WANTED || c === WANTED || d === WANTED ? WANTED : NOTHING;
      for (let k = 0; k < 3; k++)
        small[to * 3 + k] =
          (colours[at * 3 + k]! +
            colours[(at + 1) * 3 + k]! +
            colours[(at + width) * 3 + k]! +
            colours[(at + width + 1) * 3 + k]!) /
          4;
    }
  }
  return { width: w, height: h, colours: small, kind: kinds };
}

/** A likeness on the next finer level. */
function finer(like: Likeness, from: PatchLevel, to: PatchLevel): Likeness {
  const out = new Int32Array(to.kind.length).fill(-1);
  for (let y = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++) {
      const source = like[Math.min(from.height - 1, y >> 1) * from.width + Math.min(from.width - 1, x >> 1)]!;
      if (source < 0) continue;
      const sx = (source % from.width) * 2 + (x & 1);
      const sy = Math.floor(source / from.width) * 2 + (y & 1);
      if (sx < to.width && sy < to.height) out[y * to.width + x] = sy * to.width + sx;
    }
  }
  return out;
}

/** The mean colour around each place. */
function tonesOf({ width, height, colours }: PatchLevel): Float32Array {
  const tones = new Float32Array(colours.length);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - TONE_REACH), Math.min(height - 1, y + TONE_REACH)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - TONE_REACH), Math.min(width - 1, x + TONE_REACH)];
      const share = 1 / ((right - left + 1) * (bottom - top + 1));
      let r = 0;
      let g = 0;
      let b = 0;
      for (let v = top; v <= bottom; v++) {
        for (let at = (v * width + left) * 3; at <= (v * width + right) * 3; at += 3) {
          r += colours[at]!;
          g += colours[at + 1]!;
          b += colours[at + 2]!;
        }
      }
      const to = (y * width + x) * 3;
      tones[to] = r * share;
      tones[to + 1] = g * share;
      tones[to + 2] = b * share;
    }
  }
  return tones;
}

/**
 * The wanted pixels in full: of each of the four places of the level around one the pixel that its likeness points to,
 * in the tone that is wanted here; else the level's own smooth colour.
 */
function painted(
  { width, height, data }: Raster,
  known: Uint8Array,
  wanted: Uint8Array,
  level: PatchLevel,
  tones: Float32Array,
  like: Likeness,
): Uint8Array {
  const out = new Uint8Array(width * height * 3);
  const [sx, sy] = [width / level.width, height / level.height];
  for (let y = 0; y < height; y++) {
    const fy = clamp((y + 0.5) / sy - 0.5, 0, level.height - 1);
    const v0 = Math.floor(fy);
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (!wanted[at]) continue;
      const fx = clamp((x + 0.5) / sx - 0.5, 0, level.width - 1);
      const u0 = Math.floor(fx);
      let r = 0;
      let g = 0;
      let b = 0;
      for (let k = 0; k < 4; k++) {
        const u = Math.min(level.width - 1, u0 + (k & 1));
        const v = Math.min(level.height - 1, v0 + (k >> 1));
        const weight = (k & 1 ? fx - u0 : 1 - fx + u0) * (k >> 1 ? fy - v0 : 1 - fy + v0);
        const place = v * level.width + u;
        const source = like[place]!;
        const fromX = x + Math.round(((source % level.width) - u) * sx);
        const fromY = y + Math.round((Math.floor(source / level.width) - v) * sy);
        const from = fromY * width + fromX;
        if (source < 0 || fromX < 0 || fromX >= width || fromY < 0 || fromY >= height || !known[from]) {
          r += level.colours[place * 3]! * weight;
          g += level.colours[place * 3 + 1]! * weight;
          b += level.colours[place * 3 + 2]! * weight;
        } else {
          r += (data[from * 4]! + tones[place * 3]! - tones[source * 3]!) * weight;
          g += (data[from * 4 + 1]! + tones[place * 3 + 1]! - tones[source * 3 + 1]!) * weight;
          b += (data[from * 4 + 2]! + tones[place * 3 + 2]! - tones[source * 3 + 2]!) * weight;
        }
      }
      out[at * 3] = clamp(r + 0.5, 0, 255);
      out[at * 3 + 1] = clamp(g + 0.5, 0, 255);
      out[at * 3 + 2] = clamp(b + 0.5, 0, 255);
    }
  }
  return out;
}
