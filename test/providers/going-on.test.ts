/** Clips of the built-in engine that go on where another one ended. */
import { expect, test } from 'vitest';
import type { TakeId } from '../../src/core/ids.ts';
import { inWords } from '../../src/core/say.ts';
import type { TakeRequest } from '../../src/core/take.ts';
import type { MotionValue, Raster, VideoValue } from '../../src/core/values.ts';
import { seamFindings } from '../../src/measure/seam-findings.ts';
import { seamOf } from '../../src/measure/seam.ts';
import { sketchProvider } from '../../src/providers/sketch-provider.ts';
import { sketchStill } from '../../src/sketch/sketch.ts';
import { framesIn } from '../rig/run-node.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const artifacts = testArtifacts();
const motion: MotionValue = {
  kind: 'motion',
  move: 'pan right',
  amount: 0.8,
  easing: 'linear',
  seconds: 1,
  fps: 24,
};
const scene = { prompt: 'mountain lake at dawn', negative: '', seed: 4, guidance: 7, width: 320, height: 180 };
const painted = await sketchStill({ ...scene, simple: true, references: [] }, async () => {});
const lake = await artifacts.writeImage(painted);
const asked: TakeRequest = {
  work: 'image to video',
  tier: 'speed',
  prompt: { kind: 'prompt', text: '', negative: '' },
  seed: { kind: 'seed', seed: 1, locked: false },
  guidance: { kind: 'guidance', scale: 7 },
  aspect: { kind: 'aspect', ratio: [16, 9], width: 256, height: 144 },
  megapixels: 0.06,
  references: [],
  motion,
  still: lake,
};
async function made(request: TakeRequest) {
  const order = { take: 't' as TakeId, request, mode: 'delivery', candidate: undefined as never } as const;
  const ctx = { artifacts, progress: async () => {}, signal: new AbortController().signal };
  const { artifact, notes = [] } = await sketchProvider.make(order, ctx as never);
  const clip = artifact as VideoValue;
  return { clip, frames: await framesIn(artifacts, clip), notes: notes.map((note) => inWords(note)) };
}
const begun = new Map<MotionValue['move'], ReturnType<typeof made>>();
/** The first clip, in this move: the same for all tests that go on from it. */
function beginning(move: MotionValue['move'] = motion.move): ReturnType<typeof made> {
  const known = begun.get(move) ?? made({ ...asked, motion: { ...motion, move } });
  begun.set(move, known);
  return known;
}
const { still: _, ...withoutStill } = asked;
const goOn = (clip: VideoValue, over: Partial<TakeRequest> = {}) =>
  made({ ...withoutStill, continues: { clip, tail: 0.9, sameMove: true }, ...over });
/** What the seam measures say where the next clip goes on, its first frame left out as a shared keyframe is. */
const faultsAt = async (before: readonly Raster[], after: readonly Raster[]) =>
  seamFindings(await seamOf(before.slice(-12), after.slice(1, 13), async () => {})).map(({ fault }) => fault);

/** A camera that comes to the border of its picture has to come closer as it goes on, which is another velocity. */
test.each([
  ['push in', []],
  ['pan right', ['velocity']],
  ['orbit', ['velocity']],
  ['tilt up', ['velocity']],
] as const)('what goes on from a %s begins with its last frame, and nothing stalls there', async (move, faults) => {
  const before = await beginning(move);
  const after = await goOn(before.clip);
  expect(after.frames).toHaveLength(24);
  expect(after.frames[0]!.data).toEqual(before.frames.at(-1)!.data);
  expect(await faultsAt(before.frames, after.frames)).toEqual(faults);
});

test('a clip made of the last frame alone stalls there', async () => {
  const before = await beginning();
  const still = { kind: 'image', hash: before.clip.ends!.last!, width: 256, height: 144 } as const;
  const after = await made({ ...asked, motion: { ...motion, easing: 'ease in-out' }, still });
  expect(await faultsAt(before.frames, after.frames)).not.toEqual([]);
});

test('the camera comes from how it was to what a motion says', async () => {
  const before = await beginning();
  const motions = { ...motion, move: 'tilt up', seconds: 2 } as const;
  const after = await goOn(before.clip, { continues: { clip: before.clip, tail: 0.9 }, motion: motions });
  expect(await faultsAt(before.frames, after.frames)).not.toContain('stall');
  const { speed } = after.clip.ends!.camera!;
  expect(Math.abs(speed.baseX)).toBeLessThan(0.1 * speed.baseY);
});

test('where nobody knows how a clip moved, it is seen', async () => {
  const before = await beginning('push in');
  const { camera: __, ...ends } = before.clip.ends!;
  const after = await goOn({ ...before.clip, ends });
  expect(after.frames[0]!.data).toEqual(before.frames.at(-1)!.data);
  expect(await faultsAt(before.frames, after.frames)).toEqual([]);
});

test('a camera that draws back says that it cannot', async () => {
  const before = await made({ ...asked, motion: { ...motion, move: 'pull out' } });
  const { notes, frames } = await goOn(before.clip);
  expect(frames.at(-1)!.data).toEqual(frames[1]!.data);
  expect(notes).toEqual(['Nothing is known outside of the last frame, so the camera draws back no further.']);
});

test('what goes on again keeps going on', async () => {
  const one = await beginning();
  const two = await goOn(one.clip);
  const three = await goOn(two.clip);
  expect(await faultsAt(two.frames, three.frames)).toEqual([]);
});
