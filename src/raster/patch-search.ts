/** Which known part of a picture continues it best into an unknown one: patches, searched at random (PatchMatch, Barnes and others 2009). */
import { randomFrom } from '../core/random.ts';

/** Half the side of a patch, less half a pixel. */
const REACH = 2;
/** More on small levels, where what is around must find its way to the middle. */
const ROUNDS = 3;
/** Going on from a neighbour may fit so much worse than something found elsewhere. */
const GOING_ON_BIAS = 0.5;
const ROUNDS_BELOW = 160;
const ROUNDS_SMALL = 10;
/** A source one row off is like one whose colours are off by this, squared and summed: floors and skies lie in rows. */
const ROW_COST = 1.5;

/** One size of a picture. Colours 0…255, three numbers a place; `kind` says what is at a place. */
export interface PatchLevel {
  readonly width: number;
  readonly height: number;
  readonly colours: Float32Array;
  readonly kind: Uint8Array;
}
export const NOTHING = 0;
export const KNOWN = 1;
export const WANTED = 2;

/** For each wanted place of a level the known place it should look like, by index; −1 elsewhere. */
export type Likeness = Int32Array;

/** Whether a whole patch around each place is known. */
export function wholePatches({ width, height, kind }: PatchLevel): Uint8Array {
  const sources = new Uint8Array(kind.length);
  for (let y = REACH; y < height - REACH; y++) {
    for (let x = REACH; x < width - REACH; x++) {
      let whole = 1;
      for (let j = -REACH; j <= REACH && whole; j++)
        for (let i = -REACH; i <= REACH && whole; i++) if (kind[(y + j) * width + x + i] !== KNOWN) whole = 0;
      sources[y * width + x] = whole;
    }
  }
  return sources;
}

/**
 * Searches for every wanted place, beginning with `first` where that is a source, and paints the level with what it
 * found. Returns the likeness; the same input gives the same.
 */
export function continued(level: PatchLevel, sources: Uint8Array, first: Likeness, seed: number): Likeness {
  const { width, height, kind } = level;
  const random = randomFrom(seed);
  const wanted: number[] = [];
  const places: number[] = [];
  for (let at = 0; at < kind.length; at++) {
    if (kind[at] === WANTED) wanted.push(at);
    if (sources[at]) places.push(at);
  }
  const like = new Int32Array(kind.length).fill(-1);
  const cost = new Float32Array(kind.length);
  for (const at of wanted) {
    const given = first[at]!;
    like[at] = given >= 0 && sources[given] ? given : places[Math.floor(random() * places.length)]!;
  }
  const rounds = Math.max(width, height) < ROUNDS_BELOW ? ROUNDS_SMALL : ROUNDS;
  for (let round = 0; round < rounds; round++) {
    for (const at of wanted) cost[at] = unlikeness(level, at, like[at]!, Infinity);
    for (const back of [false, true, false]) {
      const step = back ? 1 : -1;
      const attempt = (at: number, source: number): void => {
        if (source < 0 || source >= sources.length || !sources[source] || source === like[at]) return;
        const found = unlikeness(level, at, source, cost[at]!);
        if (found >= cost[at]!) return;
        cost[at] = found;
        like[at] = source;
      };
      for (let n = 0; n < wanted.length; n++) {
        const at = wanted[back ? wanted.length - 1 - n : n]!;
        const beside = at + step;
        const above = at + step * width;
        if (like[beside] !== undefined && like[beside] >= 0) attempt(at, like[beside] - step);
        if (like[above] !== undefined && like[above] >= 0) attempt(at, like[above] - step * width);
        for (let radius = Math.max(width, height) >> 1; radius >= 1; radius >>= 1) {
          const best = like[at]!;
          const [x, y] = [best % width, Math.floor(best / width)];
          const u = x + Math.floor((random() * 2 - 1) * radius);
          const v = y + Math.floor((random() * 2 - 1) * radius);
          if (u >= 0 && u < width && v >= 0 && v < height) attempt(at, v * width + u);
        }
      }
    }
    vote(level, wanted, like);
  }
  return like;
}

