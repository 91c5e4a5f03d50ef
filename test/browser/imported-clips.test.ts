/** Clips that people bring: read as they are meant to be seen and heard, kept so through the steps. Real codecs. */
import { ALL_FORMATS, BlobSource, Input } from 'mediabunny';
import { expect, test } from 'vitest';
import type { ArtifactHash } from '../../src/core/ids.ts';
import type { Artifacts } from '../../src/core/node.ts';
import type { Raster, VideoValue } from '../../src/core/values.ts';
import { decodeFrames } from '../../src/media/clip-frames.ts';
import { factsOfClip } from '../../src/media/clip-facts.ts';
import { mixed } from '../../src/media/sound-track.ts';
import { registry } from '../../src/registry.ts';
import type { ArtifactStore } from '../../src/storage/artifact-store.ts';
import { importFile } from '../../src/worker/import-file.ts';
import { artifactsOver } from '../../src/worker/thread-artifacts.ts';
import { contextOver } from '../rig/node-context.ts';
import { recording, strengthOf, type Recorded } from '../rig/recordings.ts';

const evenly = (frames: number, fps: number) => Array.from({ length: frames }, (_, index) => index / fps);
const SECOND: Recorded = { width: 64, height: 48, times: evenly(12, 12), seconds: 1 };

function storeOf(): { readonly artifacts: Artifacts; readonly blobs: Map<ArtifactHash, Blob> } {
  const blobs = new Map<ArtifactHash, Blob>();
  const store: ArtifactStore = {
    has: async (hash) => blobs.has(hash),
    put: async (hash, _, blob) => void blobs.set(hash, blob),
    get: async (hash) => blobs.get(hash),
    used: () => {},
  };
  return { artifacts: artifactsOver(store), blobs };
}
async function imported(blobs: Map<ArtifactHash, Blob>, file: File, name: string): Promise<VideoValue> {
  const hash = name as ArtifactHash;
  blobs.set(hash, file);
  const { width, height, fps, frames, hasSound } = await factsOfClip(file);
  const made = await registry
    .get('import')!
    .run(
      { inputs: {}, params: { file: { hash, name, mime: file.type, width, height, clip: { fps, frames, hasSound } } } },
      contextOver(storeOf().artifacts, new AbortController().signal, {}),
    );
  return made['video'] as VideoValue;
}
async function step(artifacts: Artifacts, node: string, inputs: object, params: object) {
  const definition = registry.get(node)!;
  const all = Object.fromEntries(Object.entries(definition.params).map(([name, spec]) => [name, spec.default]));
  return definition.run(
    { inputs, params: { ...all, ...params } } as never,
    contextOver(artifacts, new AbortController().signal, {}),
  );
}
/** The whole first channel of what is heard in a file. */
async function heardIn(file: Blob, seconds: number): Promise<Float32Array> {
  const piece = { file: 'it' as ArtifactHash, from: 0, at: 0, seconds };
  const parts: number[] = [];
  for await (const { data } of mixed([piece], seconds, async () => file))
    for (let at = 0; at < data.length; at += 2) parts.push(data[at]!);
  return Float32Array.from(parts);
}
const between = (samples: Float32Array, from: number, to: number) => samples.slice(from * 48_000, to * 48_000);

test('a clip that lies on its side is shown upright', async () => {
  const file = await recording({ ...SECOND, rotation: 90 });
  const facts = await factsOfClip(file);
  expect(facts).toMatchObject({ width: 48, height: 64, fps: 12, frames: 12, hasSound: false });
  const frames: Raster[] = [];
  for await (const frame of decodeFrames(file, facts)) frames.push(frame);
  expect(frames).toHaveLength(12);
  // What was on the left is above now.
  const at = (x: number, y: number) => frames[0]!.data.slice((y * 48 + x) * 4, (y * 48 + x) * 4 + 3);
  expect(at(24, 8)[0]! - at(24, 8)[1]!).toBeGreaterThan(100);
  expect(Math.abs(at(24, 56)[0]! - at(24, 56)[1]!)).toBeLessThan(20);
});

test('a clip with uneven times keeps its pace', async () => {
  // Half a second at 10 pictures a second, then one picture that stands for a whole one, then ten again.
  const times = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 1.5, 1.6, 1.7, 1.8, 1.9];
  const file = await recording({ ...SECOND, times, seconds: 2 });
  const facts = await factsOfClip(file);
  expect(facts).toMatchObject({ fps: 10, frames: 20 });
  const greys: number[] = [];
  for await (const { data } of decodeFrames(file, facts)) greys.push(Math.round((data[60 * 4]! - 40) / 10));
  expect(greys).toEqual([0, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 7, 8, 9, 10]);
});

test('reading from a frame on gives the same frames as reading from the beginning', async () => {
  const file = await recording(SECOND);
  const facts = await factsOfClip(file);
  const all = [];
  for await (const { data } of decodeFrames(file, facts)) all.push(data[60 * 4]);
  const late = [];
  for await (const { data } of decodeFrames(file, facts, 7)) late.push(data[60 * 4]);
  expect(late).toEqual(all.slice(7));
});

