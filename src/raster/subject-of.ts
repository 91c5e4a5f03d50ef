/** What stands out in a picture so clearly that it can be cut out. */
import { clamp, smoothstep } from './math.ts';

/** Colours 0…1, three numbers a place, rows top to bottom. */
export interface SmallPicture {
  readonly width: number;
  readonly height: number;
  readonly colours: Float32Array;
}

/** Parting the picture in two must explain this much of how its places differ from the border. */
const CLEAR = 0.68;
const LEAST_SHARE = 0.03;
const MOST_SHARE = 0.6;
/** Of what stands out, the part that must hang together. */
const LEAST_WHOLE = 0.85;
/** How much of it may be neither in nor out. */
const MOST_VAGUE = 0.3;
/** How much colour must change across its outline on average, 0…1. */
const LEAST_STEP = 0.2;
/** Where it changes by less nobody sees an outline; so much of it may be like that. */
const FAINT_STEP = 0.06;
const MOST_FAINT = 0.15;
/** Length of the outline over the root of the area: 3.5 for a disc, 12 for a bush. */
const MOST_RAGGED = 12;

/**
 * 1 at each place that belongs to the subject; `undefined` when nothing stands out so clearly that a wrong cut is
 * unlikely: a smooth picture looks better than a torn one.
 */
export function subjectOf(picture: SmallPicture): Uint8Array | undefined {
  const rough = partedIn(standingOut(picture));
  if (!rough) return undefined;
  const soft = alongEdges(rough, picture);
  const whole = largestPart(soft, picture.width);
  return whole && isClear(soft, whole, picture) ? whole : undefined;
}

/** The largest part above one half that hangs together; `undefined` when there are several. */
function largestPart(soft: Float32Array, width: number): Uint8Array | undefined {
  const part = new Int32Array(soft.length);
  const sizes = [0];
  for (let start = 0; start < soft.length; start++) {
    if (part[start] || soft[start]! <= 0.5) continue;
    const name = sizes.length;
    let size = 0;
    const open = [start];
    part[start] = name;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      size++;
      const x = at % width;
      for (const beside of [x > 0 ? at - 1 : at, x < width - 1 ? at + 1 : at, at - width, at + width]) {
        if (part[beside] !== 0 || soft[beside]! <= 0.5) continue;
        part[beside] = name;
        open.push(beside);
      }
    }
    sizes.push(size);
  }
  const largest = sizes.reduce((a, b) => Math.max(a, b));
  if (largest < LEAST_WHOLE * sizes.reduce((sum, size) => sum + size, 0)) return undefined;
  const name = sizes.indexOf(largest);
  return Uint8Array.from(part, (of) => (of === name ? 1 : 0));
}

function isClear(soft: Float32Array, whole: Uint8Array, { width, colours }: SmallPicture): boolean {
  const area = whole.reduce((sum, is) => sum + is, 0);
  const vague = soft.filter((share) => share > 0.2 && share < 0.8).length;
  let [steps, faint, length] = [0, 0, 0];
  for (let at = 2 * width; at < whole.length - 2 * width; at++) {
    for (const next of [1, width]) {
      if (whole[at] === whole[at + next]) continue;
      const [before, after] = [(at - next) * 3, (at + 2 * next) * 3];
      const step = Math.max(...[0, 1, 2].map((c) => Math.abs(colours[before + c]! - colours[after + c]!)));
      steps += step;
      if (step < FAINT_STEP) faint++;
      length++;
    }
  }
  return (
    vague <= MOST_VAGUE * area &&
    steps >= LEAST_STEP * length &&
    faint <= MOST_FAINT * length &&
    length <= MOST_RAGGED * Math.sqrt(area)
  );
}

/**
 * How far each place stands out from the upper and the side edges, 0…1: the least that colour must change on any way
 * there (minimum barrier distance; Zhang and others 2015), by raster scans.
 */
