/** Taking a picture apart by its depth, so that a camera can move through it. */
import type { DepthMap, DepthLayer, Raster } from '../core/values.ts';
import { depthCuts } from './depth-cuts.ts';
import { inpaint } from './inpaint.ts';
import { LIGHT_STEPS, lightTables } from './light.ts';
import { clamp, pow, smoothstep } from './math.ts';
import { edgesOf, type Edges, type SortedPicture } from './matte.ts';
import { pushPull } from './push-pull.ts';
import { sharpNearness } from './sharp-depth.ts';
import type { Breathe } from './filters.ts';

/** From pixel to pixel depth changes by less within a surface. */
const SMOOTH = 0.015;
/** So much farther and nearer than itself a layer goes on where nothing divides it from the next. */
const GOING_ON = 0.06;

/**
 * An opaque picture as layers, from the farthest to the nearest, cut along the edges of its depth: outlines are soft as
 * in the picture, what stands behind them is made up from what is seen around it, depth inside a layer is smooth. A
 * picture without a clear edge in its depth stays one layer.
 *
 * It knows no more than the picture and its depth: hair and glass are cut like paper, what a thing hides is guessed from
 * its surroundings, and a wrong depth gives a wrong cut. A maker that knows its layers had better give them.
 */
export async function splitByDepth(picture: Raster, depth: DepthMap, breathe: Breathe): Promise<readonly DepthLayer[]> {
  const { width, height } = picture;
  const nearness = sharpNearness(picture, depth);
  const cuts = depthCuts(nearness, width, height);
  if (cuts.length === 0) return [{ raster: picture, depth: smoothDepth(nearness, undefined, width, height) }];
  const layer = new Uint8Array(width * height);
  for (const cut of cuts)
    for (let at = 0; at < layer.length; at++) if (nearness[at]! >= cut) layer[at] = layer[at]! + 1;
  const { light } = lightTables();
  const linear = new Float32Array(width * height * 3);
  for (let at = 0; at < layer.length; at++)
    for (let c = 0; c < 3; c++) linear[at * 3 + c] = light[picture.data[at * 4 + c]!]!;
  const scene: SortedPicture = { width, height, light: linear, nearness, layer };
  await breathe(0.1);
  const edges = edgesOf(scene, cuts.length + 1, 1 + Math.max(1, width / depth.width));
  await breathe(0.3);

  const layers: DepthLayer[] = [];
  /** What the layers so far show together. */
  const shown = new Float32Array(width * height * 3);
  for (let k = 0; k <= cuts.length; k++) {
    layers.push(cutOut(picture, scene, edges, cuts, k, shown));
    await breathe(0.3 + (0.7 * (k + 1)) / (cuts.length + 1));
  }
  return layers;
}

function cutOut(
  picture: Raster,
  scene: SortedPicture,
  edges: Edges,
  cuts: readonly number[],
  k: number,
  shown: Float32Array,
): DepthLayer {
  const { width, height, layer, light, nearness } = scene;
  const { front, behind, cover, beside } = edges;
  const count = width * height;
  /** Pixels that show this layer and nothing else. */
  const clean = new Uint8Array(count);
  for (let at = 0; at < count; at++)
    clean[at] = layer[at] === k && (front[at] === 0 || (front[at] === k && cover[at]! > 0.99)) ? 1 : 0;
  const glued = goingOn(scene, edges, clean, [(cuts[k - 1] ?? 0) - GOING_ON, (cuts[k] ?? 1) + GOING_ON]);
  const continuous = new Uint8Array(count);
  const samples = new Uint8Array(count);
  for (let at = 0; at < count; at++) {
    continuous[at] = clean[at]! | glued[at]!;
    samples[at] = continuous[at] && !beside[at] ? 1 : 0;
  }
  const hidden = k === 0 ? undefined : hiddenCover(scene, edges, k, clean);
  const alpha = new Float32Array(count);
  for (let at = 0; at < count; at++) {
    if (!hidden) alpha[at] = 1;
    else if (front[at] === k) alpha[at] = Math.max(cover[at]!, leastCover(light, shown, at));
    else if (layer[at] === k && front[at] === 0) alpha[at] = 1;
    else if (layer[at]! > k || front[at]! > k) alpha[at] = glued[at] || behind[at] === k ? 1 : hidden[at]!;
  }
  const wanted = new Uint8Array(count);
  for (let at = 0; at < count; at++) wanted[at] = alpha[at]! > 0 && !continuous[at] ? 1 : 0;
  const filled = inpaint(picture, samples.includes(1) ? samples : clean, wanted);
  const { light: lightOf, bytes } = lightTables();
  const data = new Uint8ClampedArray(count * 4);
  for (let at = 0; at < count; at++) {
    const a = front[at] === k ? Math.ceil(alpha[at]! * 255) : Math.floor(alpha[at]! * 255 + 0.5);
    data[at * 4 + 3] = a;
    if (a === 0) continue;
    const share = a / 255;
    for (let c = 0; c < 3; c++) {
      const seen = light[at * 3 + c]!;
      let value = seen;
      if (k > 0 && front[at] === k) {
        // The colour that, laid over what is behind, gives back what was seen.
        value = clamp((seen - (1 - share) * shown[at * 3 + c]!) / share);
      } else if (front[at]! > k && behind[at] === k) {
        // As expected from its surroundings; the less of it is covered, the more as it is seen.
        const open = pow(1 - cover[at]!, 8);
        const expected = lightOf[filled[at * 3 + c]!]!;
        value = expected + (seen - expected) * open;
      } else if (!continuous[at]) {
        value = lightOf[filled[at * 3 + c]!]!;
      }
      data[at * 4 + c] = bytes[Math.floor(value * LIGHT_STEPS + 0.5)]!;
      shown[at * 3 + c] = shown[at * 3 + c]! * (1 - share) + value * share;
    }
  }
  return { raster: { width, height, data }, depth: smoothDepth(nearness, continuous, width, height) };
}