/**
 * Settles a likeness from the border inwards, so that neighbours go on from one another and what is copied keeps its
 * grain: a place continues one beside it unless something else fits clearly better. `order`: the wanted places, those
 * beside known ones first.
 */
export function settledInwards(
  level: PatchLevel,
  sources: Uint8Array,
  like: Likeness,
  order: readonly number[],
): Likeness {
  const { width, colours } = level;
  const kind = level.kind.slice();
  const done = { ...level, colours: colours.slice(), kind };
  const out = like.slice();
  for (const at of order) {
    let best = like[at]!;
    let least = best < 0 ? Infinity : unlikeness(done, at, best, Infinity);
    for (const step of [-1, 1, -width, width, -width - 1, -width + 1, width - 1, width + 1]) {
      const beside = at + step;
      if (kind[beside] !== KNOWN || out[beside] === undefined || out[beside] < 0) continue;
      const source = out[beside] - step;
      if (!sources[source]) continue;
      const cost = unlikeness(done, at, source, Infinity) * GOING_ON_BIAS;
      if (cost >= least) continue;
      least = cost;
      best = source;
    }
    if (best < 0) continue;
    out[at] = best;
    kind[at] = KNOWN;
    for (let c = 0; c < 3; c++) done.colours[at * 3 + c] = colours[best * 3 + c]!;
  }
  return out;
}

/** Squared differences of two patches, summed; stops beyond `limit`. Places that hold nothing do not count. */
function unlikeness({ width, height, colours, kind }: PatchLevel, at: number, source: number, limit: number): number {
  const [x, y] = [at % width, Math.floor(at / width)];
  const rows = Math.abs(y - Math.floor(source / width)) * ROW_COST;
  let sum = 0;
  let count = 0;
  for (let j = -REACH; j <= REACH; j++) {
    if (y + j < 0 || y + j >= height) continue;
    for (let i = -REACH; i <= REACH; i++) {
      if (x + i < 0 || x + i >= width) continue;
      const here = at + j * width + i;
      if (kind[here] === NOTHING) continue;
      // What is seen counts for more than what is made up.
      const weight = kind[here] === KNOWN ? 1 : 0.15;
      count += weight;
      const there = (source + j * width + i) * 3;
      const r = colours[here * 3]! - colours[there]!;
      const g = colours[here * 3 + 1]! - colours[there + 1]!;
      const b = colours[here * 3 + 2]! - colours[there + 2]!;
      sum += (r * r + g * g + b * b) * weight;
    }
    if (sum > limit * (2 * REACH + 1) * (2 * REACH + 1)) return Infinity;
  }
  return sum / count + rows;
}

/** Every wanted place becomes the mean of what the patches around it say. */
function vote({ width, height, colours, kind }: PatchLevel, wanted: readonly number[], like: Likeness): void {
  const painted = new Float32Array(wanted.length * 3);
  for (const [n, at] of wanted.entries()) {
    const [x, y] = [at % width, Math.floor(at / width)];
    let count = 0;
    for (let j = -REACH; j <= REACH; j++) {
      if (y + j < 0 || y + j >= height) continue;
      for (let i = -REACH; i <= REACH; i++) {
        if (x + i < 0 || x + i >= width) continue;
        const voter = at + j * width + i;
        if (kind[voter] !== WANTED) continue;
        const source = like[voter]! - j * width - i;
        const weight = 1 / (1 + i * i + j * j);
        count += weight;
        for (let c = 0; c < 3; c++) painted[n * 3 + c] = painted[n * 3 + c]! + colours[source * 3 + c]! * weight;
      }
    }
    for (let c = 0; c < 3; c++) painted[n * 3 + c] = painted[n * 3 + c]! / count;
  }
  for (const [n, at] of wanted.entries()) for (let c = 0; c < 3; c++) colours[at * 3 + c] = painted[n * 3 + c]!;
}