function standingOut({ width, height, colours }: SmallPicture): Float32Array {
  const sum = new Float32Array(width * height);
  for (let c = 0; c < 3; c++) {
    const low = new Float32Array(width * height);
    const high = new Float32Array(width * height);
    const cost = new Float32Array(width * height).fill(Infinity);
    for (let at = 0; at < cost.length; at++) {
      const x = at % width;
      low[at] = colours[at * 3 + c]!;
      high[at] = low[at]!;
      if (at < width || x === 0 || x === width - 1) cost[at] = 0;
    }
    const over = (at: number, beside: number): void => {
      const value = colours[at * 3 + c]!;
      const from = Math.min(low[beside]!, value);
      const to = Math.max(high[beside]!, value);
      if (to - from >= cost[at]!) return;
      cost[at] = to - from;
      low[at] = from;
      high[at] = to;
    };
    for (let scan = 0; scan < 4; scan++) {
      for (let n = 0; n < cost.length; n++) {
        const back = scan % 2 === 1;
        const at = back ? cost.length - 1 - n : n;
        const x = at % width;
        const row = back ? at + width : at - width;
        if (back ? x < width - 1 : x > 0) over(at, back ? at + 1 : at - 1);
        if (row >= 0 && row < cost.length) over(at, row);
      }
    }
    for (let at = 0; at < sum.length; at++) sum[at] = sum[at]! + cost[at]!;
  }
  const most = [...sum].sort((a, b) => a - b)[Math.floor(sum.length * 0.98)]!;
  return sum.map((value) => clamp(value / Math.max(0.05, most)));
}

/** 1 where something stands out clearly, by the best parting in two (Otsu 1979); `undefined` when nothing does. */
function partedIn(foreign: Float32Array): Float32Array | undefined {
  const counts = new Float64Array(64);
  for (const value of foreign) {
    const bin = Math.min(63, Math.floor(value * 64));
    counts[bin] = counts[bin]! + 1;
  }
  const all = foreign.length;
  const mean = counts.reduce((sum, n, i) => sum + n * i, 0) / all;
  const spread = counts.reduce((sum, n, i) => sum + n * (i - mean) * (i - mean), 0) / all;
  let best = { between: 0, cut: 0, share: 0 };
  let below = 0;
  let belowSum = 0;
  for (let cut = 1; cut < 64; cut++) {
    below += counts[cut - 1]!;
    belowSum += counts[cut - 1]! * (cut - 1);
    const share = 1 - below / all;
    if (below === 0 || share <= 0) continue;
    const apart = (mean * all - belowSum) / (all - below) - belowSum / below;
    const between = (1 - share) * share * apart * apart;
    if (between > best.between) best = { between, cut, share };
  }
  if (best.between < CLEAR * spread || best.share < LEAST_SHARE || best.share > MOST_SHARE) return undefined;
  return foreign.map((value) => smoothstep((best.cut - 4) / 64, (best.cut + 4) / 64, value));
}

/** A mask pulled to the edges of a picture: the guided filter (He, Sun, Tang 2010), by the colour's luma. */
function alongEdges(mask: Float32Array, { width, height, colours }: SmallPicture): Float32Array {
  const reach = Math.max(2, Math.round(Math.max(width, height) / 50));
  const mean = (values: Float32Array) => boxMeans(values, width, height, reach);
  const luma = mask.map(
    (_, at) => 0.2126 * colours[at * 3]! + 0.7152 * colours[at * 3 + 1]! + 0.0722 * colours[at * 3 + 2]!,
  );
  const [meanI, meanP] = [mean(luma), mean(mask)];
  const meanII = mean(luma.map((value) => value * value));
  const meanIP = mean(luma.map((value, at) => value * mask[at]!));
  const a = luma.map((_, at) => {
    const variance = meanII[at]! - meanI[at]! * meanI[at]!;
    return (meanIP[at]! - meanI[at]! * meanP[at]!) / (variance + 0.0005);
  });
  const b = a.map((slope, at) => meanP[at]! - slope * meanI[at]!);
  const [meanA, meanB] = [mean(a), mean(b)];
  return luma.map((value, at) => clamp(meanA[at]! * value + meanB[at]!));
}

/** Means over squares of `reach` to each side, smaller at the border. */
function boxMeans(values: Float32Array, width: number, height: number, reach: number): Float32Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  return values.map((_, at) => {
    const x = at % width;
    const y = Math.floor(at / width);
    const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
    const [top, bottom] = [Math.max(0, y - reach) * (width + 1), Math.min(height, y + reach + 1) * (width + 1)];
    const sum = sums[bottom + right]! - sums[bottom + left]! - sums[top + right]! + sums[top + left]!;
    return (sum * (width + 1)) / ((right - left) * (bottom - top));
  });
}
