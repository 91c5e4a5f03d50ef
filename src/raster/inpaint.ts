/** Painting what a picture does not show from what it shows. */
import type { Raster } from '../core/values.ts';
import { continued, KNOWN, NOTHING, sourcesOf, WANTED, type Likeness, type PatchLevel } from './patches.ts';
import { pushPull } from './push-pull.ts';

/** Patches are searched in a picture no larger than this, and copied in full. */
const LONG_SIDE = 384;
/** The first search is in one about so small. */
const SHORTEST_LONG_SIDE = 48;
/** Places to each side whose mean is the tone of one. */
const TONE_REACH = 3;

/**
 * The picture's colours, three bytes a pixel, with the `wanted` pixels made up from the `known` ones: parts of the
 * picture are copied that go on best from what lies around, coarse structure first; where there is too little to copy,
 * colours run smoothly. What is neither known nor wanted may hold anything.
 */
export function inpaint({ width, height, data }: Raster, known: Uint8Array, wanted: Uint8Array): Uint8Array {
  const colours = new Float32Array(width * height * 3);
  const weight = new Float32Array(width * height);
  for (let at = 0; at < weight.length; at++) {
    if (!known[at]) continue;
    weight[at] = 1;
    for (let c = 0; c < 3; c++) colours[at * 3 + c] = data[at * 4 + c]!;
  }
  const smooth = pushPull({ width, height, channels: 3, data: colours, weight });
  const levels = levelsOf(smooth, known, wanted, width, height);
  let like: Likeness | undefined;
  let coarser: PatchLevel | undefined;
  let before: Float32Array | undefined;
  for (const level of levels) {
    const sources = sourcesOf(level);
    if (!sources.includes(1)) continue;
    before = level.colours.slice();
    const first = like && coarser ? finer(like, coarser, level) : new Int32Array(level.kind.length).fill(-1);
    like = continued(level, sources, first, level.width);
    coarser = level;
  }
  if (like && coarser && before)
    copy(smooth, colours, known, wanted, width, height, coarser, like, tonesOf({ ...coarser, colours: before }));
  return Uint8Array.from(smooth, (v) => Math.min(255, Math.max(0, Math.floor(v + 0.5))));
}

/** From coarse to fine, each twice as large as the one before. */
function levelsOf(
  smooth: Float32Array,
  known: Uint8Array,
  wanted: Uint8Array,
  width: number,
  height: number,
): PatchLevel[] {
  const levels: PatchLevel[] = [];
  for (let long = Math.min(LONG_SIDE, Math.max(width, height)); long >= SHORTEST_LONG_SIDE; long /= 2) {
    const scale = Math.max(width, height) / long;
    const [w, h] = [Math.max(1, Math.round(width / scale)), Math.max(1, Math.round(height / scale))];
    const colours = new Float32Array(w * h * 3);
    const kind = new Uint8Array(w * h);
    for (let v = 0; v < h; v++) {
      const [top, bottom] = [Math.floor((v * height) / h), Math.floor(((v + 1) * height) / h)];
      for (let u = 0; u < w; u++) {
        const [left, right] = [Math.floor((u * width) / w), Math.floor(((u + 1) * width) / w)];
        const to = v * w + u;
        let [knowns, wanteds] = [0, 0];
        for (let y = top; y < bottom; y++) {
          for (let x = left; x < right; x++) {
            const at = y * width + x;
            knowns += known[at]!;
            wanteds += wanted[at]!;
            for (let c = 0; c < 3; c++) colours[to * 3 + c] = colours[to * 3 + c]! + smooth[at * 3 + c]!;
          }
        }
        const all = (bottom - top) * (right - left);
        for (let c = 0; c < 3; c++) colours[to * 3 + c] = colours[to * 3 + c]! / all;
        if (knowns === all) kind[to] = KNOWN;
        else kind[to] = wanteds > 0 ? WANTED : NOTHING;
      }
    }
    levels.unshift({ width: w, height: h, colours, kind });
  }
  return levels;
}

/** A likeness on the next finer level. */
function finer(like: Likeness, from: PatchLevel, to: PatchLevel): Likeness {
  const out = new Int32Array(to.kind.length).fill(-1);
  for (let y = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++) {
      const [u, v] = [Math.min(from.width - 1, x >> 1), Math.min(from.height - 1, y >> 1)];
      const source = like[v * from.width + u]!;
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
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - TONE_REACH), Math.min(width - 1, x + TONE_REACH)];
      const [top, bottom] = [Math.max(0, y - TONE_REACH), Math.min(height - 1, y + TONE_REACH)];
      const share = 1 / ((right - left + 1) * (bottom - top + 1));
      for (let v = top; v <= bottom; v++)
        for (let u = left; u <= right; u++)
          for (let c = 0; c < 3; c++) {
            const at = (y * width + x) * 3 + c;
            tones[at] = tones[at]! + colours[(v * width + u) * 3 + c]! * share;
          }
    }
  }
  return tones;
}

/** Copies whole pixels by the likeness of a smaller level, mixed between its places. */
function copy(
  out: Float32Array,
  colours: Float32Array,
  known: Uint8Array,
  wanted: Uint8Array,
  width: number,
  height: number,
  level: PatchLevel,
  like: Likeness,
  tones: Float32Array,
): void {
  const [sx, sy] = [width / level.width, height / level.height];
  for (let y = 0; y < height; y++) {
    const fy = (y + 0.5) / sy - 0.5;
    const v0 = Math.floor(fy);
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (!wanted[at]) continue;
      const fx = (x + 0.5) / sx - 0.5;
      const u0 = Math.floor(fx);
      let [r, g, b, sum] = [0, 0, 0, 0];
      for (let k = 0; k < 4; k++) {
        const [u, v] = [u0 + (k & 1), v0 + (k >> 1)];
        if (u < 0 || v < 0 || u >= level.width || v >= level.height) continue;
        const source = like[v * level.width + u]!;
        if (source < 0) continue;
        const fromX = x + Math.round(((source % level.width) - u) * sx);
        const fromY = y + Math.round((Math.floor(source / level.width) - v) * sy);
        if (fromX < 0 || fromY < 0 || fromX >= width || fromY >= height) continue;
        const from = fromY * width + fromX;
        if (!known[from]) continue;
        const weight = (1 - Math.abs(fx - u)) * (1 - Math.abs(fy - v));
        // The detail of the source, in the tone that is wanted here.
        const tone = (v * level.width + u) * 3;
        r += (colours[from * 3]! + tones[tone]! - tones[source * 3]!) * weight;
        g += (colours[from * 3 + 1]! + tones[tone + 1]! - tones[source * 3 + 1]!) * weight;
        b += (colours[from * 3 + 2]! + tones[tone + 2]! - tones[source * 3 + 2]!) * weight;
        sum += weight;
      }
      if (sum < 0.01) continue;
      out[at * 3] = r / sum;
      out[at * 3 + 1] = g / sum;
      out[at * 3 + 2] = b / sum;
    }
  }
}