/** How much of a pixel the front must cover at least for what is seen to be a mixture of some light and of what is behind. */
function leastCover(seen: Float32Array, behind: Float32Array, at: number): number {
  let least = 0;
  for (let place = at * 3; place < at * 3 + 3; place++) {
    const [light, under] = [seen[place]!, behind[place]!];
    if (light < under) least = Math.max(least, (under - light) / under);
    else if (light > under) least = Math.max(least, (light - under) / (1 - under));
  }
  return Math.min(1, least);
}

/**
 * Pixels of other layers into which a layer goes on without an edge, as a floor does: there both show the same at the
 * same depth, and no seam opens between them.
 */
function goingOn(
  { width, height, nearness }: SortedPicture,
  { front }: Edges,
  clean: Uint8Array,
  [farthest, nearest]: readonly [number, number],
): Uint8Array {
  const glued = new Uint8Array(clean.length);
  const steps = Math.round(Math.max(width, height) / 30);
  let ring: number[] = [];
  for (let at = 0; at < clean.length; at++) if (clean[at]) ring.push(at);
  for (let step = 0; step < steps; step++) {
    const next: number[] = [];
    for (const at of ring) {
      const x = at % width;
      for (const to of [x > 0 ? at - 1 : at, x < width - 1 ? at + 1 : at, at - width, at + width]) {
        if (to < 0 || to >= clean.length || clean[to] || glued[to] || front[to]) continue;
        if (Math.abs(nearness[to]! - nearness[at]!) > SMOOTH) continue;
        if (nearness[to]! < farthest || nearness[to]! > nearest) continue;
        glued[to] = 1;
        next.push(to);
      }
    }
    ring = next;
  }
  return glued;
}

/** How far the layer goes on behind what stands before it: its outline is continued smoothly. */
function hiddenCover(
  { width, height, layer }: SortedPicture,
  { front }: Edges,
  k: number,
  clean: Uint8Array,
): Float32Array {
  const weight = new Float32Array(width * height);
  const data = new Float32Array(width * height);
  for (let at = 0; at < weight.length; at++) {
    if (clean[at]) data[at] = 1;
    if (clean[at] || (layer[at]! < k && front[at] === 0)) weight[at] = 1;
  }
  return pushPull({ width, height, channels: 1, data, weight }).map((share) => smoothstep(0.4, 0.6, share));
}

/** Depth on at most 320 places a side, known where `clean` says so and continued from there, softened. */
function smoothDepth(nearness: Float32Array, clean: Uint8Array | undefined, width: number, height: number): DepthMap {
  const step = Math.max(1, Math.ceil(Math.max(width, height) / 320));
  const [w, h] = [Math.ceil(width / step), Math.ceil(height / step)];
  const data = new Float32Array(w * h);
  const weight = new Float32Array(w * h);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * width + x;
      if (clean && !clean[from]) continue;
      const to = Math.floor(y / step) * w + Math.floor(x / step);
      data[to] = data[to]! + nearness[from]!;
      weight[to] = weight[to]! + 1;
    }
  }
  for (let at = 0; at < data.length; at++) {
    if (weight[at]! === 0) continue;
    data[at] = data[at]! / weight[at]!;
    weight[at] = 1;
  }
  const full = pushPull({ width: w, height: h, channels: 1, data, weight });
  for (let pass = 0; pass < 2; pass++) soften(full, w, h, 2);
  return { width: w, height: h, data: Uint8Array.from(full, (near) => 255 - Math.floor(clamp(near) * 255 + 0.5)) };
}

/** A box blur of `reach` to each side, in place; borders repeat. */
function soften(data: Float32Array, width: number, height: number, reach: number): void {
  const along = (from: number, step: number, count: number): void => {
    const line = Float32Array.from({ length: count }, (_, i) => data[from + i * step]!);
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let j = i - reach; j <= i + reach; j++) sum += line[Math.min(count - 1, Math.max(0, j))]!;
      data[from + i * step] = sum / (2 * reach + 1);
    }
  };
  for (let y = 0; y < height; y++) along(y * width, 1, width);
  for (let x = 0; x < width; x++) along(x, width, height);
}
