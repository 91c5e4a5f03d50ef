/** Depth of pictures that come without. */
import type { DepthMap, Raster } from '../core/values.ts';
import { clamp, smoothstep } from './math.ts';

const LONG_SIDE = 320;
/** A subject stands out when parting the picture in two explains this much of how its parts differ from the border. */
const CLEAR = 0.68;
const LEAST_SHARE = 0.03;
const MOST_SHARE = 0.6;
/** How near things are at the upper and the lower edge. */
const TOP = 0.12;
const BOTTOM = 0.78;

/**
 * A guess for a picture whose depth is unknown. The lower, the nearer; and where something stands out from what touches
 * the upper and the side edges, it stands as near as its foot, cut out along its outline. Where nothing stands out
 * clearly, depth changes smoothly from top to bottom.
 *
 * It is no measurement: a subject that has the colours of its surroundings or leaves the frame at a side is not found,
 * and a picture on a wall is taken for a thing before it.
 */
export function guessDepth(image: Raster): DepthMap {
  const { width, height, colours } = shrunk(image);
  const foreign = standingOut(colours, width, height);
  const subject = subjectIn(foreign);
  const slope = (y: number) => TOP + (BOTTOM - TOP) * smoothstep(0, 1, (y + 0.5) / height);
  const data = new Uint8Array(width * height);
  const cover = subject && alongEdges(subject, colours, width, height);
  const near = subject ? Math.max(0.55, slope(footOf(subject, width, height))) : 0;
  for (let at = 0; at < data.length; at++) {
    const ground = slope(Math.floor(at / width));
    const share = cover ? smoothstep(0.3, 0.7, cover[at]!) : 0;
    data[at] = 255 - Math.floor((ground + (Math.max(near, ground) - ground) * share) * 255 + 0.5);
  }
  return { width, height, data };
}

/** Means of boxes, three numbers 0…1 a place. */
function shrunk(image: Raster): { readonly width: number; readonly height: number; readonly colours: Float32Array } {
  const scale = Math.max(1, Math.max(image.width, image.height) / LONG_SIDE);
  const width = Math.max(1, Math.round(image.width / scale));
  const height = Math.max(1, Math.round(image.height / scale));
  const colours = new Float32Array(width * height * 3);
  const count = new Float32Array(width * height);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const to = Math.floor((y * height) / image.height) * width + Math.floor((x * width) / image.width);
      const from = (y * image.width + x) * 4;
      for (let c = 0; c < 3; c++) colours[to * 3 + c] = colours[to * 3 + c]! + image.data[from + c]! / 255;
      count[to] = count[to]! + 1;
    }
  }
  for (let at = 0; at < count.length; at++)
    for (let c = 0; c < 3; c++) colours[at * 3 + c] = colours[at * 3 + c]! / count[at]!;
  return { width, height, colours };
}

/**
 * How far each place stands out from the upper and the side edges, 0…1: the least that colour must change on any way
 * there (minimum barrier distance; Zhang and others 2015), by raster scans.
 */
function standingOut(colours: Float32Array, width: number, height: number): Float32Array {
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
function subjectIn(foreign: Float32Array): Float32Array | undefined {
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

/** The lowest row that a tenth of the subject reaches below. */
function footOf(subject: Float32Array, width: number, height: number): number {
  const all = subject.reduce((sum, share) => sum + share, 0);
  let seen = 0;
  for (let y = height - 1; y > 0; y--) {
    for (let x = 0; x < width; x++) seen += subject[y * width + x]!;
    if (seen > all * 0.1) return y;
  }
  return 0;
}

/** A mask pulled to the edges of a picture: the guided filter (He, Sun, Tang 2010), by the colour's luma. */
function alongEdges(mask: Float32Array, colours: Float32Array, width: number, height: number): Float32Array {
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