test('sound is kept through trim, stitch and delivery, each piece where its picture is', async () => {
  const { artifacts, blobs } = storeOf();
  const low = await imported(blobs, await recording({ ...SECOND, hertz: 400 }), 'low');
  const high = await imported(blobs, await recording({ ...SECOND, hertz: 1000 }), 'high');
  expect(low.sound).toEqual([{ file: 'low', from: 0, at: 0, seconds: 1 }]);
  const half = (await step(artifacts, 'trim', { video: low }, { from: 0.5, seconds: 0.5 }))['video'] as VideoValue;
  const film = (await step(artifacts, 'stitch', { videos: [half, high] }, {}))['video'] as VideoValue;
  expect(film.frames).toBe(18);
  const { file } = (await step(artifacts, 'deliver', { video: film }, {})) as unknown as {
    file: { hash: ArtifactHash; encoding: string };
  };
  expect(file.encoding).toMatch(/sound in (AAC|Opus)/);
  const heard = await heardIn(blobs.get(file.hash)!, 1.5);
  expect(strengthOf(between(heard, 0.1, 0.4), 48_000, 400)).toBeGreaterThan(0.3);
  expect(strengthOf(between(heard, 0.1, 0.4), 48_000, 1000)).toBeLessThan(0.05);
  expect(strengthOf(between(heard, 0.6, 1.4), 48_000, 1000)).toBeGreaterThan(0.3);
  expect(strengthOf(between(heard, 0.6, 1.4), 48_000, 400)).toBeLessThan(0.05);
});

test('what a service made is kept with its sound, and a part of it is heard where its pictures are', async () => {
  const { artifacts, blobs } = storeOf();
  const recorded = await recording({ ...SECOND, hertz: 400 });
  const bytes = new Uint8Array(await recorded.arrayBuffer());
  const { width, height, fps, frames } = await factsOfClip(recorded);
  const came = { bytes, mime: 'video/mp4' };
  const silent = await artifacts.keep(came, { width, height, fps, frames, hasSound: false });
  expect(silent).not.toHaveProperty('sound');
  const clip = (await artifacts.keep(came, { width, height, fps, frames, hasSound: true })) as VideoValue;
  const half = (await step(artifacts, 'trim', { video: clip }, { from: 0.5, seconds: 0.5 }))['video'] as VideoValue;
  const heard = await heardIn(blobs.get(half.hash)!, 0.5);
  expect(strengthOf(between(heard, 0.1, 0.4), 48_000, 400)).toBeGreaterThan(0.3);
});

test('a fade of pictures fades their sound', async () => {
  const { artifacts, blobs } = storeOf();
  const low = await imported(blobs, await recording({ ...SECOND, hertz: 400 }), 'low');
  const high = await imported(blobs, await recording({ ...SECOND, hertz: 1000 }), 'high');
  const film = (await step(artifacts, 'stitch', { videos: [low, high] }, { join: 'crossfade', fade: 0.5 }))[
    'video'
  ] as VideoValue;
  const heard = await heardIn(blobs.get(film.hash)!, 1.5);
  const early = between(heard, 0.5, 0.6);
  const late = between(heard, 0.9, 1);
  expect(strengthOf(early, 48_000, 400)).toBeGreaterThan(strengthOf(late, 48_000, 400) * 3);
  expect(strengthOf(late, 48_000, 1000)).toBeGreaterThan(strengthOf(early, 48_000, 1000) * 3);
});

test('a delivered clip with sound plays with both tracks, and copies what it need not encode', async () => {
  const { artifacts, blobs } = storeOf();
  const clip = await imported(blobs, await recording({ ...SECOND, hertz: 400 }), 'clip');
  const { file } = (await step(artifacts, 'deliver', { video: clip }, {})) as unknown as {
    file: { hash: ArtifactHash };
  };
  const input = new Input({ source: new BlobSource(blobs.get(file.hash)!), formats: ALL_FORMATS });
  expect(await (await input.getPrimaryVideoTrack())!.computeDuration()).toBeCloseTo(1, 2);
  expect(await (await input.getPrimaryAudioTrack())!.computeDuration()).toBeCloseTo(1, 1);
});

test('to go on from the last picture of a clip that was made here is exact', async () => {
  const { artifacts } = storeOf();
  const picture = {
    width: 64,
    height: 48,
    data: new Uint8ClampedArray(64 * 48 * 4).map((_, at) => (at % 4 === 3 ? 255 : (at * 7) % 256)),
  };
  async function* read() {
    yield picture;
    yield picture;
  }
  const clip = await artifacts.writeClip({ width: 64, height: 48, fps: 12, frames: 2, read }, async () => {});
  const { image } = (await step(artifacts, 'grab', { video: clip }, { at: 'last' })) as { image: never };
  expect((await artifacts.image(image)).raster.data).toEqual(picture.data);
  const part = (await step(artifacts, 'trim', { video: clip }, { from: 0, seconds: 0.1 }))['video'] as VideoValue;
  expect(part.ends).toEqual({ first: clip.ends!.first });
});

test('a clip that was brought comes apart into stills, each the frame that lies there', async () => {
  const { artifacts, blobs } = storeOf();
  const file = await recording(SECOND);
  const video = await imported(blobs, file, 'brought');
  const all: Raster[] = [];
  for await (const frame of decodeFrames(file, await factsOfClip(file))) all.push(frame);
  for (const [frame, index] of [
    [1, 0],
    [2, 4],
    [3, 7],
    [4, 11],
  ] as const) {
    const { image } = (await step(artifacts, 'grab', { video }, { at: 'evenly', frames: 4, frame })) as {
      image: never;
    };
    expect((await artifacts.image(image)).raster.data).toEqual(all[index]!.data);
  }
});

test('files that are no use as clips are refused in words', async () => {
  const file = await recording(SECOND);
  await expect(factsOfClip(file.slice(0, file.size - 200))).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('damaged or cut short'),
  });
  await expect(factsOfClip(new Blob(['no clip at all']))).rejects.toMatchObject({
    message: 'This kind of video file cannot be read.',
  });
});

test('a text that is called a clip is refused as one, not as a picture', async () => {
  const file = new File(['not a clip'], 'notes.mp4', { type: 'video/mp4' });
  const store = { put: async () => {} } as unknown as ArtifactStore;
  await expect(importFile(store, file)).rejects.toMatchObject({ message: /called a clip/ });
});
