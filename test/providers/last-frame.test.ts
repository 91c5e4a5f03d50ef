/** Clips of the built-in engine between two pictures, and what it says of sound. */
import { expect, test } from 'vitest';
import type { TakeId } from '../../src/core/ids.ts';
import { inWords } from '../../src/core/say.ts';
import type { Picture, TakeRequest } from '../../src/core/take.ts';
import type { ImageValue, MotionValue, Raster, VideoValue } from '../../src/core/values.ts';
import { sketchProvider } from '../../src/providers/sketch-provider.ts';
import { cover } from '../../src/raster/filters.ts';
import { sketchStill } from '../../src/sketch/sketch.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';
import { takeRequest } from '../rig/requests.ts';

const artifacts = testArtifacts();
const still = async (prompt: string, seed: number): Promise<ImageValue> => {
  const scene = { prompt, negative: '', seed, guidance: 7, width: 240, height: 160, simple: true, references: [] };
  const { layers: _, ...picture }: Picture = await sketchStill(scene, async () => {});
  return artifacts.writeImage(picture);
};
const [lake, tower] = [await still('mountain lake at dawn', 3), await still('a lighthouse on a cliff', 4)];
const motion: MotionValue = { kind: 'motion', move: 'pan right', amount: 0.8, easing: 'linear', seconds: 1, fps: 13 };
const asked = takeRequest({
  work: 'image to video',
  prompt: { kind: 'prompt', text: '', negative: '' },
  seed: { kind: 'seed', seed: 1, locked: false },
  aspect: { kind: 'aspect', ratio: [16, 9], width: 160, height: 90 },
  megapixels: 0.02,
  motion,
  still: lake,
});
async function made(request: TakeRequest) {
  const order = { take: 't' as TakeId, request, mode: 'delivery', candidate: undefined as never } as const;
  const ctx = { artifacts, progress: async () => {}, signal: new AbortController().signal };
  const { artifact, notes = [] } = await sketchProvider.make(order, ctx as never);
  const frames: Raster[] = [];
  for await (const frame of (await artifacts.clip(artifact as VideoValue)).read()) frames.push(frame);
  return { clip: artifact as VideoValue, frames, notes: notes.map((note) => inWords(note)) };
}
/** In levels, over all pixels. */
const apart = (a: Raster, b: Raster): number =>
  a.data.reduce((sum, value, at) => sum + Math.abs(value - b.data[at]!), 0) / a.data.length;
const fitted = async (image: ImageValue) => cover((await artifacts.image(image)).raster, 160, 90, async () => {});

test('a clip with a last frame begins with exactly its still, ends with exactly that picture, and jumps nowhere', async () => {
  const between = await made({ ...asked, lastFrame: tower });
  expect(between.frames).toHaveLength(13);
  expect(between.clip).toMatchObject({ width: 160, height: 90, frames: 13 });
  const [begin, goal] = [await fitted(lake), await fitted(tower)];
  expect(between.frames[0]!.data).toEqual(begin.data);
  expect(between.frames.at(-1)!.data).toEqual(goal.data);
  const whole = apart(between.frames[0]!, goal);
  const steps = between.frames.slice(1).map((frame, at) => apart(frame, between.frames[at]!));
  // It sets out as slowly as it goes on.
  expect(steps[0]).toBeLessThan(2 * steps[1]!);
  expect(Math.max(...steps)).toBeLessThan(whole / 2);
  expect(between.notes).toEqual([]);
});

test('in the middle third one picture gives way to the other; before and after only one of them is seen', async () => {
  const { frames } = await made({ ...asked, motion: { ...motion, move: 'still' }, lastFrame: tower });
  const [begin, goal] = [await fitted(lake), await fitted(tower)];
  const shares = frames.map((frame) => apart(frame, begin) / (apart(frame, begin) + apart(frame, goal)));
  expect(shares.slice(0, 5).every((share) => share < 0.1)).toBe(true);
  expect(shares[6]).toBeGreaterThan(0.3);
  expect(shares[6]).toBeLessThan(0.7);
  expect(shares.slice(8).every((share) => share > 0.9)).toBe(true);
});

test('a clip that ends with another picture does not loop, and says so; of sound it is said that there is none', async () => {
  const loop = { ...asked, motion: { ...motion, loop: true } };
  expect((await made(loop)).notes).toEqual([]);
  expect((await made({ ...loop, lastFrame: tower, sound: true })).notes).toEqual([
    'Loop ignored: the clip ends with another picture than it begins with.',
    'Sound ignored: clips of Built-in engine are silent.',
  ]);
});
