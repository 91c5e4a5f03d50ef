/**
 * Five hops of one film, chained in both ways. The maker of clips is a stand-in that adds to every picture it is given
 * what people report of models: more contrast and colour, and a little softness.
 */
import { expect, test } from 'vitest';
import type { Clip } from '../../src/core/take.ts';
import type { Raster } from '../../src/core/values.ts';
import { chainDrift, meanLookOf, type ChainDrift } from '../../src/measure/shot-drift.ts';
import { crop, gaussian, resize } from '../../src/raster/filters.ts';
import { panOver } from '../rig/joined-clips.ts';

const quiet = async () => {};
const [HOPS, FRAMES] = [5, 8];
const [WIDTH, HEIGHT] = [320, 180];

/** One hop: levels go 3 % further from the middle, and a quarter of the way to soft. */
async function remade(frame: Raster): Promise<Raster> {
  const soft = await gaussian(frame, 0.7, quiet);
  const level = (value: number, softer: number) => Math.floor(128 + ((value * 3 + softer) / 4 - 128) * 1.03 + 0.5);
  return { ...frame, data: frame.data.map((v, at) => (at % 4 === 3 ? v : level(v, soft.data[at]!))) };
}
/** A slow push into a picture, as the stand-in makes it. */
async function clipFrom(still: Raster): Promise<readonly Raster[]> {
  const frames: Raster[] = [];
  for (let k = 0; k < FRAMES; k++) {
    const [width, height] = [WIDTH - k * 2, HEIGHT - k];
    const part = crop(still, (WIDTH - width) >> 1, (HEIGHT - height) >> 1, width, height);
    frames.push(await remade(await resize(part, WIDTH, HEIGHT, quiet)));
  }
  return frames;
}
const asClip = (frames: readonly Raster[]): Clip => ({
  width: WIDTH,
  height: HEIGHT,
  fps: 12,
  frames: frames.length,
  read: async function* () {
    yield* frames;
  },
});
async function driftOf(
  firstFrame: (hop: number, lastBefore: Raster | undefined) => Promise<Raster>,
): Promise<ChainDrift> {
  const looks = [];
  let last: Raster | undefined;
  for (let hop = 0; hop <= HOPS; hop++) {
    const frames = await clipFrom(await firstFrame(hop, last));
    last = frames.at(-1)!;
    looks.push(await meanLookOf(asClip(frames)));
  }
  return chainDrift(looks);
}
const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
const slopes = ({ perHop, shots }: ChainDrift) =>
  `contrast ${percent(perHop.contrast)}, saturation ${percent(perHop.chroma)}, detail ${percent(perHop.crispness)} a hop, ${shots.at(-1)!.colour.toFixed(1)} ΔE after five`;

test('a film chained by the last frame drifts with each hop; chained from approved stills it does not', async () => {
  const scene = await panOver('mountain lake at dawn, mist', 3, 2, 0);
  const byLastFrame = await driftOf((_, last) => (last ? Promise.resolve(last) : scene(0)));
  const byKeyframes = await driftOf((hop) => scene(hop * 2));
  console.log(`By last frame: ${slopes(byLastFrame)}.\nBy shared keyframes: ${slopes(byKeyframes)}.`);
  // What a still shows may be darker or flatter than the one before; that no hop adds to the next is what is asked.
  expect(byLastFrame.perHop.chroma).toBeGreaterThan(0.02);
  expect(byLastFrame.perHop.crispness).toBeLessThan(-0.1);
  expect(Math.abs(byKeyframes.perHop.chroma)).toBeLessThan(0.005);
  expect(Math.abs(byKeyframes.perHop.crispness)).toBeLessThan(0.05);
  expect(byLastFrame.shots.at(-1)!.colour).toBeGreaterThan(3 * byKeyframes.shots.at(-1)!.colour);
});
